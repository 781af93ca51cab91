"""Rates with standard errors by Geyer's initial monotone sequence: explicit sums, from the counts of every bin."""
import numpy as np

from golden import source, write


def long_run(windows):
    """The sum of all autocovariances of series in the rows of `windows`, added; and that over the variance."""
    n = windows.shape[1]
    d = windows - windows.mean(axis=1, keepdims=True)
    gamma = [sum(float(np.dot(row[k:], row[:n - k])) for row in d) / n for k in range(n)]
    total, last, m = 0.0, np.inf, 0
    while 8 * m + 6 <= n:
        pair = gamma[2 * m] + gamma[2 * m + 1]
        if pair <= 0:
            break
        last = min(last, pair)
        total += last
        m += 1
    v = (2 * total - gamma[0] if m else gamma[0]) * n / (n - max(4 * m - 1, 1))
    return v, v / gamma[0]


def case(name, counts, sizes, dt):
    bins = counts.shape[1]
    length = max(bins // 200, 1)
    n = bins // length
    windows = np.array([
        counts[end - size:end, :n * length].sum(axis=0).reshape(n, length).sum(axis=1)
        for size, end in zip(sizes, np.cumsum(sizes))], dtype=float)
    variance, correlation_time = long_run(windows)
    seconds = counts.shape[0] * bins * dt / 1000
    neurons, occupied = np.nonzero(counts)
    order = np.lexsort((neurons, occupied))
    return {
        "name": name, "dt": dt, "bins": bins, "sizes": sizes,
        "neurons": [int(x) for x in neurons[order]], "spikeBins": [int(x) for x in occupied[order]],
        "counts": [int(x) for x in counts[neurons, occupied][order]],
        "rate": float(counts.sum() / seconds),
        "standardError": float(max(np.sqrt(variance * bins / length), 1) / seconds),
        "correlationTime": float(correlation_time * length * dt),
    }


def main():
    random = np.random.default_rng(1992)
    slow = np.zeros((5, 1005))
    level = 0.0
    for t in range(1005):
        level = 0.97 * level + 0.1 * random.normal()
        slow[:, t] = 0.15 * np.exp(level)
    regular = np.zeros((2, 60), dtype=int)
    regular[0, ::3] = 1
    regular[1, 1::4] = 2
    write("rates.json", {
        "source": source("numpy"),
        "note": "1e-12 relative; rates and standard errors in Hz, correlation times in ms",
        "rates": [
            case("correlated, two networks, some bins left over", random.poisson(slow), [3, 2], 0.5),
            case("independent", random.poisson(0.2, (2, 450)), [2], 2.0),
            case("regular", regular, [2], 0.1),
        ],
    })


if __name__ == "__main__":
    main()
