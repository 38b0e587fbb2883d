"""Figures over leads, cases and help in a time: on a page and in a workbook; nothing by person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.casework.queries.figures import Period
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework import figures_book
from anju.web.casework.figure_tables import Table
from anju.web.casework.figures_kept import figures_of

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """The time and town asked for, those to choose from, and what of the address was wrong."""

    period: Period
    town: str
    towns: list[tuple[str, str]]
    problem: str

    @property
    def place(self) -> str:
        """The name of the town; empty for all of the viewer's places."""
        return dict(self.towns).get(self.town, "")


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The figures of a time (by default this year up to today) in the viewer's places."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = _asked(request, viewer)
    if asked.town:
        viewer = replace(viewer, scope=Scope.of([asked.town]))
    found = figures_of(
        viewer,
        asked.period,
        by_village=bool(asked.town) or len(asked.towns) < 2,
        at=timezone.now(),
        afresh=bool(request.GET.get("afresh")),
    )
    may_export = viewer.may(Permission.EXPORT_LISTS)
    if request.GET.get("export") == "xlsx":
        if not may_export:
            raise PermissionDenied
        return _workbook(request, viewer, asked, found.tables)
    address = {"from": asked.period.first, "to": asked.period.last, "town": asked.town}
    context = {
        "asked": asked,
        "tables": found.tables,
        "decision": found.decision,
        "turns": found.turns,
        "counted_at": found.counted_at,
        "afresh": f"{reverse('web:figures')}?{urlencode({**address, 'afresh': '1'})}",
        "may_export": may_export,
        "export": f"{reverse('web:figures')}?{urlencode({**address, 'export': 'xlsx'})}",
    }
    status = 422 if asked.problem else 200
    return render(request, "web/casework/figures.html", context, status=status)


def _asked(request: HttpRequest, viewer: Viewer) -> Asked:
    today = timezone.localdate()
    whole = Period(today.replace(month=1, day=1), today)
    towns = list(places.towns_in(viewer.scope).values_list("code", "name"))
    town = request.GET.get("town", "")
    town = town if town in dict(towns) else ""
    try:
        first = _day(request.GET.get("from", ""), whole.first)
        last = _day(request.GET.get("to", ""), whole.last)
    except ValueError:
        return Asked(whole, town, towns, _("请填写日期，例如 2023-10-08。已改列今年。"))
    if first > last:
        return Asked(whole, town, towns, _("开始日期晚于结束日期，请核对。已改列今年。"))
    return Asked(Period(first, last), town, towns, "")


def _day(text: str, default: date) -> date:
    return date.fromisoformat(text.strip()) if text.strip() else default


def _workbook(
    request: HttpRequest, viewer: Viewer, asked: Asked, found: Sequence[Table]
) -> FileResponse:
    period = asked.period
    said = _(
        "办理统计　%(first)s 至 %(last)s　%(place)s　导出人：%(name)s（%(username)s）　时间：%(now)s"
    ) % {
        "first": period.first,
        "last": period.last,
        "place": asked.place,
        "name": viewer.name,
        "username": viewer.username,
        "now": f"{timezone.localtime():%Y-%m-%d %H:%M}",
    }
    file = BytesIO()
    figures_book.write(file, found, said)
    file.seek(0)
    record(
        by=viewer.actor(address_of(request)),
        action="register.export",
        kind="case",
        count=len(found),
        detail={"register": "figures", "from": str(period.first), "to": str(period.last)},
        place=asked.town,
    )
    name = f"figures-{period.first}-{period.last}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_WORKBOOK)
