"""Lists that must reach zero each month: whom the latest run found, and where each case stands.

Which rule makes a list is said by the procedure of the policy pack. A household is settled by a case
cleared since the run's data, or by one that found it not concerned not long ago.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils.translation import gettext_lazy as _

from anju.accounts.viewer import Viewer
from anju.casework import books
from anju.casework.models import Case, CaseKind, CaseState, Lead, LeadSource, LeadState
from anju.casework.queries import gates
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Finding, Run
from anju.procedures.calendars import add_months
from anju.procedures.procedure import Procedure

EARLIER_MONTHS = 3


class Standing(StrEnum):
    """Where a household of a list stands."""

    WITHOUT = "without"
    OPEN = "open"
    LATE = "late"
    CLEARED = "cleared"
    NOT_CONCERNED = "not_concerned"


STANDINGS = {
    Standing.WITHOUT: _("未立案"),
    Standing.OPEN: _("办理中"),
    Standing.LATE: _("已逾期"),
    Standing.CLEARED: _("已清零"),
    Standing.NOT_CONCERNED: _("核实不属清零对象"),
}


#: The columns of a case beside no rows at all: an empty list is filtered like any other.
_NO_CASE = {
    "case_id": Value(None, IntegerField()),
    "case_state": Value(None, CharField()),
    "case_due_on": Value(None, DateField()),
}


@dataclass(frozen=True)
class Tally:
    """One list in numbers; `elsewhere` are open cases of households the run no longer finds."""

    kind: CaseKind
    total: int
    by_standing: dict[Standing, int]
    elsewhere: int
    earlier: Sequence[tuple[str, int]]

    @property
    def remaining(self) -> int:
        """How many households stand between the list and zero."""
        waiting = (Standing.WITHOUT, Standing.OPEN, Standing.LATE)
        return sum(self.by_standing[each] for each in waiting)


def procedures_on(day: date) -> dict[CaseKind, Procedure]:
    """The procedures of the county's pack that clear a list of households, by kind of case."""
    found = books.book_on(day).procedures
    return {
        CaseKind(each.kind): each
        for each in found
        if each.purpose == "clearing" and each.kind in CaseKind and each.holds_on(day)
    }


def latest_run() -> Run | None:
    """The run whose findings are the lists: the latest of the county's own pack."""
    return monitoring.latest_run(pack=settings.POLICY_PACK)


def listed_for(viewer: Viewer, run: Run | None, kind: CaseKind, on: date) -> QuerySet[Finding]:
    """The list of a kind in the viewer's places, each row with `case_id` and `standing`."""
    found = monitoring.findings_for(viewer, run).filter(gates.within(viewer))
    if run is None or kind not in procedures_on(on):
        return found.none().annotate(**_NO_CASE)
    return with_cases(found, run, kind, on)


