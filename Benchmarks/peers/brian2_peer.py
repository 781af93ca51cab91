"""The BernoulliGLM in Brian2, compiled by it to a C++ program of one thread.

The synaptic trace is exponential and not cut after five bins; the refractory filter is a function
of the time since the neuron's last spike.
"""

import functools
import math
import pathlib
import subprocess
import tempfile

import brian2
import numpy
from brian2 import ms

from timing import measure

EQUATIONS = """
dg/dt = -g / (5*ms) : 1
k = (t - lastspike) / ms - 1 : 1
relative = -30 * exp(-0.5 * (k - 3)) * int(k < 9.5) : 1
probability = 1 / (1 + exp(5 - g - relative)) : 1
"""


def build(weights, bins, folder):
    """Compiles a program that simulates so many bins, and writes it into `folder`."""
    brian2.set_device("cpp_standalone", build_on_run=False)
    brian2.device.reinit()
    brian2.device.activate(build_on_run=False)
    brian2.defaultclock.dt = 1 * ms
    brian2.seed(0)
    # A neuron may fire again four bins after a spike: the absolute part covers k = 0, 1, 2.
    neurons = brian2.NeuronGroup(
        len(weights), EQUATIONS, threshold="rand() < probability", refractory=4 * ms,
        method="exact")
    synapses = brian2.Synapses(neurons, neurons, "w : 1", on_pre="g_post += w")
    sources, targets = weights.nonzero()
    synapses.connect(i=sources, j=targets)
    # The trace decays before it is read: a spike of the previous bin counts in full.
    synapses.w = weights[sources, targets] * math.exp(0.2)
    monitor = brian2.SpikeMonitor(neurons)
    brian2.Network(neurons, synapses, monitor).run(bins * ms)
    brian2.device.build(directory=str(folder), run=False)


def prepare(matrix):
    """A function that simulates the network for so many bins and counts its spikes.

    The first run of a length compiles its program, so that it is never the fastest.
    """
    weights = numpy.load(matrix).astype(float)
    scratch = tempfile.TemporaryDirectory()

    @functools.cache
    def program(bins):
        folder = pathlib.Path(scratch.name) / str(bins)
        build(weights, bins, folder)
        return folder

    def simulate(bins):
        folder = program(bins)
        subprocess.run([folder / "main"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        # The monitor's neuron indices, 32 bits a spike.
        [indices] = (folder / "results").glob("_dynamic_array_spikemonitor_i*")
        return indices.stat().st_size // 4

    return simulate


measure(prepare, brian2.__version__, 1)
