"""Reports on the desk: those to write before they are due, and those that wait to be issued."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import unit_of
from anju.reporting import queries
from anju.reporting.models import OPEN, Report, ReportState
from anju.web.desk.item import Item

_SHOWN = 20


def items(viewer: Viewer) -> Iterator[Item]:
    """What the viewer's unit has to write, and what the viewer has to issue."""
    if viewer.may(Permission.WRITE_REPORTS):
        yield from _to_write(viewer)
        yield from _to_countersign(viewer)
    if viewer.may(Permission.ISSUE_REPORTS):
        yield from _to_issue(viewer)


def _to_write(viewer: Viewer) -> Iterator[Item]:
    unit = unit_of(viewer)
    if unit is None:
        return
    rows = queries.reports_for(viewer).filter(unit=unit, state__in=OPEN)
    for row in _short(rows):
        told = _("已退回：%(note)s") % {"note": row.check_note[:60]} if row.check_note else ""
        yield Item(
            title=_("编写报告：%(title)s") % {"title": row.title},
            detail=told or _("数字已自动汇总，补充文字后提交。"),
            address=reverse("web:report", args=[row.pk]),
            since=row.created_on,
            is_late=row.due_on < viewer.on,
            due_on=row.due_on,
        )


def _to_countersign(viewer: Viewer) -> Iterator[Item]:
    for row in _short(queries.to_countersign(viewer)):
        yield Item(
            title=_("会签报告：%(title)s") % {"title": row.title},
            detail=_("%(unit)s主办，请本单位会签。") % {"unit": row.unit.name},
            address=reverse("web:report", args=[row.pk]),
            since=row.submitted_on or row.created_on,
            is_late=row.due_on < viewer.on,
            due_on=row.due_on,
        )


def _to_issue(viewer: Viewer) -> Iterator[Item]:
    waiting = queries.reports_for(viewer).filter(state=ReportState.SUBMITTED)
    for row in _short(waiting.exclude(submitted_by=viewer.username)):
        yield Item(
            title=_("签发报告：%(title)s") % {"title": row.title},
            detail=_("%(unit)s已提交。") % {"unit": row.unit.name},
            address=reverse("web:report", args=[row.pk]),
            since=row.submitted_on or row.created_on,
            is_late=row.due_on < viewer.on,
            due_on=row.due_on,
        )


def _short(rows: object) -> list[Report]:
    """The first that are due, without what they say."""
    return list(
        rows.select_related("unit").defer("words", "parts").order_by("due_on", "pk")[:_SHOWN]
    )  # type: ignore[attr-defined]
