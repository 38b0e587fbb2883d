"""The monitoring job on one snapshot: the engine, by hand in DuckDB, pandas, PostgreSQL 15.

    python benchmarks/rules/bench.py --households 1000000            # makes the snapshot with anju synth
    python benchmarks/rules/bench.py --snapshot DIR --repeat 3 --without postgresql

Each run is a process of its own. Printed are the best of the repeats: seconds by the clock, seconds
of processor time (the better figure on a busy machine), largest resident memory, and ratios to the
engine. Counts of all jobs must be equal, or it ends with an error. PostgreSQL's clock is that of the
job alone, its loading is shown apart; its processor time and memory (many processes) are not taken.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_PACK, _MONTH = "shiquan-2023", "2023-09"
_ANJU = [sys.executable, "-m", "anju.jobs.cli"]


@dataclass
class Measured:
    """One run of one job."""

    clock: float
    processor: float | None
    memory: float | None
    counts: dict[str, list[int]]
    note: str = ""


def timed(command: list[str]) -> tuple[float, float, float, str]:
    """Seconds by the clock, of processor, MiB of memory, and what it printed."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - begun
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed.decode()


def engine(snapshot: Path, out: Path) -> Measured:
    words = ["rules", "run", "--snapshot", str(snapshot), "--pack", _PACK, "--month", _MONTH]
    clock, processor, memory, _ = timed([*_ANJU, *words, "--out", str(out / "engine")])
    rules = json.loads((out / "engine" / "run.json").read_text())["counts"]["rules"]
    counts = {rule: [both["hits"], both["unknown"]] for rule, both in rules.items()}
    return Measured(clock, processor, memory, counts)


def handwritten(snapshot: Path, out: Path) -> Measured:
    script = [sys.executable, str(_HERE / "handwritten.py"), str(snapshot), str(out / "by-hand")]
    clock, processor, memory, printed = timed(script)
    return Measured(clock, processor, memory, json.loads(printed))


def pandas(snapshot: Path, out: Path) -> Measured:
    script = [sys.executable, str(_HERE / "pandas_job.py"), str(snapshot), str(out / "pandas")]
    clock, processor, memory, printed = timed(script)
    return Measured(clock, processor, memory, json.loads(printed))


def postgresql(snapshot: Path, out: Path) -> Measured:
    *_, printed = timed([sys.executable, str(_HERE / "postgresql_job.py"), str(snapshot)])
    told: dict[str, Any] = json.loads(printed)
    return Measured(told["job"], None, None, told["counts"], f"loading {told['load']:.1f} s more")


JOBS = {"engine": engine, "handwritten": handwritten, "pandas": pandas, "postgresql": postgresql}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--snapshot", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], choices=list(JOBS)[1:])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anju-bench-") as folder:
        snapshot = arguments.snapshot or made_up(arguments.households, Path(folder))
        best: dict[str, Measured] = {}
        # In turn, so that what else the machine does falls on all alike.
        for _ in range(arguments.repeat):
            for name, job in JOBS.items():
                if name in arguments.without or (name == "postgresql" and name in best):
                    continue
                found = job(snapshot, Path(folder))
                refuse_other_counts(name, found.counts, best)
                if name not in best or found.clock < best[name].clock:
                    best[name] = found
    print(table(best))


def made_up(households: int, folder: Path) -> Path:
    words = ["synth", "--households", str(households), "--seed", "1", "--no-workbooks"]
    subprocess.run([*_ANJU, *words, "--out", str(folder / "county")], check=True)
    return folder / "county" / "snapshot"


def refuse_other_counts(name: str, counts: dict[str, list[int]], best: dict[str, Measured]) -> None:
    for other, measured in best.items():
        rules = sorted(set(counts) | set(measured.counts))
        differing = [
            f"{rule}: {counts.get(rule, [0, 0])} against {measured.counts.get(rule, [0, 0])}"
            for rule in rules
            if counts.get(rule, [0, 0]) != measured.counts.get(rule, [0, 0])
        ]
        if differing:
            sys.exit(f"{name} and {other} count differently: {'; '.join(differing)}")


def table(best: dict[str, Measured]) -> str:
    """A Markdown table, with the machine under it."""
    base = best["engine"]
    lines = [
        "| job | clock s | × engine | processor s | × engine | memory MiB | |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for name, found in best.items():
        cells = [f"{found.clock:.2f}", f"{found.clock / base.clock:.2f}"]
        if found.processor is None or found.memory is None or base.processor is None:
            cells += ["", "", ""]
        else:
            share = found.processor / base.processor
            cells += [f"{found.processor:.2f}", f"{share:.2f}", f"{found.memory:,.0f}"]
        lines.append(f"| {name} | {' | '.join(cells)} | {found.note} |")
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    hits = sum(hit for hit, _ in base.counts.values())
    lines.append(
        f"\n{os.cpu_count()} cores, {platform.platform()}, load {load}; {hits:,} hits, equal counts"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
