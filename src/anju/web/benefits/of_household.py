"""补贴 on the page of a household: what it got, when and how computed; what it could claim now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.benefits import amounts
from anju.benefits.models import Claim, Scheme
from anju.benefits.queries import claims_of_household
from anju.benefits.queries.open_to import Possible, open_to
from anju.benefits.terms import Terms
from anju.registry.models import Household
from anju.web.benefits import words


@dataclass(frozen=True)
class Row:
    """A claim of the household: who, how much of what, how the amount comes about."""

    claim: Claim
    who: str
    period: str
    measured: str
    lines: tuple[amounts.Line, ...]


@dataclass(frozen=True)
class Open:
    """A scheme the household could claim now: what it pays, what the registers say, where to begin."""

    scheme: Scheme
    figure: str
    cap: str
    standing: str
    why: str
    address: str


def tab(viewer: Viewer, household: Household, on: date) -> dict[str, Any]:
    """Both lists; paid sums together."""
    claims = list(claims_of_household(viewer, household).order_by("-scheme__starts_on", "-pk"))
    rows = [_row(claim, household) for claim in claims]
    paid = sum((each.amount_fen or 0) - each.recovered_fen for each in claims if each.paid_on)
    return {
        "claims": rows,
        "paid": paid,
        "open": [_open(viewer, household, each) for each in open_to(viewer, household, on)],
    }


def _row(claim: Claim, household: Household) -> Row:
    claim.household = household
    return Row(
        claim,
        words.recipient(claim),
        words.period(claim.scheme),
        words.measured(claim),
        words.explained(claim),
    )


def _open(viewer: Viewer, household: Household, each: Possible) -> Open:
    terms = Terms.of_kept(each.scheme.terms)
    address = ""
    if viewer.scope_for(Permission.CLAIM_BENEFITS).covers(household.village_code):
        begin = reverse("web:benefit-claim-new", args=[each.scheme.pk, household.village_code])
        address = f"{begin}?household_code={household.code}"
    return Open(
        each.scheme,
        amounts.figure(terms).value,
        amounts.capped(terms),
        str(each.eligibility.label),
        each.why,
        address,
    )
