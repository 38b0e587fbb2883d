"""Indicators as plans and packs promise them: taken over, and ended when nothing promises them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import (
    Indicator,
    IndicatorSource,
    IndicatorTarget,
    Plan,
    PlanVersion,
    VersionState,
)
from anju.duties.queries import promised
from anju.duties.queries.promised import Promised
from anju.duties.refusals import DutyRefused
from anju.rules import packs

_SAID = ("name", "name_en", "unit", "operator", "pack", "figure")


@transaction.atomic
def take_over(*, by: Actor, on: date, version: PlanVersion) -> int:
    """Make the indicators of a plan what a version of it promises; how many it promises.

    Safe to repeat. What only the version before promised is ended with its values kept; who reports
    and how often stays as somebody has set it. The caller answers for who may adopt a version.
    """
    wanted = promised.of_version(version, on)
    begun, changed = _lay_down(wanted, version.plan, on, reopen=True)
    own = Q(plan=version.plan) & (Q(code__startswith=f"plan-{version.plan_id}/") | ~Q(pack=""))
    gone = Indicator.objects.filter(own, ended_on__isnull=True)
    ended = gone.exclude(code__in=[each.code for each in wanted]).update(ended_on=on)
    if begun or changed or ended:
        detail = {"plan": version.plan_id, "version": version.sequence}
        _note(by, "indicator.take_over", len(wanted), **detail, begun=begun, ended=ended)
    return len(wanted)


@transaction.atomic
def take_over_pack(*, by: Actor, on: date, viewer: Viewer, pack: str) -> int:
    """Follow the indicators of a policy pack without its plan; how many there are. Safe to repeat."""
    if not viewer.may(Permission.MANAGE_PLANS):
        raise DutyRefused(_("您的岗位不能设置指标。"))
    if pack not in packs.names():
        raise DutyRefused(_("没有这个政策包，请从列表中选择。"))
    wanted = promised.of_pack(pack)
    begun, changed = _lay_down(wanted, None, on, reopen=True)
    if begun or changed:
        _note(by, "indicator.take_over", len(wanted), pack=pack, begun=begun, ended=0)
    return len(wanted)


@transaction.atomic
def refresh(*, by: Actor, on: date) -> int:
    """Bring indicators up to what packs say since an update: a figure that is new, a target that moved.

    Nothing that was ended begins again. How many changed or began.
    """
    count = 0
    live = PlanVersion.objects.filter(state=VersionState.LIVE).select_related("plan")
    for version in live.order_by("pk"):
        wanted = promised.of_version(version, version.adopted_on or on)
        count += sum(_lay_down(wanted, version.plan, on, reopen=False))
    alone = Indicator.objects.filter(plan__isnull=True).exclude(pack="").order_by("pack")
    for pack in alone.values_list("pack", flat=True).distinct():
        if pack in packs.names():
            count += sum(_lay_down(promised.of_pack(pack), None, on, reopen=False))
    if count:
        _note(by, "indicator.take_over", count)
    return count


def _lay_down(
    wanted: Sequence[Promised], plan: Plan | None, on: date, *, reopen: bool
) -> tuple[int, int]:
    """Begin what is new, bring the rest up to date; how many were begun, and how many changed."""
    rows = Indicator.objects.filter(code__in=[each.code for each in wanted])
    known = {row.code: row for row in rows.prefetch_related("targets")}
    new = [_begun(each, plan, on) for each in wanted if each.code not in known]
    known.update({row.code: row for row in Indicator.objects.bulk_create(new)})
    begun = {row.code for row in new}
    changed = 0
    for each in wanted:
        is_changed = _bring_up(known[each.code], each, plan, reopen=reopen)
        changed += is_changed and each.code not in begun
    return len(new), changed


def _begun(each: Promised, plan: Plan | None, on: date) -> Indicator:
    return Indicator(
        code=each.code,
        plan=plan,
        reporting_unit_id=each.reporting_unit,
        every=each.every,
        begun_on=on,
        **_said(each),
    )


def _said(each: Promised) -> dict[str, object]:
    source = IndicatorSource.COMPUTED if each.figure else IndicatorSource.REPORTED
    return {"source": source, **{name: getattr(each, name) for name in _SAID}}


def _bring_up(row: Indicator, each: Promised, plan: Plan | None, *, reopen: bool) -> bool:
    """Whether anything of the indicator or its goals had to change."""
    values = _said(each)
    if reopen:
        values["ended_on"] = None
    if plan is not None and row.plan_id is None:
        values["plan_id"] = plan.pk
    if row.reporting_unit_id is None and each.reporting_unit is not None:
        values["reporting_unit_id"] = each.reporting_unit
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, values[name])
    if differing:
        row.save(update_fields=differing)
    return _set_goals(row, each) or bool(differing)


def _set_goals(row: Indicator, each: Promised) -> bool:
    """Whether goals had to be added, changed or taken away."""
    known = {goal.due_on: goal for goal in row.targets.all()}
    gone = [goal.pk for due_on, goal in known.items() if due_on not in each.goals]
    changed = IndicatorTarget.objects.filter(pk__in=gone).delete()[0] > 0 if gone else False
    for due_on, goal in each.goals.items():
        values = {
            "value": goal.value,
            "upper": goal.upper,
            "clause": goal.clause,
            "promised_id": goal.promised,
        }
        old = known.get(due_on)
        if old is None:
            IndicatorTarget.objects.create(indicator=row, due_on=due_on, **values)
        elif any(getattr(old, name) != value for name, value in values.items()):
            IndicatorTarget.objects.filter(pk=old.pk).update(**values)
        else:
            continue
        changed = True
    return changed


def _note(by: Actor, action: str, count: int, **detail: int | str) -> None:
    record(by=by, action=action, kind="indicator", count=count, detail=detail)
