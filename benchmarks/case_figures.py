"""How long the figures of cases take to count at 100 000 cases, when nothing is kept.

    python benchmarks/case_figures.py [--cases 100000]                              on SQLite
    python tests/postgresql.py -- python benchmarks/case_figures.py                 on PostgreSQL

The county of casework.py; besides, seven moves of every case, of which half are decided, a source of
every lead and a measure of every third case. The aim: all tables of the page within 2 seconds of
processor time for the county. Exits with 1 where that is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import casework
from casework import AT, ON, STEPS

ALL_SECONDS = 2.0


def main() -> int:
    """Fill a county, count, and say how long each table took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=100_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        casework.set_up(folder)
        from django.db import connection

        casework.fill(arguments.cases, 0)
        fill()
        late = [count(role, place) for role, place in PLACES]
        connection.close()
    return 1 if any(late) else 0


PLACES = (("lead_bureau", "529901000000"), ("town", "529901101000"))


def fill() -> None:
    """What happened in the cases."""
    from django.db import connection

    from anju.casework.models import Case, Lead, LeadSource, Measure, Move

    ids = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    Move.objects.bulk_create((each for n, pk in enumerate(ids) for each in _moves(n, pk)), 5_000)
    Case.objects.filter(pk__in=Case.objects.order_by("pk")[: len(ids) // 2].values("pk")).update(
        decided_on=ON, included_on=ON, step="", holder="", state="included"
    )
    Measure.objects.bulk_create(map(_measure, ids[::3]), 5_000)
    leads = Lead.objects.order_by("pk").values_list("pk", flat=True)
    LeadSource.objects.bulk_create(
        (
            LeadSource(lead_id=pk, channel="finding", raised_on=ON, run_id=1, rule=f"rule_{n % 30}")
            for n, pk in enumerate(leads)
        ),
        5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")


def _moves(number: int, case: int) -> Iterator[Any]:
    """Into the first step and from each to the next, some days apart."""
    from anju.casework.models import Move

    names = ["", *(step for step, _holder, _days in STEPS)]
    day = ON - timedelta(days=number % 200 + 40)
    for version, (before, after) in enumerate(zip(names, names[1:], strict=False), start=1):
        day += timedelta(days=number % 4)
        yield Move(
            case_id=case, version=version, procedure="inclusion", from_step=before, action="pass",
            to_step=after, moved_on=day, at=AT, by="somebody", step_due_on=day if before else None,
        )  # fmt: skip


def _measure(case: int) -> Any:
    from anju.casework.models import Measure

    return Measure(
        case_id=case, kind="industry", risk=("housing", "income")[case % 2], content="帮扶",
        provider="农业农村局", state=("running", "done")[case % 2],
        starts_on=ON - timedelta(days=case % 90), amount=100_000, promised="增收",
        recorded_by="somebody",
    )  # fmt: skip


def count(role: str, place: str) -> bool:
    """Count every table of a year; whether all took too long."""
    from anju.casework.queries import figures
    from anju.casework.queries.figures import Period

    viewer: Any = casework.viewer(role, place)
    period = Period(ON.replace(month=1, day=1), ON)
    tables = {
        "leads by channel": lambda: figures.leads_by_channel(viewer, period),
        "leads by rule": lambda: figures.leads_by_rule(viewer, period),
        "cases by place": lambda: figures.by_place(viewer, period, by_village=role == "town"),
        "steps": lambda: figures.steps(viewer, period),
        "to the decision": lambda: figures.to_decision(viewer, period),
        "turns": lambda: figures.turns(viewer, period),
        "help": lambda: figures.help_by_risk(viewer, period),
    }
    figures.turns(viewer, period)
    total = 0.0
    for name, table in tables.items():
        cpu, wall = casework.spent(), time.perf_counter()
        table()
        cpu, wall = casework.spent() - cpu, time.perf_counter() - wall
        total += cpu
        print(f"{role}: {name:20} {wall * 1000:7.0f} ms, CPU {cpu * 1000:7.0f} ms", flush=True)
    is_late = total > ALL_SECONDS
    print(f"{role}: all, CPU {total:.2f} s{'  LATE' * is_late}", flush=True)
    return is_late


if __name__ == "__main__":
    sys.exit(main())
