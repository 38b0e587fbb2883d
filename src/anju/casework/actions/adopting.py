"""Households that were monitored before there were cases: each gets one, already included.

So help, visits and the removal of the risk go on for them as for those that came through a case. Lists
of monitored households that are imported later bring more; whoever has a case is left alone.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.rows import summary
from anju.casework import books
from anju.casework.actions import follow_ups, opening
from anju.casework.actions.opening import NewCase
from anju.casework.models import Case, CaseKind, CaseState
from anju.registry.models import Household

ADOPT = "adopt"
"""The first move of such a case; no action of a pack."""


@transaction.atomic
def adopt(*, by: Actor, at: datetime, on: date) -> int:
    """Make an included case for each monitored household without one; how many. Safe to repeat.

    Its risks are not known to the registers: leads that come later add theirs.
    """
    open_cases = Case.objects.filter(
        household=OuterRef("pk"), kind=CaseKind.RELAPSE, closed_on__isnull=True
    )
    monitored = Household.objects.filter(
        ~Exists(open_cases), monitored_kind__isnull=False, risk_removed_on__isnull=True
    )
    rows = monitored.order_by("village_code", "pk").values_list(
        "pk", "village_code", "monitored_kind", "included_on"
    )
    known = {pk: (village, kind, since) for pk, village, kind, since in rows.iterator()}
    if not known:
        return 0
    procedure = books.book_on(on).of(CaseKind.RELAPSE, "inclusion").id

    def begin(home: NewCase) -> Case:
        _village, kind, since = known[home.household_id]
        return Case(
            state=CaseState.INCLUDED,
            procedure=procedure,
            monitored_kind=kind,
            included_on=since,
            decided_on=since,
        )

    cases = opening.store(
        by=by,
        at=at,
        on=on,
        kind=CaseKind.RELAPSE,
        wanted=[NewCase(pk, village, {}) for pk, (village, _kind, _since) in known.items()],
        begin=begin,
        action=ADOPT,
    )
    follow_ups.schedule_many(cases=cases, since=on)
    if cases:
        digest = summary([case.number] for case in cases)
        record(by=by, action="case.adopt", kind="case", count=len(cases), detail={"rows": digest})
    return len(cases)
