"""How long cases stood at each step, and how long it took from the lead to the decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery

from anju.accounts.viewer import Viewer
from anju.casework import books
from anju.casework.models import CaseKind, Move
from anju.casework.queries import gates
from anju.casework.queries.figures.spans import Period, Span, span
from anju.procedures.books import load
from anju.procedures.refusals import BookError


@dataclass(frozen=True)
class StepFigures:
    """One step of a procedure and how long cases stood there; a case sent back counts again."""

    pack: str
    procedure: str
    step: str
    span: Span


def steps(viewer: Viewer, period: Period) -> list[StepFigures]:
    """Steps that cases left in the time, in the pack's order; one query."""
    entered = (
        Move.objects.filter(
            case=OuterRef("case"), version__lt=OuterRef("version"), to_step=OuterRef("from_step")
        )
        .exclude(from_step=F("to_step"))  # what keeps the step (the green channel) is no arrival
        .order_by("-version")
    )
    rows = (
        _moves(viewer)
        .filter(period.of("moved_on"))
        .exclude(from_step="")
        .exclude(from_step=F("to_step"))
        .annotate(entered_on=Subquery(entered.values("moved_on")[:1]))
        .filter(entered_on__isnull=False)
        .values_list(
            "case__pack", "procedure", "from_step", "entered_on", "moved_on", "step_due_on"
        )
        .annotate(count=Count("pk"))
        .order_by()
    )
    found: dict[tuple[str, str, str], _Counted] = defaultdict(_Counted)
    for pack, procedure, step, entered_on, moved_on, due_on, count in rows.iterator():
        found[pack, procedure, step].add((moved_on - entered_on).days, moved_on, due_on, count)
    figures = [StepFigures(*key, counted.span()) for key, counted in found.items()]
    return sorted(figures, key=lambda each: _place(each, period.last))


def to_decision(viewer: Viewer, period: Period) -> Span:
    """From the first day of a risk to the county's decision, against the limit of the pack.

    Of cases decided in the time; those of the green channel against the day their papers were due.
    """
    rows = (
        gates.cases_for(viewer)
        .filter(period.of("decided_on"), kind=CaseKind.RELAPSE)
        .order_by()
        .values("pk", "decided_on", "papers_due_on")  # grouped by these, not by every column
        .annotate(since=Min("risks__found_on"))
        .filter(since__lte=F("decided_on"))
        .values_list("since", "decided_on", "papers_due_on")
    )
    calendar = books.calendar()

    @cache
    def due(since: date) -> date | None:
        return books.decision_due(since, calendar)

    counted = _Counted()
    for since, decided_on, papers_due_on in rows.iterator():
        counted.add((decided_on - since).days, decided_on, papers_due_on or due(since), 1)
    return counted.span()


class _Counted:
    """How many took how many days, and how many of them kept a limit."""

    def __init__(self) -> None:
        self.days: Counter[int] = Counter()
        self.within = self.limited = 0

    def add(self, days: int, on: date, due_on: date | None, count: int) -> None:
        self.days[days] += count
        if due_on is not None:
            self.limited += count
            self.within += count if on <= due_on else 0

    def span(self) -> Span:
        return span(self.days, within=self.within, limited=self.limited)


def _moves(viewer: Viewer) -> QuerySet[Move]:
    """Moves of the cases a viewer may see."""
    return Move.objects.filter(case__in=gates.cases_for(viewer).order_by().values("pk"))


def _place(figures: StepFigures, on: date) -> tuple[str, int, int]:
    """Where a step stands in its pack; what the pack no longer has comes last."""
    try:
        procedures = load(figures.pack, on).procedures
    except BookError:
        procedures = ()
    for number, procedure in enumerate(procedures):
        if procedure.id == figures.procedure:
            ids = [step.id for step in procedure.steps]
            place = ids.index(figures.step) if figures.step in ids else len(ids)
            return figures.pack, number, place
    return figures.pack, len(procedures), 0
