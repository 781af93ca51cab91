"""Times encoding models of a population in swift-spiking and in NeMoS, and prints one table.

    python3 compare_encoding.py path/to/spiking [NEURONS BINS VALIDATED_HERE VALIDATED_IN_NEMOS]

50 neurons, 10⁵ bins of 10 ms: place (8 × 8 B-splines), direction (12 cyclic ones) and own history (8
functions over 20 bins), fitted with one ridge, and cross-validated over eight of them in five folds.
Cross-validation takes the first few neurons alone where a number is given, and its times are scaled
to all: those of the command as a whole, those of NeMoS without its compilations.
"""

import pathlib
import sys
import tempfile

from peers import HERE, Absent, Peer, announce, last_line, run, run_measured, save

RECIPE = [["nemos==0.2.8"]]
RIDGE, FOLDS = 1e-5, 5
FACTORS = "10,3,1,0.3,0.1,0.03,0.01,0.003"
SIZES = [50, 100_000, 50, 5]
# How much worse, a bin, the objective of any neuron may be here than there.
ALLOWED_EXCESS = 1e-9


def measure_own(spiking, folder, fit, threads, *options):
    """One run of `spiking fit`, whose process reads, makes the features and fits."""
    measured = run_measured(
        spiking, "fit", folder / "spikes.npz", "--table", folder / "behavior.csv", "--bin", 10,
        "--history", "raised-cosine-log:8:20", "--coupling", "none",
        "--tuning", "x,y=b-spline:8:0:100*b-spline:8:0:100",
        "--tuning", "direction=cyclic-b-spline:12:0:6.283185307179586",
        "--ridge", RIDGE, "--threads", threads, "--output", fit, *options)
    return {"threads": threads, "version": run(spiking, "--version").strip(),
            "times": [measured["seconds"], measured["processor_seconds"]],
            "peak_mb": measured["peak_mb"]}


def measure_all(spiking, folder, threads, neurons, validated):
    """The fit of all neurons, and the cross-validation of some, its times scaled to all."""
    fit = measure_own(spiking, folder, folder / "fit.npz", threads)
    validation = measure_own(
        spiking, folder, folder / "validated.npz", threads, "--neurons", f"0-{validated - 1}",
        "--cross-validate", FOLDS, "--factors", FACTORS)
    validation["times"] = [time * neurons / validated for time in validation["times"]]
    return {"fit": fit, "validation": validation, "validated": validated}


def measure_nemos(python, folder, neurons, validated):
    """The same in NeMoS, each with its features."""
    fit = last_line(run(python, HERE / "nemos_encoding_peer.py", folder, folder / "fit.npz", RIDGE))
    validation = last_line(run(
        python, HERE / "nemos_cross_validation_peer.py", folder, folder / "validated.npz", RIDGE,
        validated))
    pairs = zip(validation["compiled_before"], validation["with_compilation"])
    scaled = [(before * neurons / validated, after - before) for before, after in pairs]
    validation["compiled_before"] = [time for time, _ in scaled]
    validation["with_compilation"] = [time + compilation for time, compilation in scaled]
    return {"fit": fit, "validation": validation}


def table(own, nemos, neurons):
    """Rows of what, its times, its peak and over which fit of ours it is to be divided."""
    rows = []
    for result in own:
        head = f"swift-spiking {result['fit']['version']}, {result['fit']['threads']} thread"
        head += "s" * (result["fit"]["threads"] > 1)
        share = "" if result["validated"] == neurons else f" ({result['validated']} of {neurons})"
        rows.append((f"fit, {head}", result["fit"]["times"], result["fit"]["peak_mb"], "fit"))
        rows.append((f"cross-validation, {head}{share}", result["validation"]["times"],
                     result["validation"]["peak_mb"], "validation"))
    if nemos:
        fit, validation = nemos["fit"], nemos["validation"]
        with_features = [sum(pair) for pair in zip(fit["features"], fit["with_compilation"])]
        share = f"({validation['neurons']} of {neurons})"
        rows += [
            (f"fit, nemos {fit['version']}, features alone", fit["features"], None, None),
            ("fit, nemos, compiled before", fit["compiled_before"], None, "fit"),
            ("fit, nemos, features, compilation and all", with_features, fit["peak_mb"], "fit"),
            (f"fit, nemos, a `fit` for each neuron ({fit['separate']} of {neurons})",
             fit["separate_fits"], None, "fit"),
            (f"cross-validation, nemos, compiled before {share}", validation["compiled_before"],
             None, "validation"),
            (f"cross-validation, nemos, with compilation {share}",
             validation["with_compilation"], None, "validation")]
    return sorted(rows, key=lambda row: row[0].startswith("cross"))


