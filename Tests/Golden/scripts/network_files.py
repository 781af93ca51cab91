"""Small files of one network as SciPy, PyTorch and networkx write them; expected.json has its matrix and its names."""
import json
import pickle
import os
import zipfile
from pathlib import Path

import networkx as nx
import numpy as np
import scipy
import scipy.sparse as sparse
import torch

FOLDER = Path(__file__).resolve().parent.parent / "network_files"
FOLDER.mkdir(exist_ok=True)
for old in FOLDER.rglob("*.*"):
    old.unlink()

random = np.random.default_rng(14)
COUNT = 9
# Eighths are exact in 16 bits; neuron 8 is isolated, and one synapse leads from a neuron to itself.
weights = np.where(random.random((COUNT, COUNT)) < 0.4, random.integers(-40, 40, (COUNT, COUNT)), 0) / 8
weights[8], weights[:, 8], weights[2, 2] = 0, 0, 1.5
weights = weights.astype(np.float32)
names = ["AVAL", "AVAR", "é", "a,b", 'say "x"', "K<1>&2", "7", "PVC L", "alone"]
delays = np.where(weights != 0, 1 + np.arange(COUNT * COUNT).reshape(COUNT, COUNT) % 5, 0)
expected = {
    "source": f"scipy {scipy.__version__}, torch {torch.__version__.split('+')[0]}, networkx {nx.__version__}",
    "weights": weights.ravel().tolist(), "names": names, "delays": delays.ravel().tolist(), "neurons": COUNT}
(FOLDER / "expected.json").write_text(json.dumps(expected) + "\n")

# SciPy: three formats, matrices and arrays, compressed or not, other types; indices that are not sorted, and some twice.
csr = sparse.csr_matrix(weights)
sparse.save_npz(FOLDER / "csr.npz", csr)
sparse.save_npz(FOLDER / "csc.npz", sparse.csc_matrix(weights), compressed=False)
sparse.save_npz(FOLDER / "coo.npz", sparse.coo_matrix(weights))
sparse.save_npz(FOLDER / "array.npz", sparse.csr_array(weights), compressed=False)
wide = csr.astype(np.float64)
wide.indices, wide.indptr = wide.indices.astype(np.int64), wide.indptr.astype(np.int64)
sparse.save_npz(FOLDER / "wide.npz", wide)
unsorted = csr.copy()
for row in range(COUNT):
    part = slice(unsorted.indptr[row], unsorted.indptr[row + 1])
    unsorted.indices[part] = unsorted.indices[part][::-1].copy()
    unsorted.data[part] = unsorted.data[part][::-1].copy()
unsorted.has_sorted_indices = False
sparse.save_npz(FOLDER / "unsorted.npz", unsorted, compressed=False)
coo = sparse.coo_matrix(weights)
twice = sparse.coo_matrix(
    (np.concatenate([coo.data / 2, coo.data / 2, [0]]),
     (np.concatenate([coo.row, coo.row, [8]]), np.concatenate([coo.col, coo.col, [8]]))), coo.shape)
assert (twice.toarray() == weights).all()
sparse.save_npz(FOLDER / "twice.npz", twice)
sparse.save_npz(FOLDER / "counts.npz", sparse.csr_matrix((weights * 8).astype(np.int16)))
sparse.save_npz(FOLDER / "mask.npz", sparse.csr_matrix(weights != 0))
sparse.save_npz(FOLDER / "bsr.npz", sparse.bsr_matrix(weights, blocksize=(3, 3)))

# PyTorch: types, a transposed view, a parameter, part of a storage; what is no matrix, or no tensor.
tensor = torch.from_numpy(weights)
for name in ["float32", "float64", "float16", "bfloat16"]:
    torch.save(tensor.to(getattr(torch, name)), FOLDER / f"{name}.pt")
for name in ["int8", "int16", "int32", "int64", "bool"]:
    torch.save((tensor * 8).to(getattr(torch, name)), FOLDER / f"{name}.pt")
for name in ["uint8", "uint16", "uint32", "uint64"]:
    torch.save((tensor * 8).abs().to(torch.int64).to(getattr(torch, name)), FOLDER / f"{name}.pt")
torch.save(tensor.t().contiguous().t(), FOLDER / "transposed.pt")
torch.save(torch.nn.Parameter(tensor), FOLDER / "parameter.pt")
larger = torch.zeros(COUNT + 3, COUNT + 4)
larger[2:2 + COUNT, 3:3 + COUNT] = tensor
torch.save(larger[2:2 + COUNT, 3:3 + COUNT], FOLDER / "part.pt")
torch.save(tensor[:3], FOLDER / "rows.pt")
torch.save({"W": tensor}, FOLDER / "dictionary.pt")
torch.save(tensor.to_sparse(), FOLDER / "sparse.pt")
torch.save(torch.ones(1).expand(4000, 4000), FOLDER / "expanded.pt")
torch.save(tensor, FOLDER / "legacy.pt", _use_new_zipfile_serialization=False)


class Evil:
    def __reduce__(self):
        return os.system, ("touch executed",)


for protocol in [2, 4]:
    with zipfile.ZipFile(FOLDER / f"evil{protocol}.pt", "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(Evil(), protocol=protocol))
        archive.writestr("archive/data/0", bytes(4))

# networkx: with names, with numbers, without direction; lists of edges.
graph = nx.DiGraph()
graph.add_nodes_from(names)
for source, target in zip(*np.nonzero(weights)):
    graph.add_edge(
        names[source], names[target], weight=float(weights[source, target]), delay=int(delays[source, target]))
nx.write_graphml(graph, FOLDER / "named.graphml")
numbered = nx.relabel_nodes(graph, {name: number for number, name in enumerate(names)})
nx.write_graphml(numbered, FOLDER / "numbered.graphml")
both = nx.Graph()
both.add_nodes_from(range(3))
both.add_edge(0, 1, weight=2.5)
both.add_edge(2, 2, weight=4.0)
nx.write_graphml(both, FOLDER / "both_ways.graphml")
assert (nx.to_numpy_array(both) == [[0, 2.5, 0], [2.5, 0, 0], [0, 0, 4]]).all()
nx.write_weighted_edgelist(nx.convert_node_labels_to_integers(graph), FOLDER / "edges.txt")

print(f"{len(list(FOLDER.iterdir()))} files, {sum(f.stat().st_size for f in FOLDER.iterdir())} bytes")
