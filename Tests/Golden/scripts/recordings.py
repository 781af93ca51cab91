"""Recordings that are hard to read right: pauses, another clock, series that start late, angles, bad neighbours."""
from datetime import datetime, timezone
from pathlib import Path

import golden
import h5py
import numpy as np
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.behavior import CompassDirection, SpatialSeries
from scipy.stats import circmean

FOLDER = Path(__file__).resolve().parent.parent / "recordings"
FOLDER.mkdir(exist_ok=True)
for old in FOLDER.iterdir():
    old.unlink()
random = np.random.default_rng(8)


def new():
    date = datetime(2020, 1, 1, tzinfo=timezone.utc)
    return NWBFile(
        session_description="An example", identifier="example", session_start_time=date, file_create_date=date)


def write(file, name):
    with NWBHDF5IO(FOLDER / f"{name}.nwb", "w") as io:
        io.write(file, cache_spec=False)


def statistics(train, stretches):
    """Rate in Hz, mean interval in ms, CV, CV2 and LV; nothing spans a pause."""
    parts = [train[(a <= train) & (train <= b)] for a, b in stretches]
    intervals = np.concatenate([np.diff(part) for part in parts])
    pairs = np.concatenate([np.stack([np.diff(part)[:-1], np.diff(part)[1:]]) for part in parts], axis=1)
    contrast = (pairs[1] - pairs[0]) / pairs.sum(axis=0)
    return {
        "spikes": int(sum(map(len, parts))), "rate": float(sum(map(len, parts)) / sum(b - a for a, b in stretches)),
        "mean": float(intervals.mean() * 1000), "cv": float(intervals.std() / intervals.mean()),
        "cv2": float(np.mean(2 * np.abs(contrast))), "lv": float(np.mean(3 * contrast**2)),
        "naive_cv": float(np.diff(train).std() / np.diff(train).mean()),
    }


# Two units observed twice for 100 s within 300 s, one of them a Poisson process of 5 Hz; a third one in between, with
# a spike from outside.
file = new()
units = []
for shape, stretches in [(1, [(0, 100), (200, 300)]), (4, [(0, 100), (200, 300)]), (1, [(50, 250)])]:
    train = np.concatenate(
        [a + np.cumsum(random.gamma(shape, 0.2 / shape, int(8 * (b - a)))) for a, b in stretches])
    train = np.concatenate([train[(a <= train) & (train < b)] for a, b in stretches])
    if len(stretches) == 1:
        train = np.insert(train, 0, 20.0)
    file.add_unit(spike_times=train, obs_intervals=[[float(a), float(b)] for a, b in stretches])
    units.append(statistics(train, stretches))
write(file, "paused")

# The same spikes and series from 0 and from a POSIX time. Spikes lie within the bins of 1 ms; a late series has a gap.
speed = random.normal(size=1000)
rate = 0.01 * np.exp(0.5 * np.repeat(speed, 100))
trains = [np.flatnonzero(random.random(100_000) < rate) / 1000 + 0.0004 for _ in range(2)]
late = random.normal(size=2500)
late[1000:1100] = np.nan
for name, origin in [("relative", 0.0), ("posix", 1.6e9)]:
    file = new()
    for train in trains:
        file.add_unit(spike_times=origin + train)
    file.add_acquisition(TimeSeries(name="speed", data=speed, unit="m/s", starting_time=origin, rate=10.0))
    file.add_acquisition(TimeSeries(name="late", data=late, unit="V", starting_time=origin + 40, rate=50.0))
    # On a clock of its own, in either file.
    file.add_acquisition(TimeSeries(
        name="other", data=np.zeros(20), unit="V", starting_time=1.6e9 - origin + 7e7, rate=1.0))
    write(file, name)

# Directions: radians from 0, degrees around 0, radians that were unwrapped; degrees of a temperature.
walk = 3 + np.cumsum(random.normal(scale=0.25, size=1500))
times = np.arange(1500) / 60
series = {
    "radians": (np.mod(walk, 2 * np.pi).astype("<f4"), "radians"),
    "degrees": (np.degrees(np.mod(walk + np.pi, 2 * np.pi) - np.pi), "degrees"),
    "unwrapped": (walk, "rad"),
}
file = new()
direction = CompassDirection()
for name, (values, unit) in series.items():
    direction.add_spatial_series(SpatialSeries(
        name=name, data=values, reference_frame="north", unit=unit, starting_time=0.0, rate=60.0))
file.create_processing_module("behavior", "direction").add(direction)
file.add_acquisition(TimeSeries(
    name="temperature", data=series["degrees"][0], unit="degrees", starting_time=0.0, rate=60.0))
write(file, "directions")
bins = np.floor(times / 0.05 + 1e-6).astype(int)
count = bins[-1] + 1


def mean(values, function):
    return [float(function(values[bins == bin].astype(float))) for bin in range(count)]


means = {
    "radians": mean(series["radians"][0], lambda x: circmean(x, 2 * np.pi, 0)),
    "degrees": mean(series["degrees"][0], lambda x: circmean(x, 180, -180)),
    "unwrapped": mean(walk, np.mean),
    "temperature": mean(series["degrees"][0], np.mean),
}

# Spikes beside series that contradict themselves, and series without spikes.
with h5py.File(FOLDER / "neighbours.nwb", "w", libver="latest") as file:
    file["units/spike_times"] = [0.5, 1.5, 0.25, 1.0]
    file["units/spike_times_index"] = np.array([2, 4], "u1")
for name in ["neighbours", "series"]:
    with h5py.File(FOLDER / f"{name}.nwb", "a", libver="latest") as file:
        file["acquisition/square/data"] = np.zeros((2, 500))
        file["acquisition/square/timestamps"] = np.zeros((2, 500))
        file["acquisition/scalar/data"] = 1.0
        file["acquisition/scalar/timestamps"] = 1.0
        file["acquisition/no_rate/data"] = np.zeros(3)
        file["acquisition/no_rate/starting_time"] = 0.0
        file["stimulus/presentation/good/data"] = np.arange(8.0)
        file["stimulus/presentation/good/timestamps"] = np.arange(8) / 4

golden.write("recordings/expected.json", {
    "source": golden.source("pynwb", "h5py", "numpy", "scipy"),
    "note": "paused.nwb: statistics of each unit, nothing across a pause (naive_cv: with it); directions.nwb: means of "
            "bins of 50 ms, circular by scipy where they are angles; tolerance 1e-9",
    "units": units,
    "means": means,
})
sizes = {f.name: f.stat().st_size for f in FOLDER.iterdir()}
assert max(sizes.values()) < 80_000, sizes
print(f"{len(sizes)} files, {sum(sizes.values())} bytes, the largest {max(sizes.values())}", units)
