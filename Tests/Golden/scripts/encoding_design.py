"""Shared by encoding.py and penalties.py: the columns of a design by explicit sums, and what makes fits to them
comparable where the functions of a term add up to 1."""
import json
from pathlib import Path

import numpy as np
from scipy.interpolate import BSpline
from scipy.special import gammaln

BIN, BINS = 10, 600
STARTS = BIN * np.arange(BINS)


def read(name):
    return json.loads((Path(__file__).resolve().parent.parent / name).read_text())


def over_lags(text):
    """functions[lag][j] of NAME:COUNT:WINDOW (here raised-cosine-log)."""
    name, count, window = text.split(":")
    assert name == "raised-cosine-log"
    count, window = int(count), int(window)
    y = np.log1p(50 * np.arange(window) / (window - 1)) / np.log1p(50)
    peaks = np.linspace(0, 1 - 2 / (count + 1), count)
    return 0.5 * (1 + np.cos(np.clip(np.pi * (y[:, None] - peaks) / (2 * (peaks[1] - peaks[0])), -np.pi, np.pi)))


def over_values(text, x):
    """functions[point][j] of NAME:COUNT:LOW:HIGH (here B-splines of order 4, cyclic ones too), as in value_bases.py."""
    name, count, low, high = text.split(":")
    count, s = int(count), (np.asarray(x) - float(low)) / (float(high) - float(low))
    assert s.min() >= 0 and s.max() <= 1
    if name == "b-spline":
        return BSpline.design_matrix(s, np.r_[np.zeros(3), np.linspace(0, 1, count - 2), np.ones(3)], 3).toarray()
    assert name == "cyclic-b-spline"
    spline = BSpline.basis_element(np.arange(5.0), extrapolate=False)
    around = [count * s + 3 - j + m * count for j in range(count) for m in (-1, 0, 1)]
    return np.nan_to_num([spline(u) for u in around]).reshape(count, 3, len(s)).sum(1).T


def products(a, b):
    """Columns a_i b_j, i slowest."""
    return (a[:, :, None] * b[:, None, :]).reshape(len(a), -1)


def by_level(levels, columns):
    """A copy of the columns for each level, the levels in sorted order."""
    return np.hstack([(levels == level)[:, None] * columns for level in sorted(set(levels))])


def of_trials(data, column):
    """The value of a column of the trials in each bin: that of the trial in which the bin begins."""
    trials, values = data["trials"], np.empty(BINS, dtype=object)
    for start, stop, value in zip(trials["start"], trials["stop"], trials[column]):
        values[(STARTS >= start) & (STARTS < stop)] = value
    return values


