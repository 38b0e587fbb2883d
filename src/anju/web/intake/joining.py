"""The person of a waiting row is a new member: the form of the household page, filled from the row."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.intake import doubtful, queries
from anju.intake.actions.joining import MemberOfRow
from anju.intake.models import Batch
from anju.privacy.masking import mask_identity, mask_phone
from anju.web.access import requires
from anju.web.registers.editing import opening, views
from anju.web.registers.editing.fields import Form

_MASKS: Final = {"identity": mask_identity, "phone": mask_phone}


@requires(Permission.IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, batch_id: int, row_id: int) -> HttpResponse:
    """The form with what the row says; saved, it goes on to the next row.

    Whoever may not correct the registers of that household is refused, as on its own page.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        batch = queries.batch_for(viewer, batch_id)
    except Batch.DoesNotExist:
        raise Http404 from None
    shown = doubtful.look(viewer, batch, row_id)
    if shown is None or shown.row.pk != row_id or not shown.household_code:
        raise Http404
    decisions = reverse("web:import-decisions", args=[batch.pk])
    asked = opening.opened(viewer, shown.household_code, "joining", "")
    try:
        sheet = MemberOfRow(asked.asked.household, batch, shown.row, timezone.now())
    except Refusal:
        return HttpResponseRedirect(f"{decisions}?row={row_id}")
    asked = replace(
        asked,
        sheet=sheet,
        form=_noted(asked.form, sheet.numbers()),
        name=shown.household_code,
        back=f"{decisions}?row={shown.after}" if shown.after else decisions,
    )
    return views.answered(request, asked, sheet.given())


def _noted(form: Form, numbers: dict[str, str]) -> Form:
    """The form that says of each number of the list that it need not be typed."""
    said = _("名单中的号码（%(number)s）会一并登记，不必再填；要改才填。")
    fields = [
        replace(each, note=said % {"number": _MASKS[each.name](numbers[each.name])})
        if each.name in numbers
        else each
        for each in form.fields
    ]
    return replace(form, fields=tuple(fields))
