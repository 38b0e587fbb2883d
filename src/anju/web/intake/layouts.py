"""The layouts that people explained: what is remembered of each source, and forgetting it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.audit.refusal import Refusal
from anju.intake import profiles
from anju.intake.actions import profiles as layouts
from anju.intake.feeds import BY_ID
from anju.intake.models import Profile
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.intake.batches import feed_name


@dataclass(frozen=True)
class Remembered:
    """One layout on the page. `pairs`: label of the field, heading in the file."""

    id: int
    name: str
    source: str
    pairs: list[tuple[str, str]]
    saved_by: str
    saved_at: datetime


@requires(Permission.IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Every layout, or one of them forgotten."""
    if request.method == "POST":
        given = request.POST.get("layout", "")
        try:
            viewer = request.viewer  # type: ignore[attr-defined]
            layouts.forget(
                by=viewer.actor(address_of(request)),
                profile_id=int(given) if given.isdecimal() else 0,
            )
        except Refusal as refused:
            messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:import-layouts"))
    remembered = [_shown(each) for each in profiles.explained()]
    return render(request, "web/intake/layouts.html", {"remembered": remembered})


def _shown(profile: Profile) -> Remembered:
    feed = BY_ID.get(profile.feed)
    sheet = next((s for s in feed.sheets if s.id == profile.sheet), None) if feed else None
    labels = {column.field: column.label for column in sheet.columns} if sheet else {}
    return Remembered(
        id=profile.pk,
        name=feed_name(profile.feed),
        source=profile.source,
        pairs=[(labels.get(field, field), heading) for field, heading in profile.columns.items()],
        saved_by=profile.saved_by,
        saved_at=profile.saved_at,
    )
