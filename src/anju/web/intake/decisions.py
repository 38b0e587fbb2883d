"""Rows that may be several people: side by side with each of them, decided by keyboard."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.intake import doubtful, left_behind, queries
from anju.intake.actions import batches, clearing, decisions, reopening
from anju.intake.models import Batch
from anju.registry import queries as registry
from anju.registry.models import Household
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.intake import left
from anju.web.intake.evidence import reasons
from anju.web.registers.editing.opening import may_edit

_NOBODY = "none"
_MOST_KEYS = 9


@requires(Permission.IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show a row and its candidates, or take the answer and go on to the next."""
    batch = _batch(request, batch_id)
    if request.method == "POST":
        return _answer(request, batch)
    viewer = request.viewer  # type: ignore[attr-defined]
    shown = doubtful.look(viewer, batch, _number(request.GET.get("row", "")))
    context: dict[str, Any] = {
        "batch": batch,
        "shown": shown,
        "written": doubtful.written(viewer, batch),
        "left": left.told(viewer, batch, viewer.actor(address_of(request))),
    }
    if shown is not None:
        context["candidates"] = [
            (place if place <= _MOST_KEYS else "", each, reasons(each.reasons))
            for place, each in enumerate(shown.candidates, start=1)
        ]
        context["lines"] = [
            (label, value, [each.cells[place] for each in shown.candidates])
            for place, (label, value) in enumerate(shown.said)
        ]
        context["may_join"] = shown.is_newcomer and _may_join(viewer, shown.household_code)
        decisions.compared(by=viewer.actor(address_of(request)), batch=batch, row=shown.row)
    return render(request, "web/intake/decisions.html", context)


@requires(Permission.IMPORT_FILES)
@require_POST
def write(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Write the rows that have been decided."""
    batch = _batch(request, batch_id)
    actor = request.viewer.actor(address_of(request))  # type: ignore[attr-defined]
    try:
        batches.take_up(by=actor, at=timezone.now(), batch_id=batch.pk)
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:import-decisions", args=[batch.pk]))
    return HttpResponseRedirect(reverse("web:import", args=[batch.pk]))


def _answer(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Take one decision, or take one back."""
    viewer = request.viewer  # type: ignore[attr-defined]
    actor = viewer.actor(address_of(request))
    if "revoke" in request.POST:
        return _revoke(request, batch)
    if "clear" in request.POST:
        return _clear(request, batch)
    row_id = _number(request.POST.get("row", ""))
    shown = doubtful.look(viewer, batch, row_id) if row_id is not None else None
    if shown is None or shown.row.pk != row_id:
        raise Http404
    said = request.POST.get("person", "")
    goes_on = shown.after
    try:
        if "undo" in request.POST:
            decisions.undo(by=actor, at=timezone.now(), batch=batch, row_id=shown.row.pk)
            goes_on = shown.row.pk
        else:
            person = None if said == _NOBODY else _number(said)
            seen = {each.person_id for each in shown.candidates}
            if said != _NOBODY and person not in seen:
                raise Http404
            decisions.decide(
                by=actor,
                at=timezone.now(),
                batch=batch,
                row_id=shown.row.pk,
                person_id=person,
                reason=request.POST.get("reason", ""),
            )
    except Refusal as refused:
        messages.error(request, refused.zh)
        goes_on = shown.row.pk
    address = reverse("web:import-decisions", args=[batch.pk])
    return HttpResponseRedirect(f"{address}?row={goes_on}" if goes_on else address)


def _revoke(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Take back a decision about a row that is written; where it can be asked again, go to it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    wanted = _number(request.POST["revoke"])
    found = [each for each in doubtful.written(viewer, batch) if each.pk == wanted]
    if not found:
        raise Http404
    actor = viewer.actor(address_of(request))
    address = reverse("web:import-decisions", args=[batch.pk])
    try:
        asked = reopening.ask_again(by=actor, at=timezone.now(), batch=batch, decision=found[0])
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(address)
    if asked.rows:
        messages.success(request, _("已撤回，这一行重新等待认定。"))
    else:
        messages.success(request, _("已撤回。已写入的不变，以后导入同样的行时会重新询问。"))
    if asked.code:
        said = _("原来按“%(code)s”写入的内容不会自动撤销，已列在本页下面，请逐项核对更正。")
        messages.warning(request, said % {"code": asked.code})
    row = queries.row_at(viewer, batch, found[0].sheet, found[0].number) if asked.rows else None
    return HttpResponseRedirect(f"{address}?row={row.pk}" if row is not None else address)


def _clear(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Settle what a decision taken back had written."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    wanted = _number(request.POST["clear"])
    found = [each for each in left_behind.of_batch(viewer, batch) if each.pk == wanted]
    if not found:
        raise Http404
    try:
        clearing.clear(
            by=viewer.actor(address_of(request)), at=timezone.now(), batch=batch,
            decision=found[0], note=request.POST.get("note", ""),
        )  # fmt: skip
        messages.success(request, _("已核对完毕。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(f"{reverse('web:import-decisions', args=[batch.pk])}#left")


def _may_join(viewer: Viewer, code: str) -> bool:
    """Whether the viewer may add a member to the household of a row."""
    try:
        return may_edit(viewer, registry.household_for(viewer, code))
    except Household.DoesNotExist:
        return False


def _batch(request: HttpRequest, batch_id: int) -> Batch:
    try:
        return queries.batch_for(request.viewer, batch_id)  # type: ignore[attr-defined]
    except Batch.DoesNotExist:
        raise Http404 from None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
