"""One list as somebody wants it: read from an address or a form, held against what they may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils import timezone

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.inspection.asked import Asked
from anju.inspection.models import ListCheck
from anju.intake.models import Batch
from anju.intake.outgoing import lists as out
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.lists import Offer


@dataclass(frozen=True)
class Wanted:
    """In whose form, of which places, with which numbers; of a list of changes between which days."""

    offer: Offer
    batch: Batch | None
    place: str
    in_full: bool
    scope: Scope
    span: Span | None

    @property
    def asked(self) -> Asked:
        """What there is to check in it: the numbers are checked in full, however they go out."""
        form = self.batch.pk if self.batch is not None else None
        since, until = (self.span.since, self.span.until) if self.span else (None, None)
        return Asked(self.offer.feed.id, form, self.place, self.scope.ranges, since, until)


def wanted(told: QueryDict, viewer: Viewer, feed: str) -> Wanted:
    """The list asked for; 404 for what is not the viewer's to take out."""
    offer = next((each for each in out.offers(viewer) if each.feed.id == feed), None)
    if offer is None:
        raise Http404
    number = told.get("form", "")
    batch = next((each for each in offer.files if str(each.pk) == number), None)
    if number and batch is None:
        raise Http404
    in_full = offer.is_of_people and told.get("numbers") == "full"
    if in_full and not viewer.may(Permission.REVEAL_IDENTITY):
        raise PermissionDenied
    place = told.get("place", "")
    if place and not out.reach(viewer, "", in_full=in_full).covers(place):
        raise Http404
    scope = out.reach(viewer, place, in_full=in_full)
    return Wanted(offer, batch, place, in_full, scope, span(told) if offer.tells_changes else None)


def span(told: QueryDict) -> Span:
    """The days of a list of changes, by default the month before; 404 for what is no span."""
    first = timezone.localdate().replace(day=1)
    last = first - timedelta(days=1)
    try:
        since = date.fromisoformat(told.get("since") or last.replace(day=1).isoformat())
        until = date.fromisoformat(told.get("until") or last.isoformat())
    except ValueError:
        raise Http404 from None
    if until < since:
        since, until = until, since
    return Span(since, until)


def told(check: ListCheck, *, in_full: bool) -> QueryDict:
    """A checked list as it is asked for in an address or a form."""
    asked = {
        "form": check.form_id or "",
        "place": check.place,
        "since": check.since.isoformat() if check.since else "",
        "until": check.until.isoformat() if check.until else "",
        "numbers": "full" if in_full else "",
    }
    return QueryDict(urlencode({name: value for name, value in asked.items() if value}))
