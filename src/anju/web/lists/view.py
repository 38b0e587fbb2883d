"""One list as a page, as the fragment of that page, or as a workbook."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from anju import memory
from anju.audit.actions import record
from anju.web.address import address_of
from anju.web.lists import export, keyset, state, writing
from anju.web.lists.declaration import Ask, Register

TEMPLATE = "web/lists/page.html"
FRAGMENT = "web/lists/_register.html"


def show(
    request: HttpRequest,
    register: Register,
    *,
    template: str = TEMPLATE,
    given: dict[str, Any] | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer a request for a list; what its filters and columns all ask is asked once.

    `given` reaches the declaration as `ask.given`; `context` reaches a template that extends
    web/lists/page.html. The caller's view carries the permission to see the list at all.
    """
    if shortened := state.without_identity_number(request.GET):
        return HttpResponseRedirect(f"?{shortened}")
    with memory.once():
        return _answer(request, register, template, given or {}, context or {})


def _answer(
    request: HttpRequest,
    register: Register,
    template: str,
    given: dict[str, Any],
    context: dict[str, Any],
) -> HttpResponseBase:
    ask = Ask(request.viewer, request.GET, timezone.localdate(), given)  # type: ignore[attr-defined]
    asked = state.read(register, ask)
    may_export = ask.viewer.may(register.export_permission)
    file_format = writing.FORMATS.get(request.GET.get("export", ""))
    if file_format is not None:
        if not may_export:
            raise PermissionDenied
        return export.answer(request, asked, file_format)
    fields = asked.sort.fields
    at = keyset.position(fields, after=ask.chosen("after"), before=ask.chosen("before"))
    left = asked.narrowed(at)
    rows = left.rows.none() if left.known == 0 else left.rows
    page = keyset.page(rows, fields, size=register.page_size, at=at)
    if register.prepare is not None and page.rows:
        register.prepare(page.rows, ask)
    if register.audit_kind and page.rows:
        record(
            by=ask.viewer.actor(address_of(request)),
            action="register.read",
            kind=register.audit_kind,
            ids=[register.row_id(row) for row in page.rows],
            detail={"register": register.id},
            place=asked.place,
        )
    names = {
        "register": register,
        "state": asked,
        "page": page,
        "count": _count(left),
        "note": left.note,
        "may_export": may_export,
        "export_limit": export.ROW_LIMIT,
        **context,
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, FRAGMENT if is_fragment else template, names)
    response["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def _count(left: state.Left) -> keyset.Count:
    """How many there are, or at least how many."""
    if left.known is not None:
        return keyset.Count(left.known, is_capped=False)
    if left.part is not None:
        return keyset.count(left.part, is_part=True)
    return keyset.count(left.counted)
