"""Small .nwb files that reach outside of themselves, claim what is not there, or lead in circles."""
import zlib
from pathlib import Path

import h5py
import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "hostile_nwb"
FOLDER.mkdir(exist_ok=True)
for old in FOLDER.glob("*.nwb"):
    if not old.name.startswith("damaged"):
        old.unlink()

BOUNDS = ("earliest", "v110")


def open_file(name):
    return h5py.File(FOLDER / f"{name}.nwb", "w", libver=BOUNDS)


def units(file, spikes=(0.1, 0.2), ends=(2,)):
    if spikes is not None:
        file["units/spike_times"] = np.array(spikes, "<f8")
    file["units/spike_times_index"] = np.array(ends, "<i8")


def series(file, group, data):
    file[f"{group}/data"] = data
    timing(file, group)


def timing(file, group):
    file[f"{group}/starting_time"] = 0.0
    file[f"{group}/starting_time"].attrs["rate"] = 1000.0


# What is outside: a plain file of a known content, and an HDF5 file.
(FOLDER / "outside.bin").write_bytes(np.arange(1, 3, dtype="<f8").tobytes())
with open_file("outside") as file:
    units(file)
    series(file, "acquisition/voltage", np.arange(4.0))

with open_file("raw_storage") as file:
    units(file, None)
    file.create_dataset("units/spike_times", (2,), "<f8", external=[("outside.bin", 0, 16)])
with open_file("linked_spikes") as file:
    units(file, None)
    file["units/spike_times"] = h5py.ExternalLink("outside.nwb", "/units/spike_times")
with open_file("linked_units") as file:
    file["units"] = h5py.ExternalLink("outside.nwb", "/units")
with open_file("virtual_spikes") as file:
    units(file, None)
    layout = h5py.VirtualLayout((2,), "<f8")
    layout[:] = h5py.VirtualSource("outside.nwb", "units/spike_times", (2,))
    file.create_virtual_dataset("units/spike_times", layout)
# The same for what is not spikes.
with open_file("outside_series") as file:
    units(file)
    file["acquisition/linked"] = h5py.ExternalLink("outside.nwb", "/acquisition/voltage")
    file["acquisition/part/data"] = h5py.ExternalLink("outside.nwb", "/acquisition/voltage/data")
    timing(file, "acquisition/part")
    file.create_dataset("acquisition/raw/data", (2,), "<f8", external=[("outside.bin", 0, 16)])
    timing(file, "acquisition/raw")
    series(file, "acquisition/kept", np.arange(3.0))

# Thirty links of a group to itself: thirty to the power of the depth of paths.
with open_file("circles") as file:
    units(file)
    group = file.create_group("acquisition/group")
    for index in range(30):
        group[f"again{index}"] = group
        file[f"acquisition/again{index}"] = group
    series(file, "acquisition/group/voltage", np.arange(3.0))
    file["processing"] = file["/"]
# Two names of one group, and a soft link to itself.
with open_file("names") as file:
    units(file)
    series(file, "acquisition/first", np.arange(3.0))
    file["acquisition/second"] = file["acquisition/first"]
    file["acquisition/loop"] = h5py.SoftLink("/acquisition/loop")
    file["acquisition/" + "n" * 2000 + "/group"] = 0.0

# Claims: never written, chunks of 8 kB; zeros that are compressed; shapes that overflow.
with open_file("never_written") as file:
    units(file, None, (2**31,))
    file.create_dataset("units/spike_times", (2**31,), "<f8", chunks=(1024,))
with open_file("zeros") as file:
    units(file, None, (2**23,))
    file.create_dataset(
        "units/spike_times", data=np.zeros(2**23, "u1"), chunks=(2**23,), compression="gzip", compression_opts=9)
with open_file("shapes") as file:
    units(file)
    for name, shape in [("overflow", (2**62, 4)), ("nothing", (0, 2**62)), ("both", (0, 2**62, 2**62))]:
        file.create_dataset(
            f"acquisition/{name}/data", shape, "<f8", chunks=(1,) * len(shape), maxshape=(None,) * len(shape))
        timing(file, f"acquisition/{name}")
    file.create_dataset("acquisition/empty/data", (0, 3), "<f8")
    timing(file, "acquisition/empty")
# Ten values in a chunk of zeros that were compressed twice: 512 MB, and 64 MB that take time.
for name, length in [("large_chunk", 2**29), ("slow_chunk", 2**26)]:
    with open_file(name) as file:
        units(file, None, (10,))
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_chunk((length,))
        plist.set_deflate(9)
        plist.set_deflate(9)
        space = h5py.h5s.create_simple((10,), (h5py.h5s.UNLIMITED,))
        times = h5py.h5d.create(file["units"].id, b"spike_times", h5py.h5t.STD_U8LE, space, plist)
        times.write_direct_chunk((0,), zlib.compress(zlib.compress(bytes(length), 9), 9))
# Values in several blocks, divided along each dimension.
with open_file("blocks") as file:
    units(file)
    for name, shape, chunks in [
            ("rows", (70_000, 4), (20_000, 3)), ("columns", (3, 200_000), (2, 70_000)), ("planes", (2, 3, 60_000), None)]:
        values = (np.arange(np.prod(shape)) % 251).astype("u1").reshape(shape)
        file.create_dataset(f"acquisition/{name}/data", data=values, chunks=chunks, compression="gzip")
        timing(file, f"acquisition/{name}")
# A text of 4000 bytes, and one with control characters.
with open_file("long_text") as file:
    units(file)
    series(file, "acquisition/voltage", np.arange(3.0))
    file["acquisition/voltage/data"].attrs.create("unit", b"V", dtype="S4000")
    series(file, "acquisition/current", np.arange(3.0))
    file["acquisition/current/data"].attrs["unit"] = "A\x1b[31m\n"

sizes = {f.name: f.stat().st_size for f in FOLDER.iterdir()}
assert max(sizes.values()) < 60_000, sizes
print(f"{len(sizes)} files, {sum(sizes.values())} bytes", sizes)
