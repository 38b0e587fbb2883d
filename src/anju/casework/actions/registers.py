"""What a decision of the county writes back to the registers: included, or the risk removed.

Called by the moves of a case, in their transaction; both return the columns of the case that the
move writes along.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anju.audit.actor import Actor
from anju.casework.actions import follow_ups
from anju.casework.actions.measures import source_of
from anju.casework.models import Case, RemovalKind
from anju.casework.refusals import CaseRefused
from anju.registry.actions import households
from anju.registry.models import HouseholdRecord


def include(*, by: Actor, on: date, case: Case) -> dict[str, Any]:
    """The household is monitored from `on`, as the kind of the case; its first visit is set."""
    if not case.monitored_kind:
        raise CaseRefused(_("还没有确定监测对象类别，不能纳入。"))
    _write(
        by,
        on,
        case,
        {"monitored_kind": case.monitored_kind, "included_on": on, "risk_removed_on": None},
    )
    follow_ups.schedule(case=case, since=on)
    return {"included_on": on, "decided_on": on}


def remove(*, by: Actor, on: date, case: Case, removal_kind: str | None) -> dict[str, Any]:
    """The risk is removed from `on`; the kind stays readable, and help that runs keeps its end.

    Visits go on in the rhythm after a removal, unless nobody of the household is left.
    """
    _write(by, on, case, {"risk_removed_on": on})
    case.risks.filter(solved_on=None).update(solved_on=on)
    follow_ups.drop_waiting(case=case)
    if removal_kind != RemovalKind.NATURAL:
        follow_ups.schedule(case=case, since=on, rhythm=follow_ups.AFTER_REMOVAL)
    return {"removed_on": on, "closed_on": on, "removal_kind": removal_kind}


def _write(by: Actor, on: date, case: Case, changes: dict[str, Any]) -> None:
    """From `on` it is so; what was true before stays true until then."""
    record = (
        HouseholdRecord.objects.filter(
            household=case.household, known_to__isnull=True, valid_to__isnull=True
        )
        .order_by("valid_from", "pk")
        .last()
    )
    begun = record.valid_from if record is not None else None
    households.change(
        by=by,
        on=on,
        household=case.household,
        changes=changes,
        since=on if begun is None or begun <= on else begun,
        source=source_of(case),
    )
