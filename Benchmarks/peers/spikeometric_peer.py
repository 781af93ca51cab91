"""Spikeometric's BernoulliGLM, one thread, with the published parameters.

With two threads it took over ten times as long once, where other processes were busy.
"""

import importlib.metadata

import numpy
import torch
from spikeometric.models import BernoulliGLM
from torch_geometric.data import Data

from timing import measure


def prepare(matrix):
    """A function that simulates the network for so many bins and counts its spikes."""
    torch.set_num_threads(1)
    weights = torch.from_numpy(numpy.load(matrix))
    edges = weights.nonzero().t()
    network = Data(edge_index=edges, num_nodes=len(weights), W0=weights[edges[0], edges[1]])
    model = BernoulliGLM(
        theta=5.0, dt=1.0, coupling_window=5, alpha=0.2, abs_ref_scale=3, abs_ref_strength=-100.0,
        rel_ref_scale=7, rel_ref_strength=-30.0, beta=0.5, r=1.0,
        rng=torch.Generator().manual_seed(0))
    return lambda bins: int(model.simulate(network, bins, verbose=False).sum())


measure(prepare, importlib.metadata.version("spikeometric"), 1)
