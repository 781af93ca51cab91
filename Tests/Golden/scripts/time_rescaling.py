"""Time rescaling by bins, written anew with numpy: the intervals of three predictions, by given uniform numbers.

Brown et al. 2002, Neural Comput 14:325; Haslinger, Pipa and Brown 2010, Neural Comput 22:2477. Poisson spikes are put at
sorted uniform places of their bins on the axis of cumulated intensity, whose differences are the intervals.
"""
import numpy as np
from scipy.stats import kstwobign, norm

from golden import source, write


def autocorrelation(z, lags=20):
    g = norm.ppf(z)
    g = g - g.mean()
    return [float((g[:-k] * g[k:]).sum() / (g * g).sum()) for k in range(1, lags + 1)]


def rescaled(q, counts, starts, uniforms, poisson, joined):
    """ξ of each interval between two events (that no gap parts, unless `joined`)."""
    cumulated = np.concatenate([[0], np.cumsum(q)])
    segment = np.searchsorted(starts, np.arange(len(q)), side="right")
    begin, end, segments = [], [], []
    used = 0
    for b in np.flatnonzero(counts):
        n = counts[b] if poisson else 1
        u = np.sort(uniforms[used:used + n])
        used += n
        if poisson:
            places = cumulated[b] + q[b] * u
            begin += list(places)
            end += list(places)
        else:
            end.append(cumulated[b] - np.log(1 - u[0] * (1 - np.exp(-q[b]))))
            begin.append(cumulated[b + 1])
        segments += [segment[b]] * n
    assert used == len(uniforms)
    xi = np.array(end[1:]) - np.array(begin[:-1])
    segments = np.array(segments)
    return xi if joined else xi[segments[1:] == segments[:-1]]


def case(name, q, counts, starts, random, poisson, joined):
    events = int(counts.sum() if poisson else (counts > 0).sum())
    uniforms = random.random(events)
    z = 1 - np.exp(-rescaled(q, counts, np.array(starts), uniforms, poisson, joined))
    n = len(z)
    k = np.arange(1, n + 1)
    ordered = np.sort(z)
    d = float(max(np.abs(ordered - (k - 1) / n).max(), np.abs(k / n - ordered).max()))
    p = float(kstwobign.sf(d * (np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n))))
    return {
        "name": name, "poisson": poisson, "joined": joined, "starts": starts,
        "intensities": [float(v) for v in q], "counts": [int(v) for v in counts],
        "uniforms": [float(v) for v in uniforms], "intervals": [float(v) for v in z],
        "distance": d, "p": p, "autocorrelation": autocorrelation(z),
    }


def main():
    random = np.random.default_rng(20100822)
    t = np.arange(240)
    p = 0.25 + 0.2 * np.sin(t / 9)
    spikes = (random.random(240) < p).astype(int)
    starts = [0, 60, 61, 150]
    mean = np.exp(0.2 + 0.8 * np.sin(t[:90] / 7))
    counts = random.poisson(mean)
    rare = random.poisson(0.3, 240)
    cases = [
        case("Bernoulli", -np.log(1 - p), spikes, starts, random, False, False),
        case("Bernoulli, joined", -np.log(1 - p), spikes, starts, random, False, True),
        case("Poisson", mean, counts, [0, 40], random, True, False),
        case("Poisson, joined", mean, counts, [0, 40], random, True, True),
        case("Poisson, occupied bins, wrong by half", np.full(240, 0.45), rare, [0], random, False, False),
    ]
    write("time-rescaling.json", {
        "source": source("numpy", "scipy"),
        "note": "intensities q = -ln P(no spike); z = 1 - exp(-xi) and their statistics to 1e-11 absolute",
        "cases": cases,
    })


main()
