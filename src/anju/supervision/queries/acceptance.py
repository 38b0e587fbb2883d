"""Stages of a plan's acceptance: when each is due, and whether what it needs is there.

The checks are computed: met, not met, or unknown where the registers cannot tell. A person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.lights import Light, light
from anju.duties.models import (
    Comparison,
    IndicatorTarget,
    IndicatorValue,
    Plan,
    PlanVersion,
    TaskState,
    ValueState,
    VersionState,
)
from anju.duties.queries import plans_for, tasks_for
from anju.duties.queries.limits import warning_days
from anju.duties.queries.standing import OWN
from anju.rules import packs
from anju.supervision import books
from anju.supervision.book_model import Stage
from anju.supervision.models import Acceptance, AcceptanceProof, AcceptanceResult, ProblemState
from anju.supervision.queries.gates import problems_for
from anju.supervision.queries.villages import goals


class Standing(StrEnum):
    """What a check says."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Check:
    """One thing a stage needs: how it stands, in words."""

    need: str
    standing: Standing
    words: str


@dataclass(frozen=True)
class StageStanding:
    """One stage of one plan: its day, its checks today, and the times it was held."""

    stage: Stage
    due_on: date | None
    light: Light
    checks: tuple[Check, ...]
    records: tuple[Acceptance, ...]
    may_begin: bool

    @property
    def is_passed(self) -> bool:
        """Whether it was passed, whatever came before."""
        return self.passed_on is not None

    @property
    def passed_on(self) -> date | None:
        """The day it was passed."""
        passed = (each for each in self.records if each.result == AcceptanceResult.PASSED)
        return next((each.held_on for each in passed), None)


def plans_with_stages(viewer: Viewer) -> list[Plan]:
    """Plans the viewer may see whose pack has stages of acceptance."""
    rows = plans_for(viewer).order_by("id")
    return [plan for plan in rows if books.book_of_plan(plan).stages]


def plans_under_way(viewer: Viewer, on: date) -> list[Plan]:
    """Those of them that are in force on a day."""
    live = PlanVersion.objects.filter(state=VersionState.LIVE).values("plan")
    rows = plans_for(viewer).filter(pk__in=live).order_by("id")
    return [
        plan
        for plan in rows
        if (plan.ended_on is None or plan.ended_on > on) and books.book_of_plan(plan).stages
    ]


def stages_of(
    viewer: Viewer, plan: Plan, on: date, *, with_checks: bool = True
) -> list[StageStanding]:
    """All stages of a plan in order; checks are those of `on`, of stages not yet passed."""
    records = list(
        Acceptance.objects.filter(plan=plan).prefetch_related("proofs").order_by("held_on", "id")
    )
    passed = {each.stage for each in records if each.result == AcceptanceResult.PASSED}
    days = _days(plan)
    warn = warning_days(on, pack=plan.pack)
    found = []
    for stage in books.book_of_plan(plan).stages:
        due_on = days.get(stage.limit)
        is_checked = with_checks and stage.id not in passed
        held = tuple(each for each in records if each.stage == stage.id)
        found.append(
            StageStanding(
                stage,
                due_on,
                light(due_on, on, stage.id in passed, warn),
                checks_of(viewer, plan, stage, due_on or on, on) if is_checked else (),
                held,
                not stage.after or stage.after in passed,
            )
        )
    return found


def proof_of(plan: Plan, proof_id: int) -> AcceptanceProof:
    """One file of a plan's acceptance; raises AcceptanceProof.DoesNotExist."""
    return AcceptanceProof.objects.get(acceptance__plan=plan, pk=proof_id)


def checks_of(viewer: Viewer, plan: Plan, stage: Stage, until: date, on: date) -> tuple[Check, ...]:
    """What a stage needs, computed now; only who sees the whole county can tell."""
    is_whole = viewer.scope_for(Permission.VIEW_DUTIES).is_county_wide
    found = []
    for need in stage.needs:
        if need == "proof":
            found.append(Check(need, Standing.UNKNOWN, _("登记结果时附上报告等佐证。")))
        elif is_whole:
            standing, words = _CHECKS[need](viewer, plan, until, on)
            found.append(Check(need, standing, words))
        else:
            found.append(Check(need, Standing.UNKNOWN, _("由看得到全县情况的岗位核对。")))
    return tuple(found)


_Said = tuple[Standing, str]


