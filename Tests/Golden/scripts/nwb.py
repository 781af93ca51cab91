"""Small .nwb files: one as PyNWB writes them, and others by h5py that are laid out or broken in one way each."""
from datetime import datetime, timezone
from pathlib import Path

import golden
import h5py
import numpy as np
from pynwb import H5DataIO, NWBHDF5IO, NWBFile, TimeSeries
from pynwb.behavior import Position, SpatialSeries

FOLDER = Path(__file__).resolve().parent.parent / "nwb"
FOLDER.mkdir(exist_ok=True)
for old in FOLDER.iterdir():
    old.unlink()

# As PyNWB writes them: three units, the second silent; series with a rate, with timestamps and a gap,
# compressed, with a conversion and an offset.
random = np.random.default_rng(20)
date = datetime(2020, 1, 1, tzinfo=timezone.utc)
file = NWBFile(
    session_description="An example", identifier="example", session_start_time=date, file_create_date=date)
trains = [np.sort(random.uniform(-0.01, 2, 40)), np.zeros(0), np.sort(random.uniform(0.5, 1.5, 7))]
for train in trains:
    file.add_unit(spike_times=train, obs_intervals=[[0.0, 1.0], [1.25, 2.0]])
sound = random.integers(-3000, 3000, 400).astype("<i2")
file.add_stimulus(TimeSeries(
    name="sound", data=H5DataIO(sound, compression="gzip", chunks=(64,), shuffle=True), unit="Pa",
    conversion=0.5, offset=-1.0, starting_time=0.25, rate=200.0))
file.add_stimulus_template(TimeSeries(name="sound", data=np.zeros(3), unit="V", starting_time=0.0, rate=1.0))
times = np.delete(np.arange(100) / 50, range(40, 60))
position = random.normal(size=(80, 2)).astype("<f4")
position[7] = np.nan
module = file.create_processing_module("behavior", "tracked position")
module.add(Position(spatial_series=SpatialSeries(
    name="position", data=position, reference_frame="The corner of the room", unit="m", timestamps=times)))
voltage = random.integers(-100, 100, (50, 2)).astype("<i4")
file.add_acquisition(TimeSeries(
    name="voltage", data=voltage, unit="volts", conversion=1e-6, starting_time=0.0, rate=1000.0))
with NWBHDF5IO(FOLDER / "example.nwb", "w") as io:
    io.write(file, cache_spec=False)


def means(values, milliseconds, width, start, count):
    """The mean of the samples of each bin; the last sample where there is none, if it still lasts, or None."""
    result = []
    end = 2 * milliseconds[-1] - milliseconds[-2]
    for bin in range(count):
        edges = start + bin * width, start + (bin + 1) * width
        inside = (edges[0] <= milliseconds) & (milliseconds < edges[1]) & ~np.isnan(values)
        none = not ((edges[0] <= milliseconds) & (milliseconds < edges[1])).any()
        last = np.searchsorted(milliseconds, edges[0]) - 1
        lasts = none and last >= 0 and edges[0] < end
        result.append(values[inside].mean() if inside.any() else values[last] if lasts else np.nan)
    return [None if np.isnan(value) else float(value) for value in result]


pascal = sound * 0.5 - 1
volt = voltage * 1e-6
golden.write("nwb/example.json", {
    "source": golden.source("pynwb", "h5py", "numpy"),
    "note": "example.nwb: spike times in ms; each series has path, unit, values, and means of bins (width, start, "
            "in ms); tolerance 1e-12 of the largest value",
    "spikes": [[float(time) for time in train * 1000] for train in trains],
    "series": [
        {"path": "/stimulus/presentation/sound", "unit": "Pa", "channels": 1, "values": pascal.tolist(),
         "width": 20.0, "start": 200.0,
         "bins": [means(pascal, 250 + 5.0 * np.arange(400), 20, 200, 120)]},
        {"path": "/processing/behavior/Position/position", "unit": "m", "channels": 2,
         "values": [None if np.isnan(x) else float(x) for x in position.ravel()], "width": 30.0, "start": 100.0,
         "bins": [means(channel.astype(float), np.round(times * 1000), 30, 100, 70) for channel in position.T]},
        {"path": "/acquisition/voltage", "unit": "volts", "channels": 2, "values": volt.ravel().tolist(),
         "width": 3.0, "start": -5.0,
         "bins": [means(channel, np.arange(50.0), 3, -5, 20) for channel in volt.T]},
    ],
})


