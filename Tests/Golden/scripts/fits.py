"""Fits of coupled models to prescribed counts: Newton's method on the definitions in numpy, checked with statsmodels;
penalised fits to the rounding of the objective, beside what NeMoS reaches."""
import warnings

import jax
jax.config.update("jax_enable_x64", True)

import nemos
import numpy as np
import statsmodels.api as sm
from scipy.special import gammaln
from golden import source, write

N, BINS, SKIP = 3, 2500, 12
SHAPE, STRENGTH, RATIO = 2.0, 1e-3, 0.5
rng = np.random.default_rng(5)


def raised_cosine_log(count, window, stretch=50.0):
    y = np.log(stretch * np.arange(window) / (window - 1) + 1) / np.log(stretch + 1)
    peaks = np.linspace(0, 1 - 2 / (count + 1), count)
    return 0.5 * (1 + np.cos(np.clip(np.pi * (y[:, None] - peaks) / (2 * (peaks[1] - peaks[0])), -np.pi, np.pi)))


HISTORY, COUPLING, STIMULUS = raised_cosine_log(4, 10), raised_cosine_log(3, 12), raised_cosine_log(2, 4)

# Data

stimulus = np.round(np.convolve(rng.normal(0, 1, BINS + 4), np.ones(5) / 2.5, "valid"), 3)
offset = np.round(0.5 * np.sin(2 * np.pi * np.arange(BINS) / 800) + rng.normal(0, 0.2, BINS), 2)
own = HISTORY @ [0.2, -0.5, 0.0, 0.1]
strength = np.array([[0, 1.0, -0.6], [0.7, 0, 0.5], [-0.8, 0.9, 0]])  # from i to j
shape = COUPLING @ [0.3, 1.0, 0.4]
seen = np.convolve(stimulus, STIMULUS @ [0.4, 0.15])[:BINS]
x = np.zeros((N, BINS), dtype=int)
for t in range(BINS):
    for j in range(N):
        g = np.log(0.04) + seen[t] * (0.6, 0.3, -0.4)[j] + 0.5 * offset[t]
        for k in range(min(t, 12)):
            g += (own[k] * x[j, t - 1 - k] if k < 10 else 0) + strength[:, j] @ x[:, t - 1 - k] * shape[k]
        x[j, t] = rng.poisson(np.exp(g))


def lagged(signal, basis, first):
    """Feature b at bin t: the sum over k of basis[k][b] signal(t - first - k), zero before the recording."""
    padded = np.concatenate([np.zeros(first), signal])
    return np.stack([np.convolve(padded, basis[:, b])[:BINS] for b in range(basis.shape[1])], axis=1)


def design(counts, neuron, with_stimulus):
    parts = [np.ones((BINS, 1)), lagged(counts[neuron], HISTORY, 1)]
    parts += [lagged(counts[j], COUPLING, 1) for j in range(N) if j != neuron]
    return np.hstack(parts + ([lagged(stimulus, STIMULUS, 0)] if with_stimulus else []))


# Families: log-likelihood, score and observed weight by drive, expected weight.

def poisson(f, slope, curvature):
    def terms(g, y):
        m, d, c = f(g), slope(g), curvature(g)
        return y * np.log(m) - m - gammaln(y + 1), d * (y / m - 1), c * (1 - y / m) + y * (d / m) ** 2, d * d / m
    return terms


def logistic(g):
    return 1 / (1 + np.exp(-g))


def bernoulli_logistic(g, y):
    p = logistic(g)
    return y * np.log(p) + (1 - y) * np.log1p(-p), y - p, p * (1 - p), p * (1 - p)


def bernoulli_cloglog(g, y):
    h = np.exp(g)
    r = h / np.expm1(h)
    return (y * np.log(-np.expm1(-h)) - (1 - y) * h, y * r - (1 - y) * h,
            -y * r * (1 - h - r) + (1 - y) * h, h * r)


def negative_binomial(g, y):
    m, k = np.exp(g), SHAPE
    value = gammaln(y + k) - gammaln(k) - gammaln(y + 1) + k * np.log(k / (k + m)) + y * np.log(m / (k + m))
    return value, k * (y - m) / (k + m), k * m * (k + y) / (k + m) ** 2, k * m / (k + m)


