"""Filters by lag, from their definitions in numpy and scipy, and a drive through delayed synapses by explicit sums."""
import numpy as np
from scipy.optimize import minimize_scalar
from golden import source, write

K = 40


def alpha(tau, dt):
    t = np.arange(K) * dt
    return t / tau * np.exp(1 - t / tau)


def difference(rise, decay, dt):
    def raw(t):
        return np.exp(-t / decay) - np.exp(-t / rise)
    # The peak is searched for, not taken from its formula.
    peak = minimize_scalar(lambda t: -raw(t), bounds=(0, 10 * decay), method="bounded", options={"xatol": 1e-12})
    return raw(np.arange(K) * dt) / -peak.fun


def activation(tau, dt):
    s, out = 0.0, []
    for bin in range(K + 1):
        s = s * (1 - dt / tau) + (dt if bin == 0 else 0)
        out.append(s)
    return np.array(out[:K])


def refractory(a, a_strength, r, r_strength, beta, dt):
    k = np.arange(K)
    return np.where(k < a, a_strength, np.where(k < a + r, r_strength * np.exp(-beta * (k - a) * dt), 0.0))


filters = {
    "exponential": {"parameters": {"decayRate": 0.13, "window": 17}, "dt": 0.5,
                    "taps": np.where(np.arange(K) < 17, np.exp(-0.13 * 0.5 * np.arange(K)), 0)},
    "leakyIntegrator": {"parameters": {"tau": 7.0}, "dt": 0.5, "taps": np.exp(-np.arange(K) * 0.5 / 7)},
    "synapticActivation": {"parameters": {"tau": 4.0}, "dt": 0.3, "taps": activation(4.0, 0.3)},
    "alpha": {"parameters": {"tau": 3.0}, "dt": 0.25, "taps": alpha(3.0, 0.25)},
    "differenceOfExponentials": {"parameters": {"riseTime": 0.8, "decayTime": 6.0}, "dt": 0.5,
                                 "taps": difference(0.8, 6.0, 0.5)},
    "refractory": {"parameters": {"absoluteScale": 3, "absoluteStrength": -100.0, "relativeScale": 7,
                                  "relativeStrength": -30.0, "decayRate": 0.5}, "dt": 0.5,
                   "taps": refractory(3, -100.0, 7, -30.0, 0.5, 0.5)},
}

# Raised cosines, by interpolation of nothing: the formula in numpy, checked against printed values of NeMoS.
def raised_cosine_log(count, window, stretch=50.0):
    y = np.log(stretch * np.arange(window) / (window - 1) + 1) / np.log(stretch + 1)
    peaks = np.linspace(0, 1 - 2 / (count + 1), count)
    delta = peaks[1] - peaks[0]
    return 0.5 * (1 + np.cos(np.clip(np.pi * (y[:, None] - peaks) / (2 * delta), -np.pi, np.pi)))


printed = [[1, .5, 0], [0, .182, .886], [0, 0, .424], [0, 0, .150], [0, 0, .030], [0, 0, 0]]
assert np.abs(raised_cosine_log(3, 6) - printed).max() < 6e-4

N, BINS = 6, 120
rng = np.random.default_rng(20261122)
W = np.round(1024 * rng.normal(0, 1, (N, N)) * (rng.random((N, N)) < 0.6)) / 1024 + 0.0
D = rng.integers(1, 9, (N, N))
x = rng.choice(3, size=(N, BINS), p=[0.8, 0.15, 0.05])
drives = {}
for name in ["exponential", "alpha", "differenceOfExponentials", "synapticActivation"]:
    h = filters[name]["taps"]
    g = np.zeros((N, BINS))
    for t in range(BINS):
        for i in range(N):
            for j in range(N):
                for k in range(min(K, t)):
                    s = t - D[j, i] - k
                    if s >= 0:
                        g[i, t] += W[j, i] * h[k] * x[j, s]
    # Without end: only as far as the taps above reach.
    drives[name] = {"drive": g[:, :K].tolist() if name != "exponential" else g.tolist()}

write("filters.json", {
    "source": source("numpy", "scipy"),
    "note": "taps[k], k = lag - 1; dt and times in ms. drives: matrix[i][j] and delays[i][j] (bins) from i to j, "
            "history[i][t] counts; drive[i][t] by explicit sums, without baseline, stimulus and own filter.",
    "filters": {n: {**f, "taps": f["taps"].tolist()} for n, f in filters.items()},
    "raisedCosineLog": {"count": 5, "window": 20, "functions": raised_cosine_log(5, 20).tolist()},
    "network": {"matrix": W.tolist(), "delays": D.tolist(), "history": x.tolist(), "drives": drives},
})
