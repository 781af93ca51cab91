"""Measures of pairs of spike trains, and Fano factors, by elephant; where its definition is another, what it is times."""
import math

import neo
import numpy as np
import quantities as pq
from elephant.conversion import BinnedSpikeTrain
from elephant.spike_train_correlation import covariance, spike_time_tiling_coefficient
from elephant.spike_train_dissimilarity import van_rossum_distance, victor_purpura_distance
from elephant.statistics import fanofactor
from golden import source, write

rng = np.random.default_rng(20261128)
STOP = 2000.0
common = np.sort(rng.uniform(0, STOP, 30))


def train(rate, shared):
    own = rng.uniform(0, STOP, rng.poisson(rate * STOP / 1000))
    parts = [own] + ([np.clip(common + rng.uniform(-2, 2, common.size), 0, STOP - 1e-3)] if shared else [])
    # To 0.01 ms, never on an edge of a bin.
    return np.sort(np.floor(np.concatenate(parts) * 50) / 50 + 0.01)


first = train(20, True)
trains = [first, train(10, True), train(30, False), np.array([]), np.array([700.01]),
          np.array([3.01, 1998.01]), first.copy(), first[::2].copy()]
neo_trains = [neo.SpikeTrain(t, units="ms", t_stop=STOP) for t in trains]
count = len(trains)


def matrix(function):
    values = [[function(a, b) for b in neo_trains] for a in neo_trains]
    return rows(values)


def rows(values):
    return [[None if math.isnan(v) else float(v) for v in row] for row in np.asarray(values, dtype=float)]


def sttc(window):
    return matrix(lambda a, b: spike_time_tiling_coefficient(a, b, dt=window * pq.ms))


def rossum(tau):
    return np.asarray(van_rossum_distance(neo_trains, time_constant=tau * pq.ms))


def purpura(cost):
    return rows(victor_purpura_distance(neo_trains, cost_factor=cost * pq.Hz))


def fano(length):
    return [None if len(t) == 0 else float(fanofactor(
        [neo.SpikeTrain(t[(t >= s) & (t < s + length)] - s, units="ms", t_stop=length)
         for s in np.arange(0, STOP, length)])) for t in trains]


# What the formula of the definition gives, for one pair.
def formula(a, b, tau):
    def total(x, y):
        return np.exp(-np.abs(np.subtract.outer(x, y)) / tau).sum()
    return math.sqrt(max(0.5 * total(a, a) + 0.5 * total(b, b) - total(a, b), 0))


ratio = rossum(20)[0, 2] / formula(trains[0], trains[2], 20)
print("elephant's van Rossum distance over the definition's:", ratio)
binned = BinnedSpikeTrain(neo_trains, bin_size=10 * pq.ms)

write("pair_measures.json", {
    "source": source("elephant", "numpy"),
    "note": "Times in ms; null where undefined. sttc by window in ms; van_rossum by time constant in ms, divided by "
            "the square root of 2; victor_purpura by cost per second; covariance of counts in bins of 10 ms; fano by window in ms.",
    "stop": STOP, "times": [t.round(2).tolist() for t in trains],
    "sttc": {str(w): sttc(w) for w in (1, 5, 100)},
    "van_rossum": {str(t): rows(rossum(t) / math.sqrt(2)) for t in (2, 20, 500)},
    "victor_purpura": {str(q): purpura(q) for q in (0, 10, 1000)},
    "covariance": rows(covariance(binned)),
    "fano": {str(w): fano(w) for w in (50, 200)},
})
