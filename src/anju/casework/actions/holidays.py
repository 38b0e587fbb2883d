"""Keeping the county's calendar. Deadlines that are set already stay as they are."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework.models import Holiday
from anju.casework.refusals import CaseRefused


@transaction.atomic
def set_day(*, by: Actor, viewer: Viewer, day: date, is_workday: bool, name: str) -> Holiday:
    """Say that a day is worked, or off, other than published; what was said of it before is replaced."""
    _refuse_others(viewer)
    name = name.strip()
    if not name:
        raise CaseRefused(_("请写明说明，例如“民族节日放假”或“调休上班”。"))
    values = {"is_workday": is_workday, "name": name[:40], "set_by": by.username}
    row, _made = Holiday.objects.update_or_create(day=day, defaults=values)
    _note(by, "holiday.set", day, is_workday=is_workday)
    return row


@transaction.atomic
def remove_day(*, by: Actor, viewer: Viewer, day: date) -> None:
    """Take a day back: it is again as published."""
    _refuse_others(viewer)
    deleted, _rows = Holiday.objects.filter(day=day).delete()
    if not deleted:
        raise CaseRefused(_("这一天已经没有单独设置。"))
    _note(by, "holiday.remove", day)


def _refuse_others(viewer: Viewer) -> None:
    if not viewer.may(Permission.MANAGE_CALENDAR):
        raise CaseRefused(_("您的岗位不能修改工作日历。"))


def _note(by: Actor, action: str, day: date, **detail: bool) -> None:
    record(by=by, action=action, kind="holiday", ids=[day.isoformat()], detail=detail)
