"""The same variables in MATLAB files of every version, for `Tests/Formats/MATLAB`."""

from pathlib import Path

import golden
import h5py
import hdf5storage
import numpy as np
from scipy import sparse
from scipy.io import savemat

FOLDER = Path(__file__).parents[1] / "matlab"
FOLDER.mkdir(exist_ok=True)

random = np.random.default_rng(8)
TRAINS = [np.sort(random.uniform(0, 10, count)) for count in (20, 0, 13)]


def cells(values):
    """A cell array of one row."""
    array = np.empty((1, len(values)), object)
    for index, value in enumerate(values):
        array[0, index] = value
    return array


def units(shape=(1, 3)):
    """A structure array: times in a column and the label of each unit."""
    array = np.empty(shape, [("times", object), ("label", object)])
    for index, train in enumerate(TRAINS):
        array[0, index] = (train.reshape(-1, 1), f"unit {index}")
    return array


WEIGHTS = sparse.csc_matrix(
    ([0.5, -1.0, 2.0, 0.25], ([0, 3, 1, 2], [1, 0, 2, 3])), shape=(4, 4)
)
MATRIX = np.arange(12, dtype=float).reshape(3, 4)
NUMBERS = {
    name: np.array([[1, 2, np.iinfo(name).max]], name)
    for name in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
}
SESSION = {
    "name": "rat 3",
    "rate": 30000.0,
    "flags": np.array([[True, False, True]]),
    "inner": {"cube": np.arange(24, dtype=np.float32).reshape(2, 3, 4)},
    "mixed": cells([np.array([[1.0, 2.0]]), "text", cells([np.array([[7.0]])])]),
}
VARIABLES = {
    "spike_times": cells([train.reshape(-1, 1) for train in TRAINS]),
    "units": units(),
    "session": SESSION,
    "matrix": MATRIX,
    "numbers": NUMBERS,
    "imaginary": np.array([[1 + 2j, 3]]),
    "labels": np.array(["first", "other"]),
}


def rows_of_text(name):
    """Two rows of characters, as MATLAB's ['first'; 'other']."""
    with h5py.File(name, "r+") as file:
        del file["labels"]
        text = np.array([[ord(c) for c in row] for row in ("first", "other")], np.uint16).T
        file["labels"] = text
        file["labels"].attrs["MATLAB_class"] = np.bytes_("char")
        file["labels"].attrs["MATLAB_int_decode"] = np.int32(2)


def sparse_group(name):
    """The sparse matrix as MATLAB writes it; hdf5storage has none."""
    with h5py.File(name, "r+") as file:
        group = file.create_group("weights")
        group.attrs["MATLAB_class"] = np.bytes_("double")
        group.attrs["MATLAB_sparse"] = np.uint64(WEIGHTS.shape[0])
        group["data"] = WEIGHTS.data
        group["ir"] = WEIGHTS.indices.astype(np.uint64)
        group["jc"] = WEIGHTS.indptr.astype(np.uint64)


full = VARIABLES | {"weights": WEIGHTS}
savemat(FOLDER / "version5.mat", full)
savemat(FOLDER / "version7.mat", full, do_compression=True)
path = str(FOLDER / "version73.mat")
Path(path).unlink(missing_ok=True)
hdf5storage.savemat(path, VARIABLES, format="7.3", oned_as="row", store_python_metadata=False)
rows_of_text(path)
sparse_group(path)
savemat(
    FOLDER / "version4.mat",
    {"matrix": MATRIX, "weights": WEIGHTS, "name": "rat 3", "unit_a": TRAINS[0], "unit_b": TRAINS[2]},
    format="4",
)

# Recordings of one kind each.
savemat(FOLDER / "vectors.mat", {"unit_10": TRAINS[2], "unit_9": TRAINS[0], "rate": 30000.0})
savemat(FOLDER / "structure.mat", {"spikes": {"cell_1": TRAINS[0], "cell_2": TRAINS[2]}})
savemat(FOLDER / "array.mat", {"units": units(), "rate": 30000.0})
savemat(FOLDER / "nested.mat", {"data": {"spikes": cells(TRAINS), "subject": "rat 3"}})
savemat(FOLDER / "several.mat", {"left": cells(TRAINS[:2]), "right": cells(TRAINS[2:])})
savemat(FOLDER / "samples.mat", {"spikes": cells([np.array([[30, 90, 60]], np.int32)])})
savemat(FOLDER / "unknown.mat", {"spikes": cells([np.array([[1.0, np.nan]])])})

# Networks, and what no network is.
savemat(FOLDER / "dense.mat", {"W": WEIGHTS.toarray(), "names": cells(["a", "b", "c", "d"])})
savemat(FOLDER / "logical.mat", {"W": WEIGHTS != 0, "empty": sparse.csc_matrix((3, 4))})

# Texts beyond ASCII, which have other bytes than characters.
savemat(FOLDER / "texts.mat", {"name": "Häschen €", "rows": np.array(["µ ", "ab"])})

# Zeros that take little room in the file.
savemat(FOLDER / "zeros.mat", {"spikes": np.zeros((1, 5_000_000))}, do_compression=True)

# A cell array that is its own element.
with h5py.File(FOLDER / "circle.mat", "w", userblock_size=512) as file:
    circle = file.create_dataset("circle", (1, 1), h5py.ref_dtype)
    circle.attrs["MATLAB_class"] = np.bytes_("cell")
    circle[0, 0] = circle.ref
with open(FOLDER / "circle.mat", "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM")

golden.write(
    "matlab/expected.json",
    {
        "source": golden.source("scipy", "hdf5storage", "h5py", "numpy"),
        "note": "spike times in s of the three units",
        "trains": [train.tolist() for train in TRAINS],
    },
)
