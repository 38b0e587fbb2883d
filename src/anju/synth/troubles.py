"""Troubles planted for the rules to find, one script a rule.

A script returns a household and the months (positions in the period) in which its rule must hit, or
None where the months leave no room for it. `turn` counts the households of one rule: odd ones vary.
Figures are at least half as large or half as small again as any threshold in the packs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from anju.synth import casts
from anju.synth.drafts import YUAN, Draft, Event, Holding, Status
from anju.synth.periods import Period

Span = tuple[int, int]
Made = tuple[Draft, Span] | None
Write = Callable[[Period, int], Made]


@dataclass(frozen=True)
class Script:
    """How to write a household for a rule, and what the map must provide."""

    rule: str
    write: Write
    relocated: bool = False


def _all(period: Period) -> Span:
    return 0, len(period.months) - 1


def _from(period: Period, month: int, lasting: int = 99) -> Span:
    return month, min(month + lasting, len(period.months)) - 1


def _turn(period: Period, turn: int) -> int:
    return turn % len(period.months)


def _comparable(period: Period) -> Span | None:
    """Months of the first year in which a quarter has ended."""
    fit = [
        i
        for i, month in enumerate(period.months)
        if month.year == period.first.year and month.number >= 3
    ]
    return (fit[0], fit[-1]) if fit else None


def _income(before: int, now: int, year_to_date: bool) -> Write:
    def write(period: Period, turn: int) -> Made:
        draft = casts.family(period) if turn % 2 else casts.with_grown_son(period)
        draft.before, draft.now = before * YUAN, now * YUAN
        span = _comparable(period) if year_to_date else _all(period)
        return (draft, span) if span else None

    return write


def _after_rigid(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.before, draft.now = 15_000 * YUAN, 16_000 * YUAN
    on = draft.in_month(0, 5)
    draft.events.append(Event("medical_selfpaid", on, 41_300 * YUAN, member=turn % 2))
    return draft, _from(period, 0, 12)


def _zero_employment(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    for member in draft.members:
        member.jobs = [job for job in member.jobs if turn % 2]
        for job in member.jobs:
            job.end = draft.in_month(-7, 20)
    return draft, _all(period)


def _all_work_lost(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    month = _turn(period, turn)
    draft.members[0].jobs[0].end = draft.in_month(month, 11)
    draft.members[1].jobs[0].end = draft.in_month(month, 17)
    return draft, (month, month)


def _medical(lifted_out: bool, amount: int) -> Write:
    def write(period: Period, turn: int) -> Made:
        draft = casts.with_grandfather(period)
        draft.lifted_out = lifted_out
        draft.before = draft.now = 30_000 * YUAN
        half = amount * YUAN // 2
        draft.events.append(Event("medical_selfpaid", draft.in_month(-1, 9), half, member=3))
        draft.events.append(Event("medical_selfpaid", draft.in_month(0, 14), half, member=3))
        return draft, _from(period, 0, 11)

    return write


def _one_event(kind: str, lasting: int, amount: int | None = None, member: int | None = 0) -> Write:
    def write(period: Period, turn: int) -> Made:
        draft = casts.with_student(period) if kind == "tuition" else casts.family(period)
        draft.before = draft.now = 45_000 * YUAN
        month = _turn(period, turn)
        event = Event(kind, draft.in_month(month, 6 + turn % 9), member=member)
        if amount is not None:
            event.amount = amount * YUAN
        draft.events.append(event)
        return draft, _from(period, month, lasting)

    return write


def _disability(period: Period, turn: int) -> Made:
    draft = casts.with_grown_son(period)
    month = _turn(period, turn)
    draft.members[2].labour = "lost"
    draft.members[2].jobs = []
    draft.statuses.append(
        Status("disabled", draft.in_month(month, 8), level=str(1 + turn % 2), member=2)
    )
    return draft, _from(period, month, 3)


def _worker_death(period: Period, turn: int) -> Made:
    draft = casts.with_grown_son(period)
    month = _turn(period, turn)
    on = draft.in_month(month, 12)
    son = draft.members[2]
    son.left, son.left_for, son.jobs[0].end = on, 1, on
    draft.events.append(Event("death", on, member=2))
    return draft, _from(period, month, 12)


def _out_of_school(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    child = draft.members[2]
    child.grade, child.education = "不在校", "primary"
    if turn % 2 == 0:
        return draft, _all(period)
    month = _turn(period, turn)
    child.grade_before = "小学"
    draft.events.append(Event("dropout", draft.in_month(month, 10), member=2))
    return draft, _from(period, month)


def _uninsured(period: Period, turn: int) -> Made:
    draft = casts.with_grandfather(period)
    draft.members[1 + turn % 3].insured = False
    return draft, _all(period)


def _housing(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    month = _turn(period, turn)
    draft.events.append(Event("housing_graded", draft.in_month(month, 8), level="DC"[turn % 2]))
    return draft, _from(period, month)


def _water(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    month = _turn(period, turn)
    draft.statuses.append(Status("unsafe_water", draft.in_month(month, 9)))
    return draft, _from(period, month)


def _water_cut(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    month = _turn(period, turn)
    draft.events.append(Event("water_cut", draft.in_month(month, 2), level=str(18 + turn % 9)))
    return draft, _from(period, month, 3)


def _allowance_stopped(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.before, draft.now = 3_000 * YUAN, 3_300 * YUAN
    month = _turn(period, turn)
    draft.statuses.append(Status("dibao", draft.in_month(-30, 1), draft.in_month(month, 1)))
    return draft, _from(period, month, 3)


def _no_labour(period: Period, turn: int) -> Made:
    draft = casts.elders(period)
    draft.statuses.clear()
    draft.before, draft.now = 3_400 * YUAN, 3_600 * YUAN
    return draft, _all(period)


def _without_measure(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.lifted_out = turn % 2 == 0
    return casts.monitored(draft, since=-14, measures=False), _all(period)


def _hint(kind: str, value: int) -> Write:
    """Hints are asked of households that are monitored and on an allowance."""

    def write(period: Period, turn: int) -> Made:
        draft = casts.monitored(casts.family(period))
        draft.statuses.append(Status("dibao", draft.in_month(-18, 1)))
        draft.holdings.append(Holding(kind, value * YUAN, draft.in_month(-9, 15), member=turn % 2))
        return draft, _all(period)

    return write


def _monitored(period: Period, turn: int) -> Made:
    return casts.monitored(casts.family(period), since=-4 - turn % 12), _all(period)


def _relocated(period: Period, turn: int) -> Made:
    return casts.with_grandfather(period), _all(period)


NATIONAL: tuple[Script, ...] = (
    Script("income_below_line", _income(3_000, 3_200, year_to_date=False)),
    Script("income_after_rigid_below_line", _after_rigid),
    Script("income_fell", _income(18_000, 15_300, year_to_date=True)),
    Script("income_fell_sharply", _income(22_000, 11_000, year_to_date=True)),
    Script("zero_employment", _zero_employment),
    Script("all_work_lost", _all_work_lost),
    Script("medical_selfpaid_lifted_out", _medical(True, 12_400)),
    Script("medical_selfpaid_ordinary", _medical(False, 41_600)),
    Script("serious_illness", _one_event("serious_illness", 3)),
    Script("disability_severe_new", _disability),
    Script("worker_death", _worker_death),
    Script("out_of_school", _out_of_school),
    Script("uninsured", _uninsured),
    Script("housing_unsafe", _housing),
    Script("water_unsafe", _water),
    Script("water_cut_long", _water_cut),
    Script("disaster_loss", _one_event("disaster", 12, 62_000, member=None)),
    Script("tuition_burden", _one_event("tuition", 12, 26_000, member=2)),
    Script("allowance_stopped_below_line", _allowance_stopped),
    Script("no_labour_no_allowance", _no_labour),
    Script("loan_overdue", _one_event("loan_overdue", 3, 30_000)),
    Script("monitored_without_measure", _without_measure),
    Script("hint_vehicle", _hint("vehicle", 360_000)),
    Script("hint_company", _hint("company", 2_000_000)),
    Script("hint_commercial_housing", _hint("commercial_housing", 680_000)),
)

SHIQUAN: tuple[Script, ...] = (
    Script("focus_estimate_below_attention", _income(5_000, 5_200, year_to_date=True)),
    Script("focus_relocated", _relocated, relocated=True),
    Script("focus_monitored", _monitored),
)
