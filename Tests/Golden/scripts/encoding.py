"""Fits of encoding models to simulated counts, each kind of term alone and several together: statsmodels on explicit
design matrices, checked with Newton's method in numpy."""
import numpy as np
import patsy
import statsmodels.api as sm
from scipy.signal import lfilter
from scipy.stats import norm
from encoding_design import BIN, BINS, Design, newton, of_trials, over_lags, rounded, term_columns
from golden import source, write

CIRCLE = 6.283185307179586
rng = np.random.default_rng(15)

# The recording


def smooth(bins):
    """A normal process whose correlation falls within some `bins`, of mean 0 and variance 1."""
    r = np.exp(-2 / bins)
    x = lfilter([1], [1, -2 * r, r * r], rng.normal(size=BINS + 500))[500:]
    return (x - x.mean()) / x.std()


t = np.arange(BINS)
covariates = {
    "x": np.clip(50 + 46 * np.sin(2 * np.pi * 7 * t / BINS) + 4 * smooth(20), 0.2, 99.8),
    "y": np.clip(50 + 46 * np.sin(2 * np.pi * 5 * t / BINS + 0.5) + 4 * smooth(20), 0.2, 99.8),
    "direction": np.cumsum(0.03 + 0.12 * smooth(15)) % CIRCLE,
    "speed": 1 + 57 * norm.cdf(smooth(12)),
    "log_exposure": 0.35 * smooth(25),
}
covariates = {name: np.round(values, 3).tolist() for name, values in covariates.items()}
assert 0 <= min(covariates["direction"]) and max(covariates["direction"]) <= CIRCLE


def inside(bins):
    """Times in these bins, at least 1.5 ms from their edges."""
    return np.round(BIN * np.asarray(bins) + rng.uniform(1.5, 8.5, len(bins)), 1)


lick = np.sort(inside(np.r_[3, 598, 200, 200, 203, rng.choice(np.arange(10, 590), 50, replace=False)]))
cuts = np.r_[0, 50 * np.arange(1, 12) + rng.integers(-12, 13, 11), BINS]
trials = {
    "start": (BIN * cuts[:-1]).tolist(), "stop": (BIN * cuts[1:]).tolist(),
    "side": rng.permutation(4 * ["left", "right", "both"]).tolist(),
    "cue_time": inside(cuts[:-1] + rng.integers(5, 18, 12)).tolist(),
    "reward": np.round(rng.uniform(0.2, 3, 12), 1).tolist(),
}
data = {"covariates": covariates, "events": {"lick": lick.tolist()}, "trials": trials}

# Designs, and weights by which counts are drawn

HISTORY = {"term": "History", "name": "history", "basis": "raised-cosine-log:3:8"}
DIRECTION = {"term": "Tuning", "name": "direction", "of": "direction", "basis": f"cyclic-b-spline:8:0:{CIRCLE}"}
SPEED = {"term": "Tuning", "name": "speed", "of": "speed", "basis": "b-spline:6:0:60"}
PLACE = {"term": "Tuning", "name": "place", "of": ["x", "y"], "basis": ["b-spline:4:0:100", "b-spline:4:0:100"]}
LICK = {"term": "Event", "name": "lick", "of": "lick", "basis": "raised-cosine-log:4:20"}
CUE = {"term": "Event", "name": "cue", "of": "trials.cue_time", "basis": "raised-cosine-log:4:20"}
CUE_BY_SIDE = {"term": "Event", "name": "cue", "of": "trials.cue_time", "basis": "raised-cosine-log:3:15", "by": "side"}
SIDE = {"term": "Category", "name": "side", "of": "trials.side"}
DRIFT = {"term": "Drift", "name": "drift", "basis": f"b-spline:5:0:{BIN * BINS}"}
BOX = {"term": "Boxcar", "name": "box", "from": 1000, "to": 2500}
FILTERED = {"term": "Stimulus", "name": "speed", "of": "speed", "basis": "raised-cosine-log:3:10"}
OFFSET = {"term": "Offset", "of": "log_exposure"}

