"""A filtered list as a file: masked, marked with who took it out and when, audited.

Up to a number of rows, or where no row tells of people, the file is the answer. Beyond it somebody
else must approve: the person is asked what it is for, and the same address is opened again (`anju.web.exports.replaying`), first to
describe what is asked, later by the worker to write it.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.accounts.scope import Scope, range_of
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.exports.actions import ExportRefused
from anju.exports.queries import are_within, reach_of
from anju.places import queries as places
from anju.web.address import address_of
from anju.web.lists import writing
from anju.web.lists.state import State

ROW_LIMIT = 100_000


@dataclass
class Describe:
    """Open the list only to say what would be taken out."""

    found: dict[str, Any] = field(default_factory=dict)


@dataclass
class Write:
    """Open the list to write it into a file: what was approved, and nothing beside it."""

    file: BinaryIO
    ranges: list[list[str]]
    terms: Mapping[str, Any]
    summary: Mapping[str, Any] | None = None


def answer(request: HttpRequest, asked: State, file_format: writing.Format) -> HttpResponseBase:
    """What is filtered, with the chosen columns, of the places where the viewer may export."""
    purpose = getattr(request, "export_purpose", None)
    asked = _where_exporting(asked, is_approved=purpose is not None)
    if isinstance(purpose, Write):
        _check_approved(asked, purpose)
    left = asked.narrowed()
    total = left.counted.order_by()[: ROW_LIMIT + 1].count()
    if total > ROW_LIMIT:
        limit = {"limit": ROW_LIMIT, "back": asked.address()}
        return render(request, "web/lists/too_many.html", limit, status=422)
    if isinstance(purpose, Describe):
        purpose.found = _described(asked, total, file_format)
        return HttpResponse()
    rows = left.rows.order_by(*asked.sort.fields)
    said = writing.mark(asked.ask.viewer, timezone.localtime(), total, asked)
    if isinstance(purpose, Write):
        purpose.summary = file_format.write(purpose.file, asked, rows, said)
        return HttpResponse()
    has_people = bool(asked.register.audit_kind)
    if has_people and total > settings.EXPORT_APPROVAL_ROWS:
        return _ask_for_approval(request, asked, total, file_format)
    file = tempfile.TemporaryFile()
    try:
        summary = file_format.write(file, asked, rows, said)
        _record(request, asked, file_format, summary)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=name(str(asked.register.title), file_format.id),
        content_type=file_format.content_type,
    )


def name(title: str, file_format: str) -> str:
    """What the file is called."""
    return f"{title}-{timezone.localtime():%Y%m%d-%H%M}.{file_format}"


def _where_exporting(asked: State, *, is_approved: bool) -> State:
    """The same list for the places where the viewer may export it.

    What somebody approves is told in ranges of places, so households of single grids are no part.
    """
    viewer: Viewer = asked.ask.viewer
    scope = viewer.scope_for(asked.register.export_permission)
    scope = Scope(scope.ranges) if is_approved else scope
    return replace(asked, ask=replace(asked.ask, viewer=replace(viewer, scope=scope)))


def _check_approved(asked: State, approved: Write) -> None:
    """Refuse what reaches further than was approved: by a place or a filter that is gone (the list
    drops what it does not know), by a column that was not there."""
    terms = _terms(asked)
    is_same = all(approved.terms.get(name) == value for name, value in terms.items())
    if not is_same or not are_within(reach_of(_reached(asked)), approved.ranges):
        raise ExportRefused(
            _("名单的范围、筛选条件或列已与批准时不同，没有生成文件。请回到名单页重新申请。")
        )


def _terms(asked: State) -> dict[str, Any]:
    """What must still hold when the file is written; no words, since they depend on a language."""
    return {
        "permission": str(asked.register.export_permission),
        "filters": _filters(asked),
        "columns": [column.id for column in asked.columns],
    }


def _filters(asked: State) -> dict[str, str]:
    """The filters that are set: id → value."""
    return {item.filter.id: item.choice.value for item in asked.filters if item.choice}


def _described(asked: State, total: int, file_format: writing.Format) -> dict[str, Any]:
    """What the asker sees before asking, and the approver before deciding."""
    filters = [
        [str(chosen.filter.title), str(chosen.choice.label)]
        for chosen in asked.filters
        if chosen.choice
    ]
    scope = _reached(asked)
    return {
        "register": asked.register.id,
        "title": str(asked.register.title),
        "format": file_format.id,
        "rows": total,
        "ranges": reach_of(scope),
        "terms": _terms(asked),
        "description": {
            "noun": str(asked.register.noun),
            "places": _names(scope),
            "filters": filters,
            "columns": [str(column.title) for column in asked.columns],
            "sort": str(asked.sort.title),
            "searched": bool(asked.query),
        },
    }


def _reached(asked: State) -> Scope:
    """The place that was chosen, if it is the viewer's, else all the viewer's places."""
    scope: Scope = asked.ask.viewer.scope
    return Scope.of([asked.place]) if asked.place and scope.covers(asked.place) else scope


def _names(scope: Scope) -> list[str]:
    """The places of a scope in words: one place by its name, several towns by theirs."""
    names = places.names(low for low, _high in scope.ranges)
    told = []
    for low, high in scope.ranges:
        name_of = names.village(low) if range_of(low) == (low, high) else None
        inside = places.towns_in(Scope(((low, high),)))
        told += [name_of] if name_of else [town.name for town in inside]
    return told


def _ask_for_approval(
    request: HttpRequest, asked: State, total: int, file_format: writing.Format
) -> HttpResponse:
    """The page that asks what it is for."""
    context = {
        "found": _described(asked, total, file_format),
        "address": request.get_full_path(),
        "back": asked.address(),
        "limit": settings.EXPORT_APPROVAL_ROWS,
    }
    return render(request, "web/exports/ask.html", context)


def _record(
    request: HttpRequest, asked: State, file_format: writing.Format, summary: Mapping[str, Any]
) -> None:
    register = asked.register
    record(
        by=asked.ask.viewer.actor(address_of(request)),
        action="register.export",
        kind=register.audit_kind or register.id,
        count=summary["count"],
        detail={
            "register": register.id,
            "format": file_format.id,
            "columns": [column.id for column in asked.columns],
            "filters": _filters(asked),
            "searched": bool(asked.query),
            "rows": dict(summary),
        },
        place=asked.place,
    )
