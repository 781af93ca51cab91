"""Cross-validation of the ridge of encoding models in NeMoS, in 32 bits.

    nemos_cross_validation_peer.py FOLDER FIT.npz RIDGE NEURONS

For the first neurons, over the strengths and folds of FIT.npz: each search starts where the one of
the strength before ended, and is compiled once a strength. From the strongest to the weakest they
take fewer iterations than the other way, or each from the beginning. The strength under which held-out
bins are most likely is then fitted to all bins.
"""

import functools
import json
import sys

import jax
import nemos
import numpy

from nemos_encoding import TOLERANCE, Recording, Search, timed


@jax.jit
def log_likelihood(parameters, design, counts):
    """The mean over bins, in nats."""
    drives = design @ parameters.coef + parameters.intercept
    return (counts * drives - jax.numpy.exp(drives)
            - jax.scipy.special.gammaln(counts + 1)).mean()


def cross_validate(recording, strengths, folds):
    """Held-out log-likelihoods [neurons, strengths, folds], final fits, and the searches."""
    bins, neurons = recording.counts.shape
    edges = [bins * fold // folds for fold in range(folds + 1)]
    designs = [recording.design(neuron) for neuron in range(neurons)]
    scores = numpy.zeros((neurons, len(strengths), folds))
    searches = [Search(strength) for strength in strengths]
    for neuron, design in enumerate(designs):
        counts = recording.counts[:, neuron]
        for fold in range(folds):
            held_out = slice(edges[fold], edges[fold + 1])
            training = numpy.delete(design, held_out, axis=0), numpy.delete(counts, held_out)
            parameters = None
            for index, search in enumerate(searches):
                parameters, _ = search(*training, parameters)
                scores[neuron, index, fold] = log_likelihood(
                    parameters, design[held_out], counts[held_out])

    whole = functools.cache(Search)
    for neuron, design in enumerate(designs):
        best = strengths[scores[neuron].sum(axis=-1).argmax()]
        whole(best)(design, recording.counts[:, neuron])
        searches += [] if whole(best) in searches else [whole(best)]
    return scores, searches


def main(folder, own, ridge, neurons):
    """Cross-validates, and prints the measurements as JSON."""
    neurons, fit = int(neurons), numpy.load(own)
    recording, making = timed(lambda: Recording(folder, neurons))
    strengths = [float(ridge) * factor for factor in fit["cv_factors"]]
    ours = fit["cv_log_likelihood"][:neurons]
    (scores, searches), elapsed = timed(
        lambda: cross_validate(recording, strengths, ours.shape[-1]))
    # Of each search the first fit was done twice.
    cold, warm = (sum(getattr(search, name) for search in searches) for name in ("cold", "warm"))
    best = scores.sum(axis=-1).argmax(axis=-1)
    differences = abs(scores - ours)
    print(json.dumps({
        "version": nemos.__version__, "tolerance": TOLERANCE, "neurons": neurons,
        "features": list(making), "compiled_before": list(elapsed - cold),
        "with_compilation": list(elapsed - warm), "compilations": len(searches),
        "converged": all(search.all_converged for search in searches),
        "score_difference": differences.max(), "score_scale": abs(ours).max(),
        "best_difference": differences[numpy.arange(neurons), best].max(),
        "same_choice": int((fit["cv_factors"][best] == fit["cv_chosen"][:neurons]).sum())}))


if __name__ == "__main__":
    main(*sys.argv[1:])
