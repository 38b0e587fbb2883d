"""Somebody is away: a colleague acts for them from one day to another."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.queries import viewer_of
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import levels
from anju.casework.models import Deputy
from anju.casework.refusals import CaseRefused
from anju.places.models import Grid

MOST_DAYS = 90


@transaction.atomic
def appoint(
    *, by: Actor, on: date, viewer: Viewer, deputy: User, starts_on: date, ends_on: date
) -> Deputy:
    """Name who acts for the viewer on these days, both included.

    Refused: somebody who does not see the cases of all the viewer's places by posts of their own,
    days in the past or longer than a quarter, and a second deputy for the same days.
    """
    if not any(viewer.may(each) for each in levels.ACTING):
        raise CaseRefused(_("您的岗位没有需要代办的环节。"))
    if deputy.pk == viewer.user_id or not deputy.is_active:
        raise CaseRefused(_("请选择另一位在岗的同事。"))
    if starts_on < on or ends_on < starts_on or ends_on - starts_on > timedelta(days=MOST_DAYS):
        raise CaseRefused(_("代办日期应从今天或以后开始，最长 %(days)s 天。") % {"days": MOST_DAYS})
    # Of two who ask at once, the second waits here and then finds the first.
    User.objects.select_for_update().get(pk=viewer.user_id)
    same_days = Deputy.objects.filter(
        user_id=viewer.user_id, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    if same_days.exists():
        raise CaseRefused(_("这几天已经有代办人，请先结束原来的代办。"))
    theirs = viewer_of(deputy, on=starts_on).scope_for(Permission.VIEW_CASES)
    if not _is_inside(viewer.scope_for(Permission.VIEW_CASES), theirs):
        raise CaseRefused(_("所选同事看不到您负责的全部区域，请选择同一地方的同事。"))
    made = Deputy.objects.create(
        user_id=viewer.user_id,
        deputy=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        made_by=by.username,
    )
    _note(by, "deputy.appoint", made)
    return made


@transaction.atomic
def end(*, by: Actor, on: date, viewer: Viewer, deputy: Deputy) -> None:
    """Back again: the deputy acts no longer, from today."""
    row = Deputy.objects.select_for_update().get(pk=deputy.pk, user_id=viewer.user_id)
    if row.ends_on < on:
        raise CaseRefused(_("这次代办已经结束。"))
    _note(by, "deputy.end", row)
    if row.starts_on >= on:
        row.delete()
        return
    row.ends_on = on - timedelta(days=1)
    row.save(update_fields=["ends_on"])


def _is_inside(mine: Scope, theirs: Scope) -> bool:
    """Whether one sees all that the other sees; a grid also by the village it lies in."""
    ranges = all(
        any(low <= start and end <= high for low, high in theirs.ranges)
        for start, end in mine.ranges
    )
    grids = set(mine.grid_codes) - set(theirs.grid_codes)
    villages = Grid.objects.filter(code__in=grids).values_list("village_code", flat=True)
    return ranges and all(theirs.covers(village) for village in villages)


def _note(by: Actor, action: str, row: Deputy) -> None:
    record(
        by=by,
        action=action,
        kind="user",
        ids=[row.user.username],
        detail={
            "deputy": row.deputy.username,
            "from": row.starts_on.isoformat(),
            "to": row.ends_on.isoformat(),
        },
    )
