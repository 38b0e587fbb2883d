"""How long a made-up county takes, and how much memory.

    python benchmarks/synth.py --households 1000000            # the snapshot
    python benchmarks/synth.py --households 20000 --workbooks  # the workbooks too

Each part runs in a process of its own; printed are seconds by the clock, seconds of processor time
and the largest resident memory.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time


def part(households: int, seed: int, *more: str) -> dict[str, float]:
    """Runs `anju synth` and measures it."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["synth", "--households", str(households), "--seed", str(seed), "--out", folder]
        command = [sys.executable, "-m", "anju.jobs.cli", *words, *more]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, check=True)
        clock = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"clock": clock, "processor": processor, "memory": after.ru_maxrss / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workbooks", action="store_true")
    arguments = parser.parse_args()
    parts = {"snapshot": ["--no-workbooks"]}
    if arguments.workbooks:
        parts["workbooks"] = ["--no-snapshot"]
    for name, words in parts.items():
        found = part(arguments.households, arguments.seed, *words)
        print(
            f"{name} of {arguments.households} households: {found['clock']:.1f} s by the clock, "
            f"{found['processor']:.1f} s of processor, {found['memory']:.0f} MiB",
            flush=True,
        )


if __name__ == "__main__":
    main()
