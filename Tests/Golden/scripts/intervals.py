"""Interval statistics of elephant on five spike trains."""
import warnings
import neo
import numpy as np
import quantities as pq
from elephant import statistics
from golden import source, write

warnings.simplefilter("ignore")
rng = np.random.default_rng(20240603)
STOP, WINDOW = 5000.0, 250.0


def poisson(interval):
    return np.cumsum(rng.exponential(interval, 400))


def bursty():
    starts = np.cumsum(100 + rng.exponential(200, 40))
    return np.concatenate([s + np.cumsum(rng.uniform(2, 8, rng.integers(2, 7))) for s in starts])


trains = {
    "poisson": poisson(40.0),
    "regular": np.arange(10.0, STOP, 20.0),
    "bursty": bursty(),
    "three spikes": np.array([100.0, 130.5, 2400.25]),
    "two spikes": np.array([12.5, 4100.0]),
}


def number(value):
    value = float(value)
    return value if np.isfinite(value) else None


def spike_train(times, start=0.0, stop=STOP):
    return neo.SpikeTrain(times[(times >= start) & (times < stop)], units="ms", t_start=start, t_stop=stop)


def check(row, intervals):
    """The definitions, written out, equal elephant's values."""
    a, b = intervals[:-1], intervals[1:]
    total = a + b
    direct = {"cv": intervals.std() / intervals.mean(), "cv2": np.mean(2 * np.abs(b - a) / total),
              "lv": 3 * np.mean(((a - b) / total) ** 2),
              "lvr": 3 * np.mean((1 - 4 * a * b / total**2) * (1 + 4 * 5 / total))}
    assert all(np.isclose(row[name], value, rtol=1e-12, atol=1e-15) for name, value in direct.items())


rows, all_trains = [], []
for name, times in trains.items():
    # Rounded to 0.01 ms, so that the text holds the times exactly.
    times = np.sort(np.round(times[times < STOP], 2))
    assert np.all(np.diff(times) > 0)
    train = spike_train(times)
    all_trains.append(train)
    intervals = statistics.isi(train)
    assert np.array_equal(intervals.magnitude, np.diff(times))
    windows = [spike_train(times, s, s + WINDOW) for s in np.arange(0, STOP, WINDOW)]
    defined = len(intervals) >= 2
    rows.append({
        "name": name, "times": times.tolist(), "intervals": [round(v, 2) for v in intervals.magnitude.tolist()],
        "meanInterval": number(intervals.magnitude.mean()),
        "rate": number(statistics.mean_firing_rate(train, t_start=0 * pq.ms, t_stop=STOP * pq.ms).rescale("Hz")),
        "cv": number(statistics.cv(intervals.magnitude)) if defined else None,
        "cv2": number(statistics.cv2(intervals, with_nan=True)),
        "lv": number(statistics.lv(intervals, with_nan=True)),
        "lvr": number(statistics.lvr(intervals, R=5 * pq.ms, with_nan=True)),
        "fanoFactorOfWindows": number(statistics.fanofactor(windows)),
    })
    if defined:
        check(rows[-1], intervals.magnitude)

write("intervals.json", {
    "source": source("elephant", "neo", "numpy"),
    "note": "Times in ms in [0, stop), rate in Hz over [0, stop). cv: population sd. lvr: R = 5 ms. intervals rounded "
            "to 0.01 ms, the others from the times unrounded. fanoFactorOfWindows: population variance over mean of the "
            "counts in the windows [0, window), [window, 2 window), ...; fanoFactorOfTrains: the same of the five "
            "trains' counts. null: undefined (fewer than two intervals; elephant itself gives cv 0 for one interval).",
    "stop": STOP, "window": WINDOW,
    "fanoFactorOfTrains": number(statistics.fanofactor(all_trains)),
    "trains": rows,
})
