"""The objective of a fit in NumPy alone, by which the coefficients of all programs are judged.

For neuron i, over the bins t that are scored,

    f_i = mean_t [exp(d_ti) − n_ti d_ti] + λ/2 Σ w_i²,   d_ti = b_i + Σ_j w_ji x_tj

with counts n and features x; the baseline b is not penalised.
"""

import numpy


def counts(path):
    """The counts of a file of events [bins, neurons]."""
    events = numpy.load(path)
    dense = numpy.zeros((int(events["bins"]), int(events["neurons"])))
    dense[events["bin"].astype(int), events["neuron"]] = events["count"]
    return dense


def features(dense, functions):
    """The spikes of each neuron through each function [lags, count]: x_t has lags t − 1, t − 2, …

    Columns are those of neuron 0, then those of neuron 1, and so on. The first bins, whose past is
    not known, are left out.
    """
    window, bins = len(functions), len(dense)
    result = numpy.zeros((bins - window, dense.shape[1], functions.shape[1]))
    for lag, values in enumerate(functions, start=1):
        result += dense[window - lag:bins - lag, :, None] * values
    return result.reshape(bins - window, -1)


def evaluate(design, dense, weights, baselines, ridge):
    """The objective of each neuron, and the length of its gradient.

    `weights` is [features, neurons]; `dense` has the bins of `design`.
    """
    drives = design @ weights + baselines
    rates = numpy.exp(drives)
    objective = (rates - dense * drives).mean(axis=0) + ridge / 2 * (weights**2).sum(axis=0)
    residuals = (rates - dense) / len(dense)
    gradient = numpy.vstack([residuals.sum(axis=0), design.T @ residuals + ridge * weights])
    return objective, numpy.linalg.norm(gradient, axis=0)
