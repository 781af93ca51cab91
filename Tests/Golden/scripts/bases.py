"""Bases of functions of the lag: the kernels of NeMoS's convolutional bases in double precision; the others in numpy."""
import jax
jax.config.update("jax_enable_x64", True)

import nemos
import numpy as np
from golden import source, write


def kernel(name, count, window, **options):
    basis = getattr(nemos.basis, name)(count, window_size=window, **options)
    basis.setup_basis(np.zeros(2 * window))
    values = np.asarray(basis.kernel_)
    assert values.dtype == np.float64 and values.shape == (window, count)
    return values


def shifted_log(count, window, offset, first, last):
    y = np.log(np.arange(window) + offset)
    peaks = np.linspace(np.log(first + offset), np.log(last + offset), count)
    phase = np.pi * (y[:, None] - peaks) / (2 * (peaks[1] - peaks[0]))
    return np.where(np.abs(phase) < np.pi, 0.5 * (1 + np.cos(phase)), 0)


def orthogonal_exponential(times, window):
    decays = np.exp(-np.arange(window)[:, None] / np.array(times))
    q, r = np.linalg.qr(decays)
    q = q * np.sign(np.diag(r))
    # Gram-Schmidt gives the same.
    for j in range(len(times)):
        rest = decays[:, j] - sum((decays[:, j] @ q[:, i] * q[:, i] for i in range(j)), np.zeros(window))
        assert np.abs(rest / np.linalg.norm(rest) - q[:, j]).max() < 1e-8
    return q


cases = []


def case(name, values, **parameters):
    window, count = values.shape
    values = np.where(np.abs(values) < 1e-15, 0, values)
    cases.append({"basis": f"{name}:{count}:{window}", "parameters": parameters, "functions": values.tolist()})


for count, window in [(5, 20), (2, 7), (3, 12)]:
    case("raised-cosine-log", kernel("RaisedCosineLogConv", count, window))
    case("raised-cosine-linear", kernel("RaisedCosineLinearConv", count, window))
case("raised-cosine-log", kernel("RaisedCosineLogConv", 4, 15, time_scaling=12.5), stretch=12.5)
case("raised-cosine-shifted-log", shifted_log(5, 20, 1, 0, 19))
case("raised-cosine-shifted-log", shifted_log(4, 25, 3.5, 1, 12), offset=3.5, firstPeak=1, lastPeak=12)
for name, peer in [("b-spline", "BSplineConv"), ("cyclic-b-spline", "CyclicBSplineConv"), ("m-spline", "MSplineConv")]:
    # Windows in which lags fall between knots, and upon them.
    case(name, kernel(peer, 5, 20, order=4))
    for count, window, order in [(4, 13, 4), (5, 13, 3), (6, 11, 2), (7, 19, 5)]:
        case(name, kernel(peer, count, window, order=order), order=order)
case("orthogonal-exponential", orthogonal_exponential([10 ** (j / 3) for j in range(4)], 20))
case("orthogonal-exponential", orthogonal_exponential([3, 1.5, 20], 30),
     **{"decayTimes.0": 3, "decayTimes.1": 1.5, "decayTimes.2": 20})

write("bases.json", {
    "source": source("nemos", "jax", "numpy"),
    "note": "basis: NAME:COUNT:WINDOW; parameters that are not as by default, lags and decay times in bins; "
            "functions[lag][j]. Good to 1e-14 of the largest value: NeMoS computed them in double precision.",
    "cases": cases,
}, digits=17)
