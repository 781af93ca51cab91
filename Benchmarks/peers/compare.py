"""Times swift-spiking and its peers on the same networks, and prints one table.

    python3 compare.py path/to/spiking

A peer is a program `<name>_peer.py` beside this one, run in a virtual environment of its own. One
that cannot be installed or run is reported as absent. Times are of the simulation alone: the
difference between a long and a short run, so that what both do once (start, load, compile) cancels.
"""

import pathlib
import sys
import tempfile
import time

from peers import HERE, Absent, announce, environment, last_line, run, save

REPEATS = 5

# The arguments of each `pip install`, in order.
RECIPES = {
    "spikeometric": [
        ["numpy<2.3", "torch==2.15.0", "torch_geometric==2.8.1", "tqdm", "scipy"],
        ["--no-deps", "spikeometric==1.0.3"],
    ],
    "nest": [["nest-simulator==3.10.0"]],
    "brian2": [["numpy<2", "brian2==2.9.0", "setuptools"]],
}

# The networks, and how many bins the long run of each simulator has: about a second of work.
NETWORKS = [
    {"neurons": 50, "sparsity": 0.75,
     "bins": {"swift-spiking": 8_000_000, "spikeometric": 8_000, "nest": 200_000,
              "brian2": 500_000}},
    {"neurons": 500, "sparsity": 0.75,
     "bins": {"swift-spiking": 800_000, "spikeometric": 1_000, "nest": 50_000,
              "brian2": 150_000}},
    {"neurons": 1000, "sparsity": 0.75,
     "bins": {"swift-spiking": 400_000, "spikeometric": 300, "nest": 20_000,
              "brian2": 80_000}},
    {"neurons": 5000, "sparsity": 0.9,
     "bins": {"swift-spiking": 40_000, "nest": 4_000, "brian2": 15_000}},
]


def generate(spiking, network, folder):
    """Writes the matrix of a network, and gives its path."""
    run(spiking, "generate", "normal", "--neurons", network["neurons"], "--seed", 0, "--quiet",
        "--set", "std=5", "--set", "glorot=true", "--set", f"sparsity={network['sparsity']}",
        "--output", folder)
    return folder / "0.npy"


def measure_own(spiking, matrix, bins, threads):
    """Times `spiking simulate`: the fastest long run less the fastest short one."""
    spikes = matrix.parent / "spikes.npz"
    fastest = {}
    for _ in range(REPEATS):
        for steps in (bins // 5, bins):
            start = time.perf_counter()
            run(spiking, "simulate", "--model", "BernoulliGLM", "--networks", matrix, "--steps",
                steps, "--seed", 0, "--threads", threads, "--quiet", "--output", spikes)
            fastest[steps] = min(fastest.get(steps, float("inf")), time.perf_counter() - start)
    rate = run(spiking, "info", spikes).split(" Hz a neuron")[0].split()[-1]
    seconds = fastest[bins] - fastest[bins // 5]
    return {"microseconds_per_bin": seconds / (bins - bins // 5) * 1e6, "rate_hz": float(rate),
            "threads": threads, "version": run(spiking, "--version").strip()}


def measure_peer(peer, python, matrix, bins):
    """Times a peer, whose program prints what `measure_own` returns, as JSON on its last line."""
    output = run(python, HERE / f"{peer}_peer.py", matrix, bins // 5, bins, REPEATS)
    return last_line(output)


def row(neurons, simulator, result, own):
    """One line of the table; `own` is the time of swift-spiking on one thread."""
    ratio = result["microseconds_per_bin"] / own
    return (f"| {neurons} | {simulator} {result['version']} | {result['threads']} "
            f"| {result['microseconds_per_bin']:.3g} | {result['rate_hz']:.2f} | {ratio:.3g} |")


def main(spiking):
    """Measures everything that can be measured here."""
    environments, absent = {}, {}
    for peer in RECIPES:
        try:
            environments[peer] = environment(peer, RECIPES[peer])
        except Absent as reason:
            absent[peer] = str(reason)

    machine = announce()
    print("| neurons | simulator | threads | µs a bin | rate, Hz | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        for network in NETWORKS:
            neurons, bins = network["neurons"], network["bins"]
            matrix = generate(spiking, network, pathlib.Path(scratch) / str(neurons))
            measured = [("swift-spiking",
                         measure_own(spiking, matrix, bins["swift-spiking"], threads))
                        for threads in (1, 2)]
            for peer, python in environments.items():
                if peer in bins:
                    try:
                        measured.append((peer, measure_peer(peer, python, matrix, bins[peer])))
                    except Absent as reason:
                        absent[f"{peer}, {neurons} neurons"] = str(reason)
            own = measured[0][1]["microseconds_per_bin"]
            for simulator, result in measured:
                print(row(neurons, simulator, result, own), flush=True)
                results.append({"neurons": neurons, "sparsity": network["sparsity"],
                                "simulator": simulator,
                                "ratio": result["microseconds_per_bin"] / own, **result})
    for peer, reason in absent.items():
        print(f"absent: {peer}: {reason}")

    save({**machine, "results": results, "absent": absent}, "peers.json")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: compare.py path/to/spiking")
    try:
        main(pathlib.Path(sys.argv[1]).resolve())
    except Absent as failure:
        sys.exit(f"swift-spiking: {failure}")