def _tasks_done(viewer: Viewer, plan: Plan, until: date, on: date) -> _Said:
    ever = tasks_for(viewer).filter(plan=plan, kind__in=OWN, is_whole=False)
    tasks = ever.exclude(state=TaskState.ENDED)
    number = tasks.count()
    if not number and ever.exists():
        return Standing.UNKNOWN, _("这个方案的任务都已终止，没有可以核对的。")
    if not number:
        return Standing.UNKNOWN, _("这个方案还没有任务。")
    waiting = tasks.filter(state=TaskState.OPEN).count()
    told = {"done": number - waiting, "all": number}
    standing = Standing.NOT_MET if waiting else Standing.MET
    return standing, _("任务 %(all)s 项，已完成 %(done)s 项。") % told


def _problems_closed(viewer: Viewer, plan: Plan, until: date, on: date) -> _Said:
    problems = problems_for(viewer).filter(plan=plan)
    number = problems.count()
    if not number:
        return Standing.UNKNOWN, _("没有登记过这个方案的问题；没有督查过的，不能认为没有问题。")
    waiting = problems.exclude(state=ProblemState.CLOSED).count()
    told = {"closed": number - waiting, "all": number}
    standing = Standing.NOT_MET if waiting else Standing.MET
    return standing, _("问题 %(all)s 个，已销号 %(closed)s 个。") % told


def _indicators_reached(viewer: Viewer, plan: Plan, until: date, on: date) -> _Said:
    """The last target of each indicator that is due by then, against its latest accepted value."""
    targets: dict[int, IndicatorTarget] = {}
    rows = IndicatorTarget.objects.filter(indicator__plan=plan, due_on__lte=until)
    for target in rows.select_related("indicator").order_by("indicator_id", "due_on"):
        targets[target.indicator_id] = target
    if not targets:
        return Standing.UNKNOWN, _("这个方案还没有到期的指标。")
    latest: dict[int, Decimal | None] = {}
    accepted = IndicatorValue.objects.filter(
        indicator__in=targets, state=ValueState.ACCEPTED, as_of__lte=on
    ).order_by("indicator_id", "as_of", "id")
    for indicator_id, value in accepted.values_list("indicator_id", "value"):
        latest[indicator_id] = value
    met = [is_reached(target, latest.get(pk)) for pk, target in targets.items()]
    told = {"all": len(met), "met": met.count(True), "unknown": met.count(None)}
    words = _("指标 %(all)s 项，已达到 %(met)s 项，未掌握 %(unknown)s 项。") % told
    if False in met:
        return Standing.NOT_MET, words
    return (Standing.UNKNOWN if None in met else Standing.MET), words


def _villages_reached(viewer: Viewer, plan: Plan, until: date, on: date) -> _Said:
    due = [each for each in goals(viewer, plan, on) if each.target.by <= until]
    standings = [each.is_met for each in due]
    if not due or all(each is None for each in standings):
        return Standing.UNKNOWN, _("还没有登记村庄分类。")
    words = ngettext(
        "村庄目标 %(all)s 项，已达到 %(met)s 项。",
        "村庄目标 %(all)s 项，已达到 %(met)s 项。",
        len(due),
    ) % {"all": len(due), "met": standings.count(True)}
    if False in standings:
        return Standing.NOT_MET, words
    return (Standing.UNKNOWN if None in standings else Standing.MET), words


_CHECKS: Final[dict[str, Callable[[Viewer, Plan, date, date], _Said]]] = {
    "tasks_done": _tasks_done,
    "problems_closed": _problems_closed,
    "indicators_reached": _indicators_reached,
    "villages_reached": _villages_reached,
}


def is_reached(target: IndicatorTarget, value: Decimal | None) -> bool | None:
    """Whether a value reaches a target; None without a value."""
    if value is None:
        return None
    match Comparison(target.indicator.operator):
        case Comparison.AT_LEAST:
            return value >= target.value
        case Comparison.AT_MOST:
            return value <= target.value
        case Comparison.MORE:
            return value > target.value
        case Comparison.LESS:
            return value < target.value
        case Comparison.EQUAL:
            return value == target.value
        case Comparison.BETWEEN:
            return target.value <= value <= (target.upper or target.value)


def _days(plan: Plan) -> dict[str, date]:
    """Closing days of the plan's pack, the latest of each limit."""
    pack = packs.load(books.book_of_plan(plan).pack)
    return {
        limit.id: value.by
        for limit in pack.limits
        for value in limit.values
        if value.by is not None
    }


def snapshot(checks: Sequence[Check]) -> list[dict[str, str]]:
    """What a record keeps of the checks of its day."""
    return [
        {"need": each.need, "standing": str(each.standing), "words": each.words} for each in checks
    ]