def event_columns(times, scales, basis, shift):
    """Column b at bin t: the sum over events of scale B[t - bin(event) - shift][b]."""
    columns = np.zeros((BINS, basis.shape[1]))
    for time, scale in zip(times, scales):
        for lag in range(len(basis)):
            t = int(time // BIN) + shift + lag
            if 0 <= t < BINS:
                columns[t] += scale * basis[lag]
    return columns


def term_columns(term, data, counts=None):
    """The columns of a term, the first bin in which they are known, and whether they add up to 1 in every bin."""
    kind, of, first = term["term"], term.get("of"), 0
    if kind == "History":
        basis = over_lags(term["basis"])
        first, columns = len(basis), np.zeros((BINS, basis.shape[1]))
        for t in range(first, BINS):
            columns[t] = sum(basis[k] * counts[t - 1 - k] for k in range(first))
    elif kind == "Tuning":
        if isinstance(of, list):
            columns = np.ones((BINS, 1))
            for name, basis in zip(of, term["basis"]):
                columns = products(columns, over_values(basis, data["covariates"][name]))
        else:
            columns = over_values(term["basis"], data["covariates"][of])
        if "by" in term:
            columns = by_level(of_trials(data, term["by"].split(".")[1]), columns)
    elif kind == "Event":
        trials, basis, shift = data["trials"], over_lags(term["basis"]), term.get("from", 0) // BIN
        times = data["events"][of] if "." not in of else trials[of.split(".")[1]]
        scales = trials[term["scaledBy"]] if "scaledBy" in term else np.ones(len(times))
        if "by" in term:
            levels = np.array(trials[term["by"]])
            columns = np.hstack([event_columns(times, scales * (levels == level), basis, shift)
                                 for level in sorted(set(levels))])
        else:
            columns = event_columns(times, scales, basis, shift)
    elif kind == "Category":
        values = of_trials(data, of.split(".")[1])
        levels = sorted(set(values))
        columns = np.stack([(values == level).astype(float) for level in levels], axis=1)
        columns = columns[:, :-1] - columns[:, -1:] if term.get("contrast") == "sum" else columns[:, 1:]
    elif kind == "Drift":
        columns = over_values(term["basis"], STARTS + BIN / 2)
    elif kind == "Boxcar":
        columns = ((STARTS >= term["from"]) & (STARTS < term["to"])).astype(float)[:, None]
    elif kind == "Stimulus":
        signal = np.array(data["covariates"][of])
        if "basis" not in term:
            columns = signal[:, None]
        else:
            basis = over_lags(term["basis"])
            first, columns = len(basis) - 1, np.zeros((BINS, basis.shape[1]))
            for t in range(first, BINS):
                columns[t] = sum(basis[k] * signal[t - k] for k in range(len(basis)))
    else:
        assert kind == "Product", kind
        parts = [term_columns(part, data, counts) for part in of]
        columns, first = products(parts[0][0], parts[1][0]), max(part[1] for part in parts)
    return columns, first, bool(np.abs(columns[first:].sum(axis=1) - 1).max() < 1e-12)


class Design:
    """The columns of a design's terms in its evaluated bins, without the baseline's."""

    def __init__(self, terms, data, counts):
        self.names, parts, self.offset, first = [], [], np.zeros(BINS), 0
        for term in terms:
            if term["term"] == "Offset":
                self.offset = self.offset + data["covariates"][term["of"]]
                continue
            parts.append(term_columns(term, data, counts))
            self.names.append(term["name"])
            first = max(first, parts[-1][1])
        self.first = first
        self.blocks = [columns[first:] for columns, _, _ in parts]
        self.one = [one for _, _, one in parts]
        self.offset, self.counts = self.offset[first:], np.array(counts[first:], dtype=float)
        self.T = BINS - first
        ends = np.cumsum([1] + [b.shape[1] for b in self.blocks])
        self.slices = [slice(a, b) for a, b in zip(ends, ends[1:])]
        self.full = np.hstack([np.ones((self.T, 1))] + self.blocks)

    def kept(self, shifted=None):
        """The coefficients that are fitted: without the last of each term whose functions add up to 1."""
        shifted = self.one if shifted is None else shifted
        last = [s.stop - 1 for s, one in zip(self.slices, shifted) if one]
        return np.setdiff1d(np.arange(self.full.shape[1]), last)

    def shift(self, shifted=None):
        """The map of coefficients that gives each such term a mean of 0 over the bins, and the baseline the rest."""
        shifted = self.one if shifted is None else shifted
        A = np.eye(self.full.shape[1])
        for s, block, one in zip(self.slices, self.blocks, shifted):
            if one:
                A[s, s] -= block.mean(axis=0)
                A[0, s] += block.mean(axis=0)
        return A

    def log_likelihood(self, w):
        drive = self.full @ w + self.offset
        return float((self.counts * drive - np.exp(drive) - gammaln(self.counts + 1)).sum())

    def score(self, w):
        return self.full.T @ (self.counts - np.exp(self.full @ w + self.offset))

    def fisher(self, w):
        return (self.full.T * np.exp(self.full @ w + self.offset)) @ self.full

    def by_term(self, w):
        return {name: w[s].tolist() for name, s in zip(self.names, self.slices)}


def newton(design, kept, penalty=None, start=None):
    """The minimum of -l/T + w P w/2 over the kept coefficients, the others 0."""
    P = np.zeros((design.full.shape[1],) * 2) if penalty is None else penalty
    w = np.zeros(design.full.shape[1])
    w[0] = np.log(design.counts.mean() / np.exp(design.offset).mean())

    def value(w):
        return -design.log_likelihood(w) / design.T + 0.5 * w @ P @ w
    for _ in range(100):
        gradient = P @ w - design.score(w) / design.T
        step = np.zeros_like(w)
        step[kept] = -np.linalg.solve((design.fisher(w) / design.T + P)[np.ix_(kept, kept)], gradient[kept])
        scale = 1.0
        while not value(w + scale * step) <= value(w) + 1e-13 and scale > 1e-9:
            scale /= 2
        w = w + scale * step
        if np.abs(step).max() < 1e-13 * max(1, np.abs(w).max()):
            break
    gradient = P @ w - design.score(w) / design.T
    assert np.abs(gradient[kept]).max() < 1e-12 * np.abs(design.full).max(), np.abs(gradient[kept]).max()
    return w


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [rounded(v) for v in value]
    return float(f"{value:.12g}") + 0.0 if isinstance(value, (float, np.floating)) else value
