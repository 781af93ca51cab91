"""Standard errors, likelihood ratios and their probabilities of every input, of fits to `fits_data.json` in bins of
0.5 ms: Fisher scoring on the definitions in numpy, each input left out and the rest fitted again; the Poisson fits
checked with statsmodels."""
import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy.special import expit, gammaln
from scipy.stats import chi2
from golden import source, write

DT, SHAPE, RIDGE, SKIP = 0.5, 2.0, 1e-3, 9
data = json.loads((pathlib.Path(__file__).parent.parent / "fits_data.json").read_text())
stimulus = np.array(data["stimulus"])
BINS = len(stimulus)
counts = np.zeros((3, BINS), dtype=int)
counts[data["events"]["neuron"], data["events"]["bin"]] = data["events"]["count"]


def raised_cosine_log(count, window, stretch=50.0):
    y = np.log(stretch * np.arange(window) / (window - 1) + 1) / np.log(stretch + 1)
    peaks = np.linspace(0, 1 - 2 / (count + 1), count)
    return 0.5 * (1 + np.cos(np.clip(np.pi * (y[:, None] - peaks) / (2 * (peaks[1] - peaks[0])), -np.pi, np.pi)))


HISTORY, COUPLING, STIMULUS = raised_cosine_log(3, 6), raised_cosine_log(2, 9), raised_cosine_log(2, 3)


def lagged(signal, basis, first):
    padded = np.concatenate([np.zeros(first), signal])
    return np.stack([np.convolve(padded, basis[:, b])[:BINS] for b in range(basis.shape[1])], axis=1)


def design(x, neuron):
    parts = [np.ones((BINS, 1)), lagged(x[neuron], HISTORY, 1)]
    parts += [lagged(x[j], COUPLING, 1) for j in range(3) if j != neuron]
    return [p[SKIP:] for p in parts + [lagged(stimulus, STIMULUS, 0)]]


# Families: ln P(y | μ), its derivative by μ, and the Fisher information on μ; f and its slope.
POISSON = (lambda y, m: y * np.log(m) - m - gammaln(y + 1), lambda y, m: y / m - 1, lambda m: 1 / m)
BERNOULLI = (lambda y, m: np.where(y > 0, np.log(m), np.log1p(-m)),
             lambda y, m: np.where(y > 0, 1 / m, -1 / (1 - m)), lambda m: 1 / (m * (1 - m)))
NEGATIVE_BINOMIAL = (
    lambda y, m: gammaln(y + SHAPE) - gammaln(SHAPE) - gammaln(y + 1) + SHAPE * np.log(SHAPE / (SHAPE + m))
    + y * np.log(m / (SHAPE + m)),
    lambda y, m: y / m - (y + SHAPE) / (SHAPE + m), lambda m: 1 / (m + m * m / SHAPE))
EXP = (np.exp, np.exp)
FAMILIES = {"poisson-exp": (EXP, POISSON, False), "negative-binomial-exp": (EXP, NEGATIVE_BINOMIAL, False),
            "poisson-softplus": ((lambda g: np.logaddexp(0, g), expit), POISSON, False),
            "bernoulli-logistic": ((expit, lambda g: expit(g) * expit(-g)), BERNOULLI, True)}


def fit(family, X, y, ridge=0.0):
    (f, slope), (loglik, score, information), _ = family
    penalty = np.r_[0, np.full(X.shape[1] - 1, ridge * len(y))]
    value = lambda w: loglik(y, f(X @ w) * DT).sum() - 0.5 * penalty @ (w * w)
    w = np.zeros(X.shape[1])
    w[0] = {EXP: np.log(y.mean() / DT)}.get((f, slope), -2.0)
    for _ in range(500):
        g = X @ w
        m, d = f(g) * DT, slope(g) * DT
        F = X.T @ (X * (d * d * information(m))[:, None])
        gradient = X.T @ (score(y, m) * d) - penalty * w
        step, t = np.linalg.solve(F + np.diag(penalty), gradient), 1.0
        while not value(w + t * step) >= value(w) - 1e-9 and t > 1e-6:
            t /= 2
        w = w + t * step
        if gradient @ step < 1e-22:
            break
    assert gradient @ step < 1e-16, gradient @ step
    H = np.linalg.inv(F + np.diag(penalty))
    return w, loglik(y, f(X @ w) * DT).sum(), np.sqrt(np.diag(H @ F @ H))


fits = []
for name, family in FAMILIES.items():
    x = np.minimum(counts, 1) if family[2] else counts
    neurons = []
    for neuron in range(3):
        parts, y = design(x, neuron), x[neuron, SKIP:]
        w, full, errors = fit(family, np.hstack(parts), y)
        if name == "poisson-exp":
            peer = sm.GLM(y, np.hstack(parts), family=sm.families.Poisson(), offset=np.full(len(y), np.log(DT))).fit(tol=1e-14)
            assert np.allclose(peer.params, w, atol=1e-7) and np.allclose(peer.bse, errors, rtol=1e-6)
        ratios, p = [], []
        for left_out in range(1, len(parts)):
            rest = np.hstack([q for k, q in enumerate(parts) if k != left_out])
            ratios.append(float(2 * (full - fit(family, rest, y)[1])))
            p.append(float(chi2.sf(ratios[-1], parts[left_out].shape[1])))
        ridge = fit(family, np.hstack(parts), y, RIDGE)[2]
        neurons.append({"coefficients": w.tolist(), "standardErrors": errors.tolist(), "logLikelihood": float(full),
                        "likelihoodRatios": ratios, "pValues": p, "sandwichStandardErrors": ridge.tolist()})
    fits.append({"family": name, "neurons": neurons})

write("inference.json", {
    "source": source("numpy", "scipy", "statsmodels"),
    "note": "dt in ms; inputs in the order history, couplings by neuron, stimulus; ratios are 2 (l - l without the "
            "input), p-values of chi squared with as many degrees of freedom as the input has functions",
    "dt": DT, "shape": SHAPE, "ridge": RIDGE, "bases": {
        "history": "raised-cosine-log:3:6", "coupling": "raised-cosine-log:2:9", "stimulus": "raised-cosine-log:2:3"},
    "fits": fits})
