"""All quality checks over a snapshot with a million persons or more, each run in its own process.

    python benchmarks/quality.py --snapshot DIR [--repeat 3]      # a snapshot of `anju synth`

What `anju synth` leaves out (health, whether there is a number, phone, employer, floor area, kind of
disability, items of help, what is told of numbers, cases and their risks) is put in first, so that
every check is asked.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

_ADDED = {
    "households": "*, 9000::BIGINT AS area_dm2",
    "persons": "*, CASE WHEN d.person_id IS NOT NULL THEN '残疾' ELSE '健康' END AS health, "
    "person_id % 97 <> 0 AS has_identity, person_id % 5 <> 0 AS has_phone",
    "employments": "*, person_id % 9 <> 0 AS has_employer",
    "statuses": "*, CASE WHEN kind = 'disabled' THEN CAST(1 + person_id % 7 AS VARCHAR) "
    "WHEN kind = 'help_measure' THEN CASE household_id % 4 WHEN 0 THEN 'premium' "
    "WHEN 1 THEN 'dibao' WHEN 2 THEN 'migrant_subsidy' END END AS category",
}
_MONITORED = "'{source}/households.parquet' WHERE monitored_kind IS NOT NULL"
_MADE = {
    "numbers": "SELECT DISTINCT person_id, 18::BIGINT AS identity_length, "
    "person_id % 997 <> 0 AS identity_valid, FALSE AS identity_twice, TRUE AS card_valid, "
    "11::BIGINT AS phone_digits, person_id % 499 <> 0 AS phone_valid, "
    "CASE WHEN person_id % 20 = 0 THEN person_id // 40 END AS phone_group "
    "FROM '{source}/persons.parquet'",
    "cases": "SELECT household_id, CASE WHEN risk_removed_on IS NOT NULL THEN 'helped' END "
    "AS removal_kind, 700000::BIGINT AS checked_income, 500000::BIGINT AS checked_spending, "
    "household_id % 50 = 0 AS told_out_of_school, household_id % 14 AS indicators, "
    "800000::BIGINT AS removal_income, 730000::BIGINT AS removal_line FROM " + _MONITORED,
    "risks": "SELECT household_id, ['medical', 'disability', 'education', 'labour', 'income']"
    "[1 + household_id % 5] AS risk FROM " + _MONITORED,
    "planned": "SELECT household_id, 'industry' AS kind, 'planned' AS state FROM " + _MONITORED,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--snapshot", type=Path, required=True)
    parser.add_argument("--month", default="2023-09")
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anju-quality-") as folder:
        snapshot = completed(arguments.snapshot, Path(folder) / "snapshot")
        words = ["quality", "run", "--snapshot", str(snapshot), "--month", arguments.month]
        command = [sys.executable, "-m", "anju.jobs.cli", *words, "--out", f"{folder}/out"]
        best: tuple[float, float, float] | None = None
        for _ in range(arguments.repeat):
            measured, printed = timed(command)
            best = min(best or measured, measured)
    assert best is not None
    print(printed)
    clock, processor, memory = best
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    print(
        f"{clock:.2f} s by the clock, {processor:.2f} s of processor, {memory:,.0f} MiB; load {load}"
    )


def completed(source: Path, target: Path) -> Path:
    """The snapshot with the columns that the registers have and a made-up one has not."""
    target.mkdir()
    with duckdb.connect() as connection:
        for file in source.glob("*.parquet"):
            columns = _ADDED.get(file.stem)
            if columns is None:
                shutil.copy(file, target / file.name)
                continue
            disabled = f"'{source}/statuses.parquet' WHERE kind = 'disabled'"
            joined = (
                f" LEFT JOIN (SELECT DISTINCT person_id FROM {disabled}) d USING (person_id)"
                if file.stem == "persons"
                else ""
            )
            connection.execute(
                f"COPY (SELECT {columns} FROM '{file}'{joined}) TO '{target / file.name}' "
                "(FORMAT parquet, ROW_GROUP_SIZE 122880)"
            )
        for name, query in _MADE.items():
            connection.execute(
                f"COPY ({query.format(source=source)}) TO '{target / f'{name}.parquet'}' "
                "(FORMAT parquet, ROW_GROUP_SIZE 122880)"
            )
    return target


def timed(command: list[str]) -> tuple[tuple[float, float, float], str]:
    """Seconds by the clock, of processor, MiB; and the end of what it printed."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    printed = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    clock = time.perf_counter() - begun
    figures = (clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
    return figures, "\n".join(printed.splitlines()[-2:])


if __name__ == "__main__":
    main()
