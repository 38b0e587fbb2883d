"""One lead: who raised it and why, and how it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import SYSTEM
from anju.casework import books, levels, queries
from anju.casework.actions import cases, merging
from anju.casework.actions import leads as actions
from anju.casework.models import Lead, LeadSource, LeadState
from anju.casework.queries import listing
from anju.language import in_language
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Run
from anju.places import queries as places
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework.columns import left_in_words
from anju.web.doing import Doing, carry_out
from anju.web.lists import Choice

TEMPLATE = "web/casework/lead.html"


@dataclass(frozen=True)
class Told:
    """One time the lead was raised, in words."""

    source: LeadSource
    rule: str
    by: words.Text


@requires(Permission.VIEW_CASES)
@require_GET
def page(request: HttpRequest, lead_id: int) -> HttpResponse:
    """The lead, what it rests on, and what can be done with it."""
    lead = _lead(request, lead_id)
    record(
        by=request.viewer.actor(address_of(request)),  # type: ignore[attr-defined]
        action="lead.read",
        kind="household",
        ids=[lead.household.code],
        detail={"lead": lead.pk},
        place=lead.village_code,
    )
    return _shown(request, lead)


@requires(Permission.VIEW_CASES)
@require_POST
def open_case(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Begin a case; all open leads of the household go along."""
    lead = _lead(request, lead_id)

    def do(doing: Doing) -> str:
        case = cases.open_case(
            by=doing.by, at=doing.at, on=doing.on, viewer=doing.viewer, lead=lead
        )
        messages.success(request, _("已立案。接着请按下面的提示办理当前环节。"))
        return reverse("web:case", args=[case.number])

    return _done(request, lead, do)


@requires(Permission.VIEW_CASES)
@require_POST
def no_risk(request: HttpRequest, lead_id: int) -> HttpResponse:
    """End the lead: looked at, no risk, with a reason of the pack and a note."""
    lead = _lead(request, lead_id)

    def do(doing: Doing) -> str:
        reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
        actions.no_risk(
            by=doing.by, on=doing.on, viewer=doing.viewer, lead=lead, reason=reason, note=note
        )
        messages.success(request, _("已记为“核实无风险”。"))
        return reverse("web:leads")

    return _done(request, lead, do)


@requires(Permission.VIEW_CASES)
@require_POST
def merge(request: HttpRequest, lead_id: int) -> HttpResponse:
    """End the lead: the same thing is looked at in another one of the household."""
    lead = _lead(request, lead_id)
    wanted = request.POST.get("into", "")

    def do(doing: Doing) -> str:
        into = _lead(request, int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0)
        merging.merge(by=doing.by, on=doing.on, viewer=doing.viewer, lead=lead, into=into)
        messages.success(request, _("已并入这条线索。"))
        return reverse("web:lead", args=[into.pk])

    return _done(request, lead, do)


def _done(request: HttpRequest, lead: Lead, do: Callable[[Doing], str]) -> HttpResponse:
    """Refused, the lead as it is now, with what was typed."""
    return carry_out(request, do, lambda why: _shown(request, _lead(request, lead.pk), why))


def _lead(request: HttpRequest, lead_id: int) -> Lead:
    try:
        return queries.lead_for(request.viewer, lead_id)  # type: ignore[attr-defined]
    except Lead.DoesNotExist:
        raise Http404 from None


def _shown(request: HttpRequest, lead: Lead, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    is_hidden = bool(listing.hidden_leads(viewer, [lead]))
    sources = [] if is_hidden else list(lead.sources.order_by("raised_on", "id"))
    names = places.names([lead.village_code])
    is_open = lead.state == LeadState.OPEN
    context = {
        "lead": lead,
        "household": lead.household,
        "place_name": names.village(lead.village_code) or lead.village_code,
        "risk": listing.HIDDEN if is_hidden else words.risk(lead.risk),
        "is_hidden": is_hidden,
        "sources": _told(viewer, sources),
        "findings": [] if is_hidden else _findings(viewer, lead, sources),
        "others": _others(viewer, lead),
        "left": left_in_words(lead.due_on, viewer.on) if is_open else "",
        "is_late": is_open and lead.due_on < viewer.on,
        "reason": _reason(lead),
        "reasons": [Choice(*each) for each in _reasons(viewer)],
        "may_settle": is_open and levels.may_act(viewer, lead.household),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, TEMPLATE, context, status=422 if problem else 200)


def _told(viewer: Viewer, sources: list[LeadSource]) -> list[Told]:
    """The sources, with the words that the rule had in its run."""
    runs = monitoring.runs_for(viewer).in_bulk({each.run_id for each in sources if each.run_id})
    known = {pk: monitoring.Rulebook(run) for pk, run in runs.items()}
    people = accounts.names_of({each.raised_by for each in sources if each.raised_by})
    return [
        Told(
            each,
            known[each.run_id].name(each.rule) if each.run_id in known else each.rule,
            words.user(each.raised_by or SYSTEM.username, people.get(each.raised_by, "")),
        )
        for each in sources
    ]


def _findings(viewer: Viewer, lead: Lead, sources: list[LeadSource]) -> list[Any]:
    """What the latest run that raised it found, with value, threshold and clause."""
    latest = max((each.run_id for each in sources if each.run_id), default=None)
    if latest is None:
        return []
    rules = {each.rule for each in sources if each.run_id == latest}
    try:
        run = monitoring.run_for(viewer, latest)
    except Run.DoesNotExist:
        return []
    found = monitoring.findings_of_household(viewer, lead.household, run)
    return [each for each in found if each.finding.rule in rules and not each.is_unknown]


def _others(viewer: Viewer, lead: Lead) -> list[Choice]:
    """Other open leads of the household."""
    rows = queries.leads_for(viewer).filter(household=lead.household, state=LeadState.OPEN)
    found = list(rows.exclude(pk=lead.pk).select_related("household__grid"))
    hidden = listing.hidden_leads(viewer, found)
    return [
        Choice(str(each.pk), listing.HIDDEN if each.pk in hidden else words.risk(each.risk))
        for each in found
    ]


def _reasons(viewer: Viewer) -> list[tuple[str, str]]:
    found = books.book_on(viewer.on).reasons_no_risk
    return [(each.id, in_language(each.zh, each.en)) for each in found]


def _reason(lead: Lead) -> str:
    if not lead.reason or lead.ended_on is None:
        return ""
    found = books.book_on(lead.ended_on).reasons_no_risk
    return next((in_language(r.zh, r.en) for r in found if r.id == lead.reason), lead.reason)
