"""Reports on the desk: those to write before they are due, and those that wait to be issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import unit_of
from anju.reporting import queries
from anju.reporting.models import OPEN, Report, ReportState
from anju.web.desk.item import Item

_SHOWN = 40


def items(viewer: Viewer) -> Iterator[Item]:
    """What the viewer's unit has to write, and what the viewer has to issue."""
    unit = unit_of(viewer) if viewer.may(Permission.WRITE_REPORTS) else None
    to_write, to_issue = Q(unit=unit, state__in=OPEN), Q(state=ReportState.SUBMITTED)
    to_issue &= ~Q(submitted_by=viewer.username)
    if not viewer.may(Permission.ISSUE_REPORTS):
        to_issue = Q(pk__in=[])
    rows = _short(queries.reports_for(viewer).filter(to_write | to_issue if unit else to_issue))
    yield from _to_write((row for row in rows if row.state in OPEN), viewer.on)
    if unit is not None:
        yield from _to_countersign(viewer)
    submitted = (row for row in rows if row.state == ReportState.SUBMITTED)
    yield from _to_issue(submitted, viewer.on)


def _to_write(rows: Iterable[Report], on: date) -> Iterator[Item]:
    for row in rows:
        told = _("已退回：%(note)s") % {"note": row.check_note[:60]} if row.check_note else ""
        yield Item(
            title=_("编写报告：%(title)s") % {"title": row.title},
            detail=told or _("数字已自动汇总，补充文字后提交。"),
            address=reverse("web:report", args=[row.pk]),
            since=row.created_on,
            is_late=row.due_on < on,
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


def _to_issue(rows: Iterable[Report], on: date) -> Iterator[Item]:
    for row in rows:
        yield Item(
            title=_("签发报告：%(title)s") % {"title": row.title},
            detail=_("%(unit)s已提交。") % {"unit": row.unit.name},
            address=reverse("web:report", args=[row.pk]),
            since=row.submitted_on or row.created_on,
            is_late=row.due_on < on,
            due_on=row.due_on,
        )


def _short(rows: object) -> list[Report]:
    """The first that are due, without what they say."""
    return list(
        rows.select_related("unit").defer("words", "parts").order_by("due_on", "pk")[:_SHOWN]
    )  # type: ignore[attr-defined]
