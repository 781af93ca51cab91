"""Makes the files of Corpus/: for each reader valid ones, named valid-*, and such as each was a fault once.

    python3 Fuzz/make_corpus.py        (needs numpy, h5py and scipy)

Those made by the command itself, such as fits and checkpoints, are not here: the drivers make them.
"""

import io
import json
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import h5py
import numpy as np
import scipy.io
import scipy.sparse

CORPUS = Path(__file__).parent / "Corpus"
HUGE = 2**63 - 1
random = np.random.default_rng(0)


def write(reader, name, data):
    path = CORPUS / reader / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def npy(array):
    file = io.BytesIO()
    np.save(file, np.asarray(array))
    return file.getvalue()


def header(shape, descr="|b1", data=b"", order=False):
    """A `.npy` that claims a shape, whatever its data."""
    text = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}"
    text = text.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + data


def npz(**arrays):
    """A stored archive with one date, so that the same arrays are the same bytes."""
    return zipped({f"{k}.npy": v if isinstance(v, bytes) else npy(v) for k, v in arrays.items()})


def zipped(entries, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)
    return file.getvalue()


def lying_entry(name, data, claim):
    """A stored entry (zip64) whose sizes claim more than the file has."""
    extra = struct.pack("<HHQQ", 1, 16, claim, claim)
    fixed = struct.pack(
        "<HHHHHIIIHH", 45, 0, 0, 0, 33, zlib.crc32(data), 2**32 - 1, 2**32 - 1, len(name), len(extra))
    local = b"PK\x03\x04" + fixed + name + extra + data
    central = (b"PK\x01\x02" + struct.pack("<H", 45) + fixed + struct.pack("<HHHII", 0, 0, 0, 0, 0)
               + name + extra)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def events(**changes):
    arrays = dict(
        neuron=np.arange(60, dtype=np.uint32) % 8, bin=np.arange(0, 180, 3).astype(np.uint64),
        count=np.ones(60, np.uint16), neurons=np.int64(8), bins=np.int64(200), dt=np.float64(1),
        network_offsets=np.array([0, 8]), seed=np.uint64(1))
    return npz(**(arrays | changes))


def times(**changes):
    arrays = dict(
        neuron=np.arange(60, dtype=np.uint32) % 8, time=np.arange(60) * 3.1 + 0.5,
        neurons=np.int64(8), start=np.float64(0), stop=np.float64(200))
    return npz(**(arrays | changes))


def networks():
    weights = random.normal(size=(8, 8)).astype(np.float32)
    write("network-npy", "valid-f8.npy", npy(weights.astype(">f8")))
    write("network-npy", "valid-columns.npy", npy(np.asfortranarray(weights)))
    for name, shape in [("giant-by-zero", (HUGE, 0)), ("zero-by-giant", (0, 2**62)),
                        ("overflow", (2**32, 2**32)), ("giant", (2**40, 2**40)),
                        ("one-giant", (2**62,)), ("many", (1,) * 64)]:
        write("network-npy", f"{name}.npy", header(shape, "<f4"))
    write("network-npy", "giant-text.npy", header((2, 2), "<U999999999"))
    write("network-npy", "deep-header.npy", header("(" * 3000 + ")" * 3000, "<f4")[:3200])
    write("network-npz", "valid.npz", npz(w=weights))
    write("network-npz", "valid-deflated.npz", zipped({"w.npy": npy(weights)}, zipfile.ZIP_DEFLATED))
    write("network-npz", "zip64-claim.npz", lying_entry(b"w.npy", header((8, 8), "<f4"), 2**40))
    write("network-npz", "bomb-of-two.npz", zipped({"w.npy": header((2, 2), "<f4", bytes(2**25))},
                                                   zipfile.ZIP_DEFLATED))
    name = "w\x1b[31m\x07\n"
    write("network-npz", "terminal.npz", zipped({f"{name}.npy": npy(weights), "v.npy": npy(weights)}))
    write("network-npz", "shape-of-zero.npz", npz(w=header((0, 2**62), "<f8")))
    table = "\n".join(",".join(f"{x:.3f}" for x in row) for row in weights)
    write("network-text", "valid.csv", table + "\n")
    write("network-text", "valid-blanks.csv", table.replace(",", " \t") + "\r\n")
    write("network-text", "terminal.csv", table.replace(".", "\x1b[2J\x07", 1))
    write("network-text", "long-word.csv", "9" * 20_000)
    write("network-text", "extreme.csv", table.replace(table.split(",")[0], "1e305"))
    write("labels", "valid.txt", "".join(f"n{i}\n" for i in range(8)))
    write("labels", "terminal.txt", "".join(f"n\x1b{i}\n" for i in range(9)))
    delays = np.full((8, 8), 3, np.uint16)
    write("delays", "valid-i8.npy", npy(delays.astype(np.int64)))
    write("delays", "giant-by-zero.npy", header((HUGE, 0), "<u2"))
    write("delays", "negative.npy", npy(-delays.astype(np.int64)))


