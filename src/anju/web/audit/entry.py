"""One entry with everything it says, and a check of the chain on demand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.audit import chain, queries
from anju.audit.models import Entry
from anju.intake import proving
from anju.places import queries as places
from anju.queue.actions import enqueue
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.audit import details, words
from anju.web.audit.about import about_in, people_in, with_names
from anju.web.audit.standing import JOB_KIND
from anju.web.words import user


@requires(Permission.VIEW_AUDIT)
@require_GET
def page(request: HttpRequest, sequence: int) -> HttpResponse:
    """The entry: before and after, ids, place, address, and whether it is as it was written."""
    entry = _entry(sequence)
    told = people_in([entry])
    context = {
        "entry": entry,
        "who": user(entry.actor, accounts.names_of({entry.actor}).get(entry.actor, "")),
        "action_word": words.action(entry.action),
        "kind_word": words.kind(entry.kind),
        "place_name": places.names([entry.place]).village(entry.place) or entry.place,
        "lines": details.lines(entry.action, entry.detail),
        "details": details.others(with_names(entry, told)),
        "about": about_in(entry, told),
        "is_whole": chain.digest_of(entry.written()) == entry.digest,
        "has_rows": proving.is_provable(entry),
        "proof": _proof(request, entry),
        "newer": queries.neighbour(entry, 1),
        "older": queries.neighbour(entry, -1),
    }
    return render(request, "web/audit/entry.html", context)


@requires(Permission.VIEW_AUDIT)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Have the whole chain checked now, in the background."""
    now = timezone.now()
    day = timezone.localtime(now).date().isoformat()
    actor = request.viewer.actor(address_of(request))  # type: ignore[attr-defined]
    enqueue(by=actor, kind=JOB_KIND, key=f"{JOB_KIND}:asked", payload={"day": day}, at=now)
    messages.success(request, _("已开始检查，请稍后刷新本页看结果。"))
    return HttpResponseRedirect(reverse("web:audit"))


def _proof(request: HttpRequest, entry: Entry) -> proving.Proof | None:
    """Whether the rows of a batch are still those of the entry, when that is asked for."""
    if "rows" not in request.GET or not proving.is_provable(entry):
        return None
    return proving.prove(by=request.viewer.actor(address_of(request)), entry=entry)  # type: ignore[attr-defined]


def _entry(sequence: int) -> Entry:
    try:
        return queries.entries().get(sequence=sequence)
    except Entry.DoesNotExist:
        raise Http404 from None
