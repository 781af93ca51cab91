"""Cross-correlograms of spike trains by elephant's cross_correlation_histogram."""
import neo
import numpy as np
import quantities as pq
from elephant.conversion import BinnedSpikeTrain
from elephant.spike_train_correlation import cross_correlation_histogram
from golden import source, write

rng = np.random.default_rng(20261130)
STOP, LAGS = 400, 12
# In the middles of bins of 1 ms, at most one a bin, as elephant's bins are those of trains and not of differences.
trains = [np.sort(rng.choice(STOP, count, replace=False)) + 0.5 for count in (60, 45, 80)]
trains += [np.array([]), trains[0] + 3 - 3 * (trains[0] + 3 > STOP)]
binned = [BinnedSpikeTrain(neo.SpikeTrain(t, units="ms", t_stop=STOP), bin_size=1 * pq.ms) for t in trains]


def histogram(first, second, corrected):
    counts, lags = cross_correlation_histogram(
        binned[first], binned[second], window=[-LAGS, LAGS], border_correction=corrected, method="memory")
    assert list(lags) == list(range(-LAGS, LAGS + 1))
    values = counts.magnitude.ravel().astype(float)
    if first == second:
        # elephant counts each spike with itself.
        values[LAGS] -= len(trains[first])
    return values.tolist()


pairs = [(0, 1), (1, 0), (0, 2), (0, 4), (2, 2), (1, 4)]
write("correlogram.json", {
    "source": source("elephant", "numpy"),
    "note": "Times in ms, lags of -12 to 12 ms in bins of 1 ms; without the pairs of a spike with itself.",
    "stop": STOP, "lags": LAGS, "times": [t.tolist() for t in trains],
    "correlograms": [{"pair": list(pair), "counts": histogram(*pair, False), "corrected": histogram(*pair, True)}
                     for pair in pairs],
})
