"""What the programs of the peers share: the measurement."""

import json
import sys
import time

import numpy


def measure(prepare, version, threads):
    """Prints µs a bin and rate as JSON.

    The command line is: matrix, bins of a short run, bins of a long one, repeats of both.

    `prepare(matrix)` gives a function that simulates so many bins and returns the count of spikes.
    The time is that of the fastest long run less that of the fastest short one.
    """
    matrix, short, long, repeats = sys.argv[1], *map(int, sys.argv[2:])
    simulate = prepare(matrix)
    fastest, spikes = {}, 0
    for _ in range(repeats):
        for bins in (short, long):
            start = time.perf_counter()
            spikes = simulate(bins)
            fastest[bins] = min(fastest.get(bins, float("inf")), time.perf_counter() - start)
    neurons = len(numpy.load(matrix, mmap_mode="r"))
    print(json.dumps({
        "microseconds_per_bin": (fastest[long] - fastest[short]) / (long - short) * 1e6,
        "rate_hz": spikes / neurons / long * 1000, "threads": threads, "version": version}))
