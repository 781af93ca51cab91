"""A session with all that a recording has, and folders and tables as other programs write them."""
import json
import warnings
from datetime import datetime, timezone
from pathlib import Path

import h5py
import numpy as np
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.behavior import BehavioralEpochs, SpatialSeries
from pynwb.epoch import TimeIntervals
from pynwb.misc import AnnotationSeries, IntervalSeries

FOLDER = Path(__file__).resolve().parent.parent / "sessions"
FOLDER.mkdir(exist_ok=True)
random = np.random.default_rng(14)
DURATION = 60.0


def write(file, name):
    # Groups of the older format take ten times as much.
    with h5py.File(FOLDER / f"{name}.nwb", "w", libver=("v110", "v110")) as small:
        with NWBHDF5IO(file=small, mode="w") as io:
            io.write(file, cache_spec=False)


def session():
    file = NWBFile(
        session_description="An example", identifier="example",
        session_start_time=datetime(2021, 4, 5, 14, 13, 2, tzinfo=timezone.utc),
        file_create_date=datetime(2021, 4, 6, tzinfo=timezone.utc))
    device = file.create_device(name="probe")
    groups = [
        file.create_electrode_group(name=f"shank{i}", description="a shank", location=place, device=device)
        for i, place in enumerate(["ADN", "PoS"])]
    for i in range(4):
        file.add_electrode(location=groups[i // 2].location, group=groups[i // 2], x=float(i), y=0.0, z=0.0)
    file.add_unit_column("quality", "how well it is isolated")
    file.add_unit_column("snr", "signal to noise")
    file.add_unit_column("is_fast", "whether its spike is narrow")
    file.add_unit_column("channel", "the largest channel")
    file.add_unit_column("lags", "a list of numbers", index=True)
    qualities = ["good", "mua", "good", "good", "noise"]
    electrodes = [[0], [0, 1], [2], [1, 2], [3]]
    observed = [[[0.0, 60.0]], [[0.0, 60.0]], [[0.0, 20.0], [30.0, 60.0]], [[0.0, 60.0]], [[0.0, 60.0]]]
    units = []
    for unit in range(5):
        times = np.sort(random.uniform(0, DURATION, 40 + 10 * unit)).round(5)
        file.add_unit(
            spike_times=times, obs_intervals=observed[unit], electrodes=electrodes[unit], quality=qualities[unit],
            snr=[4.5, 2.0, np.nan, 7.25, 1.0][unit], is_fast=bool(unit % 2), channel=np.int32(3 * unit),
            lags=[1.0] * unit)
        units.append((times * 1000).tolist())
    file.add_trial_column("side", "where the cue was")
    file.add_trial_column("cue_time", "when it came")
    file.add_trial_column("correct", "whether the answer was right")
    trials = []
    for trial in range(12):
        start = 4.0 * trial + 1
        side = ["left", "right"][trial % 2]
        file.add_trial(
            start_time=start, stop_time=start + 3, side=side, cue_time=start + 0.5, correct=bool(trial % 3))
        trials.append([start * 1000, start * 1000 + 3000, side, (start + 0.5) * 1000, bool(trial % 3)])
    file.add_epoch(start_time=0.0, stop_time=30.0, tags=["wake", "maze"])
    file.add_epoch(start_time=30.0, stop_time=50.0, tags=["sleep"])
    file.add_epoch(start_time=50.0, stop_time=60.0, tags=["wake"])
    states = TimeIntervals(name="states", description="states of sleep")
    states.add_column("label", "which state")
    states.add_interval(start_time=30.0, stop_time=40.0, label="nrem")
    states.add_interval(start_time=40.0, stop_time=50.0, label="rem")
    file.add_time_intervals(states)
    with warnings.catch_warnings(action="ignore"):
        # Files have them, though new ones are to have tables of events.
        file.add_acquisition(AnnotationSeries(
            name="notes", data=["lick", "lick", "reward"], timestamps=[3.0, 1.0, 5.0]))
    cues = file.create_events_table(name="cues", description="cues")
    for time in [2.5, 1.5]:
        cues.add_row(timestamp=time)
    behavior = file.create_processing_module("behavior", "behaviour")
    behavior.add(BehavioralEpochs(interval_series=IntervalSeries(
        name="running", data=np.array([1, -1, 1, -1], "i1"), timestamps=[2.0, 6.0, 10.0, 11.5])))
    position = random.normal(size=(600, 2))
    position[100:110] = np.nan
    behavior.add(SpatialSeries(
        name="position", data=position, starting_time=0.0, rate=10.0, unit="cm", reference_frame="the corner"))
    stamps = np.concatenate([np.arange(0, 20, 0.05), np.arange(40, 60, 0.05)])
    file.add_stimulus(TimeSeries(name="sound", data=np.sin(stamps), timestamps=stamps, unit="Pa"))
    write(file, "session")
    expected = {
        "units": units, "trials": trials,
        "position": [None if np.isnan(value) else value for value in position[95:115].ravel().tolist()],
        "sound": np.sin(stamps)[395:405].tolist(), "sound_times": (stamps[395:405] * 1000).tolist(),
    }
    (FOLDER / "session.json").write_text(json.dumps(expected) + "\n")


def odd():
    """Spikes out of order, twice at one time, before zero, closer than neurons fire; one spike sorted as two units; a lost unit."""
    file = NWBFile(
        session_description="Odd", identifier="odd", session_start_time=datetime(2021, 4, 5, tzinfo=timezone.utc),
        file_create_date=datetime(2021, 4, 6, tzinfo=timezone.utc))
    first = np.sort(random.uniform(0, 100, 400))
    file.add_unit(spike_times=np.concatenate([first[200:], first[:200]]))
    file.add_unit(spike_times=np.insert(np.sort(random.uniform(0, 100, 300)), 0, [-0.5, -0.25]))
    twice = np.sort(random.uniform(0, 100, 300))
    file.add_unit(spike_times=np.sort(np.concatenate([twice, twice[10:12], twice[20:40] + 0.0006])))
    file.add_unit(spike_times=np.sort(first[::2] + random.uniform(-0.0003, 0.0003, 200)))
    file.add_unit(spike_times=np.sort(random.uniform(0, 50, 300)))
    data = random.normal(size=500)
    data[7] = np.nan
    times = np.arange(500) * 0.1
    times[300:] += 20
    times[100:110] += 0.04
    file.add_acquisition(TimeSeries(name="speed", data=data, timestamps=times, unit="cm/s"))
    write(file, "odd")


def sorter():
    """As Kilosort and phy write it; times are a column of one, as MATLAB's vectors are."""
    folder = FOLDER / "phy"
    folder.mkdir(exist_ok=True)
    clusters = np.array([3, 7, 3, 12, 7, 3], np.int32)
    np.save(folder / "spike_times.npy", np.array([[30], [45], [600], [900], [1500], [3000]], np.uint64))
    np.save(folder / "spike_clusters.npy", clusters)
    (folder / "params.py").write_text(
        "dat_path = 'recording.dat'\nn_channels_dat = 64\ndtype = 'int16'\noffset = 0\nsample_rate = 30000.\nhp_filtered = False\n")
    (folder / "cluster_group.tsv").write_text("cluster_id\tgroup\n3\tgood\n7\tmua\n12\tnoise\n")
    (folder / "cluster_info.tsv").write_text(
        "cluster_id\tAmplitude\tch\tgroup\tsh\n3\t20.5\t4\tgood\t0\n7\t\t9\tmua\t0\n12\t11\t3\tnoise\t1\n")


session()
odd()
sorter()
