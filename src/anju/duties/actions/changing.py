"""Putting right what was read: changing a measure, cutting one in two, joining two, adding one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions.confirming import current, refuse_incomplete
from anju.duties.actions.ordering import put_in_order, title_in
from anju.duties.actions.plans import being_confirmed, refuse_others
from anju.duties.models import (
    Comparison,
    MeasureAmount,
    MeasureDeadline,
    MeasureKind,
    MeasureOffice,
    MeasureOrigin,
    MeasureState,
    MeasureTarget,
    PlanMeasure,
    PlanVersion,
)
from anju.duties.queries.plans import measure_of, measures_of
from anju.duties.refusals import DutyRefused

PARTS = ("offices", "deadlines", "targets", "amounts")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure as a person wants it; parts are rows not saved yet, without their measure."""

    title: str
    kind: str = MeasureKind.MEASURE
    offices: Sequence[MeasureOffice] = ()
    deadlines: Sequence[MeasureDeadline] = ()
    targets: Sequence[MeasureTarget] = ()
    amounts: Sequence[MeasureAmount] = field(default=())


@transaction.atomic
def change(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    measure: PlanMeasure,
    wanted: Wanted,
    confirms: bool = False,
) -> PlanMeasure:
    """Put a measure and all its parts right; with `confirms` it is confirmed at once.

    One that was confirmed stays so, in the name of whoever changed it.
    """
    measure = current(viewer, measure)
    _refuse_values(wanted)
    measure.title, measure.kind, measure.confidence = wanted.title.strip(), wanted.kind, 1.0
    if confirms or measure.state == MeasureState.CONFIRMED:
        measure.state = MeasureState.CONFIRMED
        measure.confirmed_on, measure.confirmed_by = on, by.username
    measure.save()
    for name in PARTS:
        _replace(measure, getattr(measure, name), getattr(wanted, name))
    measure = measure_of(measure.version, measure.pk)
    if measure.state == MeasureState.CONFIRMED:
        refuse_incomplete(measure)
    _note(by, "plan_measure.change", measure)
    return measure


@transaction.atomic
def split(*, by: Actor, viewer: Viewer, measure: PlanMeasure, place: int) -> PlanMeasure:
    """Cut a measure in two at a place of the text; the second one. Both wait for a person.

    Deadlines, targets and amounts go with their words; the offices answer for both.
    """
    measure = current(viewer, measure)
    text = measure.version.text
    if not (text[measure.start : place].strip() and text[place : measure.end].strip()):
        raise DutyRefused(_("请在这条措施的文字中间选一处断开。"))
    second = PlanMeasure(
        version=measure.version,
        key=measure.key,
        section=measure.section,
        number=measure.number,
        title=title_in(text, place, measure.end),
        start=place,
        end=measure.end,
        kind=measure.kind,
        confidence=measure.confidence,
        origin=MeasureOrigin.SPLIT,
        position=measure.position,
    )
    measure.end, measure.origin, measure.state = place, MeasureOrigin.SPLIT, MeasureState.OPEN
    measure.confirmed_on, measure.confirmed_by = None, ""
    measure.save()
    put_in_order(measure.version, second)
    _share(measure, second)
    _note(by, "plan_measure.split", measure, second=second.pk)
    return second


@transaction.atomic
def merge(*, by: Actor, viewer: Viewer, measure: PlanMeasure) -> PlanMeasure:
    """Join a measure with the one behind it into one that waits for a person."""
    measure = current(viewer, measure)
    rows = [each for each in measures_of(measure.version) if each.state != MeasureState.DROPPED]
    places = [each.pk for each in rows]
    at = places.index(measure.pk) if measure.pk in places else len(places)
    if at + 1 >= len(places):
        raise DutyRefused(_("后面没有可以合并的措施。"))
    other = rows[at + 1]
    measure.start, measure.end = min(measure.start, other.start), max(measure.end, other.end)
    measure.confidence = min(measure.confidence, other.confidence)
    measure.origin, measure.state = MeasureOrigin.MERGED, MeasureState.OPEN
    measure.confirmed_on, measure.confirmed_by = None, ""
    measure.carried_from_id = measure.carried_from_id or other.carried_from_id
    measure.save()
    there = {(each.name, each.role) for each in measure.offices.all()}
    for office in other.offices.all():
        if (office.name, office.role) not in there:
            MeasureOffice.objects.filter(pk=office.pk).update(measure=measure)
    for name in PARTS[1:]:
        getattr(other, name).update(measure=measure)
    key = other.key
    PlanMeasure.objects.get(pk=other.pk).delete()
    _note(by, "plan_measure.merge", measure, joined=key)
    return measure_of(measure.version, measure.pk)


