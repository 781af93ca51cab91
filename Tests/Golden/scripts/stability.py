"""Mean rates of fitted networks by the quasi-renewal approximation, and a fit whose own filter is bounded, written anew
with numpy and scipy.

Gerhard, Deger and Truccolo 2017, PLoS Comput Biol 13:e1005390; Naud and Gerstner 2012, PLoS Comput Biol 8:e1002711.
"""
import numpy as np
from scipy.optimize import brentq, minimize
from scipy.special import expit

from golden import source, write


class Network:
    """exp with Poisson counts, or logistic with at most one spike a bin; h [pre, post, lag]."""

    def __init__(self, link, dt, b, h, recorded):
        self.link, self.dt, self.b, self.h = link, dt, np.array(b), np.array(h)
        self.recorded = np.array(recorded) / 1000 * dt
        # f''/f' where a constant drive makes the recorded rate.
        self.a = np.ones(len(b)) if link == "exp" else 1 - 2 * self.recorded
        self.J = (np.exp(self.a[None, :, None] * self.h) - 1).sum(2) / self.a[None, :]
        np.fill_diagonal(self.J, 0)

    def mean(self, g):
        return np.exp(g) * self.dt if self.link == "exp" else expit(g)

    def silence(self, m):
        return np.exp(-m) if self.link == "exp" else 1 - m

    def rate(self, i, r, inp):
        h, a = self.h[i, i], self.a[i]
        grow = r * (np.exp(a * h) - 1)
        kappa = grow / a if self.link == "exp" else np.log(1 + grow) / a
        n = r / (1 - np.exp(-r)) if self.link == "exp" and r > 0 else 1.0
        K = len(h)
        # Directly over 200 000 bins after a spike.
        g = np.full(20_000, self.b[i] + inp)
        for s in range(K):
            g[s] += n * h[s] + kappa[s + 1:].sum()
        m = self.mean(np.minimum(g, 300))
        alive = np.concatenate([[1], np.cumprod(self.silence(m))[:-1]])
        return (alive * m).sum() / alive.sum()

    def inputs(self, r):
        return r @ self.J

    def steady(self, i):
        inp = self.inputs(self.recorded)[i]
        top = min(self.dt, 1) if self.link == "logistic" else self.dt
        grid = np.concatenate([[0], np.geomspace(1e-6, 1, 150) * top])
        excess = [self.rate(i, r, inp) - r for r in grid]
        return [
            {"rate": brentq(lambda r: self.rate(i, r, inp) - r, lo, hi, xtol=1e-14) / self.dt * 1000, "isStable": bool(f > 0)}
            for lo, hi, f, e in zip(grid, grid[1:], excess, excess[1:]) if (f > 0) != (e > 0)
        ]

    def response(self):
        n = len(self.b)
        A = np.zeros((n, n))
        for i, r in enumerate(self.recorded):
            inp = brentq(lambda x: self.rate(i, r, x) - r, -30, 30, xtol=1e-14)
            gain = (self.rate(i, r, inp + 1e-4) - self.rate(i, r, inp - 1e-4)) / 2e-4
            A[:, i] = self.J[:, i] * gain
            A[i, i] = (self.rate(i, r * 1.0001, inp) - self.rate(i, r * 0.9999, inp)) / (2e-4 * r)
        return float(np.linalg.eigvals(A).real.max())

    def resting(self):
        r = self.recorded.copy()
        for _ in range(150):
            r = r + 0.5 * (np.array([self.rate(i, r[i], x) for i, x in enumerate(self.inputs(r))]) - r)
        return (r / self.dt * 1000).tolist()

    def golden(self, name):
        return {"name": name, "dt": self.dt, "baselines": self.b.tolist(), "window": self.h.shape[2],
                "filters": self.h.ravel().tolist(), "recorded": (self.recorded / self.dt * 1000).tolist(),
                "linearResponse": self.response(), "restingRates": self.resting(),
                "steadyRates": [self.steady(i) for i in range(len(self.b))]}


