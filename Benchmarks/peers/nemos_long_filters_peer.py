"""All units with a long stimulus filter in one fit of NeMoS, its PopulationGLM with L-BFGS, in 64 bits.

    nemos_long_filters_peer.py SPIKES STIMULUS FIT.npz RIDGE
"""

import json
import sys
import time

import jax
import nemos
import numpy

from fit_objective import counts


def filtered(signal, functions, first_lag):
    """A signal through each function of the lags from the first on [bins, count]; 0 before it begins."""
    result = numpy.zeros((len(signal), functions.shape[1]))
    for lag, values in enumerate(functions, start=first_lag):
        result[lag:] += signal[:len(signal) - lag, None] * values
    return result


def main(spikes, stimulus, own, ridge):
    """Fits, and prints the measurements as JSON."""
    jax.config.update("jax_enable_x64", True)
    dense, signal, fit = counts(spikes), numpy.load(stimulus), numpy.load(own)
    start = time.perf_counter()
    # The bins of a bin's own stimulus come first; spikes act from the next bin on.
    columns = [filtered(dense[:, unit], fit["coupling_basis"], 1) for unit in range(dense.shape[1])]
    columns.append(filtered(signal, fit["stimulus_basis_0"], 0))
    lead = len(dense) - int(fit["bins_used"])
    design = numpy.hstack(columns)[lead:]
    made = time.perf_counter()
    model = nemos.glm.PopulationGLM(
        solver_name="LBFGS", regularizer="Ridge", regularizer_strength=float(ridge),
        solver_kwargs={"tol": 1e-5, "maxiter": 10_000})
    model.fit(design, dense[lead:])
    coefficients = numpy.asarray(jax.block_until_ready(model.coef_))
    done = time.perf_counter()
    units = dense.shape[1]
    ours = numpy.vstack([
        fit["coupling"].transpose(0, 2, 1).reshape(-1, units), fit["stimulus"].T])
    print(json.dumps({
        "version": nemos.__version__, "design_seconds": made - start, "fit_seconds": done - made,
        "difference": float(abs(ours - coefficients).max()), "scale": float(abs(ours).max()),
        "converged": bool(model.optim_info_.converged)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
