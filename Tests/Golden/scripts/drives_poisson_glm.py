"""Drives of Spikeometric's PoissonGLM from a prescribed history of counts, beside the direct sum in double precision."""
import numpy as np
import torch
from spikeometric.models import PoissonGLM
from golden import source, write

p = {"alpha": 10.0, "beta": 3.0, "couplingWindow": 20, "tau": 5.0, "dt": 0.5, "r": 0.7, "b": -0.2}
N, BINS, T = 8, 60, 20
rng = np.random.default_rng(20240602)

# Half excitatory, half inhibitory; weights in 1/1024, exact in single precision; every neuron has an edge.
while True:
    W = np.round(1024 * np.abs(rng.normal(0, 0.15, (N, N)))) / 1024 * (rng.random((N, N)) < 0.5)
    W[N // 2:] *= -1
    np.fill_diagonal(W, 0)
    W += 0.0  # no negative zeros
    if np.all((W != 0).any(0) & (W != 0).any(1)):
        break
x = rng.choice(4, size=(N, BINS), p=[0.7, 0.2, 0.07, 0.03])

g = np.full((N, BINS - T), p["b"])
for t in range(T, BINS):
    for k in range(T):
        g[:, t - T] += p["r"] * np.exp(-k * p["dt"] / p["tau"]) * (x[:, t - 1 - k] @ W)
mu = p["dt"] / p["alpha"] * np.exp(p["beta"] * g)

model = PoissonGLM(alpha=p["alpha"], beta=p["beta"], T=T, tau=p["tau"], dt=p["dt"], r=p["r"], b=p["b"])
w = torch.tensor(W, dtype=torch.float32)
edges = w.nonzero().t()
taps, edges = model.connectivity_filter(w[edges[0], edges[1]], edges)
state = torch.tensor(x)
theirs = torch.stack([model.input(edges, taps, state[:, t - T:t], t=t) for t in range(T, BINS)], dim=1)
means = model.non_linearity(theirs).numpy()
theirs = theirs.numpy()
assert np.abs(theirs - g).max() < 5e-6 and np.allclose(means, mu, rtol=2e-5, atol=0)

write("drives_poisson_glm.json", {
    "source": source("spikeometric", "torch", "numpy"),
    "note": "matrix[i][j]: from i to j. history[i][t]: counts. drive[i][t - firstBin]: the definition's direct sum in "
            "double precision, no stimulus; mean: dt/alpha e^(beta drive), a count per bin. peerDrive and peerMean: "
            "model.input and model.non_linearity in single precision.",
    "parameters": p, "window": T, "firstBin": T,
    "largestDifference": float(f"{np.abs(theirs - g).max():.2e}"),
    "largestRelativeDifferenceOfMean": float(f"{np.abs(means / mu - 1).max():.2e}"),
    "matrix": W.tolist(), "history": x.tolist(),
    "drive": g.tolist(), "peerDrive": [[float(str(v)) for v in row] for row in theirs],
    "mean": mu.tolist(), "peerMean": [[float(str(v)) for v in row] for row in means],
})
