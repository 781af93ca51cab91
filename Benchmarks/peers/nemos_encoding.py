"""What the encoding models in NeMoS share: the recording, its features, one compiled search.

Everything is in NeMoS's default precision, 32 bits; only what judges the fits has 64.
"""

import math
import pathlib
import time

import jax
import nemos
import numpy

BIN, BOX, WINDOW = 10, 100, 20
# L-BFGS ends where a step is shorter than this, and changes the loss by less: NeMoS's default.
TOLERANCE = 1e-4


def clock():
    """Seconds on the wall, and of processors."""
    return numpy.array([time.perf_counter(), time.process_time()])


def timed(work):
    """What `work` computes, and how long it takes on both clocks."""
    start = clock()
    result = jax.block_until_ready(work())
    return result, clock() - start


class Recording:
    """Counts [bins, neurons] of the bins with a whole past, and the features of each neuron."""

    def __init__(self, folder, neurons=None):
        folder = pathlib.Path(folder)
        spikes = numpy.load(folder / "spikes.npz")
        dense = numpy.zeros((int(spikes["stop"]) // BIN, int(spikes["neurons"])))
        numpy.add.at(dense, (spikes["time"].astype(int) // BIN, spikes["neuron"]), 1)
        dense = dense[:, :neurons]
        _, x, y, direction = numpy.loadtxt(
            folder / "behavior.csv", delimiter=",", skiprows=1, unpack=True)

        basis = nemos.basis
        place = basis.BSplineEval(8, bounds=(0, BOX)) * basis.BSplineEval(8, bounds=(0, BOX))
        head = basis.CyclicBSplineEval(12, bounds=(0, 2 * math.pi))
        history = basis.RaisedCosineLogConv(8, window_size=WINDOW)
        shared = (place + head).compute_features(x, y, direction)
        own = history.compute_features(dense)
        self.counts = dense[WINDOW:].astype(numpy.float32)
        self.shared = numpy.asarray(shared)[WINDOW:]
        self.own = numpy.asarray(own)[WINDOW:].reshape(len(self.counts), -1, 8)

    def design(self, neuron):
        """The features of a neuron: 64 of place, 12 of direction, 8 of its own spikes."""
        return numpy.hstack([self.shared, self.own[:, neuron]])


class Search:
    """The search of one strength of the ridge, which its first fit compiles."""

    def __init__(self, ridge):
        self.model = nemos.glm.GLM(
            solver_name="LBFGS", regularizer="Ridge", regularizer_strength=ridge,
            solver_kwargs={"tol": TOLERANCE, "maxiter": 10_000})
        # The first fit, with compilation, and the same search again, each on both clocks.
        self.cold = self.warm = None
        self.all_converged = True

    def __call__(self, design, counts, start=None):
        """The parameters that fit, from those of `start`, and the number of iterations."""
        if self.cold is not None:
            return self._run(design, counts, start)
        given = None if start is None else (start.coef, start.intercept)
        _, self.cold = timed(lambda: self.model.fit(design, counts, given) and self.model.coef_)
        result, self.warm = timed(lambda: self._run(design, counts, start))
        return result

    def _run(self, design, counts, start):
        """The compiled search, by default from where `fit` starts."""
        if start is None:
            kind = type(self.model._get_model_params())
            start = kind(
                jax.numpy.zeros(design.shape[1]), jax.numpy.log(jax.numpy.mean(counts))[None])
        parameters, state, _ = self.model.solver_run(
            start, jax.numpy.asarray(design), jax.numpy.asarray(counts))
        information = self.model._solver.get_optim_info(state)
        self.all_converged &= bool(information.converged)
        return jax.block_until_ready(parameters), int(information.num_steps)
