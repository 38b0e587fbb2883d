"""What the columns of a file are: the first rows, under each heading a choice of fields."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.audit.refusal import Refusal
from anju.intake import queries
from anju.intake.actions import mapping
from anju.intake.feeds import FEEDS
from anju.intake.models import Batch, BatchState
from anju.intake.suggesting import Confidence, FileColumn
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Choice

_WORDS = {
    Confidence.SURE: _("把握大"),
    Confidence.LIKELY: _("可能是"),
    Confidence.GUESS: _("猜测，请核对"),
}
_PREFIX = "column-"


@dataclass(frozen=True)
class Shown:
    """A column of the file on the page."""

    name: str
    heading: str
    values: list[str]
    field: str
    confidence: str
    score: int


@requires(Permission.IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Ask what the columns are, or take the answer."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        batch = queries.batch_for(viewer, batch_id)
    except Batch.DoesNotExist:
        raise Http404 from None
    if batch.state != BatchState.MAPPING:
        return HttpResponseRedirect(reverse("web:import", args=[batch_id]))
    given = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(given)
    actor = viewer.actor(address_of(request))
    try:
        if request.method == "POST":
            mapping.settle(
                by=actor,
                at=timezone.now(),
                batch=batch,
                chosen=chosen,
                fields=_fields(given),
                source=given.get("source", "").strip(),
            )
            return HttpResponseRedirect(reverse("web:import", args=[batch_id]))
    except Refusal as refused:
        messages.error(request, refused.zh)
    look = mapping.look(by=actor, batch=batch, chosen=chosen)
    status = 422 if request.method == "POST" else 200
    names = _names(batch, look, _fields(given)) | {"is_said": mapping.is_said(batch, chosen)}
    return render(request, "web/intake/mapping.html", names, status=status)


def _chosen(given: Any) -> mapping.Chosen:
    """The list, sheet and header rows as chosen; what is not understood is left to the machine."""
    feed, _slash, layout = given.get("list", "").partition("/")
    first, end = given.get("first", ""), given.get("end", "")
    header = None
    if first.isdecimal() and end.isdecimal() and 1 <= int(first) <= int(end) <= int(first) + 2:
        header = (int(first) - 1, int(end))
    if header and header[1] > 15:
        header = None
    return mapping.Chosen(feed or None, layout or None, given.get("sheet") or None, header)


def _fields(given: Any) -> dict[int, str]:
    """Column → field, as chosen in the table."""
    return {
        int(name.removeprefix(_PREFIX)): value
        for name, value in given.items()
        if name.startswith(_PREFIX) and name.removeprefix(_PREFIX).isdecimal() and value
    }


def _names(batch: Batch, look: mapping.Look, fields: dict[int, str]) -> dict[str, Any]:
    """What the template is given."""
    columns = [_shown(column, fields) for column in look.preview.columns]
    used = {column.field for column in columns}
    return {
        "batch": batch,
        "look": look,
        "columns": columns,
        "lines": list(zip(*(column.values for column in columns), strict=True)),
        "options": [
            Choice(c.field, c.label + ("＊" if c.needed else "")) for c in look.layout.columns
        ],
        "missing": [c.label for c in look.layout.lacking(used)],
        "lists": [
            Choice(f"{feed.id}/{sheet.id}", _list_name(feed, sheet))
            for feed in FEEDS
            for sheet in feed.sheets
        ],
        "list": f"{look.feed.id}/{look.layout.id}",
        "first": look.preview.first + 1,
        "end": look.preview.end,
        "unknown": batch.question.get("unknown", ""),
        "question": batch.question,
    }


def _list_name(feed: Any, sheet: Any) -> str:
    if len(feed.sheets) == 1:
        return gettext("%(name)s（%(office)s）") % {"name": feed.name, "office": feed.office}
    return gettext("%(name)s·%(sheet)s（%(office)s）") % {
        "name": feed.name,
        "sheet": sheet.name,
        "office": feed.office,
    }


def _shown(column: FileColumn, fields: dict[int, str]) -> Shown:
    guess = column.suggestion
    field = fields.get(column.place, "") if fields else (guess.field if guess else "")
    is_guess = guess is not None and guess.field == field
    return Shown(
        name=f"{_PREFIX}{column.place}",
        heading=column.heading,
        values=[mapping.shown_text(text) for text in column.values],
        field=field,
        confidence=str(_WORDS[guess.confidence]) if guess is not None and is_guess else "",
        score=round(guess.score * 100) if guess is not None and is_guess else 0,
    )
