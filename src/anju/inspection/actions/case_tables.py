"""What cases say of monitored households, as tables beside a snapshot for the checks to read.

Of each household the case opened last counts. Cases have one time axis: what stands in them now, up
to the day asked.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from anju.casework.indicators import INDICATORS
from anju.casework.models import (
    Case,
    CaseKind,
    CaseRisk,
    HomeCheck,
    Measure,
    MeasureState,
    RemovalCheck,
)
from anju.casework.queries.lines import parameter

_INT, _TEXT, _BOOL = pa.int64(), pa.string(), pa.bool_()
_CASES: Final = pa.schema(
    [
        ("household_id", _INT), ("removal_kind", _TEXT), ("checked_income", _INT),
        ("checked_spending", _INT), ("told_out_of_school", _BOOL), ("indicators", _INT),
        ("removal_income", _INT), ("removal_line", _INT),
    ]
)  # fmt: skip
_RISKS: Final = pa.schema([("household_id", _INT), ("risk", _TEXT)])
_PLANNED: Final = pa.schema([("household_id", _INT), ("kind", _TEXT), ("state", _TEXT)])


def write(folder: Path, as_of: date) -> None:
    """Write `cases`, `risks` and `planned` for the cases opened by a day."""
    latest = dict(
        Case.objects.filter(kind=CaseKind.RELAPSE, opened_on__lte=as_of)
        .exclude(included_on=None)
        .order_by("opened_on", "pk")
        .values_list("household_id", "pk")
    )
    home_of = {case: household for household, case in latest.items()}
    _put(folder / "cases.parquet", _CASES, _cases(home_of, as_of))
    _put(folder / "risks.parquet", _RISKS, _risks(home_of, as_of))
    _put(folder / "planned.parquet", _PLANNED, _planned(home_of))


def _cases(home_of: dict[int, int], as_of: date) -> list[dict[str, Any]]:
    checks = {
        row["case_id"]: row
        for row in HomeCheck.objects.filter(checked_on__lte=as_of)
        .order_by("pk")
        .values("case_id", "income_per_capita", "rigid_spending", "guarantees")
    }
    removals = dict(
        RemovalCheck.objects.filter(checked_on__lte=as_of).order_by("pk").values_list(
            "case_id", "values"
        )
    )  # fmt: skip
    lines: dict[tuple[str, date], Any] = {}
    found = []
    rows = Case.objects.filter(opened_on__lte=as_of).values_list(
        "pk", "removal_kind", "removed_on", "pack"
    )
    for case, removal_kind, removed_on, pack in rows.iterator():
        if case not in home_of:
            continue
        check, values = checks.get(case, {}), removals.get(case, {})
        is_removed = removed_on is not None and removed_on <= as_of
        if is_removed and (pack, removed_on.replace(day=1)) not in lines:
            line = parameter("monitoring_line", removed_on, pack=pack)
            lines[pack, removed_on.replace(day=1)] = None if line is None else int(line)
        found.append(
            {
                "household_id": home_of[case],
                "removal_kind": removal_kind if is_removed else None,
                "checked_income": check.get("income_per_capita"),
                "checked_spending": check.get("rigid_spending"),
                "told_out_of_school": _told_not(check, "education"),
                "indicators": sum(values.get(id_) is not None for id_ in INDICATORS),
                "removal_income": values.get("net_income_per_capita"),
                "removal_line": lines[pack, removed_on.replace(day=1)] if is_removed else None,
            }
        )
    return found


def _told_not(check: dict[str, Any], guarantee: str) -> bool | None:
    """Whether the home check said that something is not guaranteed; None where it did not say."""
    told = check.get("guarantees", {}).get(guarantee)
    return None if told is None else not told


def _risks(home_of: dict[int, int], as_of: date) -> list[dict[str, Any]]:
    rows = CaseRisk.objects.filter(found_on__lte=as_of).values_list("case_id", "risk")
    return [
        {"household_id": home_of[case], "risk": risk}
        for case, risk in rows.iterator()
        if case in home_of
    ]


def _planned(home_of: dict[int, int]) -> list[dict[str, Any]]:
    rows = Measure.objects.exclude(state=MeasureState.CANCELLED)
    return [
        {"household_id": home_of[case], "kind": kind, "state": state}
        for case, kind, state in rows.values_list("case_id", "kind", "state").iterator()
        if case in home_of
    ]


def _put(path: Path, schema: pa.Schema, rows: list[dict[str, Any]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
