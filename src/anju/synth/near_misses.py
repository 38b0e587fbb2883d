"""Households that look like a trouble and are none: the rule named must not hit in any month."""

from __future__ import annotations

from anju.synth import casts
from anju.synth.drafts import YUAN, Draft, Event, Holding, Job, Status
from anju.synth.periods import Period
from anju.synth.troubles import Made, Script


def _span(period: Period, draft: Draft) -> Made:
    return draft, (0, len(period.months) - 1)


def _poor_once(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.before, draft.now = 10_600 * YUAN, 11_600 * YUAN
    return _span(period, draft)


def _spent_but_well_off(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.before = draft.now = 40_000 * YUAN
    draft.events.append(Event("medical_selfpaid", draft.in_month(0, 5), 41_300 * YUAN, member=0))
    return _span(period, draft)


def _rose_a_little(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.before, draft.now = 16_000 * YUAN, 16_800 * YUAN
    return _span(period, draft)


def _one_still_works(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.members[0].jobs[0].end = draft.in_month(0, 10)
    return _span(period, draft)


def _changed_work_within_the_month(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.members[1].jobs = []
    draft.members[0].jobs[0].end = draft.in_month(0, 4)
    draft.members[0].jobs.append(Job(draft.in_month(0, 19), channel="workshop", wage=2400 * YUAN))
    return _span(period, draft)


def _medical_below(period: Period, turn: int) -> Made:
    draft = casts.with_grandfather(period)
    draft.before = draft.now = 30_000 * YUAN
    draft.events.append(Event("medical_selfpaid", draft.in_month(0, 9), 2_900 * YUAN, member=3))
    draft.events.append(Event("medical_selfpaid", draft.in_month(-12, 9), 9_000 * YUAN, member=3))
    return _span(period, draft)


def _medical_ordinary_below(period: Period, turn: int) -> Made:
    draft = casts.with_grandfather(period)
    draft.lifted_out, draft.before, draft.now = False, 30_000 * YUAN, 30_000 * YUAN
    draft.events.append(Event("medical_selfpaid", draft.in_month(0, 9), 11_000 * YUAN, member=3))
    return _span(period, draft)


def _mild_disability(period: Period, turn: int) -> Made:
    draft = casts.with_grown_son(period)
    draft.statuses.append(Status("disabled", draft.in_month(0, 8), level="3", member=2))
    return _span(period, draft)


def _old_man_died(period: Period, turn: int) -> Made:
    draft = casts.with_grandfather(period)
    on = draft.in_month(0, 12)
    draft.members[3].left, draft.members[3].left_for = on, 1
    draft.events.append(Event("death", on, member=3))
    return _span(period, draft)


def _exempt_child(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    child = draft.members[2]
    child.grade, child.education = "不在校", "primary"
    draft.statuses.append(Status("disabled", draft.in_month(-30, 8), level="1", member=2))
    draft.statuses.append(Status("health_exempt_from_school", draft.in_month(-20, 8), member=2))
    return _span(period, draft)


def _insured_later(period: Period, turn: int) -> Made:
    """Somebody who has left is not insured; those who stay are."""
    draft = casts.with_grandfather(period)
    gone = draft.members[3]
    gone.insured, gone.left, gone.left_for = False, draft.in_month(-2, 9), 3
    return _span(period, draft)


def _repaired(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.events.append(Event("housing_graded", draft.in_month(-9, 8), level="D"))
    draft.events.append(Event("housing_graded", draft.in_month(-1, 8), level="B"))
    return _span(period, draft)


def _water_mended(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.statuses.append(Status("unsafe_water", draft.in_month(0, 3), draft.in_month(0, 17)))
    return _span(period, draft)


def _short_cut(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.events.append(Event("water_cut", draft.in_month(0, 2), level="2"))
    return _span(period, draft)


def _small_event(kind: str, amount: int, member: int | None) -> Script:
    rule = {"disaster": "disaster_loss", "tuition": "tuition_burden"}[kind]

    def write(period: Period, turn: int) -> Made:
        draft = casts.with_student(period)
        draft.events.append(Event(kind, draft.in_month(0, 6), amount * YUAN, member=member))
        return _span(period, draft)

    return Script(rule, write)


def _dibao_became_tekun(period: Period, turn: int) -> Made:
    draft = casts.elders(period)
    draft.before = draft.now = 4_000 * YUAN
    turned = draft.in_month(0, 1)
    draft.statuses[0].end = turned
    draft.statuses.append(Status("tekun", turned))
    return _span(period, draft)


def _old_debt(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.events.append(Event("loan_overdue", draft.in_month(-4, 20), 30_000 * YUAN, member=0))
    return _span(period, draft)


def _measures_in_place(period: Period, turn: int) -> Made:
    return _span(period, casts.monitored(casts.family(period)))


def _risk_removed(period: Period, turn: int) -> Made:
    draft = casts.monitored(casts.family(period), since=-20, measures=False)
    draft.removed = draft.in_month(-6, 1)
    return _span(period, draft)


def _sold_car(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    start, end = draft.in_month(-40, 3), draft.in_month(-2, 3)
    draft.holdings.append(Holding("vehicle", 360_000 * YUAN, start, end=end))
    draft.holdings.append(Holding("vehicle", 24_000 * YUAN, end + 5))
    return _span(period, draft)


def _closed_company(period: Period, turn: int) -> Made:
    draft = casts.family(period)
    draft.holdings.append(
        Holding("company", 100_000 * YUAN, draft.in_month(-50, 3), end=draft.in_month(-7, 3))
    )
    return _span(period, draft)


def _on_allowance(period: Period, turn: int) -> Made:
    return _span(period, casts.elders(period))


NEAR_MISSES: tuple[Script, ...] = (
    Script("income_below_line", _poor_once),
    Script("income_after_rigid_below_line", _spent_but_well_off),
    Script("income_fell", _rose_a_little),
    Script("zero_employment", _one_still_works),
    Script("all_work_lost", _changed_work_within_the_month),
    Script("medical_selfpaid_lifted_out", _medical_below),
    Script("medical_selfpaid_ordinary", _medical_ordinary_below),
    Script("disability_severe_new", _mild_disability),
    Script("worker_death", _old_man_died),
    Script("out_of_school", _exempt_child),
    Script("uninsured", _insured_later),
    Script("housing_unsafe", _repaired),
    Script("water_unsafe", _water_mended),
    Script("water_cut_long", _short_cut),
    _small_event("disaster", 1_800, None),
    _small_event("tuition", 5_600, 2),
    Script("allowance_stopped_below_line", _dibao_became_tekun),
    Script("no_labour_no_allowance", _on_allowance),
    Script("loan_overdue", _old_debt),
    Script("monitored_without_measure", _measures_in_place),
    Script("monitored_without_measure", _risk_removed),
    Script("hint_vehicle", _sold_car),
    Script("hint_company", _closed_company),
)
