"""Encoding models of all neurons in NeMoS: place, direction and own history, in 32 bits.

    nemos_encoding_peer.py FOLDER FIT.npz RIDGE

Each neuron has its own history, and a fit of its own; the search is compiled for the first, and runs
for all others. One PopulationGLM with a mask of features goes through the histories of all neurons
for each neuron: 50 neurons took it about twice as long, and 1.7 GB instead of 1.0. In 32 bits NeMoS's
BFGS left a gradient of 2e-4, L-BFGS one of 6e-7.
"""

import json
import resource
import sys

import nemos
import numpy

from fit_objective import evaluate
from nemos_encoding import BIN, TOLERANCE, Recording, Search, timed

# How many neurons are also fitted by a `fit` each, as a script would that knows nothing more.
SEPARATE = 3


def judge(recording, fits, ridge):
    """Objective and gradient of all neurons, in 64 bits, for each program's (weights, baselines)."""
    report, objectives = {}, {}
    for name, (weights, baselines) in fits.items():
        results = [
            evaluate(recording.design(neuron).astype(float),
                     recording.counts[:, [neuron]].astype(float),
                     weights[neuron][:, None], baselines[neuron], ridge)
            for neuron in range(len(weights))]
        objectives[name] = numpy.array([objective[0] for objective, _ in results])
        report[name] = {"objective": objectives[name].mean(),
                        "gradient": max(gradient[0] for _, gradient in results)}
    excess = objectives["nemos"] - objectives["swift-spiking"]
    (ours, _), (theirs, _) = fits["swift-spiking"], fits["nemos"]
    return {**report, "largest_excess_of_nemos": excess.max(),
            "largest_excess_of_ours": -excess.min(),
            "difference": abs(ours - theirs).max(), "scale": abs(ours).max()}


def main(folder, own, ridge):
    """Fits, and prints the measurements as JSON."""
    ridge = float(ridge)
    recording, making = timed(lambda: Recording(folder))
    neurons = range(recording.counts.shape[1])
    search = Search(ridge)
    results, elapsed = timed(lambda: [
        search(recording.design(neuron), recording.counts[:, neuron]) for neuron in neurons])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6

    some = neurons[:SEPARATE]
    _, separate = timed(lambda: [
        Search(ridge).model.fit(recording.design(neuron), recording.counts[:, neuron]).coef_
        for neuron in some])

    fit = numpy.load(own)
    # Rates here are per ms, those of NeMoS per bin.
    ours = (numpy.hstack([fit["term_x_y"], fit["term_direction"], fit["history"]]),
            fit["baseline"] + numpy.log(BIN))
    theirs = (numpy.array([parameters.coef for parameters, _ in results], float),
              numpy.array([parameters.intercept[0] for parameters, _ in results], float))
    steps = [count for _, count in results]
    print(json.dumps({
        "version": nemos.__version__, "tolerance": TOLERANCE, "peak_mb": peak,
        "features": list(making), "compiled_before": list(elapsed - search.cold),
        "with_compilation": list(elapsed - search.warm),
        "separate_fits": list(separate * len(neurons) / len(some)), "separate": len(some),
        "iterations": [min(steps), max(steps)], "converged": search.all_converged,
        "quality": judge(recording, {"swift-spiking": ours, "nemos": theirs}, ridge)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