def bursts(bins):
    """A train by a fixed rule: now and then a spike, now and then a burst of ten."""
    state, train = 7, np.zeros(bins)

    def draw():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 11) / 2**53

    for t in range(bins):
        u = draw()
        if u < 0.002:
            train[t] = 1
        if u > 0.999:
            s = t
            for _ in range(10):
                s += 3 + int(3 * draw())
                if s < bins:
                    train[s] = 1
    return train


def functions(count, window):
    """Raised cosines over a logarithmic axis, as NeMoS has them."""
    y = np.log1p(50 * np.arange(window) / (window - 1)) / np.log1p(50)
    peaks = np.linspace(0, 1 - 2 / (count + 1), count)
    return 0.5 * (1 + np.cos(np.clip(np.pi * (y[:, None] - peaks) / (2 * (peaks[1] - peaks[0])), -np.pi, np.pi)))


def bounded(train, basis, bound):
    K, B = basis.shape
    X = np.column_stack([np.ones(len(train))] + [np.r_[0, np.convolve(train, basis[:, b])[:len(train) - 1]] for b in range(B)])[K:]
    y = train[K:]
    f = lambda w: (np.exp(X @ w).sum() - y @ (X @ w)) / len(y)
    g = lambda w: X.T @ (np.exp(X @ w) - y) / len(y)
    w = np.zeros(B + 1)
    w[0] = np.log(y.mean())
    for _ in range(40):  # the free maximum
        mu = np.exp(X @ w)
        step, t = np.linalg.solve(X.T @ (X * mu[:, None]), X.T @ (mu - y)), 1.0
        while f(w - t * step) > f(w) + 1e-14 and t > 1e-6:
            t /= 2
        w = w - t * step
    constraint = {"type": "ineq", "fun": lambda w: bound - np.expm1(basis @ w[1:]).sum(),
                  "jac": lambda w: np.r_[0, -basis.T @ np.exp(basis @ w[1:])]}
    if constraint["fun"](w) < 0:
        found = minimize(f, w, jac=g, method="SLSQP", constraints=[constraint], options={"ftol": 1e-13, "maxiter": 1000})
        w = found.x
        # The slope is a multiple of that of the bound.
        slope, normal = g(w), constraint["jac"](w)
        assert np.abs(slope - normal * (slope @ normal) / (normal @ normal)).max() < 1e-5
    return {"bound": bound, "coefficients": w.tolist(), "logLikelihood": float(-f(w) * len(y)),
            "response": float(np.expm1(basis @ w[1:]).sum())}


rng = np.random.default_rng(11)
pairs = rng.normal(0.4, 0.8, (3, 3, 4))
own = [[-4, -1, 0.8, 0.5], [-6, -6, 0.2, 0.1], [1.6, 1.2, 0.8, 0.4]]
for i in range(3):
    pairs[i, i] = own[i]
networks = [
    Network("exp", 0.5, [-3.6, -3.2, -4.0], pairs, [25, 35, 20]).golden("exp"),
    Network("logistic", 0.5, [-4.0, -3.5, -4.2], pairs, [30, 50, 25]).golden("logistic"),
    Network("exp", 2, [-4.6], [[[-3, 1.9, 1.5, 1.1, 0.8]]], [12]).golden("exp"),
]
train = bursts(100_000)
basis = functions(5, 20)
content = {
    "source": source("numpy", "scipy"),
    "note": "rates in Hz, to 1e-4 of themselves (differences at 1e-4, intervals of 20 000 bins); bounded: 100 000 bins of 1 ms, "
            "raised-cosine-log:5:20, exp, Poisson, to 1e-3 (SLSQP)",
    "networks": networks, "spikeCount": int(train.sum()),
    "bounded": [bounded(train, basis, bound) for bound in (1000.0, 10.0, 1000 / 300)],
}
write("stability.json", content)