OWN = [-1.0, 0.3, -0.15]
NORMAL = {"direction": (0.6, 8), "place": (0.7, 16), "drift": (0.6, 5)}
DESIGNS = {
    "history": [(HISTORY, OWN)],
    "tuning": [(SPEED, [-0.8, -0.5, 0.1, 0.4, 0.6, 0.2])],
    "cyclic tuning": [(DIRECTION, None)],
    "place": [(PLACE, None)],
    "event": [(LICK, [0.4, -0.5, 0.6, 0.2])],
    "event with a lead": [(LICK | {"from": -50}, [-0.3, 0.5, -0.4, 0.3])],
    "event of trials": [(CUE, [0.8, -0.4, 0.7, 0.5])],
    "scaled event": [(CUE, [0.5, -0.3, 0.5, 0.2]), (CUE | {"name": "cue_reward", "scaledBy": "reward"}, [0, 0.3, -0.2, 0.2])],
    "event by category": [(CUE_BY_SIDE, [1.2, 0.8, 0.8, 0.6, 1.0, 1.2, 1.3, 0.3, 0.4])],
    "category": [(SIDE, [0.4, -0.3])],
    "category, sums": [(SIDE | {"contrast": "sum"}, [0.3, -0.4])],
    "tuning by category": [(SPEED | {"basis": "b-spline:4:0:60", "by": "trials.side"},
                            [-0.6, 0.3, 0.2, 0.5, 0.4, 0.1, 0.2, -0.5, -0.2, 0.5, 0.2, -0.3])],
    "drift": [(DRIFT, None)],
    "boxcar": [(BOX, [0.7])],
    "linear": [({"term": "Stimulus", "name": "speed", "of": "speed"}, [0.02])],
    "filtered": [(FILTERED, [0.006, 0.004, -0.004])],
    "offset": [(BOX, [0.5]), (OFFSET, None)],
    "product": [({"term": "Product", "name": "speed_by_box", "of": [
        {"term": "Tuning", "of": "speed", "basis": "b-spline:4:0:60"}, {"term": "Boxcar", "from": 1000, "to": 4000}]},
        [-0.5, 0.6, 0.2, 0.7])],
    "mixed": [(HISTORY, OWN), (DIRECTION, None), (PLACE, None), (LICK, [0.3, -0.4, 0.4, 0.2]), (SIDE, [0.4, -0.2])],
    "mixed, more": [(HISTORY, OWN), (SPEED, [-0.6, -0.4, 0.1, 0.3, 0.4, 0.2]), (DRIFT, None),
                    (CUE_BY_SIDE | {"from": -30}, [1.2, 0.8, 0.8, 0.6, 1.0, 1.2, 1.3, 0.3, 0.4]),
                    (SIDE | {"contrast": "sum"}, [0.2, -0.3]), (BOX | {"from": 3000, "to": 4200}, [0.5]), (OFFSET, None)],
}


def simulate(terms, rng):
    drive, own = np.zeros(BINS), np.zeros(8)
    for term, weights in terms:
        if term["term"] == "Offset":
            drive += covariates[term["of"]]
        elif term["term"] == "History":
            own = over_lags(term["basis"]) @ weights
        else:
            columns = term_columns(term, data)[0]
            if weights is None:
                scale, count = NORMAL[term["name"]]
                weights = scale * rng.normal(size=count)
            drive += columns @ weights
    drive += np.log(0.45 / np.exp(drive).mean()) + 0.3 * own.any()
    counts = []
    for t in range(BINS):
        past = counts[::-1][:len(own)]
        counts.append(int(rng.poisson(np.exp(drive[t] + own[:len(past)] @ past))))
    assert 0.3 < np.mean(counts) < 0.6, np.mean(counts)
    return counts


def agree(value, other, tolerance):
    difference = np.abs(value - other).max() / max(1, np.abs(other).max())
    assert difference < tolerance, difference


