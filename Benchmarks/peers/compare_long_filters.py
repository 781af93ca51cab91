"""Times a fit with a long stimulus filter in swift-spiking and in NeMoS, and prints one table.

    python3 compare_long_filters.py path/to/spiking

A recording of 25 units and 329 101 bins, twelve functions of a stimulus over 500 bins, six of every unit's
spikes over 100. NeMoS is given the bins of the same features; the coefficients are compared.
"""

import pathlib
import re
import sys
import tempfile

import numpy

from peers import HERE, Absent, Peer, announce, last_line, run, run_measured, save

RECIPE = [["nemos==0.2.8"]]
NEURONS, BINS, RIDGE = 25, 329_101, 1e-5


def simulate(spiking, folder):
    """Writes the spikes and the stimulus, and gives their paths."""
    run(spiking, "generate", "normal", "--neurons", NEURONS, "--seed", 0, "--quiet",
        "--set", "std=5", "--set", "glorot=true", "--set", "sparsity=0.75",
        "--output", folder / "networks")
    spikes, stimulus = folder / "spikes.npz", folder / "stimulus.npy"
    run(spiking, "simulate", "--model", "PoissonGLM", "--set", "b=0", "--set", "r=0.2",
        "--networks", folder / "networks" / "0.npy", "--steps", BINS, "--seed", 0, "--quiet",
        "--output", spikes)
    numpy.save(stimulus, numpy.random.default_rng(3).normal(size=BINS))
    return spikes, stimulus


def measure_own(spiking, spikes, stimulus, fit, threads):
    """One run of `spiking fit`."""
    result = run_measured(
        spiking, "fit", spikes, "--stimulus", stimulus, "--stimulus-basis",
        "raised-cosine-log:12:500", "--history", "none", "--coupling", "raised-cosine-log:6:100",
        "--ridge", RIDGE, "--threads", threads, "--output", fit)
    seconds = float(re.search(r"([\d.]+) s, in ", result["output"])[1])
    return {"simulator": "swift-spiking", "threads": threads, "fit_seconds": seconds,
            "version": run(spiking, "--version").strip(), "process_seconds": result["seconds"],
            "processor_seconds": result["processor_seconds"], "peak_mb": result["peak_mb"]}


def measure_nemos(python, spikes, stimulus, fit):
    """One run of NeMoS's fit, which compares its coefficients with ours."""
    measured = run_measured(
        python, HERE / "nemos_long_filters_peer.py", spikes, stimulus, fit, RIDGE)
    return {"simulator": "nemos", "process_seconds": measured["seconds"],
            "processor_seconds": measured["processor_seconds"],
            "peak_mb": measured["peak_mb"], **last_line(measured["output"])}


def main(spiking):
    """Measures here, and NeMoS where it can be installed."""
    peer = Peer("nemos", RECIPE)
    machine = announce()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        spikes, stimulus = simulate(spiking, folder)
        fit = folder / "fit.npz"
        own = [measure_own(spiking, spikes, stimulus, fit, threads) for threads in (1, 2)]
        nemos = peer.measure(measure_nemos, spikes, stimulus, fit)
    print("| | fit, s | whole process, s | of processors, s | peak, MB |")
    print("| --- | --- | --- | --- | --- |")
    for result in own + ([nemos] if nemos else []):
        threads = f", {result['threads']} threads" if "threads" in result else ""
        print(f"| {result['simulator']} {result['version']}{threads} | {result['fit_seconds']:.3g} "
              f"| {result['process_seconds']:.3g} | {result['processor_seconds']:.3g} "
              f"| {result['peak_mb']:.0f} |")
    if nemos:
        print(f"\nNeMoS's features took {nemos['design_seconds']:.3g} s more. The largest difference of a "
              f"coefficient: {nemos['difference']:.2g}, of some {nemos['scale']:.2g}.")
    peer.print_absence()
    save({**machine, "neurons": NEURONS, "bins": BINS, "ridge": RIDGE,
          "results": own + ([nemos] if nemos else []), "absent": peer.absent}, "peer-long-filters.json")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: compare_long_filters.py path/to/spiking")
    try:
        main(pathlib.Path(sys.argv[1]).resolve())
    except Absent as failure:
        sys.exit(f"swift-spiking: {failure}")
