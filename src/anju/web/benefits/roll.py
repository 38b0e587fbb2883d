"""One village's roll: its lines with how each comes about, who looks at what next, what hangs, objections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.benefits import amounts, checking, states
from anju.benefits.checking import Answer
from anju.benefits.models import Claim, Eligibility, Roll
from anju.benefits.queries import claims_for, listing, may, roll_for, stories
from anju.benefits.states import Refused, State, verbs
from anju.benefits.terms import Terms
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.benefits import words
from anju.web.lists.declaration import Text

#: What is done with ticked lines, not with a roll as a whole.
OF_LINES = ("confirm", "send_back", "refuse", "withdraw")


@dataclass(frozen=True)
class Row:
    """A line: who, how much of what and from where, how the amount comes about, what is to be looked at."""

    claim: Claim
    who: str
    measured: str
    origin: str
    formula: str
    why: str
    may_tick: bool
    may_change: bool


@dataclass(frozen=True)
class Step:
    """Something to do with the whole roll: what, how many lines it takes, whether it can be done now."""

    verb: str
    title: Text
    count: int
    amount: int
    hint: str = ""


@requires(Permission.VIEW_BENEFITS)
@require_GET
def page(request: HttpRequest, roll_id: int) -> HttpResponse:
    """The page of a roll; that its lines were read is on the record."""
    roll = roll_or_404(request, roll_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    record(
        by=viewer.actor(address_of(request)),
        action="roll.read",
        kind="roll",
        ids=[roll.pk],
        place=roll.village_code,
    )
    return shown(request, roll)


def roll_or_404(request: HttpRequest, roll_id: int) -> Roll:
    """A roll of the viewer's villages."""
    try:
        return roll_for(request.viewer, roll_id)  # type: ignore[attr-defined]
    except Roll.DoesNotExist:
        raise Http404 from None


def shown(request: HttpRequest, roll: Roll, problem: str = "", status: int = 0) -> HttpResponse:
    """The page; with a problem after something that was refused."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    claims = list(
        claims_for(viewer).filter(roll=roll).select_related("household", "person").order_by("pk")
    )
    for claim in claims:
        claim.scheme = roll.scheme
    held = may.steps(viewer, roll.scheme, roll.village_code)
    found = frozenset().union(*(verbs(each.state, held) for each in claims))
    rows = [_row(claim, frozenset(verbs(claim.state, held))) for claim in claims]
    terms = Terms.of_kept(roll.scheme.terms)
    context: dict[str, Any] = {
        "roll": roll,
        "scheme": roll.scheme,
        "place_name": places.names([roll.village_code]).village(roll.village_code),
        "figure": amounts.figure(terms),
        "cap": amounts.capped(terms),
        "has_source": bool(terms.source),
        "rows": rows,
        "tally": listing.of_rolls([roll.pk]).get(roll.pk, listing.NOTHING),
        "steps": _steps(roll, claims, found, viewer),
        "line_verbs": _line_verbs(claims, found),
        "may_object": "object" in found,
        "may_add": states.Step.VILLAGE in held and roll.scheme.is_open,
        "publications": stories.publications_of(roll),
        "objections": stories.objections_of(roll),
        "refusals": Refused.choices,
        "contact": stories.last_contact(roll.village_code),
        "today": viewer.on,
        "typed": request.POST,
        "ticked": set(request.POST.getlist("claim")),
        "problem": problem,
    }
    found_status = status or (422 if problem else 200)
    return render(request, "web/benefits/roll.html", context, status=found_status)


def _row(claim: Claim, found: frozenset[str]) -> Row:
    checks = checking.of_kept(claim.checks)
    asks = claim.eligibility == Eligibility.TO_CHECK
    wanted = Answer.UNKNOWN if asks else Answer.NO
    return Row(
        claim,
        words.recipient(claim),
        words.measured(claim),
        words.origin(claim),
        words.formula(claim),
        checking.why(checks, wanted),
        bool(found & set(OF_LINES)),
        "submit" in found and claim.state == State.DRAFT,
    )


def _line_verbs(claims: Sequence[Claim], found: frozenset[str]) -> frozenset[str]:
    """What may be done with ticked lines."""
    asked = any(each.eligibility == Eligibility.TO_CHECK for each in claims)
    mine = set(found) & set(OF_LINES)
    return frozenset(mine | ({"confirm"} if asked and mine else set()))


def _steps(
    roll: Roll, claims: Sequence[Claim], found: frozenset[str], viewer: Viewer
) -> list[Step]:
    """What the viewer may do with the whole roll now."""
    made = []
    for verb, state, title in words.STEPS_OF_ROLLS:
        standing = [each for each in claims if each.state == state]
        if verb in found and standing:
            amount = sum(each.amount_fen or 0 for each in standing)
            hint = _hint(roll, verb, standing, viewer)
            made.append(Step(verb, title, len(standing), amount, hint))
    return made


def _hint(roll: Roll, verb: str, standing: Sequence[Claim], viewer: Viewer) -> str:
    """Why something cannot be done yet; empty where it can."""
    if verb == "submit":
        bare = sum(each.amount_fen is None for each in standing)
        return words.waits_for_amounts(bare) if bare else ""
    ends = roll.publicity_ends_on
    if verb == "clear" and ends is not None and viewer.on <= ends:
        return words.hangs_until(ends + timedelta(days=1))
    return ""
