"""Help measures of a case (一户一策): planning, beginning, finishing and cancelling one.

A measure that runs is a status of the household or person in the registers, as the lists of help
are, so that monitoring sees it. Help runs on after the risk is removed: `ends_on` stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.casework.models import Case, CaseKind, CaseState, Measure, MeasureState
from anju.casework.queries import help as helping
from anju.casework.queries.mandates import mandate_of
from anju.casework.refusals import CaseRefused
from anju.procedures import Level
from anju.registry.actions import statuses
from anju.registry.models import Person, Status
from anju.registry.queries.people import is_member, memberships_of

ACTING: Final[frozenset[Level]] = frozenset({"village", "town", "county"})
REFERENCE_LENGTH: Final = 120
_TOLD = (
    "kind", "risk", "content", "provider", "state", "starts_on", "ends_on", "amount", "promised",
    "promised_income", "achieved", "achieved_income",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """What a measure is; money in fen, `promised_income` a year, `person` None: the household."""

    kind: str
    risk: str
    content: str
    provider: str
    starts_on: date
    promised: str
    ends_on: date | None = None
    amount: int | None = None
    promised_income: int | None = None
    person: Person | None = None


@transaction.atomic
def plan(*, by: Actor, viewer: Viewer, on: date, case: Case, planned: Planned) -> Measure:
    """Put a measure into the plan of the household; one that begins by `on` runs at once.

    Refused: a kind that does not fit the risk, a risk that the case does not have, a person who is
    not a member, a measure that is there already, and a case that is not being helped.
    """
    refuse_level(viewer, case)
    _refuse_standing(case)
    _refuse_misfit(case, planned)
    _refuse_values(case, planned, on)
    _refuse_twice(case, planned)
    measure = Measure(
        case=case,
        person_id=planned.person.pk if planned.person else None,
        kind=planned.kind,
        risk=planned.risk,
        content=planned.content.strip(),
        provider=planned.provider.strip(),
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
        amount=planned.amount,
        promised=planned.promised.strip(),
        promised_income=planned.promised_income,
        income_before=helping.income_per_head(case, min(planned.starts_on, on)),
        recorded_by=by.username,
    )
    if planned.starts_on <= on:
        measure.state = MeasureState.RUNNING
    measure.save()
    if measure.state == MeasureState.RUNNING:
        _register(by, on, measure)
    _audit(by, "measure.plan", measure, {})
    return measure


@transaction.atomic
def begin(*, by: Actor, viewer: Viewer, on: date, measure: Measure, started_on: date) -> Measure:
    """A planned measure began on a day."""
    refuse_level(viewer, measure.case)
    before = state(measure, _TOLD)
    if measure.state != MeasureState.PLANNED:
        raise CaseRefused(_("这项措施已经开始、完成或取消，不能再登记开始。"))
    if started_on > on:
        raise CaseRefused(_("开始日期 %(day)s 还没有到，请核对。") % {"day": started_on})
    if measure.ends_on is not None and measure.ends_on < started_on:
        raise CaseRefused(
            _("开始日期晚于计划的结束日期 %(day)s，请核对。") % {"day": measure.ends_on}
        )
    measure.starts_on, measure.state = started_on, MeasureState.RUNNING
    _change(measure, MeasureState.PLANNED, "starts_on", "state")
    _register(by, on, measure)
    _audit(by, "measure.start", measure, before)
    return measure


@transaction.atomic
def finish(
    *,
    by: Actor,
    viewer: Viewer,
    on: date,
    measure: Measure,
    ended_on: date,
    achieved: str,
    achieved_income: int | None = None,
) -> Measure:
    """A measure is over, with what it achieved against its promise; also after the risk is removed."""
    refuse_level(viewer, measure.case)
    before = state(measure, _TOLD)
    if measure.state != MeasureState.RUNNING:
        raise CaseRefused(_("只有实施中的措施可以登记完成。"))
    if not measure.starts_on <= ended_on <= on:
        told = {"first": measure.starts_on, "last": on}
        raise CaseRefused(_("完成日期应在 %(first)s 至 %(last)s 之间，请核对。") % told)
    if not achieved.strip():
        raise CaseRefused(_("请填写实际成效，与预期成效对照。"))
    if (achieved_income or 0) < 0:
        raise CaseRefused(_("增收金额填正数，没有增收的填 0。"))
    measure.state, measure.ends_on = MeasureState.DONE, ended_on
    measure.achieved, measure.achieved_income = achieved.strip(), achieved_income
    measure.income_after = helping.income_per_head(measure.case, on)
    _change(
        measure, MeasureState.RUNNING,
        "state", "ends_on", "achieved", "achieved_income", "income_after",
    )  # fmt: skip
    _end_registered(by, on, measure, ended_on + timedelta(days=1))
    _audit(by, "measure.finish", measure, before)
    return measure


@transaction.atomic
def cancel(*, by: Actor, viewer: Viewer, on: date, measure: Measure, reason: str) -> Measure:
    """A measure is not given, or given no longer; what ran until today did run."""
    refuse_level(viewer, measure.case)
    before = state(measure, _TOLD)
    was = measure.state
    if was not in (MeasureState.PLANNED, MeasureState.RUNNING):
        raise CaseRefused(_("这项措施已经完成或取消。"))
    if not reason.strip():
        raise CaseRefused(_("请写明取消的理由。"))
    measure.state, measure.achieved = MeasureState.CANCELLED, reason.strip()
    changed = ["state", "achieved"]
    if was == MeasureState.RUNNING:
        measure.ends_on = on
        changed.append("ends_on")
        _end_registered(by, on, measure, on)
    _change(measure, was, *changed)
    _audit(by, "measure.cancel", measure, before)
    return measure


def refuse_level(viewer: Viewer, case: Case) -> None:
    """Help is written down by the village, the town or the county of the household."""
    if not mandate_of(viewer, case).levels & ACTING:
        raise CaseRefused(_("帮扶措施由村、乡镇或县级牵头部门登记，您的岗位不能在这一户登记。"))


def is_helped(case: Case) -> bool:
    """Whether new help may be planned: included, in the green channel, or to be cleared by it."""
    begun = case.state == CaseState.INCLUDED or case.is_green_channel
    return case.closed_on is None and (begun or case.kind != CaseKind.RELAPSE)


def _refuse_standing(case: Case) -> None:
    if not is_helped(case):
        raise CaseRefused(_("纳入监测后（或走绿色通道的）才能登记帮扶措施，这一案件现在不能登记。"))


def _refuse_misfit(case: Case, planned: Planned) -> None:
    kind = helping.kind_of(case, planned.kind)
    if kind is None:
        raise CaseRefused(_("政策包没有这一类帮扶措施，请从列表中选择。"))
    if planned.risk not in helping.risks_of(case):
        raise CaseRefused(_("这一案件没有这项未解决的风险，请从列表中选择。"))
    if planned.risk not in kind.fits:
        raise CaseRefused(
            _("“%(kind)s”不针对这项风险，请另选措施类别或风险。")
            % {"kind": helping.name_of(case, kind.id)}
        )


def _refuse_values(case: Case, planned: Planned, on: date) -> None:
    if not (planned.content.strip() and planned.provider.strip() and planned.promised.strip()):
        raise CaseRefused(_("措施内容、实施单位和预期成效都要填写。"))
    if planned.ends_on is not None and planned.ends_on < planned.starts_on:
        raise CaseRefused(_("结束日期早于开始日期，请核对。"))
    if (planned.amount or 0) < 0 or (planned.promised_income or 0) < 0:
        raise CaseRefused(_("金额填正数，请核对。"))
    if planned.person is not None and not any(
        each.person_id == planned.person.pk and is_member(each, on)
        for each in memberships_of(case.household)
    ):
        raise CaseRefused(_("受益人不是这一户的现有成员，请重新选择。"))


def _refuse_twice(case: Case, planned: Planned) -> None:
    # Whoever plans for the household at the same time waits here for this one.
    Case.objects.select_for_update().get(pk=case.pk)
    same = case.measures.filter(
        kind=planned.kind,
        content=planned.content.strip(),
        starts_on=planned.starts_on,
        person_id=planned.person.pk if planned.person else None,
    )
    if same.exclude(state=MeasureState.CANCELLED).exists():
        raise CaseRefused(_("同样的措施已经登记过了，不必重复登记。"))


def _change(measure: Measure, was: str, *names: str) -> None:
    """Write some columns, unless somebody else acted on the measure meanwhile."""
    values = {name: getattr(measure, name) for name in names}
    if not Measure.objects.filter(pk=measure.pk, state=was).update(**values):
        raise CaseRefused(_("别人刚刚改了这项措施。请刷新页面，看清现在的情况再办理。"))


def _registered(measure: Measure) -> Status | None:
    """The row of the registers that says the measure runs, from this case or from a list."""
    rows = Status.objects.filter(
        household=measure.case.household,
        person_id=measure.person_id,
        kind="help_measure",
        level=measure.kind,
        reference=measure.content[:REFERENCE_LENGTH],
        valid_from=measure.starts_on,
        known_to__isnull=True,
    )
    return rows.first()


def _register(by: Actor, on: date, measure: Measure) -> None:
    if _registered(measure) is not None:
        return
    person = Person.objects.get(pk=measure.person_id) if measure.person_id else None
    statuses.record(
        by=by,
        on=on,
        household=measure.case.household,
        kind="help_measure",
        started_on=measure.starts_on,
        ended_on=measure.ends_on + timedelta(days=1) if measure.ends_on else None,
        person=person,
        level=measure.kind,
        reference=measure.content[:REFERENCE_LENGTH],
        source=source_of(measure.case),
    )


def _end_registered(by: Actor, on: date, measure: Measure, ended_on: date) -> None:
    """End it in the registers on a day (exclusive); where nothing is registered there is nothing to end."""
    row = _registered(measure)
    if row is not None and row.valid_to != ended_on:
        statuses.close(by=by, on=on, status=row, ended_on=ended_on, source=source_of(measure.case))


def source_of(case: Case) -> str:
    """What the registers name as the source of what a case wrote."""
    return _("案件 %(number)s") % {"number": case.number}


def _audit(by: Actor, action: str, measure: Measure, before: dict[str, object]) -> None:
    record(
        by=by,
        action=action,
        kind="household",
        ids=[measure.case.household.code],
        detail={
            "case": measure.case.number,
            "row": measure.pk,
            "changes": between(Measure, before, state(measure, _TOLD)),
        },
        place=measure.case.village_code,
    )
