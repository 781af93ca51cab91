"""Fits of negative binomial counts, with their shape, to simulated counts of the recording of encoding_data.json: statsmodels
on explicit design matrices, checked with a direct maximum of the likelihood."""
import numpy as np
import statsmodels.api as sm
from scipy.optimize import minimize
from scipy.special import gammaln
from encoding_design import BINS, Design, read, rounded
from golden import source, write

data = read("encoding_data.json")
HISTORY = {"term": "History", "name": "history", "basis": "raised-cosine-log:3:8"}
LICK = {"term": "Event", "name": "lick", "of": "lick", "basis": "raised-cosine-log:4:20"}
SIDE = {"term": "Category", "name": "side", "of": "trials.side"}
BOX = {"term": "Boxcar", "name": "box", "from": 1000, "to": 2500}
CASES = {
    "strongly varying": (0.5, [LICK, SIDE]),
    "weakly varying": (4.0, [BOX, SIDE]),
    "history": (1.5, [HISTORY, BOX]),
}


def log_likelihood(y, mean, shape):
    return (gammaln(y + shape) - gammaln(shape) - gammaln(y + 1) + shape * np.log(shape / (shape + mean))
            + y * np.log(mean / (shape + mean))).sum()


def fit(name, shape, terms, seed):
    rng = np.random.default_rng([19, seed])
    drive = 0.3 + 0.4 * np.sin(np.arange(BINS) / 40)
    counts = rng.negative_binomial(shape, shape / (shape + np.exp(drive))).tolist()
    design = Design(terms, data, counts)
    X, y = design.full, np.asarray(design.counts)
    peer = sm.NegativeBinomial(y, X).fit(method="newton", maxiter=200, disp=0, tol=1e-14)
    weights, found = peer.params[:-1], 1 / peer.params[-1]
    # The maximum by another way.
    direct = minimize(lambda p: -log_likelihood(y, np.exp(X @ p[:-1]), np.exp(p[-1])),
                      np.r_[weights, np.log(found)] + 0.01, method="BFGS", options={"gtol": 1e-7})
    assert np.abs(direct.x[:-1] - weights).max() < 1e-4 and abs(np.exp(direct.x[-1]) / found - 1) < 1e-4
    assert abs(peer.llf - log_likelihood(y, np.exp(X @ weights), found)) < 1e-8
    print(f"{name:18} shape {shape} found {found:.4f}, log-likelihood {peer.llf:.3f}")
    # The error of the logarithm of the shape, coefficients being known.
    step = 1e-3
    around = [log_likelihood(y, np.exp(X @ weights), found * np.exp(s)) for s in (-step, 0, step)]
    error = (-step * step / (around[0] + around[2] - 2 * around[1])) ** 0.5
    return {"name": name, "design": terms, "counts": counts, "baseline": weights[0], "weights": design.by_term(weights),
            "shape": found, "log_error": error, "log_likelihood": peer.llf}


write("shape.json", rounded({
    "source": source("statsmodels", "numpy", "scipy"),
    "note": "negative binomial counts of mean exp(drive) and variance mean + mean^2/shape in the bins of encoding_data.json, "
            "fitted with their shape; designs and weights as in encoding.json. log_error: 1/sqrt of the curvature of the "
            "log-likelihood by ln shape.",
    "cases": [fit(name, *case, seed) for seed, (name, case) in enumerate(CASES.items())],
}))