def arrays():
    write("array", "valid-mask.npy", npy(np.ones(8, bool)))
    write("array", "valid-pairs.npy", npy(np.ones((8, 8), bool)))
    write("array", "valid-signs.npy", npy(np.ones(8, np.int8)))
    write("array", "valid-trials.npy", npy(np.array([[0.0, 100], [150, 300]])))
    write("array", "valid-bins.npy", npy(random.normal(size=300)))
    write("array", "valid-channels.npy", npy(random.normal(size=(2, 300))))
    for name, shape in [("giant-by-zero", (HUGE, 0)), ("zero-by-giant", (0, 2**62)),
                        ("power-by-zero", (2**62, 0)), ("wraps-to-8", (2**61 + 1, 8)),
                        ("wraps-to-0", (2**32, 2**32))]:
        write("array", f"{name}.npy", header(shape))
        write("array", f"{name}-f8.npy", header(shape, "<f8"))
    write("array", "empty.npy", npy(np.zeros(0, np.int8)))
    write("array", "pairs-of-3.npy", npy(np.ones((2, 3), np.int8)))
    write("array", "no-dimension.npy", npy(np.float64(1)))
    write("array", "not-numbers.npy", npy(np.full(300, np.nan)))
    write("array", "extreme.npy", npy(np.full(300, 1e308)))


def spikes():
    counts = (random.random((6, 200)) < 0.1).astype(np.uint8)
    write("counts", "valid.npy", npy(counts))
    write("counts", "valid-i8.npy", npy(counts.astype(np.int64)))
    for name, shape in [("giant-by-zero", (HUGE, 0)), ("zero-by-giant", (0, HUGE)),
                        ("silent-claim", (2**31, 2**31))]:
        write("counts", f"{name}.npy", header(shape, "|u1"))
    write("events", "valid-2.npz", events())
    write("events", "many-neurons.npz", events(neurons=np.int64(2**40), network_offsets=np.array([0, 2**40])))
    write("events", "silent.npz", events(
        neuron=np.zeros(0, np.uint32), bin=np.zeros(0, np.uint64), count=np.zeros(0, np.uint16),
        neurons=np.int64(100_000), network_offsets=np.array([0, 100_000])))
    write("events", "many-bins.npz", events(bins=np.int64(HUGE)))
    write("events", "no-width.npz", events(dt=np.float64(5e-324)))
    write("events", "wide.npz", events(dt=np.float64(1e308)))
    write("events", "giant-columns.npz", events(neuron=header((HUGE, 0), "<u4")))
    zeros = {f"{name}.npy": header((2**21,), kind, bytes(2**21 * size)) for name, kind, size in [
        ("neuron", "<u4", 4), ("bin", "<u8", 8), ("count", "<u2", 2)]}
    rest = {"neurons.npy": npy(np.int64(8)), "bins.npy": npy(np.int64(200)), "dt.npy": npy(1.0),
            "network_offsets.npy": npy(np.array([0, 8]))}
    write("events", "inflates.npz", zipped(zeros | rest, zipfile.ZIP_DEFLATED))
    write("times", "valid.npz", times())
    write("times", "valid-observed.npz", times(
        obs_intervals=np.array([[0.0, 200]] * 8), obs_intervals_index=np.arange(1, 9)))
    write("times", "late.npz", times(time=np.linspace(0, 1e305, 60), stop=np.float64(1e305)))
    write("times", "infinite.npz", times(stop=np.float64(np.inf)))
    write("times", "many-neurons.npz", times(neurons=np.int64(2**31)))
    write("times", "silent.npz", times(
        neuron=np.zeros(0, np.uint32), time=np.zeros(0), neurons=np.int64(100_000)))
    write("checkpoint", "events.npz", events())
    write("checkpoint", "claim.npz", events(
        checkpoint_format=np.int64(1), checkpoint_bin=np.int64(HUGE),
        checkpoint_fingerprint=np.zeros(3, np.uint64), checkpoint_memory=header((2**62,), "|u1"),
        checkpoint_memory_offsets=np.array([0, 2**62])))
    write("fit", "basis-of-giants.npz", fit(history_basis=header((0, 2**62), "<f8")))
    write("fit", "coupling-of-giants.npz", fit(coupling_basis=header((2**62, 0), "<f8")))


