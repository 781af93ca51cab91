"""What the comparisons share: virtual environments, programs that may fail, the machine."""

import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE.parent / "results"


class Absent(Exception):
    """Why a peer is not measured."""


def run(*command):
    """The output of a command; `Absent` with the last line of its errors where it fails."""
    return run_measured(*command)["output"]


def run_measured(*command):
    """The output of a command, its seconds from start to end and on processors, and the most MB it held.

    The peak is that of the process alone, as long as the caller is smaller than it.
    """
    with tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                [str(word) for word in command], stdout=subprocess.PIPE, stderr=errors, text=True)
        except OSError as error:
            raise Absent(str(error)) from error
        with process:
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode != 0:
            lines = (errors.read() or output).strip().splitlines() or ["no message"]
            raise Absent(lines[-1])
    # Linux counts ru_maxrss in units of 1024 bytes.
    return {"output": output, "seconds": seconds, "peak_mb": usage.ru_maxrss * 1024 / 1e6,
            "processor_seconds": usage.ru_utime + usage.ru_stime}


def last_line(output):
    """What a peer's program prints on its last line, as JSON."""
    return json.loads(output.strip().splitlines()[-1])


def environment(peer, installs):
    """The interpreter of the peer's virtual environment, which is made where it is missing.

    `installs` has the arguments of each `pip install`, in order.
    """
    folder = HERE / f".venv-{peer}"
    python = folder / "bin" / "python"
    installed = folder / "recipe.json"
    recipe = json.dumps(installs)
    if not installed.exists() or installed.read_text() != recipe:
        print(f"installing {peer}", file=sys.stderr)
        run(sys.executable, "-m", "venv", "--clear", folder)
        for arguments in installs:
            run(python, "-m", "pip", "install", "--quiet", *arguments)
        installed.write_text(recipe)
    return python


class Peer:
    """A Python environment that may be absent: what is measured in it is None then, and why is kept."""

    def __init__(self, name, installs):
        self.name, self.absent, self.python = name, {}, None
        try:
            self.python = environment(name, installs)
        except Absent as reason:
            self.absent[name] = str(reason)

    def measure(self, function, *arguments):
        """What a function of the interpreter and some arguments gives."""
        if self.python is None:
            return None
        try:
            return function(self.python, *arguments)
        except Absent as reason:
            self.absent[self.name] = str(reason)
            return None

    def print_absence(self):
        for name, reason in self.absent.items():
            print(f"absent: {name}: {reason}")


def processor():
    """The name of the processor."""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def announce():
    """Prints the machine, and gives it as the head of a report."""
    load = os.getloadavg()[0]
    print(f"{processor()}, {os.cpu_count()} cores, load average {load:.1f} before the first run",
          flush=True)
    return {"processor": processor(), "cores": os.cpu_count(), "load_average": load}


def save(report, name):
    """Writes a report beside those of the other benchmarks."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / name).write_text(json.dumps(report, indent=2) + "\n")
