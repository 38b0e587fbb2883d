"""One file: its progress while it is worked on, then what became of each row."""

import tempfile
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.intake import doubtful, queries
from anju.intake import report as reports
from anju.intake.actions import batches
from anju.intake.models import Batch, BatchState, Outcome
from anju.intake.outcomes import UNSETTLED
from anju.places import queries as places
from anju.registry import queries as registry
from anju.web import lists, words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.intake.batches import feed_name
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.IMPORT_FILES)
@require_GET
def page(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The file: its progress, or its counts and rows."""
    batch = _batch(request, batch_id)
    names = _names(request, batch)
    if names["standing"].is_open:
        return render(request, "web/intake/progress.html", names)
    if batch.state == BatchState.MAPPING:
        return HttpResponseRedirect(reverse("web:import-columns", args=[batch_id]))
    return lists.show(
        request,
        ROWS,
        template="web/intake/batch.html",
        given={"batch": batch},
        context=names,
    )


@requires(Permission.IMPORT_FILES)
@require_GET
def progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The progress alone, asked for every second; when it is over the page is opened anew."""
    batch = _batch(request, batch_id)
    names = _names(request, batch)
    if not names["standing"].is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "web/intake/_progress.html", names)


@requires(Permission.IMPORT_FILES)
@require_POST
def confirm(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Write a file that was checked."""
    batch = _batch(request, batch_id)
    try:
        batches.confirm(by=_actor(request), at=timezone.now(), batch_id=batch.pk)
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:import", args=[batch_id]))


@requires(Permission.IMPORT_FILES)
@require_POST
def cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Stop a file that is not written yet."""
    batch = _batch(request, batch_id)
    try:
        batches.cancel(by=_actor(request), at=timezone.now(), batch_id=batch.pk)
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:import", args=[batch_id]))


@requires(Permission.IMPORT_FILES)
@require_GET
def report(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The same workbook with what became of each row; numbers masked, audited."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    batch = _batch(request, batch_id)
    file = tempfile.TemporaryFile()
    try:
        reports.write(by=_actor(request), viewer=viewer, batch=batch, file=file)
    except Refusal as refused:
        file.close()
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:import", args=[batch_id]))
    file.seek(0)
    stem = batch.file_name.rsplit(".", 1)[0]
    name = gettext("%(name)s-处理结果.xlsx") % {"name": stem}
    return FileResponse(file, as_attachment=True, filename=name, content_type=_SPREADSHEET)


def _actor(request: HttpRequest) -> Any:
    return request.viewer.actor(address_of(request))  # type: ignore[attr-defined]


def _batch(request: HttpRequest, batch_id: int) -> Batch:
    try:
        return queries.batch_for(request.viewer, batch_id)  # type: ignore[attr-defined]
    except Batch.DoesNotExist:
        raise Http404 from None


def _names(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    """What the templates are given."""
    here = places.names([batch.division_code]).of(batch.division_code)
    people = accounts.names_of({batch.created_by, batch.held_by})
    return {
        "batch": batch,
        "uploader": words.user(batch.created_by, people.get(batch.created_by, "")),
        "holder": words.user(batch.held_by, people.get(batch.held_by, "")),
        "feed_name": feed_name(batch.feed),
        "standing": queries.standing(batch),
        "place_name": here or gettext("全县"),
        "counts": _counts(request, batch),
        "bad": sum(batch.counts.get(name, 0) for name in UNSETTLED),
        "waiting": batch.counts.get(Outcome.WAITING.value, 0),
        "decisions": len(doubtful.written(request.viewer, batch)),  # type: ignore[attr-defined]
    }


def _counts(request: HttpRequest, batch: Batch) -> list[tuple[Any, int, str]]:
    """Each outcome, its number in the file, and the address of its rows."""
    address = reverse("web:import", args=[batch.pk])
    return [
        (outcome, batch.counts.get(outcome.value, 0), f"{address}?outcome={quote(outcome.value)}")
        for outcome in Outcome
    ]


def _rows(ask: Ask) -> Rows:
    return queries.rows_for(ask.viewer, ask.given["batch"])


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Codes of the households and names of the villages: two queries for the page."""
    ids = {row.household_id for row in rows if row.household_id}
    homes = dict(registry.households_for(ask.viewer).filter(pk__in=ids).values_list("pk", "code"))
    villages = places.names([row.village_code for row in rows])
    for row in rows:
        row.household_code = homes.get(row.household_id, "")
        row.place = villages.village(row.village_code) or ""
        row.told = (row.message or _changes(row.changes)) + _sides(row.sides)


def _changes(changes: dict[str, Sequence[Any]]) -> str:
    """文化程度：小学 → 初中；…"""
    unknown = gettext("未掌握")
    parts = (
        f"{label}：{unknown if old is None else old} → {unknown if new is None else new}"
        for label, (old, new) in changes.items()
    )
    return "；".join(parts)


def _sides(sides: dict[str, Any]) -> str:
    """Both values of a conflict, where they come from, and who decides."""
    if not sides.get("fields"):
        return ""
    unknown = gettext("未掌握")
    parts = [
        gettext("%(label)s：名单为%(file)s，底册为%(register)s")
        % {
            "label": label,
            "file": unknown if file is None else file,
            "register": unknown if register is None else register,
        }
        for label, (file, register) in sides.get("fields", {}).items()
        if register is not None
    ]
    parts.append(
        gettext("来源：%(source)s；由%(office)s认定")
        % {"source": sides.get("source", ""), "office": sides.get("decides", "")}
    )
    if sides.get("kept"):
        parts.append(gettext("认定之前底册保留原来的说法，这一行的其他栏目已经写入"))
    return "（" + "；".join(parts) + "）"


def _outcomes(ask: Ask) -> Sequence[Choice]:
    return [Choice(outcome.value, outcome.label) for outcome in Outcome]


def _by_outcome(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(outcome=value)


def _household_link(row: Any) -> str:
    return reverse("web:household", args=[row.household_code]) if row.household_code else ""


ROWS = Register(
    id="import-rows",
    title=_("逐行结果"),
    noun=_("行"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="import row",
    empty=_("没有您辖区内的行。"),
    filters=(Filter("outcome", _("结果"), _outcomes, _by_outcome),),
    sorts=(Sort("file", _("按文件中的顺序"), ("id",)),),
    columns=(
        Column("sheet", _("工作表"), lambda row: row.sheet, shown=False),
        Column("number", _("行号"), lambda row: row.number, Kind.NUMBER, fixed=True),
        Column("outcome", _("结果"), lambda row: row.get_outcome_display()),
        Column(
            "household",
            _("户编码"),
            lambda row: row.household_code,
            Kind.CODE,
            link=_household_link,
        ),
        Column("place", _("村（社区）"), lambda row: row.place),
        Column("column", _("列"), lambda row: row.column),
        Column("told", _("原因和改法，或改了什么"), lambda row: row.told),
    ),
)
