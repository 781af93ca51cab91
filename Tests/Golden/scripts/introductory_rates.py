"""The peer's introductory example: rates and intervals of stimulated and of the other neurons in three networks."""
import numpy as np
import torch
from spikeometric.datasets import NormalGenerator
from spikeometric.models import BernoulliGLM
from spikeometric.stimulus import RegularStimulus
from torch_geometric.loader import DataLoader
from golden import source, write

NETWORKS, N, STEPS, PERIOD, PULSE, STRENGTH, TARGETS = 3, 50, 20_000, 100, 10, 5.0, 4
SEED = 20240607

torch.set_num_threads(1)
torch.manual_seed(SEED)  # the generator's sparsity and randperm take torch's global seed
rng = torch.Generator().manual_seed(SEED + 1)
networks = NormalGenerator(N, mean=0, std=5, glorot=True, rng=rng).generate(NETWORKS)
masks = []
for _ in networks:
    mask = torch.zeros(N, dtype=torch.bool)
    mask[torch.randperm(N // 2)[:TARGETS]] = True
    masks.append(mask)

model = BernoulliGLM(theta=5.0, dt=1.0, coupling_window=5, alpha=0.2, abs_ref_scale=3, abs_ref_strength=-100.0,
                     rel_ref_scale=7, rel_ref_strength=-30.0, beta=0.5, r=1.0, rng=rng)
model.add_stimulus(RegularStimulus(strength=STRENGTH, period=PERIOD, tau=PULSE, stop=STEPS,
                                   stimulus_masks=masks, batch_size=NETWORKS))
batch = next(iter(DataLoader(networks, batch_size=NETWORKS, shuffle=False)))
assert batch.num_nodes == NETWORKS * N
with torch.no_grad():
    x = model.simulate(batch, n_steps=STEPS, verbose=False).numpy().reshape(NETWORKS, N, STEPS)

pulse = np.arange(STEPS) % PERIOD < PULSE
by_network, pooled = [], {"stimulated": [], "others": []}
for spikes, mask in zip(x, masks):
    row = {"targets": torch.nonzero(mask).ravel().tolist()}
    for name, chosen in [("stimulated", mask.numpy()), ("others", ~mask.numpy())]:
        s = spikes[chosen]
        intervals = np.concatenate([np.diff(np.flatnonzero(neuron)) for neuron in s])
        pooled[name].append(intervals)
        row[name] = {"rate": 1000 * float(s.mean()), "pulseRate": 1000 * float(s[:, pulse].mean()),
                     "rateOutsidePulse": 1000 * float(s[:, ~pulse].mean()), "meanInterval": float(intervals.mean()),
                     "intervals": int(intervals.size)}
    row["rate"] = 1000 * float(spikes.mean())
    by_network.append(row)

groups = {}
for name, intervals in pooled.items():
    groups[name] = {"meanIntervalPooled": float(np.concatenate(intervals).mean())}
    for key in ["rate", "pulseRate", "rateOutsidePulse", "meanInterval"]:
        values = np.array([row[name][key] for row in by_network])
        groups[name][key] = {"mean": float(values.mean()), "sd": float(values.std(ddof=1))}

write("introductory_rates.json", {
    "source": source("spikeometric", "torch", "torch_geometric", "numpy"),
    "note": "One run of three networks: rates in Hz, intervals in ms; sd from network to network (ddof 1). "
            "meanIntervalPooled pools the intervals of all networks. Pulse: t mod period < duration. The peer starts its "
            "100 equilibration steps with half of the neurons firing at once; that is past in the recording.",
    "networks": NETWORKS, "neurons": N, "steps": STEPS, "targets": TARGETS,
    "stimulus": {"strength": STRENGTH, "period": PERIOD, "duration": PULSE, "stop": STEPS},
    "knownOnFortyNetworks": {"stimulated": 16.5, "others": 7.44},
    "stimulated": groups["stimulated"], "others": groups["others"], "byNetwork": by_network,
})
