"""One claim: who, how the amount comes about line by line, what was checked, its story, its money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.benefits import checking
from anju.benefits.models import Claim, ClaimMove
from anju.benefits.queries import claim_for, may, stories
from anju.benefits.states import Failure, Refused
from anju.places import queries as places
from anju.web import words as people
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.benefits import words
from anju.web.lists.declaration import Text


@dataclass(frozen=True)
class CheckShown:
    """A condition, what the registers say of it, and a detail."""

    asked: str
    answer: Text
    tone: str
    detail: str


@requires(Permission.VIEW_BENEFITS)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a claim; that it was read is on the record."""
    claim = claim_or_404(request, number)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    record(
        by=viewer.actor(address_of(request)),
        action="claim.read",
        kind="claim",
        ids=[claim.number],
        place=claim.village_code,
    )
    return shown(request, claim)


def shown(request: HttpRequest, claim: Claim, problem: str = "") -> HttpResponse:
    """The page; with a problem after something that was refused."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "claim": claim,
        "scheme": claim.scheme,
        "roll": claim.roll,
        "who": words.recipient(claim),
        "place_name": places.names([claim.village_code]).village(claim.village_code),
        "lines": words.explained(claim),
        "checks": checks(claim),
        "moves": _moves(claim),
        "payouts": stories.payouts_of(claim),
        "recoveries": stories.recoveries_of(claim),
        "objections": stories.objections_to(claim),
        "verbs": may.on_claim(viewer, claim),
        "refusals": Refused.choices,
        "failures": Failure.choices,
        "left": (claim.amount_fen or 0) - claim.recovered_fen,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "web/benefits/claim.html", context, status=422 if problem else 200)


def claim_or_404(request: HttpRequest, number: str) -> Claim:
    """A claim of the viewer's villages."""
    try:
        return claim_for(request.viewer, number)  # type: ignore[attr-defined]
    except Claim.DoesNotExist:
        raise Http404 from None


def _moves(claim: Claim) -> list[tuple[ClaimMove, str, Text]]:
    """Its moves with what was done and by whom, by name."""
    rows = stories.moves_of(claim)
    names = accounts.names_of({row.by for row in rows})
    return [(row, words.verb(row.verb), people.user(row.by, names.get(row.by, ""))) for row in rows]


def checks(claim: Claim) -> list[CheckShown]:
    """The conditions in words."""
    return [
        CheckShown(checking.words(each.asked), *words.ANSWERS[each.answer], each.detail)
        for each in checking.of_kept(claim.checks)
    ]
