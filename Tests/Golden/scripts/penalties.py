"""Penalised fits of encoding models to counts of encoding.json: minima to the rounding of the objective, for ridge,
lasso and group lasso beside NeMoS's objective and what NeMoS reaches, for smoothness by Newton's method with explicit
penalty matrices."""
import warnings

import jax
jax.config.update("jax_enable_x64", True)

import nemos
import numpy as np
from scipy.special import gammaln
from nemos.glm.params import GLMParams
from encoding_design import Design, newton, read, rounded
from golden import source, write

data = read("encoding_data.json")
encoding = {case["name"]: case for case in read("encoding.json")["cases"]}


def terms_of(case, *names):
    return [term for term in encoding[case]["design"] if term.get("name") in names]


CIRCLE = 6.283185307179586
PRODUCT = {"term": "Tuning", "name": "speed_direction", "of": ["speed", "direction"],
           "basis": ["b-spline:4:0:60", f"cyclic-b-spline:5:0:{CIRCLE}"]}
DESIGNS = {
    "place": (terms_of("mixed", "history", "direction", "place"), "mixed"),
    "speed": (terms_of("mixed, more", "history", "speed") + terms_of("event", "lick"), "mixed, more"),
    "product": (terms_of("mixed, more", "history") + [PRODUCT], "mixed, more"),
}

# Penalty matrices P: the penalty is w P w/2


def differences(count, order, cyclic):
    if not cyclic:
        return np.diff(np.eye(count), order, axis=0)
    return np.linalg.matrix_power(np.roll(np.eye(count), 1, axis=1) - np.eye(count), order)


def smoothness(term, order):
    """Sums of squared differences along each axis, of C-ordered weights."""
    bases = term["basis"] if isinstance(term["basis"], list) else [term["basis"]]
    counts, total = [int(basis.split(":")[1]) for basis in bases], 0
    for axis, basis in enumerate(bases):
        D = differences(counts[axis], order, basis.startswith("cyclic"))
        before, after = np.eye(int(np.prod(counts[:axis]))), np.eye(int(np.prod(counts[axis + 1:])))
        total = total + np.kron(np.kron(before, D.T @ D), after)
    return total


def smoothness_by_sums(term, order, w):
    """The same as a sum over neighbours, to check the matrices."""
    bases = term["basis"] if isinstance(term["basis"], list) else [term["basis"]]
    w, total = np.reshape(w, [int(basis.split(":")[1]) for basis in bases]), 0.0
    for axis, basis in enumerate(bases):
        rows = np.moveaxis(w, axis, 0)
        for i in range(len(rows)):
            last = i + order
            if last >= len(rows) and not basis.startswith("cyclic"):
                continue
            a, b, c = rows[i], rows[(i + 1) % len(rows)], rows[last % len(rows)]
            total += ((b - a) ** 2 if order == 1 else (c - 2 * b + a) ** 2).sum()
    return total


def quadratic(design, terms, penalties):
    P = np.zeros((design.full.shape[1],) * 2)
    for term, s in zip([t for t in terms if "name" in t], design.slices):
        own = penalties.get(term["name"], {})
        if "ridge" in own:
            P[s, s] += own["ridge"] * np.eye(s.stop - s.start)
        if "smooth" in own:
            P[s, s] += own["smooth"] * smoothness(term, own["order"])
            w = np.random.default_rng(0).normal(size=s.stop - s.start)
            assert np.isclose(w @ smoothness(term, own["order"]) @ w, smoothness_by_sums(term, own["order"], w), rtol=1e-12)
    return P


def smooth_fit(design, terms, penalties):
    """Ridge and smoothness. A term that adds up to 1 and has no ridge is fitted without its last function, then shifted."""
    P = quadratic(design, terms, penalties)
    shifted = [one and "ridge" not in penalties.get(name, {}) for one, name in zip(design.one, design.names)]
    kept, A = design.kept(shifted), design.shift(shifted)
    w = A @ newton(design, kept, P)
    # Optimal in all coefficients: the penalty does not see the shift.
    gradient = P @ w - design.score(w) / design.T
    assert np.abs(gradient).max() < 1e-12, np.abs(gradient).max()
    F = design.fisher(w)
    H = F + design.T * P
    inverse, covariance = np.linalg.inv(H[np.ix_(kept, kept)]), np.zeros_like(F)
    covariance[np.ix_(kept, kept)] = inverse @ F[np.ix_(kept, kept)] @ inverse
    errors = np.sqrt(np.diag(A @ covariance @ A.T))
    G = np.linalg.pinv(H, rcond=1e-12, hermitian=True)
    assert np.allclose(errors, np.sqrt(np.diag(A @ G @ F @ G @ A.T)), rtol=1e-8)
    return w, -design.log_likelihood(w) / design.T + 0.5 * w @ P @ w, errors


