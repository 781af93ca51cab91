"""Drives of RectifiedLNP, RectifiedSAM and ThresholdSAM from a prescribed history: Spikeometric's, and the direct sum."""
import numpy as np
import torch
from spikeometric import models
from golden import source, write

N, BINS = 8, 60
cases = {
    "RectifiedLNP": {"lambda0": 0.04, "theta": -0.3, "couplingWindow": 15, "tau": 4.0, "dt": 0.5, "r": 0.7, "b": 0.25},
    "RectifiedSAM": {"lambda0": 0.04, "theta": -0.3, "tau": 8.0, "dt": 0.5, "r": -0.6, "b": 0.25},
    "ThresholdSAM": {"r": 0.9, "b": -0.125, "tau": 5.0, "dt": 2.0, "sigma": 0.0, "rho": 1.0, "theta": 0.1},
}
rng = np.random.default_rng(20261123)

# Half excitatory, half inhibitory; weights in 1/1024, exact in single precision; every neuron has an edge.
while True:
    W = np.round(1024 * np.abs(rng.normal(0, 0.4, (N, N)))) / 1024 * (rng.random((N, N)) < 0.5)
    W[N // 2:] *= -1
    np.fill_diagonal(W, 0)
    W += 0.0  # no negative zeros
    if np.all((W != 0).any(0) & (W != 0).any(1)):
        break
x = rng.choice(4, size=(N, BINS), p=[0.7, 0.2, 0.07, 0.03])


def coupling(model, p, k):
    if model == "RectifiedLNP":
        return np.exp(-k * p["dt"] / p["tau"]) if k < p["couplingWindow"] else 0.0
    return p["dt"] * (1 - p["dt"] / p["tau"]) ** k


def direct(model, p):
    g = np.full((N, BINS), p["b"])
    for t in range(BINS):
        for k in range(t):
            g[:, t] += p["r"] * coupling(model, p, k) * (x[:, t - 1 - k] @ W)
    return g


def peer(model, p):
    renamed = {"couplingWindow": "T", "lambda0": "lambda_0"}
    theirs = getattr(models, model)(**{renamed.get(key, key): value for key, value in p.items()}, rng=torch.Generator())
    w = torch.tensor(W, dtype=torch.float32)
    edges = w.nonzero().t()
    w = w[edges[0], edges[1]]
    g = []
    if model == "RectifiedLNP":
        taps, edges = theirs.connectivity_filter(w, edges)
        window = taps.shape[1]
        past = torch.tensor(np.concatenate([np.zeros((N, window), dtype=int), x], 1))
        g = [theirs.input(edges, taps, past[:, t:t + window], t=t) for t in range(BINS)]
    else:
        taps, activation = theirs.connectivity_filter(w, edges), torch.zeros((N, 1))
        for t in range(BINS):
            g.append(theirs.input(edges, taps, activation, t=t))
            activation = theirs.update_activation(spikes=torch.tensor(x[:, t:t + 1]), activation=activation)
    return torch.stack(g, dim=1).numpy()


stored = []
for model, p in cases.items():
    g, theirs = direct(model, p), peer(model, p)
    difference = np.abs(theirs - g).max()
    assert difference < 2e-6 * max(1, np.abs(g).max()), (model, difference)
    stored.append({"model": model, "parameters": p, "largestDifference": float(f"{difference:.2e}"), "drive": g.tolist()})

write("drives_new_models.json", {
    "source": source("spikeometric", "torch", "numpy"),
    "note": "matrix[i][j]: from i to j. history[i][t]: counts; before them there are none. drive[i][t]: the definition's "
            "direct sum in double precision, no stimulus and no noise; largestDifference: to the peer's, in single precision.",
    "matrix": W.tolist(), "history": x.tolist(), "cases": stored,
})
