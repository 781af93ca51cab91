"""Spectral radii of small random matrices by LAPACK (numpy.linalg.eigvals)."""
import numpy as np
from golden import source, write

rng = np.random.default_rng(11)


def case(kind, W):
    W = np.array([[float(f"{v:.6g}") for v in row] for row in W], dtype=np.float32)
    radius = np.abs(np.linalg.eigvals(W.astype(float))).max()
    return {"kind": kind, "neurons": len(W), "radius": float(radius),
            "matrix": [float(f"{v:.6g}") for v in W.ravel()]}


def dale(n, fraction, density, std):
    W = np.abs(rng.normal(0, std / np.sqrt(n), (n, n))) * (rng.random((n, n)) < density)
    W[int(fraction * n):] *= -1
    np.fill_diagonal(W, 0)
    return W


write("spectral_radius.json", {
    "source": source("numpy") + " (LAPACK)",
    "note": "matrix: row by row, float32; radius: largest modulus of an eigenvalue; tolerance 2%",
    "cases": [
        case("normal", rng.normal(0, 1 / np.sqrt(30), (30, 30))),
        case("half excitatory", dale(30, 0.5, 0.5, 5)),
        case("mostly excitatory", dale(30, 0.8, 0.3, 2)),
        case("excitatory", dale(25, 1, 0.2, 1)),
        case("symmetric", (lambda a: a + a.T)(rng.normal(0, 0.1, (30, 30)))),
    ],
})