def print_results(own, nemos, neurons):
    """The table, and how good the fits are."""
    print("| | seconds | of processors, s | peak, MB | over 1 thread | over 2 threads "
          "| of processors |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, (seconds, processors), peak, kind in table(own, nemos, neurons):
        ratios = ["", "", ""] if kind is None else [
            f"{seconds / own[0][kind]['times'][0]:.3g}", f"{seconds / own[1][kind]['times'][0]:.3g}",
            f"{processors / own[0][kind]['times'][1]:.3g}"]
        memory = "" if peak is None else f"{peak:.0f}"
        print(f"| {name} | {seconds:.3g} | {processors:.3g} | {memory} | " + " | ".join(ratios)
              + " |")
    print("\nIn brackets: how many neurons were run; their times are scaled to all. Ratios are to "
          "the command on so many threads, and of processors to its single thread.")
    if nemos is None:
        return
    fit, validation = nemos["fit"], nemos["validation"]
    quality = fit["quality"]
    print("\n| | mean objective | gradient, at most |")
    print("| --- | --- | --- |")
    for name in ("swift-spiking", "nemos"):
        print(f"| {name} | {quality[name]['objective']:.12f} | {quality[name]['gradient']:.2g} |")
    least, most = fit["iterations"]
    print(f"\nNeMoS took {least} to {most} iterations a neuron with tolerance "
          f"{fit['tolerance']:g}, and says that " + ("all" if fit["converged"] else "NOT all")
          + f" converged. Coefficients differ by {quality['difference']:.2g}, of at most "
          f"{quality['scale']:.2g}.")
    if quality["nemos"]["gradient"] > 2 * quality["swift-spiking"]["gradient"]:
        print(f"NeMoS stops short: at most {quality['largest_excess_of_nemos']:.2g} a bin above the "
              "objective here.")
    verdict = "as it should" if quality["largest_excess_of_ours"] <= ALLOWED_EXCESS else "WORSE"
    print(f"The largest excess of an objective here over NeMoS's: "
          f"{quality['largest_excess_of_ours']:.1g}, {verdict} (at most {ALLOWED_EXCESS:g}).")
    print(f"Held-out log-likelihoods differ by {validation['score_difference']:.2g} a bin, of at "
          f"most {validation['score_scale']:.2g}, and by {validation['best_difference']:.2g} at the "
          f"chosen strength, which is the same for {validation['same_choice']} of "
          f"{validation['neurons']} neurons; of NeMoS's searches "
          + ("all" if validation["converged"] else "NOT all") + " converged.")


def main(spiking, neurons, bins, validated_here, validated_in_nemos):
    """Measures here, and NeMoS where it can be installed."""
    peer = Peer("nemos", RECIPE)
    machine = announce()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        # In a process of its own: peaks are those of processes that are larger than this one.
        rate = float(run(
            sys.executable, HERE / "encoding_recording.py", folder, neurons, bins).split()[0])
        print(f"{neurons} neurons of {rate:.2f} Hz, {bins} bins\n", flush=True)
        own = [measure_all(spiking, folder, threads, neurons, validated_here)
               for threads in (1, 2)]
        nemos = peer.measure(measure_nemos, folder, neurons, validated_in_nemos)
    print_results(own, nemos, neurons)
    peer.print_absence()
    save({**machine, "neurons": neurons, "bins": bins, "rate_hz": rate, "ridge": RIDGE,
          "swift-spiking": own, "nemos": nemos, "absent": peer.absent}, "peer-encoding.json")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 2 + len(SIZES)):
        sys.exit("usage: compare_encoding.py path/to/spiking "
                 "[NEURONS BINS VALIDATED_HERE VALIDATED_IN_NEMOS]")
    try:
        main(pathlib.Path(sys.argv[1]).resolve(), *map(int, sys.argv[2:] or SIZES))
    except Absent as failure:
        sys.exit(f"swift-spiking: {failure}")
