"""A case for each household of a list that must reach zero."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.rows import summary
from anju.casework.actions import opening
from anju.casework.actions.opening import NewCase
from anju.casework.models import Case
from anju.casework.queries import clearing
from anju.monitoring.models import Finding, Run


@transaction.atomic
def open_cases(*, by: Actor, at: datetime, on: date, run: Run) -> list[Case]:
    """Open a case for every household a run puts on a list and that has none; safe to repeat.

    `on` is the day the office hears of it: the limits of the pack run from there. Households whose
    case was cleared since the run's data, or found not concerned not long ago, are left alone.
    """
    cases: list[Case] = []
    for kind in clearing.procedures_on(on):
        rows = clearing.with_cases(Finding.objects.all(), run, kind, on)
        homes = rows.filter(case_id__isnull=True).order_by("village_code", "household_id")
        values = homes.values_list("household_id", "household__village_code", "risk")
        wanted = [NewCase(household, village, {risk: on}) for household, village, risk in values]
        cases += opening.create(by=by, at=at, on=on, kind=kind, wanted=wanted) if wanted else []
    if cases:
        record(
            by=by,
            action="case.begin",
            kind="case",
            count=len(cases),
            detail={"run": run.pk, "rows": summary([case.number] for case in cases)},
        )
    return cases