poisson_exp = poisson(np.exp, np.exp, np.exp)
poisson_softplus = poisson(lambda g: np.maximum(g, 0) + np.log1p(np.exp(-np.abs(g))), logistic,
                           lambda g: logistic(g) * logistic(-g))
families = {
    "poisson-exp": (poisson_exp, sm.families.Poisson()),
    "poisson-softplus": (poisson_softplus, None),
    "bernoulli-logistic": (bernoulli_logistic, sm.families.Binomial()),
    "bernoulli-cloglog": (bernoulli_cloglog, sm.families.Binomial(sm.families.links.CLogLog())),
    "negative-binomial": (negative_binomial, sm.families.NegativeBinomial(alpha=1 / SHAPE)),
}


def newton(terms, X, y, shift, start, penalty=lambda w: (0.0, 0.0, 0.0), free=slice(None)):
    """The minimum of -l/T + penalty over the free coefficients, the others zero."""
    T, w = len(y), start.astype(float).copy()

    def objective(w):
        return -terms(X @ w + shift, y)[0].sum() / T + penalty(w)[0]
    for _ in range(100):
        _, score, weight, _ = terms(X @ w + shift, y)
        _, slope, curve = penalty(w)
        gradient = -X.T @ score / T + slope
        hessian = (X.T * weight) @ X / T + curve
        step = np.zeros_like(w)
        step[free] = np.linalg.solve(hessian[free][:, free], -gradient[free])
        scale = 1.0
        while not objective(w + scale * step) <= objective(w) + 1e-13 and scale > 1e-9:
            scale /= 2
        w = w + scale * step
        if np.abs(step).max() < 1e-14 * max(1, np.abs(w).max()):
            break
    gradient = -X.T @ terms(X @ w + shift, y)[1] / T + penalty(w)[1]
    assert np.abs(gradient[free]).max() < 1e-15 + 1e-14 * np.abs(X.T @ y).max() / T, np.abs(gradient[free]).max()
    return w


def fit(name, segments=((0, BINS),), with_stimulus=False, with_offset=False):
    terms, family = families[name]
    counts = np.minimum(x, 1) if name.startswith("bernoulli") else x
    used = np.concatenate([np.arange(a + SKIP, b) for a, b in segments])
    shift = offset[used] if with_offset else np.zeros(len(used))
    neurons = []
    for neuron in range(N):
        X, y = design(counts, neuron, with_stimulus)[used], counts[neuron, used]
        start = np.zeros(X.shape[1])
        start[0] = np.log(y.mean())
        w = newton(terms, X, y, shift, start)
        value, _, observed, expected = terms(X @ w + shift, y)
        errors = [np.sqrt(np.diag(np.linalg.inv((X.T * weight) @ X))) for weight in (observed, expected)]
        entry = {"coefficients": w, "standardErrors": errors[0], "logLikelihood": value.sum()}
        if np.abs(errors[0] / errors[1] - 1).max() > 1e-9:
            entry["expectedStandardErrors"] = errors[1]
        if family is not None:
            model = sm.GLM(y, X, family=family, offset=shift)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                peer = model.fit(tol=1e-14, tol_criterion="params", maxiter=200)
            agree(peer.params, w, 1e-8)
            agree(peer.bse, errors[1], 1e-8)
            agree(peer.llf, value.sum(), 1e-12)
            agree(np.sqrt(np.diag(np.linalg.inv(-model.hessian(peer.params, observed=True)))), errors[0], 1e-7)
        else:
            def value_of(w):
                mean = jax.nn.softplus(X @ w + shift)
                return (y * jax.numpy.log(mean) - mean - gammaln(y + 1)).sum()
            agree(value_of(w), value.sum(), 1e-12)
            assert np.abs(jax.grad(value_of)(w)).max() < 1e-10
            agree(np.sqrt(np.diag(np.linalg.inv(-jax.hessian(value_of)(w)))), errors[0], 1e-8)
        assert np.abs(w).max() < 12, (name, neuron, w)
        neurons.append(entry)
    return {"family": name, "segments": [list(s) for s in segments], "stimulus": with_stimulus,
            "offset": with_offset, "bins": len(used), "neurons": neurons}