def fit(**changes):
    """What looks like a fit of 8 neurons."""
    arrays = dict(
        bias=np.zeros(8), coupling=np.zeros((8, 8, 0)), history=np.zeros((8, 0)),
        stimulus=np.zeros((8, 0)), coupling_basis=np.zeros((1, 0)), history_basis=np.zeros((1, 0)),
        stimulus_basis=np.zeros((1, 0)), coupling_fitted=np.zeros((8, 8), bool),
        log_likelihood=np.zeros(8), bins_used=np.int64(100), dt=np.float64(1),
        converged=np.ones(8, bool), iterations=np.ones(8, np.int64), gradient_norm=np.zeros(8),
        nonlinearity=np.array("exp"), observation=np.array("poisson"))
    return npz(**(arrays | changes))


def texts():
    model = {"format": 2, "model": "BernoulliGLM", "parameters": {"theta": 5, "r": 0.8}}
    write("model", "valid.json", json.dumps(model))
    write("model", "extreme.json", json.dumps(model | {"parameters": {"theta": 1e308, "dt": 5e-324}}))
    basis = "b-spline:4:0:100"
    design = {"bin": 1, "observation": "poisson", "terms": [
        {"term": "History", "basis": "boxcar:2:4"},
        {"term": "Tuning", "of": ["x", "y"], "basis": [basis, basis], "by": "trials.side", "smooth": 1, "order": 2},
        {"term": "Event", "of": "trials.cue_time where side == left", "basis": "identity:3", "from": -5, "scaledBy": "reward"},
        {"term": "Category", "of": "trials.side", "contrast": "sum", "levels": ["left", "right"]},
        {"term": "Product", "of": [{"term": "Boxcar", "of": "blocks"}, {"term": "Drift", "basis": basis}]},
        {"term": "Offset", "of": "exposure"}, {"term": "Stimulus", "of": "sound"}]}
    write("design", "valid.json", json.dumps(design))
    write("design", "terminal.json", json.dumps({"terms": [{"term": "\x1b[31m\x07\nx"}]}))
    write("design", "huge.json", json.dumps({"terms": [
        {"term": "Drift", "basis": f"b-spline:{HUGE}:0:1e308"}, {"term": "Boxcar", "from": -1e308, "to": 1e308}]}))
    nested = {"term": "Boxcar", "of": "a"}
    for _ in range(100):
        nested = {"term": "Product", "of": [nested, {"term": "Boxcar", "of": "b"}]}
    write("design", "deep.json", json.dumps({"terms": [nested]}))
    write("model", "terminal.json", json.dumps(model | {"model": "\x1b[31m\x07\nx"}))
    write("model", "long-name.json", json.dumps(model | {"model": "x" * 20_000}))
    write("model", "deep.json", "[" * 20_000)
    stimuli = {
        "Regular": dict(parameters=dict(strength=5, period=100, duration=10), targets=[3, 7]),
        "Poisson": dict(parameters=dict(strength=5, meanInterval=10, duration=2)),
        "Sinusoid": dict(parameters=dict(amplitude=1, period=10)),
        "PulseTrain": dict(parameters=dict(strength=1, duration=2), times=[1, 5, 9]),
        "Loaded": dict(values=[1, 2, 3]),
    }
    for name, rest in stimuli.items():
        write("stimulus", f"valid-{name}.json", json.dumps({"format": 2, "stimulus": name} | rest))
    regular = {"stimulus": "Regular"} | stimuli["Regular"]
    write("stimulus", "far-target.json", json.dumps(regular | {"targets": [HUGE]}))
    write("stimulus", "device.json", json.dumps(regular | {"targets": "/dev/zero"}))
    write("stimulus", "itself.json", json.dumps(regular | {"targets": "in.json"}))
    write("run", "claim.json", json.dumps(
        {"format": 2, "model": model, "networks": "/dev/zero", "seed": 1, "steps": HUGE}))