def with_cases(
    findings: QuerySet[Finding], run: Run, kind: CaseKind, on: date
) -> QuerySet[Finding]:
    """The findings that make the list of a kind, with the case (`case_*`) each household has."""
    theirs = Case.objects.filter(_counts(run, on), household=OuterRef("household"), kind=kind)
    latest = theirs.order_by("-id")
    return findings.filter(run=run, status="hit", rule=procedures_on(on)[kind].rule).annotate(
        case_id=Subquery(latest.values("pk")[:1]),
        case_state=Subquery(latest.values("state")[:1]),
        case_due_on=Subquery(latest.values("due_on")[:1]),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """The case that answers for a household of a list, and the rule that makes the list."""

    case_id: int
    rule: str


def answers(run: Run, on: date, household_ids: Collection[int]) -> dict[tuple[int, str], Answer]:
    """By household and risk: which of these households a list's case answers for; a query a list."""
    found: dict[tuple[int, str], Answer] = {}
    homes = Finding.objects.filter(household_id__in=household_ids)
    for kind, procedure in procedures_on(on).items():
        rows = with_cases(homes, run, kind, on).filter(case_id__isnull=False)
        for household_id, risk, case_id in rows.values_list("household_id", "risk", "case_id"):
            found[household_id, risk] = Answer(case_id, procedure.rule)
    return found


def leads_of_list(run: Run, kind: CaseKind, on: date) -> QuerySet[Lead]:
    """Open leads that tell nothing but what a list's case answers for, each with its `list_case`."""
    rule = procedures_on(on)[kind].rule
    listed = with_cases(Finding.objects.all(), run, kind, on).filter(case_id__isnull=False)
    theirs = listed.filter(household=OuterRef("household"), risk=OuterRef("risk"))
    other = LeadSource.objects.filter(lead=OuterRef("pk")).exclude(rule=rule)
    own = LeadSource.objects.filter(lead=OuterRef("pk"), rule=rule)
    return (
        Lead.objects.filter(Exists(own), ~Exists(other), state=LeadState.OPEN)
        .annotate(list_case=Subquery(theirs.order_by().values("case_id")[:1]))
        .filter(list_case__isnull=False)
    )


def _counts(run: Run, on: date) -> Q:
    """Cases that answer for a household of the run: open, or ended in a way that still holds."""
    again = books.book_on(on).limit("clearing_again").amount
    return (
        Q(closed_on__isnull=True)
        | Q(state=CaseState.CLEARED, closed_on__gte=run.known_on)
        | Q(state=CaseState.NOT_INCLUDED, closed_on__gte=add_months(on, -again))
    )


def of_standing(rows: QuerySet[Finding], standing: Standing, on: date) -> QuerySet[Finding]:
    """The rows of a list (`with_cases`) that stand so."""
    return rows.filter(_condition(standing, on))


def standing_of(row: Finding, on: date) -> Standing:
    """Where one row of a list (`with_cases`) stands."""
    case_id, state, due_on = (getattr(row, f"case_{name}") for name in ("id", "state", "due_on"))
    if case_id is None:
        return Standing.WITHOUT
    if state == CaseState.CLEARED:
        return Standing.CLEARED
    if state == CaseState.NOT_INCLUDED:
        return Standing.NOT_CONCERNED
    return Standing.LATE if due_on is not None and due_on < on else Standing.OPEN


def _condition(standing: Standing, on: date) -> Q:
    under_way = Q(case_state=CaseState.CHECKING)
    late = Q(case_due_on__lt=on)
    match standing:
        case Standing.WITHOUT:
            return Q(case_id__isnull=True)
        case Standing.OPEN:
            return under_way & (Q(case_due_on__isnull=True) | ~late)
        case Standing.LATE:
            return under_way & late
        case Standing.CLEARED:
            return Q(case_state=CaseState.CLEARED)
        case Standing.NOT_CONCERNED:
            return Q(case_state=CaseState.NOT_INCLUDED)


def tally(viewer: Viewer, run: Run | None, kind: CaseKind, on: date) -> Tally:
    """One list of the viewer's places in numbers, with those of the months before; few queries."""
    if run is None:
        return Tally(kind, 0, dict.fromkeys(Standing, 0), 0, ())
    rows = listed_for(viewer, run, kind, on)
    counted = rows.order_by().aggregate(
        total=Count("pk"),
        **{each.value: Count("pk", filter=_condition(each, on)) for each in Standing},
    )
    total = counted.pop("total")
    still_open = gates.cases_for(viewer).filter(kind=kind, closed_on__isnull=True)
    elsewhere = still_open.exclude(household_id__in=rows.order_by().values("household_id"))
    return Tally(
        kind,
        total,
        {each: counted[each.value] for each in Standing},
        elsewhere.count(),
        [
            (earlier.month, _size(viewer, earlier, kind, on))
            for earlier in monitoring.earlier_runs(run, limit=EARLIER_MONTHS)
        ],
    )


def _size(viewer: Viewer, run: Run, kind: CaseKind, on: date) -> int:
    found = monitoring.findings_for(viewer, run).filter(gates.within(viewer))
    return found.filter(status="hit", rule=procedures_on(on)[kind].rule).count()
