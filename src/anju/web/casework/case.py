"""One case, one page: where it stands, what is to be done now, and the story so far.

The story is a list of sections; whoever adds a part adds one `Section` and its template.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju import memory
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.casework import books, queries
from anju.casework.models import Case
from anju.casework.queries import listing
from anju.casework.queries.standing import offers
from anju.places import queries as places
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework import notices, story
from anju.web.casework.asked import Asked, Section
from anju.web.casework.clearing_forms import CLEARING_SECTIONS
from anju.web.casework.columns import days_left, left_in_words
from anju.web.casework.forms import FORMS
from anju.web.casework.help import HELP_SECTIONS
from anju.web.casework.offering import Offered, offered
from anju.web.casework.remedies import remedy
from anju.web.casework.wording import Wording, level_word, state_word
from anju.web.papers.section import papers

TEMPLATE = "web/casework/case.html"


SECTIONS: tuple[Section, ...] = (
    Section("leads", _("线索"), "web/casework/sections/leads.html", story.leads, needs_pack=False),
    Section("authorisation", _("授权"), "web/casework/sections/authorisation.html", story.signed),
    Section("check", _("入户核查"), "web/casework/sections/checks.html", story.checks),
    Section("comparison", _("数据比对"), "web/casework/sections/comparisons.html", story.compared),
    Section("review", _("民主评议"), "web/casework/sections/reviews.html", story.reviews),
    Section("notices", _("公示"), "web/casework/sections/notices.html", notices.published),
    *HELP_SECTIONS,
    *CLEARING_SECTIONS,
    Section("papers", _("文书"), "web/papers/_section.html", papers),
    Section(
        "moves", _("办理记录"), "web/casework/sections/moves.html", story.moves, needs_pack=False
    ),
)


@requires(Permission.VIEW_CASES)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The case as one story."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    case = case_of(viewer, number)
    response = shown(request, case)
    record(
        by=viewer.actor(address_of(request)),
        action="case.read",
        kind="household",
        ids=[case.household.code],
        detail={"case": case.number},
        place=case.village_code,
    )
    return response


def case_of(viewer: Viewer, number: str) -> Case:
    """A case of the viewer's places; Http404 for others."""
    try:
        return queries.case_for(viewer, number)
    except Case.DoesNotExist:
        raise Http404 from None


def shown(request: HttpRequest, case: Case, *, problem: str = "", action: str = "") -> HttpResponse:
    """The page; with a problem after an action that was refused, which stays open."""
    with memory.once():
        context = _context(request, case, problem, action)
        return render(request, TEMPLATE, context, status=422 if problem else 200)


def _context(request: HttpRequest, case: Case, problem: str, action: str) -> dict[str, Any]:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = Asked(viewer, case, viewer.on)
    has_pack = books.has_pack(case)
    return {
        **head(asked),
        "asked": asked,
        "offers": _offers(asked) if has_pack else [],
        "move_address": reverse("web:case-move", args=[case.number]),
        "sections": _sections(asked, has_pack),
        "open_forms": {form.id for form in FORMS.values() if has_pack and form.may(asked)},
        "problem": problem or ("" if has_pack else books.pack_is_gone(case)),
        "chosen": action,
        "typed": request.POST,
    }


def head(asked: Asked) -> dict[str, Any]:
    """What every page about a case begins with."""
    case, wording = asked.case, Wording(asked.on)
    names = places.names([case.village_code])
    risks = listing.risks_of(asked.viewer, [case]).get(case.pk, [])
    left = days_left(case.step_due_on, asked.on)
    return {
        "case": case,
        "household": case.household,
        "place_name": names.village(case.village_code) or case.village_code,
        "risks": list(dict.fromkeys(words.risk(r) if r else listing.HIDDEN for r in risks)),
        "state": state_word(case),
        "procedure": wording.procedure(case.pack, case.procedure),
        "step": wording.step(case.pack, case.procedure, case.step) if case.step else "",
        "holder": level_word(case.holder) if case.holder else "",
        "left": left_in_words(case.step_due_on, asked.on),
        "is_late": left is not None and left < 0,
        "left_in_all": "" if not case.step else left_in_words(case.due_on, asked.on),
        "left_for_papers": left_in_words(case.papers_due_on, asked.on),
        "way": story.way(asked, wording),
    }


def _offers(asked: Asked) -> list[Offered]:
    found = offers(asked.viewer, asked.case, asked.on)
    return offered(found, lambda requirement: remedy(asked.case, requirement))


def _sections(asked: Asked, has_pack: bool) -> list[tuple[Section, dict[str, Any]]]:
    shown = (section for section in SECTIONS if has_pack or not section.needs_pack)
    found = ((section, section.context(asked)) for section in shown)
    return [(section, context) for section, context in found if context is not None]