def nwb(name, change=None, group="valid", **options):
    path = CORPUS / "nwb" / f"{name}.nwb"
    path.parent.mkdir(parents=True, exist_ok=True)
    with h5py.File(path, "w", **options) as file:
        units = file.create_group("units")
        units["spike_times"] = np.arange(60) * 0.0031
        units["spike_times_index"] = np.array([20, 40, 60])
        position = file.create_group("processing/behavior/position")
        position["data"] = np.linspace(0, 1, 20)
        position["data"].attrs["unit"] = "m"
        position["starting_time"] = 0.0
        position["starting_time"].attrs["rate"] = 100.0
        if change:
            change(file)


def recordings():
    nwb("valid")

    def outside(file):
        del file["units/spike_times"]
        file["units"].create_dataset(
            "spike_times", (2,), "<f8", external=[("/etc/passwd", 0, 16)])

    def link(file):
        file["units/obs_intervals"] = h5py.ExternalLink("/dev/shm/other.h5", "/x")

    def virtual(file):
        layout = h5py.VirtualLayout((60,), "<f8")
        layout[:] = h5py.VirtualSource("/etc/hostname", "x", (60,))
        del file["units/spike_times"]
        file["units"].create_virtual_dataset("spike_times", layout)

    def never_written(file):
        del file["units/spike_times"]
        file["units"].create_dataset("spike_times", (2**31,), "<f8", chunks=(1024,))

    def links(file):
        group = file["processing"]
        for number in range(30):
            group[f"again{number}"] = group

    def deep(file):
        group = file["acquisition"] if "acquisition" in file else file.create_group("acquisition")
        for _ in range(64):
            group = group.create_group("g")

    def terminal(file):
        file.move("processing/behavior/position", "processing/behavior/\x1b[31m\x07\n")

    def late(file):
        file["units/spike_times"][-1] = 1e305

    def index(file):
        file["units/spike_times_index"][...] = [2**62, 3, 60]

    for change in [outside, link, virtual, never_written, links, deep, terminal, late, index]:
        nwb(change.__name__.replace("_", "-"), change)


