"""A simulated recording of neurons tuned to place and direction: `spikes.npz` and `behavior.csv`.

    encoding_recording.py FOLDER NEURONS BINS

The animal runs at 20 cm/s in a square box of 100 cm, turns at random and is reflected by the walls.
The drive of a neuron has one place field, one preferred direction and its own spikes of eight bins.
"""

import math
import pathlib
import sys

import numpy

SEED = 1
# Of a bin in ms, of the box in cm; of a step in cm a bin, and of turns in radians a bin.
BIN, BOX, STEP, TURN = 10.0, 100.0, 0.2, 0.08
# By lag: a neuron rests at first, and is then more likely to fire.
OWN_FILTER = numpy.array([-5, -3, -1.5, -0.5, -0.1, 0.2, 0.15, 0.1])
# Between which rates in Hz a neuron fires far from its field, and what field and direction add.
BASE_RATES, FIELD, FIELD_WIDTH, DIRECTION = (1.0, 4.0), 2.0, 15.0, 0.7


def path(bins, generator):
    """Positions [bins, 2] and directions [bins] of the animal."""
    turns = generator.normal(0, TURN, bins)
    positions, directions = numpy.zeros((bins, 2)), numpy.zeros(bins)
    x, y, direction = BOX / 2, BOX / 2, 0.0
    for t in range(bins):
        direction += turns[t]
        x += STEP * math.cos(direction)
        y += STEP * math.sin(direction)
        if not 0 <= x <= BOX:
            x, direction = (-x if x < 0 else 2 * BOX - x), math.pi - direction
        if not 0 <= y <= BOX:
            y, direction = (-y if y < 0 else 2 * BOX - y), -direction
        positions[t], directions[t] = (x, y), direction % (2 * math.pi)
    return positions, directions


def counts(positions, directions, neurons, generator):
    """Poisson counts [bins, neurons] of neurons with random fields and preferred directions."""
    centers = generator.uniform(0.1 * BOX, 0.9 * BOX, (neurons, 2))
    preferred = generator.uniform(0, 2 * math.pi, neurons)
    rates = generator.uniform(*BASE_RATES, neurons)
    distances = ((positions[:, None] - centers)**2).sum(axis=-1)
    drives = (numpy.log(rates) + FIELD * numpy.exp(-distances / (2 * FIELD_WIDTH**2))
              + DIRECTION * numpy.cos(directions[:, None] - preferred))
    result = numpy.zeros(drives.shape, int)
    past = numpy.zeros((len(OWN_FILTER), neurons))
    for t, drive in enumerate(drives):
        result[t] = generator.poisson(numpy.exp(drive + OWN_FILTER @ past) * BIN / 1000)
        past = numpy.vstack([result[t], past[:-1]])
    return result


def write(folder, neurons, bins):
    """Writes the recording, and gives the mean rate in Hz."""
    folder = pathlib.Path(folder)
    generator = numpy.random.default_rng(SEED)
    positions, directions = path(bins, generator)
    dense = counts(positions, directions, neurons, generator)
    spike_bins, spike_neurons = dense.nonzero()
    repeated = dense[spike_bins, spike_neurons]
    spike_bins, spike_neurons = spike_bins.repeat(repeated), spike_neurons.repeat(repeated)
    # Within a bin, all spikes are in its middle, as is the sample of the behaviour.
    numpy.savez(
        folder / "spikes.npz", neuron=spike_neurons.astype(numpy.uint32),
        time=(spike_bins + 0.5) * BIN, neurons=numpy.int64(neurons), start=0.0, stop=bins * BIN)
    times = (numpy.arange(bins) + 0.5) * BIN
    numpy.savetxt(
        folder / "behavior.csv", numpy.column_stack([times, positions, directions]),
        fmt=["%.1f", "%.6f", "%.6f", "%.6f"], delimiter=",", header="time_ms,x,y,direction",
        comments="")
    return dense.mean() / BIN * 1000


if __name__ == "__main__":
    print(f"{write(sys.argv[1], *map(int, sys.argv[2:])):.2f} Hz")
