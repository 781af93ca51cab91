"""A folder of networks as Spikeometric keeps them, and the same matrices as NumPy's files.

`ConnectivityGenerator.save(count, folder)` of Spikeometric 1.0.3 calls `torch.save(W0, folder / f"{i}.pt")` for each network: one
tensor, float32 [N, N], W0[i, j] from neuron i to neuron j. `ConnectivityDataset(folder)` reads all `.npy` and `.pt` of the folder.
"""
import shutil
import warnings
from pathlib import Path

import numpy as np
import torch

warnings.simplefilter("ignore")
from spikeometric.datasets import ConnectivityDataset, NormalGenerator  # noqa: E402

FOLDER = Path(__file__).resolve().parent.parent / "spikeometric_networks"
shutil.rmtree(FOLDER, ignore_errors=True)
(FOLDER / "npy").mkdir(parents=True)
torch.manual_seed(14)
generator = NormalGenerator(8, mean=0, std=5, sparsity=0.5, glorot=False, rng=torch.Generator().manual_seed(14))
generator.save(12, FOLDER / "pt")
for file in (FOLDER / "pt").iterdir():
    matrix = torch.load(file, weights_only=True)
    assert matrix.dtype == torch.float32 and matrix.shape == (8, 8)
    np.save(FOLDER / "npy" / f"{file.stem}.npy", matrix.numpy())
assert len(ConnectivityDataset(FOLDER / "pt")) == 12