def matlab():
    """Valid files of versions 5 and 7 and of 7.3, and such as claim much or end early."""
    cells = np.empty((1, 3), object)
    for unit in range(3):
        cells[0, unit] = np.arange(20.0) * 0.0031 + unit
    variables = {"spike_times": cells, "weights": scipy.sparse.csc_matrix(np.eye(8)),
                 "session": {"name": "rat", "rate": 30000.0}}
    files = {}
    for name, is_compressed in [("valid-5", False), ("valid-7", True)]:
        file = io.BytesIO()
        scipy.io.savemat(file, variables, do_compression=is_compressed)
        # The date of the header is no part of the corpus.
        files[name] = b"MATLAB 5.0 MAT-file".ljust(116) + file.getvalue()[116:]
    old = io.BytesIO()
    scipy.io.savemat(old, {"unit": np.arange(5.0), "weights": np.eye(3)}, format="4")
    files["valid-4"] = old.getvalue()
    files["cut"] = files["valid-5"][:-40]
    files["claim"] = files["valid-5"].replace(
        struct.pack("<IIii", 5, 8, 1, 3), struct.pack("<IIii", 5, 8, 2**30, 2**30))
    for name, data in files.items():
        write("matlab", f"{name}.mat", data)
    path = CORPUS / "matlab" / "valid-73.mat"
    with h5py.File(path, "w", userblock_size=512) as file:
        references = file.create_dataset("spike_times", (3, 1), h5py.ref_dtype)
        references.attrs["MATLAB_class"] = np.bytes_("cell")
        for unit in range(3):
            train = file.create_dataset(f"#refs#/{unit}", data=cells[0, unit].reshape(1, -1))
            train.attrs["MATLAB_class"] = np.bytes_("double")
            references[unit, 0] = train.ref
        weights = file.create_group("weights")
        weights.attrs["MATLAB_class"] = np.bytes_("double")
        weights.attrs["MATLAB_sparse"] = np.uint64(8)
        weights["data"], weights["ir"] = np.ones(8), np.arange(8, dtype=np.uint64)
        weights["jc"] = np.arange(9, dtype=np.uint64)
    path.write_bytes(b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM" + path.read_bytes()[128:])


def sparse(**changes):
    """Compressed rows as SciPy writes them, with delays and names."""
    arrays = dict(
        indptr=np.array([0, 2, 2, 3, 3], np.int32), indices=np.array([1, 3, 0], np.int32),
        format=np.array(b"csr"), shape=np.array([4, 4]), data=np.array([0.5, -1.5, 2], np.float32),
        delays=np.array([1, 3, 20], np.uint16), names=np.array(["AVAL", "AVAR", "\x1b[31m", "é"]))
    return npz(**{name: array for name, array in (arrays | changes).items() if array is not None})


def pickled(storage=b"FloatStorage", numbers=(16, 0, 4, 4, 4, 1)):
    """The pickle of a tensor: of elements, offset, shape and strides."""
    count, offset, rows, columns, *strides = (b"\x8a\x08" + struct.pack("<q", n) for n in numbers)
    return (b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\n" + storage
            + b"\nX\x01\0\0\x000X\x03\0\0\0cpu" + count + b"tQ" + offset + rows + columns + b"\x86"
            + strides[0] + strides[1] + b"\x86\x89ccollections\nOrderedDict\n)RtR.")


def tensor(pickle, elements=np.arange(16, dtype=np.float32).tobytes(), method=zipfile.ZIP_STORED):
    entries = {"archive/data.pkl": pickle, "archive/byteorder": b"little",
               "archive/data/0": elements, "archive/version": b"3\n"}
    return zipped(entries, method)


def network_files():
    write("network-sparse", "valid-csr.npz", sparse())
    write("network-sparse", "valid-csc.npz", sparse(format=np.array("csc"), delays=None))
    coordinates = dict(
        format=np.array(b"coo"), indptr=None, indices=None, row=np.array([0, 3, 0], np.int32),
        col=np.array([1, 3, 1], np.int32), delays=None)
    write("network-sparse", "valid-coo.npz", sparse(**coordinates))
    write("network-sparse", "many-neurons.npz", sparse(**coordinates, shape=np.array([10**8] * 2), names=None))
    write("network-sparse", "giant.npz", sparse(shape=np.array([HUGE, HUGE])))
    write("network-sparse", "not-ascending.npz", sparse(indptr=np.array([0, 3, 2, 3, 3])))
    write("network-sparse", "beyond.npz", sparse(indptr=np.array([0, 2, 2, 3, HUGE])))
    write("network-sparse", "no-such-target.npz", sparse(indices=np.array([1, 2**40, 0])))
    write("network-sparse", "no-delay.npz", sparse(delays=np.zeros(3, np.uint16)))
    write("network-sparse", "no-format.npz", sparse(format=np.array([], "S3")))
    write("network-sparse", "bomb.npz", zipped({
        "indices.npy": header((2**22,), "<i4", bytes(2**24)), "data.npy": header((2**22,), "|b1", bytes(2**22)),
        "indptr.npy": npy(np.array([0, 2**22])), "format.npy": npy(np.array("csr")),
        "shape.npy": npy(np.array([1, 1]))}, zipfile.ZIP_DEFLATED))

    write("network-pt", "valid.pt", tensor(pickled()))
    write("network-pt", "valid-part.pt", tensor(pickled(numbers=(16, 1, 3, 3, 1, 4)), method=zipfile.ZIP_DEFLATED))
    write("network-pt", "valid-half.pt", tensor(pickled(b"HalfStorage"), bytes(range(32))))
    for name, numbers in [("giant", (HUGE, 0, HUGE, HUGE, HUGE, 1)), ("expanded", (16, 0, 2**20, 2**20, 0, 0)),
                          ("far", (16, HUGE, 4, 4, 4, 1)), ("backwards", (16, 15, 4, 4, -4, -1)),
                          ("wraps", (16, 0, 4, 4, 2**62, 2**62)), ("nothing", (16, 0, 0, 0, 1, 1))]:
        write("network-pt", f"{name}.pt", tensor(pickled(numbers=numbers)))
    write("network-pt", "evil.pt", tensor(b"\x80\x02cos\nsystem\nX\x10\0\0\0touch executed\n.\x85R."))
    write("network-pt", "nested.pt", tensor(b"\x80\x02)" + b"\x85" * 2_000 + b"."))
    write("network-pt", "marks.pt", tensor(b"\x80\x02" + b"(" * 2_000 + b"t" * 2_000 + b"."))
    write("network-pt", "long-text.pt", tensor(b"\x80\x02X\xff\xff\xff\xffa."))
    write("network-pt", "zip64-claim.pt", lying_entry(b"archive/data/0", bytes(64), 2**40))

    edges = "".join(f'<edge source="n{i}" target="n{(3 * i + 1) % 8}"><data key="w">{i / 2}</data>'
                    f'<data key="d">{i + 1}</data></edge>\n' for i in range(8))
    nodes = "".join(f'<node id="n{i}"><data key="l">A&amp;{i}</data></node>\n' for i in range(8))
    keys = ('<key id="w" for="edge" attr.name="weight" attr.type="double"><default>1</default></key>\n'
            '<key id="d" for="edge" attr.name="delay" attr.type="int"/>\n<key id="l" for="node" attr.name="label"/>\n')
    graph = f'<?xml version="1.0"?>\n<graphml>\n{keys}<graph edgedefault="%s">\n{nodes}{edges}</graph></graphml>\n'
    write("network-graphml", "valid.graphml", graph % "directed")
    write("network-graphml", "valid-both-ways.graphml", graph % "undirected")
    bomb = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
    write("network-graphml", "bomb.graphml", f"<!DOCTYPE graphml [{bomb}]><graphml>&m;</graphml>")
    write("network-graphml", "outside.graphml",
          '<!DOCTYPE g [<!ENTITY x SYSTEM "/dev/zero">]><graphml><graph><node id="&x;"/></graph></graphml>')
    write("network-graphml", "deep.graphml", "<graphml>" + "<a>" * 2_000)
    write("network-graphml", "terminal.graphml", (graph % "directed").replace("n3", "\x1b[2J\x07"))
    write("network-graphml", "open.graphml", "<graphml><graph><node id='")

    names = ["AVAL", "AVAR", "7", "a b"]
    table = ",".join([""] + names) + "\n" + "".join(f"{name},0,1.5,-2,{i}\n" for i, name in enumerate(names))
    write("network-table", "valid-matrix.csv", table)
    write("network-table", "valid-list.csv", "source,target,weight,delay\nAVAL,AVAR,0.5,1\nAVAR,b,-2,20\nb,b,0,1\n")
    write("network-table", "valid-numbers.csv", "0;1;0,5\n1;2;3\n2;0;1e-3\n2;0;1\n0;0;0\n")
    write("network-table", "terminal.csv", "source,target\n\x1b[2J\x07,b\n")
    write("network-table", "quotes.csv", 'source,target\n"a,b\n"""",""\n')
    write("network-table", "large-number.csv", f"0,{2**32 - 1}\n0,{HUGE}\n0,{2**64}\n")
    write("network-table", "delay.csv", "source,target,delay\n0,1,65536\n0,1,nan\n")


def sessions():
    """Archives of sessions and of other programs, and tables of spikes, of trials and series, and of clusters."""
    session = {
        "neuron": np.array([0, 0, 1], "u4"), "time": [1.0, 20, 3], "neurons": 2, "start": 0.0, "stop": 50.0,
        "version": "0.0.0", "units/id": [3, 7], "units/quality": ["good", "mua"],
        "intervals/trials/start": [0.0, 6], "intervals/trials/stop": [5.0, 11],
        "intervals/trials/columns/side": ["left", "right"], "intervals/trials/columns/reward": [0.5, np.nan],
        "events/cue: go": [1.0, 30], "series/acquisition/x/data": np.arange(6.0).reshape(3, 2),
        "series/acquisition/x/start": 0.0, "series/acquisition/x/step": 20.0, "series/acquisition/x/unit": "cm",
        "series/acquisition/y/data": [1.0, 2], "series/acquisition/y/timestamps": [5.0, 7],
    }
    write("session", "valid.npz", npz(**session))
    write("session", "valid-flat.npz", npz(spike_times_ms=[3.0, 1, 2], unit=["b", "a", "b"]))
    write("session", "valid-pynapple.npz", npz(
        t=[0.1, 0.2, 0.9], index=[4, 2, 4], start=[0.0], end=[1.0], type="TsGroup"))
    write("session", "late.npz", npz(**(session | {"intervals/trials/stop": [-5.0, np.inf]})))
    write("session", "step.npz", npz(**(session | {"series/acquisition/x/step": 0.0})))
    write("session", "short.npz", npz(**(session | {"units/id": [3]})))
    write("session", "giant.npz", npz(**(session | {"series/acquisition/x/data": header((2**40, 2**20), "<f8")})))
    write("session", "many-units.npz", npz(times_s=[0.0, 1], unit=[-HUGE, HUGE]))

    write("spike-table", "valid.csv", "time_ms,unit,depth\n1.5,3,2\n2.25,7,\n0.5,3,1\n")
    write("spike-table", "valid-commas.csv", "unit;time (s)\n3;0,0015\nCA1 b;0,00225\n\"a;b\";5e-1\n")
    write("spike-table", "valid-blanks.csv", "1.5 3\n2.25 7\n0.5 3")
    write("spike-table", "terminal.csv", "time_ms,unit\n1,\x1b[2J\x07\n")
    write("spike-table", "numbers.csv", f"time_ms,unit\n1e400,{HUGE}\n{'9' * 400},-{2**64}\nnan,1e300\n")
    write("spike-table", "separators.csv", "time_ms\t\t\n\t\t\n\n#\n\"\n")

    write("session-table", "valid-trials.csv", "start_s,stop_s,side,reward\n0,1.5,left,1\n2,2,right,\n6,9.5,left,3\n")
    write("session-table", "valid-series.csv", "time_ms,x (cm),speed [cm/s],state\n1,10,,run\n4,12.5,-3,run\n")
    write("session-table", "valid-events.csv", "time_ms;cue\n7,5;go\n2;stop\n4;go\n")
    write("session-table", "backwards.csv", "start_ms,stop_ms\n2,1\nnan,inf\n-1e308,1e308\n")
    write("session-table", "names.csv", "time_ms,/,(,x (,[] \x1b[2J\n1,2,3,4,5\n2,3,4,5,6\n")

    write("cluster-table", "valid.tsv", "cluster_id\tgroup\tdepth\n0\tgood\t3\n1\tmua\t\n")
    write("cluster-table", "texts.tsv", "cluster_id\tgroup\nthree\tgood\n")
    write("cluster-table", "twice.tsv", "id\tid\tid\n0\t1\t1e300\n")


if __name__ == "__main__":
    for folder in CORPUS.glob("*"):
        shutil.rmtree(folder)
    for make in [networks, arrays, spikes, texts, recordings, matlab, network_files, sessions]:
        make()
    (CORPUS / "run").mkdir(exist_ok=True)
    size = sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file())
    print(sum(1 for path in CORPUS.rglob("*") if path.is_file()), "files,", size, "bytes")
