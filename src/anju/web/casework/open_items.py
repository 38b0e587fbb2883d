"""What waits on the desk because of the open pages: cases to publish, reports, objections."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.queries import notices, publication, self_reports
from anju.places import queries as places
from anju.web.desk.item import Item, few

#: Whoever asked for help waits; no document sets these days, so they only order the desk.
_ANSWERED_WITHIN = timedelta(days=3)
_SHOWN = 10


def items(viewer: Viewer) -> Iterator[Item]:
    """Of what people sent in a line each; of cases that wait for a notice one line for all."""
    if viewer.may(Permission.ACT_IN_VILLAGE):
        yield from _unpublished(viewer)
    if viewer.may(Permission.REPORT_LEADS):
        yield from _reports(viewer)
    if viewer.may(Permission.VIEW_CASES):
        yield from _objections(viewer)


def _unpublished(viewer: Viewer) -> Iterator[Item]:
    cases = publication.waiting(viewer)
    if not cases:
        return
    due = [case.step_due_on for case in cases if case.step_due_on]
    count = len(cases)
    yield Item(
        title=ngettext("有 %(count)s 户等待公示", "有 %(count)s 户等待公示", count)
        % {"count": count},
        detail=_("张榜公示期满后才能往下办。"),
        address=reverse("web:notice-new"),
        since=min((case.step_since or case.opened_on) for case in cases),
        is_late=any(day < viewer.on for day in due),
        due_on=min(due, default=None),
    )


def _reports(viewer: Viewer) -> Iterator[Item]:
    rows = list(self_reports.waiting(viewer)[:_SHOWN])
    names = places.names([row.village_code for row in rows])
    for row in rows:
        since = localdate(row.received_at)
        yield Item(
            title=_("%(name)s自主申报，等待处理") % {"name": row.name},
            detail=names.village(row.village_code) or "",
            address=reverse("web:self-report", args=[row.pk]),
            since=since,
            is_late=viewer.on > since + _ANSWERED_WITHIN,
            due_on=since + _ANSWERED_WITHIN,
        )


def _objections(viewer: Viewer) -> Iterator[Item]:
    rows = few(notices.unanswered(viewer), _SHOWN)
    names = places.names([row.notice.village_code for row in rows])
    for row in rows:
        ends = row.notice.ends_on
        yield Item(
            title=_("对公示的异议，等待答复"),
            detail=names.village(row.notice.village_code) or "",
            address=reverse("web:objection", args=[row.pk]),
            since=localdate(row.received_at),
            is_late=ends < viewer.on,
            due_on=ends,
        )
