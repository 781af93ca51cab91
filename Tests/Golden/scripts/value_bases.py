"""Bases of functions of a value in a range, and their products: `evaluate` of NeMoS's bases in double precision, checked
with SciPy's B-splines and with the formulas in numpy."""
import functools

import jax
jax.config.update("jax_enable_x64", True)

import nemos
import numpy as np
from scipy.interpolate import BSpline
from golden import source, write

PEERS = {"b-spline": "BSplineEval", "cyclic-b-spline": "CyclicBSplineEval", "m-spline": "MSplineEval",
         "raised-cosine-linear": "RaisedCosineLinearEval", "raised-cosine-log": "RaisedCosineLogEval"}
CIRCLE = 6.283185307179586


def peer(text, **options):
    name, count, low, high = text.split(":")
    if name.endswith("spline"):
        options = {"order": 4} | options
    if "stretch" in options:
        options["time_scaling"] = options.pop("stretch")
    return getattr(nemos.basis, PEERS[name])(int(count), bounds=(float(low), float(high)), **options)


def formula(text, x, order=4, stretch=50.0):
    """The same by the formulas of the bases by lag, with s = (x - low)/(high - low) in place of lag/(K - 1)."""
    name, count, low, high = text.split(":")
    count, low, high = int(count), float(low), float(high)
    s = (x - low) / (high - low)
    if name == "cyclic-b-spline":
        # The B-spline of the knots 0, 1, ..., order, laid around the circle; at the end as at the beginning.
        spline = BSpline.basis_element(np.arange(order + 1.0), extrapolate=False)
        around = [count * s + order - 1 - j + m * count for j in range(count) for m in (-1, 0, 1)]
        values = np.nan_to_num([spline(u) for u in around]).reshape(count, 3, len(x)).sum(1).T
    elif name.endswith("spline"):
        knots = np.r_[np.zeros(order - 1), np.linspace(0, 1, count - order + 2), np.ones(order - 1)]
        values = BSpline.design_matrix(s, knots, order - 1).toarray()
        if name == "m-spline":  # an integral of 1 over the range
            values *= order / (knots[order:] - knots[:-order]) / (high - low)
    else:
        y = np.log1p(stretch * s) / np.log1p(stretch) if name.endswith("log") else s
        peaks = np.linspace(0, 1 - 2 / (count + 1) if name.endswith("log") else 1, count)
        phase = np.pi * (y[:, None] - peaks) / (2 * (peaks[1] - peaks[0]))
        values = 0.5 * (1 + np.cos(np.clip(phase, -np.pi, np.pi)))
    return values


def clean(values, check, scale=1.0):
    values = np.asarray(values)
    assert values.dtype == np.float64 and np.abs(values - check).max() < 1e-14 * scale, np.abs(values - check).max()
    return np.where(np.abs(values) < 1e-15 * scale, 0, values).tolist()


def fractions(irrational, regular):
    return np.sort(np.r_[(np.arange(1, irrational + 1) * (np.sqrt(5) - 1) / 2) % 1, np.arange(regular + 1) / regular])


def positions(text, fractions):
    low, high = (float(v) for v in text.split(":")[2:])
    return np.minimum(low + (high - low) * fractions, high)


cases = []
for text, parameters in [
    ("b-spline:8:0:100", {}), ("b-spline:7:-3:5", {"order": 3}), (f"cyclic-b-spline:12:0:{CIRCLE}", {}),
    ("cyclic-b-spline:5:-180:180", {"order": 3}), ("m-spline:6:0:100", {}), ("m-spline:7:-3:5", {"order": 3}),
    ("raised-cosine-linear:6:-3:5", {}), ("raised-cosine-linear:5:0:100", {}), ("raised-cosine-log:5:0:60", {}),
    ("raised-cosine-log:6:-3:5", {"stretch": 12.5}),
]:
    # 16 irrational parts of the range and 9 regular ones, both ends among them, upon knots and between.
    x = positions(text, fractions(16, 8))
    assert len(x) == 25 and f"{x[0]:g}" == f"{float(text.split(':')[2]):g}" and x[-1] == float(text.split(":")[3])
    values, check = np.asarray(peer(text, **parameters).evaluate(x)), formula(text, x, **parameters)
    functions = clean(values, check, np.abs(check).max())
    if "b-spline" in text:
        assert np.abs(values.sum(1) - 1).max() < 1e-14
    if "cyclic" in text:
        print(text, "NeMoS at the end and the beginning differ by", np.abs(values[-1] - values[0]).max())
    cases.append({"basis": text, "parameters": parameters, "positions": x.tolist(), "functions": functions})

products = []
for texts in [["b-spline:4:0:100", f"cyclic-b-spline:5:0:{CIRCLE}"],
              ["raised-cosine-linear:3:0:100", "raised-cosine-log:3:-3:5", "b-spline:4:0:60"]]:
    # Other parts of its range on each axis; the first point is at both low ends, the last at both high ones.
    parts = [fractions(6, 1)] + [np.r_[0, (np.arange(1, 7) * np.sqrt(p)) % 1, 1] for p in (2, 3)]
    x = [positions(text, part) for text, part in zip(texts, parts)]
    values = functools.reduce(lambda a, b: a * b, [peer(t) for t in texts]).evaluate(*x)
    # C order: the function of the last axis runs fastest. NeMoS has the same, of a * b * c as (a * b) * c.
    check = functools.reduce(lambda a, b: (a[:, :, None] * b[:, None, :]).reshape(len(a), -1),
                             [formula(t, p) for t, p in zip(texts, x)])
    products.append({"bases": texts, "positions": np.transpose(x).tolist(), "functions": clean(values, check)})

write("value_bases.json", {
    "source": source("nemos", "jax", "numpy", "scipy"),
    "note": "basis: NAME:COUNT:LOW:HIGH; parameters that are not as by default (splines of order 4, a stretch of 50). "
            "functions[position][j] at positions[position], both ends of the range among them. M-splines have "
            "an integral of 1 over the value, from LOW to HIGH. products: positions[point][axis], "
            "functions[point][k] with k in C order, the last axis fastest, as in NeMoS. Good to 1e-14 of the largest "
            "value: NeMoS computed them in double precision.",
    "cases": cases, "products": products,
}, digits=17)
