"""Figures over the facts of a month's monitoring run: one aggregate over its Parquet file.

What a household's labour, work, schooling or insurance is, is settled once, by the rules' facts: the
list of warnings and the figure cannot disagree.
"""

# ruff: noqa: S608 (expressions are those written in this package, values are passed apart)

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import duckdb

from anju.monitoring.models import Run
from anju.monitoring.queries import runs
from anju.reporting.figures.model import Asked, Keys, Made, Why


def counted(number: str, *, of: str, unknown: str, where: str = "TRUE") -> Callable[[Asked], Made]:
    """A count: `number` is the aggregate, `of` what it was looked for in (0: nothing to count)."""

    def compute(asked: Asked) -> Made:
        return _ask(asked, (number, of, unknown), where, as_share=False)

    return compute


def share(
    part: str, *, of: str, unknown: str = "0", where: str = "TRUE"
) -> Callable[[Asked], Made]:
    """One aggregate divided by another."""

    def compute(asked: Asked) -> Made:
        return _ask(asked, (part, of, unknown), where, as_share=True)

    return compute


def households(condition: str, where: str = "TRUE") -> Keys:
    """The households of which a condition holds: the rows that such an aggregate counts."""

    def keys(asked: Asked) -> list[int]:
        run = runs.latest_run(month=asked.month)
        file = None if run is None else _file(run)
        if file is None:
            return []
        places, codes = _places(asked)
        text = f"SELECT household_id FROM read_parquet(?) WHERE ({where}) AND ({condition}) AND {places}"
        with duckdb.connect(config={"threads": 1}) as connection:
            rows = connection.execute(text, [str(file), *codes]).fetchall()
        return [household for (household,) in rows]

    return keys


def _ask(asked: Asked, wanted: Sequence[str], where: str, *, as_share: bool) -> Made:
    run = runs.latest_run(month=asked.month)
    if run is None:
        return Made(None, why=Why.NO_RUN)
    found = _row(run, asked, wanted, where)
    if found is None:
        return Made(None, why=Why.NO_FILE, run=run.pk)
    number, of, unknown = (int(each or 0) for each in found)
    parts = {"unknown": unknown, "run": run.pk, "known_on": run.known_on}
    if not of:
        return Made(None, None, 0, why=Why.NOBODY, **parts)
    exact = Fraction(number, of) if as_share else number
    return Made.of(exact, numerator=number, denominator=of, **parts)


def _row(
    run: Run, asked: Asked, wanted: Sequence[str], where: str
) -> tuple[int | None, ...] | None:
    file = _file(run)
    if file is None:
        return None
    places, codes = _places(asked)
    text = f"SELECT {', '.join(wanted)} FROM read_parquet(?) WHERE ({where}) AND {places}"
    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.execute(text, [str(file), *codes]).fetchone()


def _file(run: Run) -> Path | None:
    folder = runs.folder_of(run)
    file = None if folder is None else folder / "facts.parquet"
    return file if file is not None and file.exists() else None


def _places(asked: Asked) -> tuple[str, list[str]]:
    if asked.scope is None:
        return "TRUE", []
    one = "(village_code >= ? AND village_code < ?)"
    ranges = asked.scope.ranges
    return f"({' OR '.join([one] * len(ranges)) or 'FALSE'})", [c for pair in ranges for c in pair]