@transaction.atomic
def add(*, by: Actor, viewer: Viewer, version: PlanVersion, start: int, end: int) -> PlanMeasure:
    """Make a measure of a stretch of the text that the reader took for none; it waits."""
    refuse_others(viewer)
    version = being_confirmed(version)
    text = version.text
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if not 0 <= start < end:
        raise DutyRefused(_("请先选中正文里的一段文字。"))
    if PlanMeasure.objects.filter(version=version, start=start, end=end).exists():
        raise DutyRefused(_("这段文字已经是一条措施，不必再添加。"))
    section = _section_at(version, start)
    made = PlanMeasure(
        version=version,
        key=section or _("补充"),
        section=section,
        title=title_in(text, start, end),
        start=start,
        end=end,
        kind=MeasureKind.MEASURE,
        origin=MeasureOrigin.ADDED,
    )
    put_in_order(version, made)
    _note(by, "plan_measure.add", made)
    return made


def _replace(measure: PlanMeasure, rows: Any, wanted: Sequence[Any]) -> None:
    """Parts are few: the old ones go, the wanted ones come."""
    rows.all().delete()
    for row in wanted:
        row.pk, row.measure = None, measure
    rows.model._default_manager.bulk_create(wanted)


def _share(first: PlanMeasure, second: PlanMeasure) -> None:
    """Give the second half its parts, by where they stand; a part added by hand stays with the first."""
    for office in first.offices.all():
        MeasureOffice.objects.create(
            measure=second, name=office.name, role=office.role, start=office.start, end=office.end
        )
    for name in PARTS[1:]:
        getattr(first, name).filter(start__gte=second.start).update(measure=second)


def _section_at(version: PlanVersion, place: int) -> str:
    """The path of the innermost heading a place stands under."""
    around = [each for each in version.sections if each["start"] <= place < each["end"]]
    inner = min(around, key=lambda each: each["end"] - each["start"], default=None)
    return str(inner["path"])[:60] if inner else ""


def _refuse_values(wanted: Wanted) -> None:
    if not wanted.title.strip():
        raise DutyRefused(_("请填写措施名称。"))
    if wanted.kind not in MeasureKind.values:
        raise DutyRefused(_("请从列表中选择类别。"))
    named = [(each.name, each.role) for each in wanted.offices]
    if len(set(named)) < len(named):
        raise DutyRefused(_("同一单位的同一职责只写一次，请删去重复的。"))
    for target in wanted.targets:
        is_between = target.operator == Comparison.BETWEEN
        if is_between and not (target.upper is not None and target.upper > target.value):
            raise DutyRefused(
                _("目标“%(name)s”选了“介于”，请填上限，并且大于目标值。")
                % {"name": target.indicator}
            )
        if not is_between and target.upper is not None:
            raise DutyRefused(
                _("目标“%(name)s”填了上限，请把比较改为“介于”，或删去上限。")
                % {"name": target.indicator}
            )
    for value in (*(each.value for each in wanted.targets), *(x.value for x in wanted.amounts)):
        if abs(value) >= Decimal(10**14):
            raise DutyRefused(_("数值太大，请核对。"))


def _note(by: Actor, action: str, measure: PlanMeasure, **detail: Any) -> None:
    version = measure.version
    told = {"version": version.sequence, "measure": measure.pk, "key": measure.key, **detail}
    record(by=by, action=action, kind="plan", ids=[version.plan_id], detail=told)
