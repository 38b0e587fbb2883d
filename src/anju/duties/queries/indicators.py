"""Reads of indicators: which there are, their values and targets, and what is owed when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties import courses
from anju.duties.courses import Course, Point, Target
from anju.duties.models import (
    Indicator,
    IndicatorSource,
    IndicatorTarget,
    IndicatorValue,
    ValueProof,
    ValueState,
)
from anju.duties.periods import period_of, periods
from anju.duties.queries.gates import unit_of, units_for
from anju.rules import packs

_WITHOUT_PACK = 5
_AHEAD = timedelta(days=366)
_BACK = timedelta(days=365)


@dataclass
class Standing:
    """How one indicator stands: its values and targets, and what they come to."""

    values: list[IndicatorValue] = field(default_factory=list)  # that count, in order of time
    waiting: IndicatorValue | None = None  # reported, not yet checked
    targets: list[IndicatorTarget] = field(default_factory=list)
    target: IndicatorTarget | None = None  # the next one, else the last
    course: Course = Course.NO_TARGET
    as_ofs: frozenset[date] = frozenset()

    @property
    def latest(self) -> IndicatorValue | None:
        """The last value that is known; where none is, the last that could not be told."""
        known = [each for each in self.values if each.value is not None]
        return (known or self.values or [None])[-1]

    @property
    def points(self) -> list[Point]:
        """The values that are known, towards the target."""
        known = [Point(each.as_of, each.value) for each in self.values if each.value is not None]
        if self.target is None:
            return known
        return courses.window(known, [each.due_on for each in self.targets], self.target.due_on)


@dataclass(frozen=True)
class Report:
    """The next value a unit owes: of which period, and by when."""

    period: str
    as_of: date
    due_on: date


def indicators_for(viewer: Viewer) -> QuerySet[Indicator]:
    """All of them for who may see duties: they are figures, and name nobody."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return Indicator.objects.none()
    return Indicator.objects.select_related("plan", "reporting_unit")


def indicator_for(viewer: Viewer, indicator_id: int) -> Indicator:
    """One indicator; raises Indicator.DoesNotExist."""
    return indicators_for(viewer).get(pk=indicator_id)


def counting_values(indicators: Iterable[Indicator]) -> QuerySet[IndicatorValue]:
    """Values of some indicators that count: those accepted."""
    ids = [each.pk for each in indicators]
    return IndicatorValue.objects.filter(indicator__in=ids, state=ValueState.ACCEPTED)


def current(on: date) -> Q:
    """Indicators that are still followed: neither they nor their plan have ended."""
    followed = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return followed & (Q(plan__ended_on__isnull=True) | Q(plan__ended_on__gt=on))


def has_ended(indicator: Indicator, on: date) -> bool:
    """Whether it, or its plan, is followed no longer."""
    ends = (indicator.ended_on, indicator.plan.ended_on if indicator.plan else None)
    return any(day is not None and day <= on for day in ends)


def computed_on(as_of: date) -> QuerySet[Indicator]:
    """Indicators that the registers answer, followed on a day."""
    rows = Indicator.objects.filter(current(as_of), source=IndicatorSource.COMPUTED)
    return rows.order_by("pk")


def may_read_words(viewer: Viewer, indicator: Indicator) -> bool:
    """Whether what a unit wrote beside its numbers, and its proofs, may be read."""
    if viewer.scope_for(Permission.VIEW_DUTIES).is_county_wide:
        return True
    return units_for(viewer).filter(pk=indicator.reporting_unit_id).exists()


def may_report(viewer: Viewer, indicator: Indicator) -> bool:
    """Whether the viewer reports this indicator for their unit."""
    if not viewer.may(Permission.REPORT_PROGRESS) or indicator.reporting_unit_id is None:
        return False
    unit = unit_of(viewer)
    return unit is not None and unit.pk == indicator.reporting_unit_id


def standings(indicators: Iterable[Indicator], on: date) -> dict[int, Standing]:
    """How each indicator stands on a day; two queries."""
    ids = [indicator.pk for indicator in indicators]
    operators = {indicator.pk: indicator.operator for indicator in indicators}
    found = {pk: Standing() for pk in ids}
    taken: dict[int, set[date]] = {pk: set() for pk in ids}
    rows = IndicatorValue.objects.filter(indicator__in=ids).exclude(state=ValueState.RETURNED)
    for value in rows.select_related("unit").order_by("as_of", "pk"):
        taken[value.indicator_id].add(value.as_of)
        if value.state == ValueState.SUBMITTED:
            found[value.indicator_id].waiting = value
        elif value.as_of <= on:
            found[value.indicator_id].values.append(value)
    for target in IndicatorTarget.objects.filter(indicator__in=ids).order_by("due_on"):
        found[target.indicator_id].targets.append(target)
    for pk, standing in found.items():
        standing.as_ofs = frozenset(taken[pk])
        standing.target = _target_on(standing.targets, on)
        standing.course = courses.course(
            standing.points, as_target(standing.target, operators[pk]), on
        )
    return found


