"""Peristimulus time histogram of three trains folded on a period: elephant's time_histogram, checked with numpy."""
import neo
import numpy as np
import quantities as pq
from elephant import statistics
from golden import source, write

rng = np.random.default_rng(20240604)
STOP, PERIOD, BIN = 2000.0, 100.0, 5.0
TRIALS, BINS = int(STOP / PERIOD), int(PERIOD / BIN)


def train(base, peak, onset):
    """Rates in Hz, `peak` during 10 ms from onset; times in the middle of 0.5 ms steps, so never on a bin's edge."""
    t = np.arange(0.25, STOP, 0.5)
    phase = t % PERIOD
    rate = np.where((phase >= onset) & (phase < onset + 10), peak, base)
    return t[rng.random(t.size) < rate * 0.5e-3]


trains = [train(15, 200, 0), train(10, 120, 20), train(25, 25, 0)]


def folded(times):
    return [neo.SpikeTrain(times[(times >= s) & (times < s + PERIOD)] - s, units="ms", t_stop=PERIOD)
            for s in np.arange(0, STOP, PERIOD)]


def histogram(spike_trains, output):
    return statistics.time_histogram(spike_trains, bin_size=BIN * pq.ms, output=output)


each, counts = [], []
for times in trains:
    each.append(histogram(folded(times), "rate").rescale("Hz").magnitude.ravel().tolist())
    counts.append(histogram(folded(times), "counts").magnitude.ravel().astype(int).tolist())
    assert counts[-1] == np.histogram(times % PERIOD, BINS, (0, PERIOD))[0].tolist()
together = histogram([f for times in trains for f in folded(times)], "rate").rescale("Hz").magnitude.ravel()
assert np.allclose(together, np.sum(counts, axis=0) / (len(trains) * TRIALS * BIN * 1e-3), rtol=1e-13)

write("psth.json", {
    "source": source("elephant", "neo", "numpy"),
    "note": "Times in ms. counts[train][bin]: spikes over all periods; ratesByTrain: counts / (trials * bin), in Hz; "
            "rate: the same over all trains, in Hz per neuron.",
    "stop": STOP, "period": PERIOD, "bin": BIN, "trials": TRIALS,
    "times": [times.tolist() for times in trains],
    "counts": counts, "ratesByTrain": each, "rate": together.tolist(),
})
