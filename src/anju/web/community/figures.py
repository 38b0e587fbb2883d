"""Requests in numbers: by kind and by place, in a time; on a page and in a workbook, never by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
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
from anju.community import book
from anju.community.queries.requests import Counted, counted
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework import figures_book
from anju.web.casework.figure_tables import Heading, Table, Unit, Value
from anju.web.community import wording

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """The time and town asked for, those to choose from, and what of the address was wrong."""

    first: date
    last: date
    town: str
    towns: list[tuple[str, str]]
    problem: str = ""


@requires(Permission.HANDLE_REQUESTS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """How many were told, are open or late, were settled in time; by default this year."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = _asked(request, viewer)
    if asked.town:
        viewer = replace(viewer, scope=Scope.of([asked.town]))
    tables = [_by_kind(viewer, asked), _by_place(viewer, asked)]
    may_export = viewer.may(Permission.EXPORT_LISTS)
    if request.GET.get("export") == "xlsx":
        if not may_export:
            raise PermissionDenied
        return _workbook(request, viewer, asked, tables)
    address = {"from": asked.first, "to": asked.last, "town": asked.town, "export": "xlsx"}
    context = {
        "asked": asked,
        "tables": tables,
        "may_export": may_export,
        "export": f"{reverse('web:request-figures')}?{urlencode(address)}",
    }
    status = 422 if asked.problem else 200
    return render(request, "web/community/figures.html", context, status=status)


def _asked(request: HttpRequest, viewer: Viewer) -> Asked:
    today = timezone.localdate()
    begins = today.replace(month=1, day=1)
    towns = list(places.towns_in(viewer.scope).values_list("code", "name"))
    town = request.GET.get("town", "")
    town = town if town in dict(towns) else ""
    try:
        first, last = (
            date.fromisoformat(text) if text else usual
            for text, usual in (
                (request.GET.get("from", "").strip(), begins),
                (request.GET.get("to", "").strip(), today),
            )
        )
    except ValueError:
        problem = _("请填写日期，例如 2023-10-08。已改列今年。")
        return Asked(begins, today, town, towns, problem)
    if first > last:
        problem = _("开始日期晚于结束日期，请核对。已改列今年。")
        return Asked(begins, today, town, towns, problem)
    return Asked(first, last, town, towns)


def _by_kind(viewer: Viewer, asked: Asked) -> Table:
    found = counted(viewer, "kind", since=asked.first, until=asked.last, on=viewer.on)
    own = [each.id for each in book.own_book().kinds]
    order = [*own, *sorted(set(found) - set(own))]
    rows = [(wording.kind(code), found[code]) for code in order if code in found]
    return _table("kinds", _("按类别"), _("诉求类别"), rows)


def _by_place(viewer: Viewer, asked: Asked) -> Table:
    """By village, or of more than one town by town."""
    found = counted(viewer, "village_code", since=asked.first, until=asked.last, on=viewer.on)
    if not asked.town and len(asked.towns) > 1:
        sums: dict[str, Counted] = {}
        for code, each in found.items():
            town = code[:9].ljust(12, "0")
            sums[town] = _plus(sums.get(town, Counted()), each)
        found = sums
    names = places.names(found)
    rows = [(names.village(code) or code, each) for code, each in found.items()]
    return _table("places", _("按地方"), _("地方"), rows)


def _plus(one: Counted, two: Counted) -> Counted:
    return Counted(**{f.name: getattr(one, f.name) + getattr(two, f.name) for f in fields(one)})


def _table(id_: str, title: str, first: str, rows: Sequence[tuple[str, Counted]]) -> Table:
    headings = (
        Heading(first, Unit.TEXT),
        Heading(_("反映（件）")),
        Heading(_("未办结（件）")),
        Heading(_("逾期（件）")),
        Heading(_("已办理（件）")),
        Heading(_("按期办理率"), Unit.SHARE),
        Heading(_("不能办理已说明（件）")),
    )
    values: list[tuple[Value, ...]] = [(name, *_row(each)) for name, each in rows]
    if len(rows) > 1:
        whole = Counted()
        for _name, each in rows:
            whole = _plus(whole, each)
        values.append((_("合计"), *_row(whole)))
    note = _("已并入的只计一件；办好或说明的日期不晚于办结期限的为按期。")
    return Table(id_, title, note, headings, values)


def _row(each: Counted) -> tuple[Value, ...]:
    share = each.in_time / each.settled if each.settled else None
    return (each.told, each.open, each.late, each.settled, share, each.unsettled)


def _workbook(
    request: HttpRequest, viewer: Viewer, asked: Asked, tables: Sequence[Table]
) -> FileResponse:
    told: Mapping[str, object] = {
        "first": asked.first,
        "last": asked.last,
        "name": viewer.name,
        "username": viewer.username,
        "now": f"{timezone.localtime():%Y-%m-%d %H:%M}",
    }
    said = (
        _("诉求统计　%(first)s 至 %(last)s　导出人：%(name)s（%(username)s）　时间：%(now)s") % told
    )
    file = BytesIO()
    figures_book.write(file, tables, said)
    file.seek(0)
    record(
        by=viewer.actor(address_of(request)),
        action="register.export",
        kind="request",
        count=len(tables),
        detail={"register": "request-figures", "from": str(asked.first), "to": str(asked.last)},
        place=asked.town,
    )
    name = f"requests-{asked.first}-{asked.last}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_WORKBOOK)