def agree(peer, value, tolerance):
    difference = np.abs(np.asarray(peer) - value).max() / np.abs(value).max()
    assert difference < tolerance, difference


# The rectifier: the optimum lies where the drive of some empty bins is zero, a kink.

def rectified(X, y):
    """Poisson counts of mean [drive]+: the empty bins' [g]+ as the limit of e ln(1 + exp(g/e)), then exactly."""
    spikes, w = y > 0, np.zeros(X.shape[1])
    w[0] = y.mean()

    def softened(g, e):
        value = (g - y * np.log(np.where(spikes, g, 1)))[spikes].sum() if g[spikes].min() > 0 else np.inf
        return value + e * np.logaddexp(0, g[~spikes] / e).sum()
    for e in 10.0 ** -np.arange(1, 9.1, 0.25):
        for _ in range(200):
            g = X @ w
            s = logistic(np.clip(g / e, -700, 700))
            G = X.T @ np.where(spikes, 1 - y / g, s)
            H = (X.T * np.where(spikes, y / g ** 2, s * (1 - s) / e)) @ X
            step, scale = -np.linalg.solve(H + 1e-15 * np.trace(H) * np.eye(len(w)), G), 1.0
            while not softened(X @ (w + scale * step), e) <= softened(g, e) + 1e-12 and scale > 1e-12:
                scale /= 2
            w = w + scale * step
            if -(G @ step) < 1e-16:
                break
    kinks, on = (np.abs(X @ w) < 40 * e) & ~spikes, (X @ w > 40 * e) | spikes
    rows, times = np.unique(X[kinks], axis=0, return_counts=True)
    # Newton's method on the coefficients that keep the drives at the kinks zero.
    space = np.linalg.svd(rows)[2][np.linalg.matrix_rank(rows):].T
    v, first = space.T @ w, w
    for _ in range(50):
        inner = X[spikes] @ space
        G = space.T @ (X[on].T @ (1 - y[on] / (X[on] @ space @ v)))
        v = v - np.linalg.solve((inner.T * (y[spikes] / (inner @ v) ** 2)) @ inner, G)
    w = space @ v
    # Optimal, as [g]+ is convex: the rest of the gradient is made of slopes between 0 and 1 at the kinks.
    assert np.abs(first - w).max() < 1e-6 and ((X @ w > 0) == on)[~kinks].all()
    rest = X[on].T @ (1 - y[on] / (X[on] @ w))
    slopes = np.linalg.lstsq(rows.T, -rest, rcond=None)[0]
    assert np.abs(rows.T @ slopes + rest).max() < 1e-11 and (slopes > 0).all() and (slopes < times).all()
    return w, int(kinks.sum())


def rectifier_fits():
    neurons, used = [], np.arange(SKIP, BINS)
    for neuron in range(N):
        X, y = design(x, neuron, False)[used], x[neuron, used]
        w, kinks = rectified(X, y)
        g = np.maximum(X @ w, 0)
        value = (y[y > 0] * np.log(g[y > 0])).sum() - g.sum() - gammaln(y + 1).sum()
        neurons.append({"coefficients": w, "logLikelihood": value, "binsAtKink": kinks})
    return {"family": "poisson-rectifier", "bins": len(used), "neurons": neurons}


# Penalties: value and, where it is smooth, slope and curvature; the bias is free.

groups = [slice(1, 5), slice(5, 8), slice(8, 11)]


def smooth_part(ridge, lasso=0.0, group=0.0):
    def terms(w):
        slope, curve = ridge * w, ridge * np.eye(len(w))
        slope[0], curve[0, 0] = 0, 0
        slope[1:] += lasso * np.sign(w[1:])
        value = 0.5 * ridge * (w[1:] @ w[1:]) + lasso * np.abs(w[1:]).sum()
        for g in groups if group else []:
            size, norm = np.sqrt(len(w[g])), np.linalg.norm(w[g])
            value += group * size * norm
            if norm > 0:
                slope[g] += group * size * w[g] / norm
                curve[g, g] += group * size * (np.eye(len(w[g])) / norm - np.outer(w[g], w[g]) / norm ** 3)
        return value, slope, curve
    return terms