def said_of(indicators: Iterable[Indicator]) -> dict[int, dict[date, tuple[Decimal, str]]]:
    """Indicator → day → the number that stands for it, accepted or waiting, and its words; one query."""
    rows = IndicatorValue.objects.filter(
        indicator__in=[each.pk for each in indicators], value__isnull=False
    ).exclude(state=ValueState.RETURNED)
    found: dict[int, dict[date, tuple[Decimal, str]]] = {}
    for pk, as_of, value, words in rows.values_list("indicator_id", "as_of", "value", "note"):
        found.setdefault(pk, {})[as_of] = (value, words)
    return found


def as_target(target: IndicatorTarget | None, operator: str) -> Target | None:
    """A target as a plain value."""
    if target is None:
        return None
    return Target(target.due_on, operator, target.value, target.upper)


def next_report(indicator: Indicator, taken: frozenset[date], on: date) -> Report | None:
    """The first period since it began for which nothing was reported; None of computed or ended ones.

    Nobody is asked any more for what lies over a year back.
    """
    if indicator.source == IndicatorSource.COMPUTED or indicator.begun_on is None:
        return None
    if has_ended(indicator, on):
        return None
    first = max(indicator.begun_on, on - _BACK)
    last = period_of(indicator.every, on).last_day
    for label, as_of in periods(indicator.every, first, last + _AHEAD):
        if as_of not in taken:
            return Report(label, as_of, as_of + timedelta(days=report_days(on)))
    return None


def report_days(on: date) -> int:
    """Within how many days after its end a period is to be reported, by the county's pack."""
    limits = packs.load(settings.POLICY_PACK).limits
    found = next((each.value_on(on) for each in limits if each.id == "indicator_report_days"), None)
    return _WITHOUT_PACK if found is None else found


def of_unit(viewer: Viewer) -> QuerySet[Indicator]:
    """Indicators that the viewer's unit reports, still followed."""
    unit = unit_of(viewer) if viewer.may(Permission.REPORT_PROGRESS) else None
    if unit is None:
        return Indicator.objects.none()
    rows = indicators_for(viewer).filter(current(viewer.on), reporting_unit=unit)
    return rows.filter(source=IndicatorSource.REPORTED).order_by("pk")


def without_unit(viewer: Viewer) -> tuple[int, date | None]:
    """How many indicators a unit should report while none is named, and since when the oldest is."""
    rows = indicators_for(viewer).filter(current(viewer.on), reporting_unit__isnull=True)
    rows = rows.filter(source=IndicatorSource.REPORTED, begun_on__isnull=False)
    found = rows.order_by().aggregate(count=Count("pk"), since=Min("begun_on"))
    return found["count"], found["since"]


def to_check(viewer: Viewer) -> QuerySet[IndicatorValue]:
    """Values that wait for somebody else to check them, the oldest first."""
    if not viewer.may(Permission.CHECK_PROGRESS):
        return IndicatorValue.objects.none()
    rows = IndicatorValue.objects.filter(
        state=ValueState.SUBMITTED, indicator__in=indicators_for(viewer)
    )
    rows = rows.exclude(recorded_by=viewer.username).select_related("indicator", "unit")
    return rows.order_by("recorded_on", "pk")


def value_for(viewer: Viewer, value_id: int) -> IndicatorValue:
    """One value; raises IndicatorValue.DoesNotExist."""
    rows = IndicatorValue.objects.filter(indicator__in=indicators_for(viewer))
    return rows.select_related("indicator", "unit").get(pk=value_id)


def values_of(viewer: Viewer, indicator: Indicator) -> list[IndicatorValue]:
    """All its values with their proofs, the latest first; what is not accepted only to who may read it."""
    rows = indicator.values.select_related("unit").prefetch_related("proofs")
    if not may_read_words(viewer, indicator):
        rows = rows.filter(state=ValueState.ACCEPTED)
    return list(rows.order_by("-as_of", "-pk"))


def proof_for(viewer: Viewer, proof_id: int) -> ValueProof:
    """One proof; raises ValueProof.DoesNotExist for who may not read it."""
    proof = ValueProof.objects.select_related("value__indicator").get(pk=proof_id)
    if not viewer.may(Permission.VIEW_DUTIES) or not may_read_words(viewer, proof.value.indicator):
        raise ValueProof.DoesNotExist
    return proof


def _target_on(targets: Sequence[IndicatorTarget], on: date) -> IndicatorTarget | None:
    return next((each for each in targets if each.due_on >= on), targets[-1] if targets else None)
