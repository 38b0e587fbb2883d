"""A case for each household of a list that must reach zero.

What put a household on the list is looked at there, and there only: a lead that tells of nothing else
goes into that case, with its history. A lead that tells of more stays open.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.rows import summary
from anju.casework.actions import opening
from anju.casework.actions.opening import NewCase
from anju.casework.models import Case, Lead, LeadState
from anju.casework.queries import clearing
from anju.monitoring.models import Finding, Run

_AT_ONCE = 500


@transaction.atomic
def open_cases(*, by: Actor, at: datetime, on: date, run: Run) -> list[Case]:
    """Open a case for every household a run puts on a list and that has none; safe to repeat.

    `on` is the day the office hears of it: the limits of the pack run from there. Households whose
    case was cleared since the run's data, or found not concerned not long ago, are left alone. Open
    leads that tell of nothing else are merged into the cases.
    """
    cases: list[Case] = []
    for kind in clearing.procedures_on(on):
        rows = clearing.with_cases(Finding.objects.all(), run, kind, on)
        homes = rows.filter(case_id__isnull=True).order_by("village_code", "household_id")
        values = homes.values_list("household_id", "household__village_code", "risk")
        wanted = [NewCase(household, village, {risk: on}) for household, village, risk in values]
        cases += opening.create(by=by, at=at, on=on, kind=kind, wanted=wanted) if wanted else []
    _take_leads(by, on, run)
    if cases:
        record(
            by=by,
            action="case.begin",
            kind="case",
            count=len(cases),
            detail={"run": run.pk, "rows": summary([case.number] for case in cases)},
        )
    return cases


def _take_leads(by: Actor, on: date, run: Run) -> None:
    """Merge open leads about nothing but the list into the case that answers for the household."""
    for kind in clearing.procedures_on(on):
        leads = list(clearing.leads_of_list(run, kind, on).order_by("id").select_for_update())
        for lead in leads:
            lead.state, lead.case_id = LeadState.MERGED, lead.list_case  # type: ignore[attr-defined]
            lead.ended_on, lead.ended_by = on, by.username
        Lead.objects.bulk_update(
            leads, ["state", "case_id", "ended_on", "ended_by"], batch_size=_AT_ONCE
        )
        if leads:
            ids = [lead.pk for lead in leads]
            record(by=by, action="lead.merge", kind="lead", ids=ids, detail={"run": run.pk})
