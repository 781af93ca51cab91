"""Small .npy and .npz files as NumPy writes them, one for each thing that the reader has to understand."""
import zipfile
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "numpy"
FOLDER.mkdir(exist_ok=True)
for old in FOLDER.iterdir():
    old.unlink()

# Every type, [2, 3], the values 0 1 2 / 3 4 5 (truth values: F T F / T F T), in both byte orders.
values = np.arange(6).reshape(2, 3)
np.save(FOLDER / "bool.npy", values % 2 == 1)
for name in ["u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f4", "f8"]:
    np.save(FOLDER / f"{name}.npy", values.astype("<" + name))
    if name[1] != "1":
        np.save(FOLDER / f"{name}_big.npy", values.astype(">" + name))

# The ends of the ranges, and what only real numbers have.
np.save(FOLDER / "u8_largest.npy", np.array([0, 2**63, 2**64 - 1], "<u8"))
np.save(FOLDER / "i8_ends.npy", np.array([-(2**63), -1, 2**63 - 1], "<i8"))
np.save(FOLDER / "f8_fractions.npy", np.array([0.1, -0.5, 1e300, -np.inf], "<f8"))
np.save(FOLDER / "half.npy", np.array([1, -0.5, 65504, 2**-24, np.inf, 1 / 3], "<f2"))

# Fortran order: 40 × 35 spans two tiles each way; three dimensions; big-endian as well.
np.save(FOLDER / "fortran_f4.npy", np.asfortranarray(np.arange(1400, dtype="<f4").reshape(40, 35)))
np.save(FOLDER / "fortran_i2_big.npy", np.asfortranarray(np.arange(24, dtype=">i2").reshape(2, 3, 4)))
np.save(FOLDER / "fortran_u1_4d.npy", np.asfortranarray(np.arange(120, dtype="u1").reshape(2, 3, 4, 5)))

# Shapes: a scalar, one dimension, none at all.
np.save(FOLDER / "scalar.npy", np.float64(2.5))
np.save(FOLDER / "vector.npy", np.arange(4, dtype="<i4"))
np.save(FOLDER / "empty.npy", np.zeros((0, 3), "<f4"))

# Versions 2 and 3 of the header.
for version in [(2, 0), (3, 0)]:
    with open(FOLDER / f"version{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, np.array([1.5, -2.5], "<f4"), version=version)

# Strings, padded, beyond ASCII and beyond 16 bits.
np.save(FOLDER / "strings.npy", np.array(["AVAL", "é", "神経", "🧠x", ""], "<U4"))
np.save(FOLDER / "strings_big.npy", np.array(["AVAL", "é"], ">U4"))

# What is not read.
np.save(FOLDER / "complex.npy", np.array([1 + 2j]))
np.save(FOLDER / "object.npy", np.array([None, {}], object), allow_pickle=True)
np.save(FOLDER / "structured.npy", np.array([(1, 2.0)], [("a", "<i4"), ("b", "<f8")]))
np.save(FOLDER / "bytes.npy", np.array([b"abc"]))

# Archives.
weights = np.array([[0, 1.5], [-2, 0]], "<f4")
names = np.array(["AVAL", "AVAR"])
np.savez(FOLDER / "stored.npz", weights=weights, names=names, count=np.int64(7))
np.savez_compressed(FOLDER / "deflated.npz", weights=weights, names=names, zeros=np.zeros((50, 60), "<f8"))
np.savez(FOLDER / "two_squares.npz", a=weights, b=weights.T)

# An entry with 64-bit sizes, as NumPy makes them where it streams.
with zipfile.ZipFile(FOLDER / "zip64.npz", "w") as archive:
    with archive.open("weights.npy", "w", force_zip64=True) as entry:
        np.lib.format.write_array(entry, weights)

# Spikes as CLI users may write them.
np.savez(
    FOLDER / "events.npz",
    neuron=np.array([1, 0, 2, 2], "<u4"), bin=np.array([0, 3, 3, 9], "<u8"), count=np.array([1, 1, 2, 1], "<u2"),
    neurons=np.int64(3), bins=np.int64(10), dt=np.float64(0.5), network_offsets=np.array([0, 2, 3], "<i8"),
    seed=np.uint64(2**64 - 1))
np.savez(
    FOLDER / "times.npz",
    neuron=np.array([2, 0, 2, 0], "<u4"), time=np.array([5.5, 1.25, 0.75, 1.25], "<f8"),
    neurons=np.int64(3), start=np.float64(-1), stop=np.float64(10))
counts = np.zeros((3, 10), "u1")
counts[1, 0], counts[0, 3], counts[2, 3], counts[2, 9] = 1, 1, 2, 1
np.save(FOLDER / "dense.npy", counts)

print(f"{len(list(FOLDER.iterdir()))} files, {sum(f.stat().st_size for f in FOLDER.iterdir())} bytes")
