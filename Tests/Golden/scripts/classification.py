"""Adjusted p-values, receiver operating characteristics and likelihood-ratio tests.

scipy for Benjamini and Hochberg, Mann and Whitney's U and chi-squared; the curves are counted directly.
"""
import numpy as np
from scipy.stats import chi2, false_discovery_control, mannwhitneyu

from golden import source, write


def adjusted(name, p):
    return {"name": name, "p": [float(v) for v in p],
            "adjusted": [float(v) for v in false_discovery_control(p, method="bh")]}


def characteristic(name, scores, truth):
    positive, negative = scores[truth], scores[~truth]
    thresholds = np.unique(scores)[::-1]
    return {
        "name": name, "scores": [float(v) for v in scores], "truth": [bool(v) for v in truth],
        "area": float(mannwhitneyu(positive, negative).statistic / (len(positive) * len(negative))),
        "thresholds": [float(v) for v in thresholds],
        "falsePositiveRates": [float((negative >= t).mean()) for t in thresholds],
        "truePositiveRates": [float((positive >= t).mean()) for t in thresholds],
    }


def main():
    random = np.random.default_rng(1995)
    truth = random.random(150) < 0.3
    continuous = random.normal(size=150) + 1.2 * truth
    write("classification.json", {
        "source": source("numpy", "scipy"),
        "note": "1e-12 relative",
        "falseDiscovery": [
            adjusted("one", np.array([0.04])),
            adjusted("Benjamini and Hochberg 1995, section 3", np.array([
                0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0])),
            adjusted("mixed, with ties", np.concatenate(
                [random.random(60), random.random(30) * 1e-4, [0.0, 1.0, 0.5, 0.5, 0.5]])),
        ],
        "characteristics": [
            characteristic("continuous", continuous, truth),
            characteristic("tied", np.round(continuous), truth),
            characteristic("all equal", np.zeros(20), np.arange(20) % 3 == 0),
            characteristic("perfect", np.arange(20.0), np.arange(20) > 12),
        ],
        "likelihoodRatios": [
            {"logLikelihood": l, "nested": n, "degrees": k, "p": float(chi2.sf(2 * (l - n), k))}
            for l, n, k in [(-100.0, -101.92072941034706, 1), (-250.5, -262.0, 5), (-10.0, -10.0, 3),
                            (-5000.0, -5300.0, 40), (-812.25, -830.0, 12)]
        ],
    })


main()
