"""Pearson's correlation of spike counts in bins: elephant's correlation_coefficient."""
import neo
import numpy as np
import quantities as pq
from elephant.conversion import BinnedSpikeTrain
from elephant.spike_train_correlation import correlation_coefficient
from golden import source, write

rng = np.random.default_rng(20261122)
STOP, BIN = 3000.0, 5.0
common = np.sort(rng.uniform(0, STOP, 40))


def train(rate, shared):
    own = rng.uniform(0, STOP, rng.poisson(rate * STOP / 1000))
    parts = [own] + ([np.clip(common + rng.uniform(-1, 1, common.size), 0, STOP - 1e-3)] if shared else [])
    # To 0.01 ms, never on an edge of a bin.
    return np.sort(np.floor(np.concatenate(parts) * 50) / 50 + 0.01)


trains = [train(20, True), train(10, True), train(30, False), train(0, False), train(5, True)]
binned = BinnedSpikeTrain([neo.SpikeTrain(t, units="ms", t_stop=STOP) for t in trains], bin_size=BIN * pq.ms)
r = correlation_coefficient(binned)
counts = [np.histogram(t, int(STOP / BIN), (0, STOP))[0] for t in trains]
mine = np.corrcoef(counts)
assert np.allclose(r, mine, equal_nan=True, atol=1e-13)

write("correlation.json", {
    "source": source("elephant", "numpy"),
    "note": "Times in ms. correlation[i][j] of counts in bins of 5 ms; null where a train is empty.",
    "stop": STOP, "bin": BIN, "times": [t.round(2).tolist() for t in trains],
    "correlation": [[None if np.isnan(v) else float(v) for v in row] for row in r],
})