# Penalties with kinks


def kinked(design, w, lasso, group):
    """The value of lasso and group lasso, and slope and curvature where they have them."""
    slope, curve, value = np.zeros_like(w), np.zeros((len(w),) * 2), lasso * np.abs(w[1:]).sum()
    slope[1:] = lasso * np.sign(w[1:])
    for s in design.slices if group else []:
        strength, norm = group * np.sqrt(s.stop - s.start), np.linalg.norm(w[s])
        value += strength * norm
        if norm > 0:
            slope[s] += strength * w[s] / norm
            curve[s, s] += strength * (np.eye(s.stop - s.start) / norm - np.outer(w[s], w[s]) / norm ** 3)
    return value, slope, curve


def objective(design, w, lasso=0.0, group=0.0, ridge=0.0):
    return -design.log_likelihood(w) / design.T + kinked(design, w, lasso, group)[0] + 0.5 * ridge * (w[1:] @ w[1:])


def shrink(design, w, step, lasso, group):
    w = w.copy()
    w[1:] = np.sign(w[1:]) * np.maximum(np.abs(w[1:]) - step * lasso, 0)
    for s in design.slices if group else []:
        norm = np.linalg.norm(w[s])
        w[s] *= max(0, 1 - step * group * np.sqrt(s.stop - s.start) / norm) if norm > 0 else 0
    return w


def sparse_fit(design, lasso=0.0, group=0.0):
    """Accelerated proximal gradient steps find what is zero, Newton's method finds the rest."""
    w = np.zeros(design.full.shape[1])
    w[0] = np.log(design.counts.mean())
    step = 0.25 / np.linalg.eigvalsh(design.fisher(w) / design.T).max()
    ahead, momentum = w.copy(), 1.0
    for _ in range(40_000):
        new = shrink(design, ahead + step * design.score(ahead) / design.T, step, lasso, group)
        if (ahead - new) @ (new - w) > 0:
            momentum = 1.0
        following = (1 + np.sqrt(1 + 4 * momentum ** 2)) / 2
        ahead, momentum = new + (momentum - 1) / following * (new - w), following
        w = new
    first, free = w.copy(), np.flatnonzero((np.arange(len(w)) == 0) | (w != 0))
    for _ in range(50):
        _, slope, curve = kinked(design, w, lasso, group)
        hessian = (design.fisher(w) / design.T + curve)[np.ix_(free, free)]
        change = np.linalg.solve(hessian, (design.score(w) / design.T - slope)[free])
        w[free] += change
    assert np.abs(change).max() < 1e-13 and np.abs(first - w).max() < 1e-6, (np.abs(change).max(), np.abs(first - w).max())
    # Optimal: signs are kept, and what is zero has a slope within the penalty's; the only optimum, as the curvature on
    # what is not zero has full rank.
    assert (np.sign(first[1:]) == np.sign(w[1:])).all() and np.linalg.eigvalsh(hessian).min() > 1e-7
    slope = design.score(w) / design.T
    if lasso:
        assert (np.abs(slope[1:][w[1:] == 0]) < lasso * (1 - 1e-5)).all()
    for s in design.slices if group else []:
        if not w[s].any():
            assert np.linalg.norm(slope[s]) < group * np.sqrt(s.stop - s.start) * (1 - 1e-5)
    return w


def nemos_fit(design, kind, strength):
    mask = np.zeros((len(design.slices), design.full.shape[1] - 1))
    for row, s in enumerate(design.slices):
        mask[row, s.start - 1:s.stop - 1] = 1
    regularizer, solver = {"ridge": (nemos.regularizer.Ridge(), "LBFGS"),
                           "lasso": (nemos.regularizer.Lasso(), "ProximalGradient"),
                           "group": (nemos.regularizer.GroupLasso(mask=mask), "ProximalGradient")}[kind]
    X, y = design.full[:, 1:], design.counts
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = nemos.glm.GLM(regularizer=regularizer, regularizer_strength=strength, solver_name=solver,
                              solver_kwargs={"tol": 1e-12, "maxiter": 100_000})
        model.fit(X, y)
    assert model.coef_.dtype == np.float64

    def own(w):
        """NeMoS's objective: its loss, which leaves ln x! out, and its regularizer's penalty."""
        params = GLMParams(jax.numpy.array(w[1:]), jax.numpy.array(w[:1]))
        return float(model.regularizer.penalized_loss(model._compute_loss, params, strength)(params, X, y))
    return np.concatenate([np.ravel(model.intercept_), np.ravel(model.coef_)]), own


