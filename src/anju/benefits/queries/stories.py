"""What happened to a claim or a roll: moves, money, publications, objections."""

from __future__ import annotations

from django.db.models import Prefetch, Q

from anju.benefits.models import (
    Claim,
    ClaimMove,
    Objection,
    PayoutLine,
    Publication,
    PublicationEntry,
    Recovery,
    Roll,
)


def moves_of(claim: Claim) -> list[ClaimMove]:
    """Its moves, the latest first."""
    return list(claim.moves.order_by("-id"))


def payouts_of(claim: Claim) -> list[PayoutLine]:
    """Its lines in payment batches, the latest first."""
    return list(claim.payouts.select_related("batch").order_by("-id"))


def recoveries_of(claim: Claim) -> list[Recovery]:
    """Money that came back, the latest first."""
    return list(claim.recoveries.order_by("-id"))


def objections_to(claim: Claim) -> list[Objection]:
    """What was said against it, or against the whole of its roll."""
    about = Q(claim=claim) | Q(claim__isnull=True, roll=claim.roll_id)
    return list(Objection.objects.filter(about).order_by("-id"))


def publications_of(roll: Roll) -> list[Publication]:
    """What was put up of a roll, the latest first, with its entries."""
    entries = PublicationEntry.objects.select_related("claim").order_by("claim_id")
    return list(roll.publications.prefetch_related(Prefetch("entries", queryset=entries)))


def objections_of(roll: Roll) -> list[Objection]:
    """What was said against a roll or its claims, the open ones first."""
    rows = roll.objections.select_related("claim__household", "claim__person")
    return sorted(rows.order_by("-id"), key=lambda each: each.settled_on is not None)


def last_contact(village_code: str) -> str:
    """Whom people of a village were last told to turn to; empty where nothing hung there yet."""
    rows = Publication.objects.filter(village_code=village_code).order_by("-pk")
    return rows.values_list("contact", flat=True).first() or ""
