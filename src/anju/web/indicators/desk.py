"""Indicators on the desk: values that one's unit owes, and values that wait to be checked."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Indicator
from anju.duties.queries import indicators as queries
from anju.duties.queries.indicators import Report
from anju.duties.queries.limits import warning_days
from anju.web.desk.item import Item
from anju.web.indicators import wording

_SHOWN = 20
_SINGLY = 3


def items(viewer: Viewer) -> Iterator[Item]:
    """What is due within the days that the county's pack warns ahead, and what others reported."""
    yield from _to_report(viewer)
    yield from _without_unit(viewer)
    yield from _to_check(viewer)


def _to_report(viewer: Viewer) -> Iterator[Item]:
    until = viewer.on + timedelta(days=warning_days(viewer.on))
    rows = list(queries.of_unit(viewer))
    standings = queries.standings(rows, viewer.on) if rows else {}
    owed = [(row, queries.next_report(row, standings[row.pk].as_ofs, viewer.on)) for row in rows]
    due = [(row, report) for row, report in owed if report and report.due_on <= until]
    due.sort(key=lambda pair: pair[1].due_on)
    if len(due) > _SINGLY:
        yield _many_to_report(due, viewer)
        return
    for row, report in due:
        yield Item(
            title=_("填报指标：%(name)s") % {"name": wording.name_of(row)},
            detail=wording.period_words(row.every, report.as_of),
            address=reverse("web:indicator", args=[row.pk]),
            since=report.as_of,
            is_late=report.due_on < viewer.on,
            due_on=report.due_on,
        )


def _many_to_report(due: Sequence[tuple[Indicator, Report]], viewer: Viewer) -> Item:
    """One line for many: they are said on one page."""
    said = ngettext("填报指标：%(count)s 项", "填报指标：%(count)s 项", len(due))
    first = due[0][1]
    return Item(
        title=said % {"count": len(due)},
        detail=_("在一页上填完，一并提交。"),
        address=reverse("web:indicators-report"),
        since=first.as_of,
        is_late=first.due_on < viewer.on,
        due_on=first.due_on,
    )


def _without_unit(viewer: Viewer) -> Iterator[Item]:
    """Nobody is reminded of what no unit reports."""
    if not viewer.may(Permission.MANAGE_PLANS):
        return
    count, since = queries.without_unit(viewer)
    if count and since is not None:
        yield Item(
            title=_("有 %(count)s 项填报指标没有指定填报单位") % {"count": count},
            detail=_("没有指定的，到期也没有单位填报。"),
            address=f"{reverse('web:indicators')}?source=reported&unit=0",
            since=since,
            is_late=False,
        )


def _to_check(viewer: Viewer) -> Iterator[Item]:
    """A line an indicator; of many one line that leads to the list."""
    waiting = queries.to_check(viewer)
    count = waiting.values("indicator").order_by().distinct().count()
    first = waiting.first() if count > _SINGLY else None
    if first is not None:
        said = ngettext("审核指标：%(count)s 项", "审核指标：%(count)s 项", count)
        yield Item(
            title=said % {"count": count},
            detail=_("单位已报，认定后才计入。"),
            address=f"{reverse('web:indicators')}?state=check",
            since=first.recorded_on,
            is_late=(viewer.on - first.recorded_on).days > warning_days(viewer.on),
        )
        return
    for value in waiting[:_SHOWN] if count else ():
        name = wording.name_of(value.indicator)
        yield Item(
            title=_("审核指标：%(name)s") % {"name": name},
            detail=value.unit.name if value.unit else "",
            address=reverse("web:indicator", args=[value.indicator_id]),
            since=value.recorded_on,
            is_late=(viewer.on - value.recorded_on).days > warning_days(viewer.on),
        )