cases, designs = [], {}


def case(name, of, penalties, w, value, errors=None, more=None):
    design = built[of]
    entry = {"name": name, "design": of, "penalties": penalties, "objective": value,
             "log_likelihood": design.log_likelihood(w), "baseline": w[0], "weights": design.by_term(w)}
    if errors is not None:
        entry["standard_errors"] = {"baseline": errors[0]} | design.by_term(errors)
    cases.append(entry | (more or {}))


built = {name: Design(terms, data, encoding[of]["counts"]) for name, (terms, of) in DESIGNS.items()}
STRENGTHS = {"place": {"ridge": 0.01, "lasso": 0.002, "group": 0.006}, "speed": {"ridge": 0.01, "lasso": 0.004, "group": 0.01}}
for of, strengths in STRENGTHS.items():
    design, terms = built[of], DESIGNS[of][0]
    for kind, strength in strengths.items():
        penalties = {name: {kind: strength} for name in design.names}
        if kind == "ridge":
            w, value, errors = smooth_fit(design, terms, penalties)
        else:
            w, errors = sparse_fit(design, **{kind: strength}), None
            value = objective(design, w, **{kind: strength})
        theirs, own = nemos_fit(design, kind, strength)
        value_there = objective(design, theirs, **{kind: strength})
        # NeMoS's objective is ours without the mean of ln x!, at its solution, at ours and elsewhere.
        constant = gammaln(design.counts + 1).mean()
        for v in (theirs, w, 0.1 * np.cos(np.arange(len(w)))):
            assert abs(own(v) + constant - objective(design, v, **{kind: strength})) < 1e-14
        assert value - 1e-14 < value_there < value + 1e-9
        sizes = [int(np.count_nonzero(w[s])) for s in design.slices]
        print(f"{of} {kind:6}: NeMoS's objective is {value_there - value:9.2e} above, its coefficients "
              f"{np.abs(theirs - w).max():.1e} off; not zero {sizes} of {[b.shape[1] for b in design.blocks]}")
        case(f"{of}, {kind}", of, penalties, w, value, errors, {"nemos": {
            "objective": value_there, "objective_without_factorials": own(theirs),
            "baseline": theirs[0], "weights": design.by_term(theirs)}})

for name, of, penalties in [
    *[(f"place, smooth {d}", "place", {n: {"smooth": 0.02, "order": d} for n in built["place"].names}) for d in (1, 2)],
    ("place, mixed", "place", {"place": {"smooth": 0.02, "order": 2}, "direction": {"ridge": 0.05}}),
    *[(f"speed, smooth {d}", "speed", {n: {"smooth": 0.01, "order": d} for n in built["speed"].names}) for d in (1, 2)],
    *[(f"product, smooth {d}", "product", {"speed_direction": {"smooth": 0.005, "order": d}}) for d in (1, 2)],
]:
    w, value, errors = smooth_fit(built[of], DESIGNS[of][0], penalties)
    print(f"{name}: |w| {np.abs(w).max():.2f}, errors to {errors.max():.2f}, objective {value:.6f}")
    case(name, of, penalties, w, value, errors)

write("penalties.json", rounded({
    "source": source("nemos", "jax", "numpy", "scipy"),
    "note": "minima of objective = -log_likelihood/T + penalties, T the evaluated bins, log-likelihoods with -ln x!, "
            "baselines free; inputs in encoding_data.json, conventions as in encoding.json. For each term, w its weights: ridge "
            "r: r/2 |w|^2; lasso r: r |w|_1; group r: r sqrt(size) |w|, the term a group; smooth r of order d: r/2 times "
            "the sum of squared differences of order d of neighbouring weights, cyclic where the basis is, of products along "
            "each axis and summed over the axes. Terms that add up to 1: with ridge, lasso or group the penalty settles "
            "the constant and weights are as they come (with ridge and group their sum is 0); with smoothness or none it is "
            "free: fitted with the last weight 0 in design and penalty, then shifted to a mean of 0 over the bins. "
            "standard_errors: sandwich H^-1 F H^-1, F = X'WX, H = F + T P, shifted alike. nemos: where NeMoS ends, our "
            "objective there, and its own, which leaves ln x! out and is otherwise the same. 12 digits.",
    "designs": {name: {"design": terms, "counts": encoding[of]["counts"], "evaluated": [built[name].first, 600]}
                for name, (terms, of) in DESIGNS.items()},
    "cases": cases,
}))
