"""Twenty independent Poisson trains of some 100 spikes in 200 000 bins: recordings in which nothing is to be found."""
import numpy as np
from golden import source, write

counts = np.random.default_rng(100).poisson(5e-4, (20, 200_000))
neuron, bin_ = np.nonzero(counts)
order = np.lexsort((neuron, bin_))
write("sparse_spikes.json", {
    "source": source("numpy"), "note": "default_rng(100).poisson(5e-4, (20, 200000)): events by bin, dt = 1 ms",
    "bins": counts.shape[1], "neuron": neuron[order].tolist(), "bin": bin_[order].tolist(),
    "count": counts[neuron, bin_][order].tolist()})
