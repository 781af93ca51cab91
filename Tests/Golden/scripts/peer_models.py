"""Rates and intervals of the five models: Spikeometric's where it is right, else a direct sum written from the equations.

Writes the networks too, as .npy: three of the peer's generator, the same with autapses and an isolated neuron, and the
same with inhibition only.
"""
import math
import sys
from pathlib import Path

import numpy as np
import torch
from spikeometric import models
from spikeometric.datasets import NormalGenerator
from torch_geometric.data import Data
from golden import source, write

NETWORKS, N, STEPS, EQUILIBRATION, BLOCKS = 3, 20, 50_000, 1000, 100
SEED = 20261122

# ---------------------------------------------------------------------------------------------------- networks

torch.set_num_threads(1)
torch.manual_seed(SEED)  # the generator's sparsity takes torch's global seed
generated = NormalGenerator(N, mean=0, std=3, glorot=True, rng=torch.Generator().manual_seed(SEED)).generate(NETWORKS)
plain = []
for data in generated:
    W = np.zeros((N, N), dtype=np.float32)
    W[data.edge_index[0], data.edge_index[1]] = data.W0
    assert (W != 0).any(0).all() and (W != 0).any(1).all()  # the peer would lose isolated neurons
    plain.append(W)
autapses = [W.copy() for W in plain]
for W in autapses:
    np.fill_diagonal(W, np.where(np.arange(N) % 2 == 0, 0.8, -0.8))
    W[N - 1, :] = W[:, N - 1] = 0
folder = Path(__file__).resolve().parent.parent / "networks"
folders = {"peer": plain, "autapses": autapses, "inhibitory": [-np.abs(W) for W in plain]}
for name, matrices in folders.items():
    (folder / name).mkdir(parents=True, exist_ok=True)
    for index, W in enumerate(matrices):
        np.save(folder / name / f"{index}.npy", W)


def together(matrices):
    """One matrix of all networks, which do not know of each other."""
    W = np.zeros((NETWORKS * N, NETWORKS * N))
    for index, matrix in enumerate(matrices):
        W[index * N:(index + 1) * N, index * N:(index + 1) * N] = matrix
    return W


# -------------------------------------------------------------------------------------------------- simulations

names = {"couplingWindow": "T", "lambda0": "lambda_0"}
bernoulli_names = {"couplingWindow": "coupling_window", "absoluteRefractoryScale": "abs_ref_scale",
                   "absoluteRefractoryStrength": "abs_ref_strength", "relativeRefractoryScale": "rel_ref_scale",
                   "relativeRefractoryStrength": "rel_ref_strength"}


def peer(model, p, W, seed):
    """Counts [neurons, steps] of the peer."""
    renamed = bernoulli_names if model == "BernoulliGLM" else names
    simulator = getattr(models, model)(**{renamed.get(key, key): value for key, value in p.items()},
                                       rng=torch.Generator().manual_seed(seed))
    weights = torch.tensor(W, dtype=torch.float32)
    edges = weights.nonzero().t()
    data = Data(edge_index=edges, W0=weights[edges[0], edges[1]], num_nodes=len(W))
    with torch.no_grad():
        return simulator.simulate(data, n_steps=STEPS, verbose=False, equilibration_steps=EQUILIBRATION).numpy()


def direct(model, p, W, seed):
    """Counts [neurons, steps], from the equations: an explicit sum over lags, or the activation itself."""
    rng = np.random.default_rng(seed)
    dt, neurons = p["dt"], len(W)
    total = EQUILIBRATION + STEPS
    x = np.zeros((total, neurons), dtype=np.int64)
    window, decay = p.get("couplingWindow", 0), p.get("alpha", 0) if model == "BernoulliGLM" else 1 / p.get("tau", 1)
    coupling = np.array([math.exp(-decay * k * dt) for k in range(window)])
    own = np.zeros(0)
    if model == "BernoulliGLM":
        own = np.array([p["absoluteRefractoryStrength"]] * p["absoluteRefractoryScale"]
                       + [p["relativeRefractoryStrength"] * math.exp(-p["beta"] * k * dt)
                          for k in range(p["relativeRefractoryScale"])])
    activation = np.zeros(neurons)
    for t in range(total):
        g = np.full(neurons, float(p.get("b", 0)))
        if model.endswith("SAM"):
            g += p["r"] * (activation @ W)
        for k in range(min(window, t)):
            if x[t - 1 - k].any():
                g += p["r"] * coupling[k] * (x[t - 1 - k] @ W)
        for k in range(min(len(own), t)):
            g += own[k] * x[t - 1 - k]
        if model == "BernoulliGLM":
            x[t] = rng.random(neurons) < dt / (1 + np.exp(-(g - p["theta"])))
        elif model == "PoissonGLM":
            x[t] = rng.poisson(dt / p["alpha"] * np.exp(p["beta"] * g))
        elif model == "ThresholdSAM":
            noise = rng.normal(0, p["sigma"], neurons) * (rng.random(neurons) < p["rho"])
            x[t] = g + p["b"] * noise > p["theta"]
        else:
            x[t] = rng.poisson(p["lambda0"] * dt * np.maximum(g - p["theta"], 0))
        if model.endswith("SAM"):
            activation = activation * (1 - dt / p["tau"]) + x[t] * dt
    return x[EQUILIBRATION:].T