def shrink(w, step, lasso, group):
    w = w.copy()
    w[1:] = np.sign(w[1:]) * np.maximum(np.abs(w[1:]) - step * lasso, 0)
    for g in groups if group else []:
        norm = np.linalg.norm(w[g])
        w[g] *= max(0, 1 - step * group * np.sqrt(len(w[g])) / norm) if norm > 0 else 0
    return w


def penalised(terms, X, y, ridge=0.0, lasso=0.0, group=0.0):
    """Accelerated proximal gradient steps find what is zero, Newton's method finds the rest."""
    T = len(y)
    smooth = smooth_part(ridge)

    def gradient(w):
        return -X.T @ terms(X @ w, y)[1] / T + smooth(w)[1]
    w = np.zeros(X.shape[1])
    w[0] = np.log(y.mean())
    if lasso or group:
        # For the exponential the curvature has no bound: twice that of the first guess holds around the minimum.
        step = 0.25 / np.linalg.eigvalsh((X.T * terms(X @ w, y)[2]) @ X / T + smooth(w)[2]).max()
        ahead, momentum = w.copy(), 1.0
        for _ in range(40_000):
            new = shrink(ahead - step * gradient(ahead), step, lasso, group)
            if (ahead - new) @ (new - w) > 0:
                momentum = 1.0
            following = (1 + np.sqrt(1 + 4 * momentum ** 2)) / 2
            ahead, momentum = new + (momentum - 1) / following * (new - w), following
            w = new
    free = np.flatnonzero((np.arange(len(w)) == 0) | (w != 0)) if lasso or group else np.arange(len(w))
    first, w = w, newton(terms, X, y, 0, w, smooth_part(ridge, lasso, group), free)
    if not (lasso or group):
        return w
    # Optimal: signs are kept, and what is zero has a slope within the penalty's.
    assert (np.sign(first[1:]) == np.sign(w[1:])).all()
    assert np.abs(first - w).max() < 1e-6, np.abs(first - w).max()
    slope = gradient(w)
    if lasso:
        zero = 1 + np.flatnonzero(w[1:] == 0)
        assert (np.abs(slope[zero]) < lasso * (1 - 1e-6)).all()
    for g in groups if group else []:
        if not w[g].any():
            assert np.linalg.norm(slope[g]) < group * np.sqrt(len(w[g])) * (1 - 1e-6)
    return w


penalties = {
    "ridge": ({"ridge": STRENGTH}, lambda mask: (nemos.regularizer.Ridge(), STRENGTH, "LBFGS")),
    "lasso": ({"lasso": STRENGTH}, lambda mask: (nemos.regularizer.Lasso(), STRENGTH, "ProximalGradient")),
    "elastic net": ({"ridge": STRENGTH * (1 - RATIO), "lasso": STRENGTH * RATIO},
                    lambda mask: (nemos.regularizer.ElasticNet(), (STRENGTH, RATIO), "ProximalGradient")),
    "group lasso": ({"group": STRENGTH},
                    lambda mask: (nemos.regularizer.GroupLasso(mask=mask), STRENGTH, "ProximalGradient")),
}


def penalised_fits():
    used, results = np.arange(SKIP, BINS), []
    mask = np.zeros((len(groups), groups[-1].stop - 1))
    for row, g in enumerate(groups):
        mask[row, g.start - 1:g.stop - 1] = 1
    for name, (strengths, peer) in penalties.items():
        neurons = []
        for neuron in range(N):
            X, y = design(x, neuron, False)[used], x[neuron, used]
            penalty = smooth_part(strengths.get("ridge", 0), strengths.get("lasso", 0), strengths.get("group", 0))

            def objective(w):
                return -poisson_exp(X @ w, y)[0].mean() + penalty(w)[0]
            w = penalised(poisson_exp, X, y, **strengths)
            entry = {"coefficients": w, "objective": objective(w), "logLikelihood": poisson_exp(X @ w, y)[0].sum()}
            regularizer, strength, solver = peer(mask)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = nemos.glm.GLM(regularizer=regularizer, regularizer_strength=strength, solver_name=solver,
                                      solver_kwargs={"tol": 1e-12, "maxiter": 50_000})
                model.fit(X[:, 1:], y.astype(float))
            theirs = np.concatenate([np.ravel(model.intercept_), np.ravel(model.coef_)])
            entry["nemos"] = {"objective": objective(theirs), "coefficients": theirs}
            print(f"{name:12} {neuron}: NeMoS's objective is {objective(theirs) - objective(w):9.2e} above, its "
                  f"coefficients {np.abs(theirs - w).max():.1e} off; {np.count_nonzero(w[1:])} of {len(w) - 1} not zero")
            assert objective(theirs) > objective(w) - 1e-14
            if name == "ridge" and neuron == 0:
                _, _, _, weight = poisson_exp(X @ w, y)
                fisher = (X.T * weight) @ X
                inverse = np.linalg.inv(fisher + STRENGTH * len(y) * np.diag([0.0] + [1.0] * (len(w) - 1)))
                entry["sandwichStandardErrors"] = np.sqrt(np.diag(inverse @ fisher @ inverse))
            neurons.append(entry)
        results.append({"penalty": name, **strengths, "bins": len(used), "neurons": neurons})
    return results


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [rounded(v) for v in value]
    return float(f"{value:.12g}") if isinstance(value, (float, np.floating)) else value