def small(name, spikes=(0.5, 0.2, 0.1, 0.4), ends=(2, 4), **others):
    """A file of units and of whatever else, by path."""
    with h5py.File(FOLDER / f"{name}.nwb", "w", libver="latest") as file:
        for path, value in {"units/spike_times": spikes, "units/spike_times_index": ends, **others}.items():
            if value is not None:
                file[path] = value


def series(name, group, data, rate=None, start=0.0, timestamps=None):
    with h5py.File(FOLDER / f"{name}.nwb", "a", libver="latest") as file:
        file[f"{group}/data"] = data
        if timestamps is not None:
            file[f"{group}/timestamps"] = timestamps
        else:
            file[f"{group}/starting_time"] = start
            if rate is not None:
                file[f"{group}/starting_time"].attrs["rate"] = np.float32(rate)


# Laid out in other ways: no intervals, spikes in no order, series directly below stimulus, a link in a circle,
# one conversion for each channel.
small("directly", np.array([1.5, 0.5, -0.25, 1.0], "<f4"), np.array([2, 4], "u1"))
series("directly", "stimulus/sound_pressure", np.arange(10, dtype=">i2"), rate=4)
series("directly", "acquisition/probe", np.array([[1, 2], [3, 4], [5, 6]], "<i4"), rate=1000)
with h5py.File(FOLDER / "directly.nwb", "a") as file:
    file["acquisition/probe/data"].attrs["conversion"] = np.float32(0.5)
    file["acquisition/probe/channel_conversion"] = np.array([1, 10], "<i2")
    file["stimulus/sound_pressure/data"].attrs["unit"] = np.bytes_("dB")
    file["stimulus/again"] = h5py.SoftLink("/stimulus")
    file["stimulus/nowhere"] = h5py.SoftLink("/nowhere")

# Broken.
small("no_units", None, None, identifier="no units")
small("no_index", ends=None)
small("beyond", ends=(2, 5))
small("short", ends=(2, 3))
small("descending", ends=(3, 2))
small("negative", ends=(-1, 4))
small("none", spikes=np.zeros(0), ends=np.zeros(0, "u1"))
small("not_a_number", spikes=(0.1, np.nan, 0.3, 0.4))
small("texts", spikes=[b"a", b"b", b"c", b"d"])
small("square", spikes=np.zeros((2, 2)))
small("real_index", ends=(2.0, 4.0))
small("intervals", **{"units/obs_intervals": np.zeros(4)})
small("intervals_turned", **{"units/obs_intervals": [[0.0, 1.0], [2.0, 1.5]]})
small("series")
series("series", "acquisition/no_rate", np.zeros(3))
series("series", "acquisition/few_times", np.zeros(3), timestamps=[0.0, 1.0])
series("series", "acquisition/back", np.zeros(3), timestamps=[0.0, 2.0, 1.0])
series("series", "acquisition/words", [b"a", b"b"], timestamps=[0.0, 2.0])
series("series", "acquisition/one/same", np.zeros(3), rate=1)
series("series", "acquisition/two/same", np.ones(3), rate=1)
with h5py.File(FOLDER / "series.nwb", "a", libver="latest") as file:
    # Claims 8 TB, of which nothing was written.
    file.create_dataset("acquisition/huge/data", (10**12,), "<f8", chunks=(10**6,))
    file["acquisition/huge/starting_time"] = 0.0
    file["acquisition/huge/starting_time"].attrs["rate"] = 1.0

sizes = {f.name: f.stat().st_size for f in FOLDER.iterdir()}
assert max(sizes.values()) < 60_000, sizes
print(f"{len(sizes)} files, {sum(sizes.values())} bytes, the largest {max(sizes.values())}")
