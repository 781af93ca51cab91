"""All neurons in one fit of NeMoS, its PopulationGLM with L-BFGS, in 64 bits.

    nemos_peer.py SPIKES RIDGE                  one fit, for the time and memory of the process
    nemos_peer.py SPIKES RIDGE FIT.npz REPEATS  also warm fits, and how good both programs' fits are

Its loss is the sum over neurons of the mean over bins, and its penalty λ/2 Σ w² is added to that
once, so that it is the sum of the objectives of the neurons.
"""

import json
import sys
import time

import jax
import nemos
import numpy

from fit_objective import counts, evaluate, features

# L-BFGS ends where a step is shorter than this, and changes the loss by less. With 1e-4, NeMoS's
# default, the gradient of each neuron came out below 1e-7 on these data.
TOLERANCE = 1e-4
COUNT, WINDOW = 5, 20


def timed(work):
    """What `work` computes, and the seconds that it takes."""
    start = time.perf_counter()
    result = jax.block_until_ready(work())
    return result, time.perf_counter() - start


def compare(own, dense, design, model, ridge):
    """Objective and gradient of both fits, and by how much bases and features differ."""
    functions = own["coupling_basis"]
    reference = features(dense, functions)
    _, basis = nemos.basis.RaisedCosineLogConv(COUNT, window_size=WINDOW).evaluate_on_grid(WINDOW)
    neurons = dense.shape[1]
    # Ours are [presynaptic, postsynaptic, function].
    weights = own["coupling"].transpose(0, 2, 1).reshape(neurons * COUNT, neurons)
    fits = {"swift-spiking": (weights, own["baseline"]),
            "nemos": (numpy.asarray(model.coef_), numpy.asarray(model.intercept_))}
    report = {"basis_difference": float(abs(functions - basis).max()),
              "feature_difference": float(abs(reference - design).max())}
    objectives = {}
    for name, (weights, baselines) in fits.items():
        objectives[name], gradients = evaluate(reference, dense[WINDOW:], weights, baselines, ridge)
        report[name] = {"objective": float(objectives[name].mean()),
                        "gradient": float(gradients.max())}
    report["excess"] = float((objectives["swift-spiking"] - objectives["nemos"]).max())
    return report


def main(spikes, ridge, own=None, repeats=0):
    """Fits, and prints the measurements as JSON."""
    jax.config.update("jax_enable_x64", True)
    ridge = float(ridge)
    dense = counts(spikes)
    basis = nemos.basis.RaisedCosineLogConv(COUNT, window_size=WINDOW)
    # The first bins have no whole past; the program fitted here leaves them out, too.
    design, making = timed(lambda: basis.compute_features(dense)[WINDOW:])
    scored = jax.numpy.asarray(dense[WINDOW:])
    model = nemos.glm.PopulationGLM(
        solver_name="LBFGS", regularizer="Ridge", regularizer_strength=ridge,
        solver_kwargs={"tol": TOLERANCE, "maxiter": 10_000})
    _, cold = timed(lambda: model.fit(design, scored) and model.coef_)
    report = {"version": nemos.__version__, "tolerance": TOLERANCE, "design_seconds": making,
              "cold_seconds": cold, "iterations": model.optim_info_.num_steps,
              "converged": model.optim_info_.converged}
    if own is not None:
        # A second `fit` makes a new solver and compiles it again; the compiled one from the same
        # start (weights of 0, the logarithm of the mean count) is the search alone.
        _, report["again_seconds"] = timed(lambda: model.fit(design, scored) and model.coef_)
        zero = jax.tree_util.tree_map(jax.numpy.zeros_like, model._get_model_params())
        start = type(zero)(zero.coef, jax.numpy.log(scored.mean(axis=0)))
        report["warm_seconds"] = min(
            timed(lambda: model.solver_run(start, design, scored)[0])[1]
            for _ in range(int(repeats)))
        report["quality"] = compare(
            numpy.load(own), dense, numpy.asarray(design), model, ridge)
    print(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