print("spikes", x.sum(axis=1), "bins with more than one", (x > 1).sum(axis=1))
fits = [fit(name) for name in families]
fits += [fit("poisson-exp", with_stimulus=True), fit("poisson-exp", with_offset=True),
         fit("poisson-exp", segments=((0, 1200), (1300, 2500)))]
for f in fits:
    print(f["family"], f["stimulus"], f["offset"], f["bins"], [np.round(n["coefficients"], 1) for n in f["neurons"]][0])

neuron, bin = np.nonzero(x)
order = np.lexsort((neuron, bin))
write("fits_data.json", {
    "source": source("numpy"),
    "note": "counts of 3 neurons in 2500 bins, dt = 1: events.count[e] spikes of events.neuron[e] in events.bin[e], 0 "
            "elsewhere; stimulus and offset by bin. For fits.json.",
    "events": {"neuron": neuron[order].tolist(), "bin": bin[order].tolist(), "count": x[neuron, bin][order].tolist()},
    "stimulus": stimulus.tolist(), "offset": offset.tolist(),
})
# A row of features by explicit sums.
row = 30 + int(np.argmax((x[:, 30:] > 0).sum(axis=0)))
explicit = [1.0] + [sum(HISTORY[k, b] * x[1, row - 1 - k] for k in range(10)) for b in range(4)]
explicit += [sum(COUPLING[k, b] * x[j, row - 1 - k] for k in range(12)) for j in (0, 2) for b in range(3)]
explicit += [sum(STIMULUS[k, b] * stimulus[row - k] for k in range(4)) for b in range(2)]
assert np.abs(design(x, 1, True)[row] - explicit).max() < 1e-14
write("fits.json", rounded({
    "source": source("numpy", "scipy", "statsmodels", "nemos", "jax"),
    "note": "of the counts x in fits_data.json. drive(t) = coefficients . features(t) + offset(t) where offset is true; "
            "features: 1, history b, coupling from the other neurons ascending, each b, stimulus b where stimulus is "
            "true; history and coupling: sum over k of basis[k][b] x(t-1-k), stimulus: basis[k][b] s(t-k). mean = "
            "nonlinearity(drive), dt = 1. The first 12 bins of each segment are left out. Bernoulli: of min(x, 1), in "
            "the features too. logLikelihood with -ln x!. standardErrors: observed information; expectedStandardErrors: "
            "Fisher's, where they differ. rectifier: the optimum lies at a kink, with a drive of 0 in binsAtKink bins. "
            "penalised: objective = -logLikelihood/bins + ridge/2 |w|^2 + lasso |w|_1 + group sum sqrt(size) |w_g|, "
            "bias free, groups: history, each other neuron; nemos: what it reaches. sandwich: H^-1 F H^-1, F Fisher's "
            "information, H = F + ridge bins diag(0, 1, ...). 12 digits.",
    "bases": {"history": "raised-cosine-log:4:10", "coupling": "raised-cosine-log:3:12",
              "stimulus": "raised-cosine-log:2:4"},
    "shape": SHAPE,
    "exampleFeatures": {"neuron": 1, "bin": row, "values": design(x, 1, True)[row]},
    "fits": fits,
    "rectifier": rectifier_fits(),
    "penalised": penalised_fits(),
}))
