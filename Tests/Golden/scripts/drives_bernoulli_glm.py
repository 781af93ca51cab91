"""Drives of Spikeometric's BernoulliGLM from a prescribed history, beside the direct sum in double precision."""
import numpy as np
import torch
from spikeometric.models import BernoulliGLM
from golden import source, write

names = {"theta": "theta", "dt": "dt", "couplingWindow": "coupling_window", "alpha": "alpha",
         "absoluteRefractoryScale": "abs_ref_scale", "absoluteRefractoryStrength": "abs_ref_strength",
         "relativeRefractoryScale": "rel_ref_scale", "relativeRefractoryStrength": "rel_ref_strength",
         "beta": "beta", "r": "r"}
first = {"theta": 5.0, "dt": 1.0, "couplingWindow": 5, "alpha": 0.2,
         "absoluteRefractoryScale": 3, "absoluteRefractoryStrength": -100.0,
         "relativeRefractoryScale": 7, "relativeRefractoryStrength": -30.0, "beta": 0.5, "r": 1.0}
second = first | {"couplingWindow": 12, "alpha": 0.05, "dt": 0.5}
N, BINS = 8, 60


def network(rng):
    """Half excitatory, half inhibitory; weights in 1/256, exact in single precision; every neuron has an edge."""
    while True:
        W = np.round(256 * np.abs(rng.normal(0, 2, (N, N)))) / 256 * (rng.random((N, N)) < 0.5)
        W[N // 2:] *= -1
        np.fill_diagonal(W, 0)
        W += 0.0  # no negative zeros
        if np.all((W != 0).any(0) & (W != 0).any(1)):
            return W


def refractory(p, k):
    absolute, relative = p["absoluteRefractoryScale"], p["relativeRefractoryScale"]
    if k < absolute:
        return p["absoluteRefractoryStrength"]
    if k < absolute + relative:
        return p["relativeRefractoryStrength"] * np.exp(-p["beta"] * (k - absolute) * p["dt"])
    return 0.0


def direct(p, W, x, window):
    g = np.zeros((N, BINS - window))
    for t in range(window, BINS):
        for k in range(window):
            past = x[:, t - 1 - k]
            g[:, t - window] += refractory(p, k) * past
            if k < p["couplingWindow"]:
                g[:, t - window] += p["r"] * np.exp(-p["alpha"] * k * p["dt"]) * (past @ W)
    return g


def peer(p, W, x):
    model = BernoulliGLM(**{theirs: p[ours] for ours, theirs in names.items()})
    w = torch.tensor(W, dtype=torch.float32)
    edges = w.nonzero().t()
    taps, edges = model.connectivity_filter(w[edges[0], edges[1]], edges)
    state, window = torch.tensor(x), taps.shape[1]
    g = [model.input(edges, taps, state[:, t - window:t], t=t) for t in range(window, BINS)]
    return torch.stack(g, dim=1).numpy()


def extra_tap(p, x, window):
    """The peer's `t <= abs + rel` adds a tap at k = A + R, which shows only if the window is longer than A + R."""
    k = p["absoluteRefractoryScale"] + p["relativeRefractoryScale"]
    if window <= k:
        return np.zeros((N, BINS - window))
    tap = p["relativeRefractoryStrength"] * np.exp(-p["beta"] * p["relativeRefractoryScale"] * p["dt"])
    return tap * x[:, window - 1 - k:BINS - 1 - k]


rng = np.random.default_rng(20240601)
cases = []
for label, p in [("coupling window within the refractory one", first), ("coupling window beyond the refractory one", second)]:
    W = network(rng)
    x = (rng.random((N, BINS)) < 0.2).astype(int)
    window = max(p["couplingWindow"], p["absoluteRefractoryScale"] + p["relativeRefractoryScale"])
    g, theirs = direct(p, W, x, window), peer(p, W, x)
    extra = extra_tap(p, x, window)
    assert np.abs(theirs - g - extra).max() < 1e-4  # drives to some 500: single precision
    cases.append({
        "name": label, "parameters": p, "window": window, "firstBin": window,
        "matrix": W.tolist(), "history": x.tolist(),
        "drive": g.tolist(),
        "peerDrive": [[float(str(v)) for v in row] for row in theirs],
        "peerEqualsDefinition": not extra.any(),
        "largestDifference": float(f"{np.abs(theirs - g).max():.2e}"),
        "largestDifferenceLessExtraTap": float(f"{np.abs(theirs - g - extra).max():.2e}"),
        "peerExtraTap": float(extra.min()),
    })
write("drives_bernoulli_glm.json", {
    "source": source("spikeometric", "torch", "numpy"),
    "note": "matrix[i][j]: from i to j. history[i][t]. drive[i][t - firstBin]: the definition's direct sum in double "
            "precision, no stimulus, theta not subtracted. peerDrive: model.input in single precision (largest drives "
            "some hundreds: compare to 1e-4 absolute). Where peerEqualsDefinition is false the peer adds "
            "peerExtraTap * history[i][t - 1 - A - R] (its relative refractory runs to k <= A + R); follow drive.",
    "cases": cases,
})
