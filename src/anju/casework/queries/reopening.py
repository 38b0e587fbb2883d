"""Cases that ended with the risk removed and may be taken up again, with their history."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from anju.casework import books
from anju.casework.models import Case, CaseState
from anju.procedures.calendars import add_months
from anju.registry.models import Household


def reopenable(household: Household, kind: str, on: date) -> Case | None:
    """The household's case of a kind that may be taken up again on a day; None without one."""
    closed = Case.objects.filter(household=household, kind=kind, state=CaseState.REMOVED)
    return closed.filter(removed_on__gte=_earliest(on)).order_by("removed_on", "id").last()


def closed_not_long_ago(households: QuerySet[Household], kind: str, on: date) -> QuerySet[Case]:
    """All such cases of some households."""
    closed = Case.objects.filter(household__in=households, kind=kind, state=CaseState.REMOVED)
    return closed.filter(removed_on__gte=_earliest(on))


def _earliest(on: date) -> date:
    """The first day of removal from which a case may still be taken up again."""
    clock = books.book_on(on).limit("reopening")
    if clock.unit == "months":
        return add_months(on, -clock.amount)
    return on - timedelta(days=clock.amount)
