"""NEST's pp_psc_delta, one thread, with the published parameters of the BernoulliGLM.

Its rate is exponential, 1000 e^(V − 5) Hz, as the sigmoid is for small rates; its synaptic trace is
not cut after five bins; dead time and adaptation are the two parts of the refractory filter.
"""

import math

import nest
import numpy

from timing import measure

NEURON = {
    "tau_m": 5.0, "with_reset": False,
    "c_1": 0.0, "c_2": 1000 * math.exp(-5), "c_3": 1.0,
    "dead_time": 3.0, "dead_time_random": False,
    # −30 e^(−0.5 (k − 3)) from bin k = 3 on: the jump at the spike is that of k = 0.
    "tau_sfa": [2.0], "q_sfa": [30 * math.exp(1.5)],
}


def prepare(matrix):
    """A function that simulates the network for so many bins and counts its spikes."""
    weights = numpy.load(matrix).astype(float)
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.set(resolution=1.0, local_num_threads=1, rng_seed=1)
    neurons = nest.Create("pp_psc_delta", len(weights), NEURON)
    recorder = nest.Create("spike_recorder")
    first = neurons[0].global_id
    sources, targets = weights.nonzero()
    nest.Connect(
        sources + first, targets + first, "one_to_one",
        {"weight": weights[sources, targets], "delay": numpy.ones(len(sources))})
    nest.Connect(neurons, recorder)
    nest.Simulate(100.0)

    def simulate(bins):
        recorder.n_events = 0
        nest.Simulate(float(bins))
        return recorder.n_events

    return simulate


measure(prepare, nest.__version__, 1)
