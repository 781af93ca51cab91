"""ISI-distance, SPIKE-distance and SPIKE-synchronization of pairs of trains, by PySpike."""
import numpy as np
import pyspike
from golden import source, write

rng = np.random.default_rng(20261129)
START, STOP = 100.0, 1300.0
common = np.sort(rng.uniform(START, STOP, 25))


def train(rate, shared):
    own = rng.uniform(START, STOP, rng.poisson(rate * (STOP - START) / 1000))
    parts = [own] + ([np.clip(common + rng.uniform(-3, 3, common.size), START + 0.1, STOP - 0.1)] if shared else [])
    return np.unique(np.round(np.concatenate(parts), 2))


first = train(20, True)
trains = [first, train(10, True), train(30, False), np.array([]), np.array([500.0]),
          np.array([140.0, 1250.0]), first.copy(), first[::2].copy(), np.array([START, 600.0, STOP])]
spikes = [pyspike.SpikeTrain(t, [START, STOP]) for t in trains]


def matrix(function):
    return [[float(function(a, b)) for b in spikes] for a in spikes]


write("kreuz_distances.json", {
    "source": source("pyspike", "numpy"),
    "note": "Times in ms. The fourth and fifth trains are silent and of one spike; the last has spikes at both edges. "
            "spike_sync of two silent trains is 1 in PySpike.",
    "start": START, "stop": STOP, "times": [t.tolist() for t in trains],
    "isi_distance": matrix(pyspike.isi_distance), "spike_distance": matrix(pyspike.spike_distance),
    "spike_sync": matrix(pyspike.spike_sync),
})
