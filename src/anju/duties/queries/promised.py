"""What a plan promises in numbers: its policy pack's indicators, and what was confirmed besides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from anju.duties import matching
from anju.duties.asked import asked
from anju.duties.matching import Number
from anju.duties.models import (
    DeadlineKind,
    IndicatorTarget,
    MeasureState,
    MeasureTarget,
    OfficeUnit,
    PlanMeasure,
    PlanVersion,
    Rhythm,
    UnitRole,
)
from anju.rules import packs
from anju.rules.pack_model import Indicator as PackIndicator

_ANSWERING = (UnitRole.LEAD, UnitRole.RESPONSIBLE, UnitRole.IMPLEMENTING)
_LONGEST = IndicatorTarget._meta.get_field("clause").max_length


@dataclass(frozen=True)
class Goal:
    """What must be reached by a day. `promised` is the confirmed target that says so, if one does."""

    value: Decimal
    upper: Decimal | None
    clause: str
    promised: int | None = None


@dataclass
class Promised:
    """One indicator as it should be. Empty `figure`: a unit reports it."""

    code: str
    name: str
    name_en: str
    unit: str
    operator: str
    pack: str
    figure: str
    goals: dict[date, Goal] = field(default_factory=dict)
    clauses: set[str] = field(default_factory=set)
    reporting_unit: int | None = None
    every: str = Rhythm.MONTH

    def numbers(self) -> Iterable[Number]:
        """Its goals, to be compared with what was read from a plan."""
        for due_on, goal in self.goals.items():
            yield Number(self.name, self.unit, goal.value, goal.clause, due_on, goal.upper)


def of_pack(pack_id: str) -> list[Promised]:
    """The indicators of a policy pack, in its order."""
    return [_of_pack(pack_id, each) for each in packs.load(pack_id).indicators] if pack_id else []


def of_version(version: PlanVersion, on: date) -> list[Promised]:
    """The indicators of the plan's pack, then those that only the plan's own words promise.

    A target without a day is due when its measure is, and otherwise at the end of the year of `on`.
    """
    found = of_pack(version.plan.pack)
    measures = list(
        PlanMeasure.objects.filter(version=version, state=MeasureState.CONFIRMED)
        .prefetch_related("targets", "deadlines", "offices")
        .order_by("position", "pk")
    )
    own: dict[str, Promised] = {}
    units = _units(measures)
    for measure in measures:
        for target in measure.targets.all():
            _add(found, own, measure, target, due_on=_due_on(measure, target, on))
    whole = [*found, *own.values()]
    for each in whole:
        _answered_by(each, measures, units)
    return whole


def _of_pack(pack_id: str, said: PackIndicator) -> Promised:
    found = Promised(
        code=f"{pack_id}/{said.id}",
        name=said.name,
        name_en=said.name_en,
        unit=said.unit,
        operator=said.operator,
        pack=pack_id,
        figure=said.figure,
        every=Rhythm.MONTH if said.figure else Rhythm.QUARTER,
    )
    for target in said.targets:
        clause = target.basis.default if target.basis.is_default else target.basis.clause
        found.goals[target.by] = Goal(target.value, target.upper, clause[:_LONGEST])
        found.clauses.add(matching.clause_key(clause))
    return found


def _add(
    of_the_pack: Sequence[Promised],
    own: dict[str, Promised],
    measure: PlanMeasure,
    target: MeasureTarget,
    *,
    due_on: date,
) -> None:
    clause = matching.clause_key(measure.key)
    said = Number(target.indicator, target.unit, target.value, clause, target.due_on, target.upper)
    numbers = {number: each for each in of_the_pack for number in each.numbers()}
    number = matching.best(said, numbers)
    if number is None:
        _add_own(own, measure, target, due_on, clause)
        return
    known = numbers[number]
    day = target.due_on or number.due_on or due_on
    goal = known.goals.get(day)
    value = matching.in_unit(target.value, target.unit, known.unit)
    upper = matching.in_unit(target.upper, target.unit, known.unit) if target.upper else None
    if goal is not None and (goal.value, goal.upper) == (value, upper):
        known.goals[day] = replace(goal, promised=target.pk)
    else:  # the confirmed words of the plan are newer than the pack
        known.goals[day] = Goal(value or Decimal(0), upper, clause, target.pk)
    known.clauses.add(clause)


def _add_own(
    own: dict[str, Promised],
    measure: PlanMeasure,
    target: MeasureTarget,
    due_on: date,
    clause: str,
) -> None:
    """An indicator of the plan's own; several days of one promise are one indicator."""
    goal = Goal(target.value, target.upper, clause, target.pk)
    operator = asked(target.operator, target.value, target.indicator)
    for number in range(100):
        code = _code(measure, target, number)
        each = own.get(code)
        if each is None:
            each = own[code] = Promised(
                code=code,
                name=target.indicator,
                name_en="",
                unit=target.unit,
                operator=operator,
                pack="",
                figure="",
                every=_rhythm(measure),
            )
        if due_on not in each.goals and each.operator == operator:
            each.goals[due_on] = goal
            each.clauses.add(clause)
            return


def _code(measure: PlanMeasure, target: MeasureTarget, number: int) -> str:
    """The same in every version of the plan: of name and unit, and a number where they repeat."""
    words = f"{matching.key(target.indicator)}|{target.unit}|{number or ''}"
    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
    return f"plan-{measure.version.plan_id}/{digest}"


def _due_on(measure: PlanMeasure, target: MeasureTarget, on: date) -> date:
    if target.due_on is not None:
        return target.due_on
    days = [
        deadline.due_on
        for deadline in measure.deadlines.all()
        if deadline.due_on is not None and deadline.kind != DeadlineKind.RECURRING
    ]
    return max(days, default=date(on.year, 12, 31))


def _rhythm(measure: PlanMeasure) -> str:
    """How often the measure itself recurs; a quarter where it does not say."""
    said = [each.every for each in measure.deadlines.all() if each.every]
    longer = [each for each in said if each not in (Rhythm.DAY, Rhythm.WEEK)]
    return longer[0] if longer else Rhythm.MONTH if said else Rhythm.QUARTER


def _units(measures: Sequence[PlanMeasure]) -> dict[str, int]:
    """Names of offices that mean exactly one unit."""
    names = {office.name for measure in measures for office in measure.offices.all()}
    found: dict[str, list[int]] = {}
    rows = OfficeUnit.objects.filter(office__name__in=names).order_by("pk")
    for name, unit in rows.values_list("office__name", "unit"):
        found.setdefault(name, []).append(unit)
    return {name: units[0] for name, units in found.items() if len(units) == 1}


def _answered_by(each: Promised, measures: Sequence[PlanMeasure], units: dict[str, int]) -> None:
    """The unit that leads the measure, or answers for it: the first that is one unit."""
    for measure in measures:
        if matching.clause_key(measure.key) not in each.clauses:
            continue
        offices = [o for role in _ANSWERING for o in measure.offices.all() if o.role == role]
        for office in offices:
            if office.name in units:
                each.reporting_unit = units[office.name]
                return
