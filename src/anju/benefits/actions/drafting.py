"""New claims: numbered, checked against the registers, priced within the caps, in the village's open roll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Q

from anju.audit.actor import Actor
from anju.benefits.actions import moving, pricing
from anju.benefits.models import Claim, ClaimMove, Roll, Scheme
from anju.benefits.states import State

_PRICED: Final = ("raw_fen", "amount_fen")


def write(*, by: Actor, on: date, scheme: Scheme, claims: Sequence[Claim]) -> list[Claim]:
    """Write new claims of a scheme that is held by the caller; they need recipient, village and measure."""
    rolls = _rolls(scheme, {claim.village_code for claim in claims})
    for claim in claims:
        claim.scheme, claim.roll = scheme, rolls[claim.village_code]
        claim.state, claim.state_on = State.DRAFT, on
        claim.made_by, claim.made_on = by.username, on
        scheme.last_claim += 1
        claim.number = f"{scheme.number}-{scheme.last_claim:05}"
    pricing.check(scheme, claims, on)
    others = pricing.price(scheme, claims)
    made = Claim.objects.bulk_create(claims, batch_size=moving.AT_ONCE)
    save_prices(others)
    ClaimMove.objects.bulk_create(
        (_first(claim, by, on) for claim in made), batch_size=moving.AT_ONCE
    )
    Scheme.objects.filter(pk=scheme.pk).update(last_claim=scheme.last_claim)
    moving.touch({claim.roll_id for claim in [*made, *others]})
    return made


def save_prices(claims: Iterable[Claim]) -> None:
    """Keep amounts that changed because another claim took or freed part of a cap."""
    Claim.objects.bulk_update(list(claims), _PRICED, batch_size=200)


def freed(scheme: Scheme, ended: Sequence[Claim]) -> None:
    """Claims ended: drafts that share their caps may get more."""
    others = pricing.price_around(scheme, ended)
    save_prices(others)
    moving.touch({claim.roll_id for claim in others})


def _rolls(scheme: Scheme, villages: set[str]) -> dict[str, Roll]:
    """The roll of each village that is still put together; a new one after what was submitted."""
    rows = Roll.objects.filter(scheme=scheme, village_code__in=villages).select_for_update()
    latest: dict[str, Roll] = {}
    for roll in rows.order_by("village_code", "sequence"):
        latest[roll.village_code] = roll
    left = Claim.objects.filter(roll__in=[each.pk for each in latest.values()])
    beyond = set(
        left.exclude(Q(state=State.DRAFT) | Q(state=State.WITHDRAWN) | Q(state=State.REFUSED))
        .values_list("roll", flat=True)
        .distinct()
    )
    for village in sorted(villages):
        last = latest.get(village)
        if last is None or last.pk in beyond:
            sequence = last.sequence + 1 if last else 1
            latest[village] = Roll.objects.create(
                scheme=scheme, village_code=village, sequence=sequence
            )
    return latest


def _first(claim: Claim, by: Actor, on: date) -> Any:
    return ClaimMove(
        claim=claim,
        verb="add",
        to_state=State.DRAFT,
        amount_fen=claim.amount_fen,
        moved_on=on,
        by=by.username,
    )
