"""How often `spiking fit --standard-errors` finds couplings that are not there, and how often its intervals hold the truth:
the table of Docs/Fitting.md. Recordings of 20 neurons, simulated bin by bin in numpy.

    python3 Benchmarks/levels.py .build/release/spiking [recordings]"""
import subprocess
import sys
import tempfile

import numpy as np

NEURONS, WINDOW = 20, 20
spiking, recordings = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3


def raised_cosine_log(count, window, stretch=50.0):
    y = np.log(stretch * np.arange(window) / (window - 1) + 1) / np.log(stretch + 1)
    peaks = np.linspace(0, 1 - 2 / (count + 1), count)
    return 0.5 * (1 + np.cos(np.clip(np.pi * (y[:, None] - peaks) / (2 * (peaks[1] - peaks[0])), -np.pi, np.pi)))


BASIS = raised_cosine_log(5, WINDOW)


def edge(rate):
    """The weights of a coupling: at high rates small enough for networks not to run away."""
    return np.array([0.5, 1.0, 1.0, 0.0, 0.0]) * min(1, 4e-3 / rate)


def simulate(rng, emission, rate, bins, edges):
    """Counts [neurons, bins] of spikes at about `rate` a bin, and which neuron acts on which."""
    if not edges and emission == "poisson":
        return rng.poisson(rate, (NEURONS, bins)).astype(np.uint8), np.zeros((NEURONS, NEURONS), dtype=bool)
    connected = (rng.random((NEURONS, NEURONS)) < edges) & ~np.eye(NEURONS, dtype=bool)
    taps = (BASIS @ edge(rate))[:, None]
    drive = np.zeros((bins + WINDOW, NEURONS))
    counts = np.zeros((NEURONS, bins), dtype=np.uint8)
    chance = rng.random((bins, NEURONS)) if emission == "bernoulli" else None
    baseline = np.log(rate) if emission == "poisson" else np.log(rate / (1 - rate))
    for t in range(bins):
        g = baseline + drive[t]
        count = rng.poisson(np.exp(g)) if emission == "poisson" else chance[t] < 1 / (1 + np.exp(-g))
        counts[:, t] = count
        if edges and count.any():
            drive[t + 1:t + 1 + WINDOW] += taps * (count @ connected)
    return counts, connected


def discoveries(p, q=0.05):
    order = np.argsort(p)
    passed = np.flatnonzero(p[order] <= q * np.arange(1, len(p) + 1) / len(p))
    found = np.zeros(len(p), dtype=bool)
    if len(passed):
        found[order[:passed[-1] + 1]] = True
    return found


def measure(emission, rate, bins, edges, ridge):
    rng = np.random.default_rng(int(1e6 * rate) + bins + int(100 * edges) + (emission == "bernoulli"))
    off = ~np.eye(NEURONS, dtype=bool)
    p, truth, wrong, found, power, hits, known, spikes = [], [], [], [], [], 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(recordings):
            counts, connected = simulate(rng, emission, rate, bins, edges)
            np.save(f"{folder}/spikes.npy", counts)
            spikes.append(counts.sum() / NEURONS)
            subprocess.run([spiking, "fit", f"{folder}/spikes.npy", "--observation", emission, "--standard-errors",
                            "--ridge", str(ridge), "--quiet", "--output", f"{folder}/fit.npz"], check=True)
            fit = np.load(f"{folder}/fit.npz")
            errors = fit["coupling_se"][off]
            inside = np.abs(fit["coupling"] - connected[:, :, None] * edge(rate))[off] <= 1.96 * errors
            finite = np.isfinite(errors)
            hits, known = hits + (inside & finite).sum(), known + finite.sum()
            if ridge:
                continue
            values, is_edge = fit["coupling_p"][off], connected[off]
            p.append(values[~is_edge])
            hit = discoveries(values)
            found.append(hit.sum())
            wrong.append((hit & ~is_edge).sum())
            power.append((hit & is_edge).sum() / max(is_edge.sum(), 1))
    row = [emission, f"{1000 * rate:g}", f"{bins // 1000}", f"{100 * edges:g} %", f"{ridge:g}" if ridge else "–", f"{np.mean(spikes):.0f}"]
    if ridge:
        row += ["–"] * 5
    else:
        p = np.concatenate(p)
        row += [f"{(p < level).mean():.2g}" for level in (0.05, 0.01, 0.001)]
        row += [f"{sum(wrong)} of {sum(found)}", f"{np.mean(power):.2f}" if edges else "–"]
    print("| " + " | ".join(row + [f"{100 * hits / max(known, 1):.1f} %"]) + " |", flush=True)


print("| emission | Hz | s | edges | ridge | spikes | p < 0.05 | p < 0.01 | p < 0.001 | false of found | power | intervals |")
print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
for emission in ("poisson", "bernoulli"):
    for edges in (0, 0.1):
        for rate, bins in ((5e-4, 200_000), (2e-3, 200_000), (2e-2, 50_000)):
            measure(emission, rate, bins, edges, 0)
    measure(emission, 2e-2, 50_000, 0.1, 1e-6)
    measure(emission, 2e-2, 50_000, 0.1, 1e-4)