# ---------------------------------------------------------------------------------------------------- summaries

def rates(x):
    """Spikes a bin of each neuron, and standard errors from the means of blocks of bins, which hold the correlations."""
    blocks = x.reshape(len(x), BLOCKS, -1).mean(2)
    return blocks.mean(1), blocks.std(1, ddof=1) / math.sqrt(BLOCKS)


def intervals(x, every):
    """How often each interval (bins) occurs among every so many of a neuron, pooled; spikes of one bin are 0 apart."""
    pooled = [np.diff(np.repeat(np.arange(x.shape[1]), counts))[::every] for counts in x]
    return np.bincount(np.concatenate(pooled))


def folded(histogram):
    """The histogram up to where fewer than 20 are left; those are its last entry."""
    beyond = histogram[::-1].cumsum()[::-1]
    stop = int((beyond >= 20).sum())
    return [int(v) for v in histogram[:stop]] + [int(histogram[stop:].sum())]


glm = {"theta": 3.0, "dt": 1.0, "couplingWindow": 5, "alpha": 0.2, "absoluteRefractoryScale": 3,
       "absoluteRefractoryStrength": -100.0, "relativeRefractoryScale": 7, "relativeRefractoryStrength": -30.0,
       "beta": 0.5, "r": 1.0}
poisson = {"alpha": 30.0, "beta": 1.0, "couplingWindow": 20, "tau": 5.0, "dt": 1.0, "r": 0.2, "b": 0.1}
lnp = {"lambda0": 0.1, "theta": 0.0, "couplingWindow": 20, "tau": 5.0, "dt": 1.0, "r": 0.5, "b": 0.3}
sam = {"lambda0": 0.1, "theta": 0.0, "tau": 10.0, "dt": 0.5, "r": 0.3, "b": 0.3}
threshold = {"r": 0.025, "b": 0.3, "tau": 10.0, "dt": 0.5, "sigma": 0.4, "rho": 0.3, "theta": 0.45}
# A baseline above the threshold, which inhibition lowers: a tenth of the drives exceeds it without noise.
inhibited = threshold | {"r": 0.02, "b": 0.5, "dt": 1.0, "sigma": 0.2}
cases = [
    ("BernoulliGLM", glm, "peer", peer),
    ("BernoulliGLM", glm | {"r": 0.6}, "autapses", direct),
    ("PoissonGLM", poisson, "peer", peer),
    ("PoissonGLM", poisson | {"dt": 0.5, "couplingWindow": 40}, "peer", direct),
    ("RectifiedLNP", lnp, "peer", peer),
    ("RectifiedSAM", sam, "peer", peer),
    ("ThresholdSAM", threshold, "peer", direct),
    ("ThresholdSAM", inhibited, "inhibitory", direct),
]
matrices = {name: together(matrices) for name, matrices in folders.items()}
stored = []
for number, (model, p, networks, method) in enumerate(cases):
    x = method(model, p, matrices[networks], SEED + number)
    mean, error = rates(x)
    # Inhibition swings: neighbouring intervals are alike, as the test of distributions assumes that they are not.
    every = 10 if networks == "inhibitory" else 1
    case = {"model": model, "by": "Spikeometric" if method is peer else "direct sum", "networks": networks,
            "parameters": p, "rates": [float(f"{v:.6g}") for v in mean],
            "errors": [float(f"{v:.3g}") for v in error], "every": every,
            "intervals": folded(intervals(x, every))}
    if method is direct:
        theirs, theirError = rates(peer(model, p, matrices[networks], SEED + 100 + number))
        case["peerRates"] = [float(f"{v:.4g}") for v in theirs]
        case["peerErrors"] = [float(f"{v:.3g}") for v in theirError]
    stored.append(case)
    if "-v" in sys.argv:
        flat = x - x.mean(1, keepdims=True)
        lags = [float((flat[:, k:] * flat[:, :-k]).mean() / flat.var()) for k in (20, 50, 100, 200)]
        print(model, "rate", mean.mean(), mean.min(), mean.max(), "max count", x.max(), "autocorrelation", lags,
              len(case["intervals"]), sum(case["intervals"]))

write("peer_models.json", {
    "source": source("spikeometric", "torch", "torch_geometric", "numpy"),
    "note": f"{NETWORKS} networks of {N} neurons side by side, {STEPS} bins after {EQUILIBRATION}. rates: spikes a bin of "
            f"each neuron, errors: their standard errors from {BLOCKS} blocks of bins. intervals[i]: how many intervals of "
            "i bins among every so many of a neuron, pooled; the last entry counts all that are longer. Where the peer is wrong the values are "
            "those of a direct sum (numpy), and peerRates are what the peer gives.",
    "steps": STEPS, "equilibration": EQUILIBRATION, "blocks": BLOCKS, "cases": stored,
})
