"""A person says of each measure that was read whether it stands: confirm, drop, open again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions.plans import being_confirmed, refuse_others
from anju.duties.doubts import doubts_of, undated
from anju.duties.marks import mark_of
from anju.duties.models import MeasureState, PlanMeasure, PlanVersion
from anju.duties.queries.plans import measure_of, measures_of
from anju.duties.refusals import DutyRefused


@transaction.atomic
def confirm(
    *, by: Actor, on: date, viewer: Viewer, measure: PlanMeasure, seen: str = ""
) -> PlanMeasure:
    """It stands as it is shown. `seen` is its mark (`marks.mark_of`) when it was shown; empty does not ask.

    Refused without an office, with a day that lacks its year, and where somebody changed it meanwhile.
    """
    measure = current(viewer, measure)
    if seen and seen != mark_of(measure):
        raise DutyRefused(_("这条措施刚刚被别人改过。请看清现在的内容，再确认一次。"))
    refuse_incomplete(measure)
    _set(measure, MeasureState.CONFIRMED, by, on)
    _note(by, "plan_measure.affirm", measure)
    return measure


@transaction.atomic
def drop(*, by: Actor, on: date, viewer: Viewer, measure: PlanMeasure) -> PlanMeasure:
    """It is no promise: no task comes of it."""
    measure = current(viewer, measure)
    _set(measure, MeasureState.DROPPED, by, on)
    _note(by, "plan_measure.drop", measure)
    return measure


@transaction.atomic
def reopen(*, by: Actor, viewer: Viewer, measure: PlanMeasure) -> PlanMeasure:
    """It waits again."""
    measure = current(viewer, measure)
    measure.state, measure.confirmed_on, measure.confirmed_by = MeasureState.OPEN, None, ""
    measure.save(update_fields=["state", "confirmed_on", "confirmed_by"])
    _note(by, "plan_measure.reopen", measure)
    return measure


@transaction.atomic
def confirm_many(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    version: PlanVersion,
    measures: Collection[int],
    seen: Mapping[int, str] | None = None,
) -> int:
    """Confirm those of the measures that wait and about which nothing is odd; how many were.

    `seen` has the mark of each (`marks.mark_of`) when it was shown: what somebody changed meanwhile is left.
    """
    refuse_others(viewer)
    version = being_confirmed(version)
    rows = list(measures_of(version))
    doubts = doubts_of(version, rows)
    sure = [
        each.pk
        for each in rows
        if each.pk in measures
        and doubts.is_sure(each)
        and (seen is None or seen.get(each.pk) == mark_of(each))
    ]
    PlanMeasure.objects.filter(pk__in=sure).update(
        state=MeasureState.CONFIRMED, confirmed_on=on, confirmed_by=by.username
    )
    record(
        by=by,
        action="plan_measure.affirm",
        kind="plan",
        ids=[version.plan_id],
        count=len(sure),
        detail={"version": version.sequence, "measures": sure},
    )
    return len(sure)


def current(viewer: Viewer, measure: PlanMeasure) -> PlanMeasure:
    """The measure as it stands now, of a version that is being confirmed; its version is locked."""
    refuse_others(viewer)
    version = being_confirmed(measure.version)
    try:
        found = measure_of(version, measure.pk)
    except PlanMeasure.DoesNotExist:
        raise DutyRefused(
            _("这条措施刚刚被别人拆分或合并了。请刷新页面，看清现在的情况再办理。")
        ) from None
    found.version = version
    return found


def refuse_incomplete(measure: PlanMeasure) -> None:
    """Whoever confirms answers for it: without an office or a year nobody could be held to it."""
    if not measure.offices.all():
        raise DutyRefused(
            _("“%(title)s”没有责任单位。请先补上；确实不是任务的，选“不采用”。")
            % {"title": measure.title}
        )
    lacking = next(undated(measure.deadlines.all()), None)
    if lacking is not None:
        raise DutyRefused(
            _("时限“%(words)s”没有完整日期。请先补上日期，或删去这条时限。")
            % {"words": lacking.words}
        )


def _set(measure: PlanMeasure, state: MeasureState, by: Actor, on: date) -> None:
    measure.state, measure.confirmed_on, measure.confirmed_by = state, on, by.username
    measure.save(update_fields=["state", "confirmed_on", "confirmed_by"])


def _note(by: Actor, action: str, measure: PlanMeasure) -> None:
    record(
        by=by,
        action=action,
        kind="plan",
        ids=[measure.version.plan_id],
        detail={"version": measure.version.sequence, "measure": measure.pk, "key": measure.key},
    )
