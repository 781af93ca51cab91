"""Stimuli: Spikeometric where it is right (bins of 1 ms, starts at 0), numpy for the sum of filtered channels."""
import tempfile

import numpy as np
import torch
from golden import source, write
from spikeometric.stimulus import LoadedStimulus, RegularStimulus, SinStimulus

BINS = 60
mask = torch.ones(1, dtype=torch.bool)
times = torch.arange(BINS)


def values(stimulus):
    return [float(stimulus(t)[0]) for t in times]


sinusoid = {"amplitude": 1.5, "period": 17.0, "phase": 0.7, "baseline": -0.25, "duration": 45}
regular = {"strength": 2.5, "period": 13, "duration": 4, "stop": 50}
peer = RegularStimulus(regular["strength"], regular["period"], regular["duration"], regular["stop"], mask)

rng = np.random.default_rng(20240701)
loaded = rng.normal(size=(2, 3, 5)).astype(np.float32)  # [networks, neurons, bins]
with tempfile.TemporaryDirectory() as folder:
    torch.save(torch.tensor(loaded.transpose(1, 2, 0).copy()), f"{folder}/stimulus.pt")
    peer_loaded = LoadedStimulus(f"{folder}/stimulus.pt", batch_size=1)
seen = []
for network in range(2):
    peer_loaded.set_batch(network)
    seen.append([[float(v) for v in peer_loaded(t)] for t in range(7)])

signal = rng.normal(size=(3, 20)).round(3)
filters = [rng.normal(size=n).round(3) for n in (1, 4, 7)]
drive = np.zeros(26)
for s, h in zip(signal, filters):
    drive[:len(s) + len(h) - 1] += np.convolve(s, h)

write("stimuli.json", {
    "source": source("spikeometric", "torch", "numpy"),
    "note": "Drives of bins of 1 ms. sinusoid and regular: single precision (1e-6); loaded: values[network][neuron][bin], "
            "drives[network][bin][neuron]; filtered: numpy.convolve, summed over channels (1e-12).",
    "sinusoid": sinusoid | {"drive": values(SinStimulus(stimulus_masks=mask, **sinusoid))},
    "regular": regular | {"drive": values(peer)},
    "loaded": {"values": [[[float(v) for v in row] for row in network] for network in loaded], "drives": seen},
    "filtered": {"signal": signal.tolist(), "filters": [h.tolist() for h in filters], "drive": drive.tolist()},
})