def fit(name, terms, seed):
    counts, terms = simulate(terms, np.random.default_rng([15, seed])), [term for term, _ in terms]
    design = Design(terms, data, counts)
    kept, A = design.kept(), design.shift()
    X = design.full[:, kept]
    assert np.linalg.matrix_rank(X) == len(kept) == np.linalg.matrix_rank(design.full)
    peer = sm.GLM(design.counts, X, family=sm.families.Poisson(), offset=design.offset).fit(
        tol=1e-15, tol_criterion="params", maxiter=100)
    params, covariance = np.zeros(design.full.shape[1]), np.zeros((design.full.shape[1],) * 2)
    params[kept], covariance[np.ix_(kept, kept)] = peer.params, peer.cov_params()
    w, errors = A @ params, np.sqrt(np.diag(A @ covariance @ A.T))
    # The drive is the same, and each shifted term has a mean of 0.
    agree(design.full @ w, X @ peer.params, 1e-12)
    for block, s, one in zip(design.blocks, design.slices, design.one):
        assert not one or abs((block @ w[s]).mean()) < 1e-12
    # Newton's method agrees, and so do errors of the singular information, inverted where the means are 0.
    direct = newton(design, kept)
    agree(w, A @ direct, 1e-10)
    F = design.fisher(w)
    agree(errors, np.sqrt(np.diag(A @ np.linalg.pinv(F, rcond=1e-12, hermitian=True) @ A.T)), 1e-7)
    agree(peer.llf, design.log_likelihood(w), 1e-12)
    assert np.abs(w).max() < 12 and errors.max() < 6, (name, w, errors)
    print(f"{name:18} first {design.first:2} columns {len(w) - 1:2} of mean 0: "
          f"{[n for n, one in zip(design.names, design.one) if one]} |w| {np.abs(w).max():.2f} errors to {errors.max():.2f}")
    row = 300
    return {"name": name, "design": terms, "counts": counts, "evaluated": [design.first, BINS], "baseline": w[0],
            "weights": design.by_term(w), "standard_errors": {"baseline": errors[0]} | design.by_term(errors),
            "log_likelihood": peer.llf, "columns_of_bin_300": design.by_term(design.full[row - design.first])}


cases = [fit(name, terms, seed) for seed, (name, terms) in enumerate(DESIGNS.items())]

# Contrasts as patsy has them.
sides = np.array(of_trials(data, "side"), dtype=str)
for contrast, peer in [("treatment", "Treatment"), ("sum", "Sum")]:
    matrix = np.asarray(patsy.dmatrix(f"C(side, {peer})", {"side": sides}))[:, 1:]
    assert (matrix == term_columns(SIDE | {"contrast": contrast}, data)[0]).all()

write("encoding_data.json", {
    "source": source("numpy", "scipy"),
    "note": "one recording for encoding.json and penalties.json: 600 bins of 10 ms from 0. covariates: regular samples "
            "10 ms apart from 0, one at the start of each bin; events and trials in ms, the trials without gaps.",
    "bin": BIN, "bins": BINS, **data,
})
write("encoding.json", rounded({
    "source": source("statsmodels", "numpy", "scipy", "patsy"),
    "note": "Poisson GLMs with a log link on encoding_data.json, by statsmodels: counts of a bin have the mean exp(drive), "
            "with no factor for the length of the bin (for rates per ms take ln 10 from the baseline). Evaluated: the "
            "bins [first, 600): the first W bins of a history of W lags and the first W - 1 of a filter of W lags are "
            "left out, no others. Weights are flat lists: of products in C order (the last axis, or factor, fastest), "
            "by category level by level, levels sorted (both, left, right). history: sum over k of B[k] x(t-1-k); "
            "stimulus: B[k] s(t-k); event: the sum over events of B[t - floor(time/10) - from/10], whatever trial t is in; "
            "by: of the event's own trial, or of the trial in which the bin begins; drift: at the middle of the bin, "
            "from 0 to 6000 ms; boxcar: bins that begin in [from, to). category: treatment contrast, reference both; sum: "
            "left out is the last level, -1 in each column. Terms whose functions add up to 1 in every bin (tuning, "
            "drift) were fitted without the last function, then shifted to a mean of 0 over the evaluated bins, all "
            "their weights alike, the baseline by as much the other way; the standard errors follow. Log-likelihoods "
            "with -ln x!. columns_of_bin_300: the design's row there. 12 digits.",
    "cases": cases,
}))
