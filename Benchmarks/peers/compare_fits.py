"""Times the fit of a coupled model in swift-spiking and in NeMoS, and prints one table.

    python3 compare_fits.py path/to/spiking

Both fit the same spikes with the same features, objective and bins; the objectives and gradients
that they reach are computed from their coefficients by one function, in `fit_objective.py`.
"""

import pathlib
import re
import sys
import tempfile

from peers import HERE, Absent, Peer, announce, last_line, run, run_measured, save

REPEATS = 5
RECIPE = [["nemos==0.2.8"]]
NEURONS, BINS, RIDGE = 20, 50_000, 1e-4
# How much worse, a bin, the objective of any neuron may be here than there.
ALLOWED_EXCESS = 1e-9


def simulate(spiking, folder):
    """Writes the spikes to be fitted, and gives their path."""
    run(spiking, "generate", "normal", "--neurons", NEURONS, "--seed", 0, "--quiet",
        "--set", "std=5", "--set", "glorot=true", "--set", "sparsity=0.75",
        "--output", folder / "networks")
    spikes = folder / "spikes.npz"
    run(spiking, "simulate", "--model", "PoissonGLM", "--set", "b=-0.43", "--set", "r=0.2",
        "--networks", folder / "networks" / "0.npy", "--steps", BINS, "--seed", 0, "--quiet",
        "--output", spikes)
    return spikes


def measure_own(spiking, spikes, fit, threads):
    """The fastest of some runs of `spiking fit`, and the fastest of the fits in them."""
    runs = [run_measured(spiking, "fit", spikes, "--history", "none", "--coupling",
                         "raised-cosine-log:5:20", "--ridge", RIDGE, "--threads", threads,
                         "--output", fit) for _ in range(REPEATS)]
    return {"simulator": "swift-spiking", "threads": threads,
            "version": run(spiking, "--version").strip(),
            "fit_seconds": min(float(re.search(r"([\d.]+) s, in ", each["output"])[1])
                               for each in runs),
            "process_seconds": min(each["seconds"] for each in runs),
            "peak_mb": max(each["peak_mb"] for each in runs)}


def measure_nemos(python, spikes, fit):
    """A process that fits once, and another that fits repeatedly and evaluates both fits."""
    program = HERE / "nemos_peer.py"
    once = run_measured(python, program, spikes, RIDGE)
    result = last_line(run(python, program, spikes, RIDGE, fit, REPEATS))
    first = last_line(once["output"])
    result["cold_seconds"] = min(result["cold_seconds"], first["cold_seconds"])
    result["design_seconds"] = min(result["design_seconds"], first["design_seconds"])
    return {"simulator": "nemos", "process_seconds": once["seconds"],
            "peak_mb": once["peak_mb"], **result}


def print_results(own, nemos):
    """The tables: times and memory, then the ratios, then how good the fits are."""
    print("| | seconds | whole process, s | peak, MB |")
    print("| --- | --- | --- | --- |")
    for result in own:
        print(f"| swift-spiking {result['version']}, {result['threads']} threads "
              f"| {result['fit_seconds']:.3g} | {result['process_seconds']:.3g} "
              f"| {result['peak_mb']:.0f} |")
    if nemos is None:
        return
    print(f"| nemos {nemos['version']}, features | {nemos['design_seconds']:.3g} | | |")
    print(f"| first fit, with compilation | {nemos['cold_seconds']:.3g} "
          f"| {nemos['process_seconds']:.3g} | {nemos['peak_mb']:.0f} |")
    print(f"| second `fit` | {nemos['again_seconds']:.3g} | | |")
    print(f"| search alone, compiled before | {nemos['warm_seconds']:.3g} | | |\n")

    print("| NeMoS over swift-spiking | 1 thread | 2 threads |")
    print("| --- | --- | --- |")
    for name, values in nemos["ratios"].items():
        print(f"| {name} | " + " | ".join(f"{value:.0f}" for value in values) + " |")

    quality = nemos["quality"]
    print("\n| | mean objective | gradient, at most |")
    print("| --- | --- | --- |")
    for name in ("swift-spiking", "nemos"):
        print(f"| {name} | {quality[name]['objective']:.12f} | {quality[name]['gradient']:.2g} |")
    print(f"\nNeMoS took {nemos['iterations']} iterations with tolerance {nemos['tolerance']:g}. "
          f"Functions differ by {quality['basis_difference']:.1g}, features by "
          f"{quality['feature_difference']:.1g}.")
    verdict = "as it should" if quality["excess"] <= ALLOWED_EXCESS else "WORSE"
    print(f"The largest excess of an objective here over NeMoS's: {quality['excess']:.1g}, "
          f"{verdict} (at most {ALLOWED_EXCESS:g}).")


def ratios(own, nemos):
    """NeMoS's times over ours, for each number of threads here."""
    pairs = {"search alone / fit": ("warm_seconds", "fit_seconds"),
             "first fit / fit": ("cold_seconds", "fit_seconds"),
             "whole process / whole process": ("process_seconds", "process_seconds")}
    return {name: [nemos[theirs] / result[ours] for result in own]
            for name, (theirs, ours) in pairs.items()}


def main(spiking):
    """Measures here, and NeMoS where it can be installed."""
    peer = Peer("nemos", RECIPE)
    machine = announce()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        spikes, fit = simulate(spiking, folder), folder / "fit.npz"
        own = [measure_own(spiking, spikes, fit, threads) for threads in (1, 2)]
        nemos = peer.measure(measure_nemos, spikes, fit)
        if nemos:
            nemos["ratios"] = ratios(own, nemos)
    print_results(own, nemos)
    peer.print_absence()
    save({**machine, "neurons": NEURONS, "bins": BINS, "ridge": RIDGE,
          "results": own + ([nemos] if nemos else []), "absent": peer.absent}, "peer-fits.json")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: compare_fits.py path/to/spiking")
    try:
        main(pathlib.Path(sys.argv[1]).resolve())
    except Absent as failure:
        sys.exit(f"swift-spiking: {failure}")
