"""Spikeometric's generators: the Mexican hat's matrices, and the means of two random generators over 200 matrices."""
import numpy as np
import torch
from spikeometric.datasets import MexicanHatGenerator, NormalGenerator, UniformGenerator
from golden import source, write

MATRICES = 200


def mexican_hat(n, a, sigma1, sigma2):
    d = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    d = np.minimum(d, n - d).astype(float)
    W = np.exp(-d**2 / (2 * sigma1**2)) - a * np.exp(-d**2 / (2 * sigma2**2))
    np.fill_diagonal(W, 0)
    theirs = MexicanHatGenerator(n, a, sigma1, sigma2).generate_W0().numpy()
    assert np.abs(theirs - W).max() < 3e-7
    return {
        "n": n, "a": a, "sigma1": sigma1, "sigma2": sigma2,
        "largestDifference": float(f"{np.abs(theirs - W).max():.2e}"),
        "matrix": W.tolist(), "peerMatrix": [[float(str(v)) for v in row] for row in theirs],
    }


def summary(values):
    values = np.array(values)
    return {"mean": values.mean(), "sd": values.std(ddof=1), "standardError": values.std(ddof=1) / np.sqrt(len(values))}


def moments(generator, n):
    """Each statistic by matrix; then its mean, its sd over the matrices and the mean's standard error."""
    columns = {"density": [], "excitatoryMean": [], "excitatorySD": [], "inhibitoryMean": [], "inhibitorySD": []}
    for _ in range(MATRICES):
        W = generator.generate_W0().numpy().astype(float)
        assert np.all(W[:n // 2] >= 0) and np.all(W[n // 2:] <= 0) and not W.diagonal().any()
        columns["density"].append(np.count_nonzero(W) / (n * (n - 1)))
        for name, half in [("excitatory", W[:n // 2]), ("inhibitory", W[n // 2:])]:
            weights = half[half != 0]
            columns[name + "Mean"].append(weights.mean())
            columns[name + "SD"].append(weights.std(ddof=1))
    return {name: {k: float(v) for k, v in summary(column).items()} for name, column in columns.items()}


# NormalGenerator takes its signs and weights from rng, but its sparsity from torch's global seed.
torch.manual_seed(20240605)
rng = torch.Generator().manual_seed(20240606)
half_normal = 5 / np.sqrt(50) * np.sqrt(2 / np.pi), 5 / np.sqrt(50) * np.sqrt(1 - 2 / np.pi)
normal = {"n": 50, "mean": 0.0, "std": 5.0, "glorot": True, "sparsity": 0.5,
          "expected": {"density": 0.5, "excitatoryMean": half_normal[0], "weightSD": half_normal[1]},
          "statistics": moments(NormalGenerator(50, mean=0, std=5, glorot=True, sparsity=0.5, rng=rng), 50)}
uniform = {"n": 50, "low": -1.0, "high": 1.0, "sparsity": 0.75,
           "expected": {"density": 0.25, "excitatoryMean": 0.5, "weightSD": 1 / np.sqrt(12)},
           "statistics": moments(UniformGenerator(50, -1, 1, sparsity=0.75, rng=rng), 50)}
for case in normal, uniform:
    case["expected"] = {k: float(v) for k, v in case["expected"].items()}
    for name, s in case["statistics"].items():
        sign = -1 if name == "inhibitoryMean" else 1
        key = "density" if name == "density" else "weightSD" if name.endswith("SD") else "excitatoryMean"
        # An SD by matrix of some 600 weights is biased by less than 1e-3 of itself.
        assert abs(sign * s["mean"] - case["expected"][key]) < 4 * s["standardError"] + 1e-3 * case["expected"][key], name

write("generators.json", {
    "source": source("spikeometric", "torch", "numpy"),
    "note": "mexicanHat: matrix in double precision from the definition, peerMatrix in single (compare absolutely, to "
            "3e-7: the terms cancel). normal, uniform: statistics by matrix of the peer, over `matrices` matrices: mean, "
            "sd over matrices, standard error of the mean. density: synapses / (n (n - 1)); weight SDs within a matrix, "
            "ddof 1, zeros left out. expected: the distribution's own. The peer's excitatory row i and inhibitory row "
            "i + n/2 exclude each other, so density's sd over matrices is smaller than with independent rows (there "
            "sqrt(p (1 - p) / (n (n - 1)))): compare its mean only.",
    "mexicanHat": mexican_hat(10, 1.0015, 6.98, 7.0),
    "matrices": MATRICES, "normal": normal, "uniform": uniform,
})
