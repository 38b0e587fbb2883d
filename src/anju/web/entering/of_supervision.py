"""A problem that is written down, a report that is written: how much of either stands there already."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.intake.outgoing.coverage import Counted, Coverage
from anju.reporting import queries as reporting
from anju.reporting.models import OPEN, Report
from anju.supervision import queries as supervision
from anju.web.reports.writing import LINES
from anju.web.supervision import finding

_ITEMS: Final = 10
_REPORTS: Final = 3


def coverages(viewer: Viewer, found: Counted) -> Iterator[Coverage]:
    """A problem found at an item of a sample, and the latest reports the viewer may write."""
    if viewer.may(Permission.INSPECT):
        yield _of_problems(viewer)
    if viewer.may(Permission.WRITE_REPORTS):
        yield _of_reports(viewer)


def _of_problems(viewer: Viewer) -> Coverage:
    latest = supervision.supervisions_for(viewer).order_by("-pk")[:_ITEMS]
    samples = (
        supervision.items_for(viewer, each).select_related("supervision", "household", "task")[
            :_ITEMS
        ]
        for each in latest
    )
    items = list(islice(chain.from_iterable(samples), _ITEMS))
    known = sum(
        len(finding.known_of(each.supervision, each)) + bool(finding.chosen(each)) for each in items
    )
    fields = len(finding.FIELDS) + 1  # and the units
    return Coverage("problem", _("登记问题"), "", fields, len(items), known)


def _of_reports(viewer: Viewer) -> Coverage:
    """Title, addressees and the parts: known are those that come by themselves."""
    newest = reporting.reports_for(viewer).filter(state__in=OPEN).order_by("-pk")
    counted = [_of_report(viewer, each) for each in newest[:_REPORTS]]
    fields = max((number for number, _known in counted), default=len(LINES))
    known = sum(known for _number, known in counted)
    return Coverage("report", _("编写调度报告"), "", fields, len(counted), known)


def _of_report(viewer: Viewer, report: Report) -> tuple[int, int]:
    parts = reporting.parts_of(viewer, report, viewer.on)
    lines = sum(1 for name in LINES if getattr(report, name))
    return len(LINES) + len(parts), lines + sum(1 for each in parts if each.sentences)
