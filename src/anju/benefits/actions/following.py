"""Rolls and their claims follow when villages are merged, split or renamed.

What is on its way goes on in the new village; what ended stays under the code it was decided under.
"""

from __future__ import annotations

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.benefits.actions import moving
from anju.benefits.models import Claim, Publication, Roll
from anju.benefits.states import WAITING_AT
from anju.places.changes import restored
from anju.places.models import Recoding

_ON_ITS_WAY = frozenset().union(*WAITING_AT.values())


@transaction.atomic
def follow(*, by: Actor, recoding_id: int) -> int:
    """Give rolls that are on their way the code a merger gave their village; how many. Safe to repeat.

    Of a village that was split the roll stays with the part that keeps the rest, as it was published.
    """
    recoding = Recoding.objects.get(pk=recoding_id)
    targets = {
        each.old: each.new
        for each in restored(recoding.changes)
        if each.kind == "village" and not each.is_part
    }
    moved = []
    rows = Roll.objects.select_for_update(of=("self",)).filter(village_code__in=targets)
    for roll in rows.order_by("pk"):
        if Claim.objects.filter(roll=roll, state__in=sorted(_ON_ITS_WAY)).exists():
            _move(roll, targets[roll.village_code])
            moved.append(roll.pk)
    if moved:
        record(
            by=by,
            action="roll.recode",
            kind="roll",
            ids=moved,
            count=len(moved),
            reason=recoding.basis[:200],
        )
    return len(moved)


def _move(roll: Roll, village: str) -> None:
    """The roll becomes the next one of the village it goes to."""
    last = Roll.objects.filter(scheme=roll.scheme_id, village_code=village).order_by("-sequence")
    sequence = last.values_list("sequence", flat=True).first() or 0
    Claim.objects.filter(roll=roll).update(village_code=village)
    Publication.objects.filter(roll=roll).update(village_code=village)
    roll.village_code, roll.sequence = village, sequence + 1
    roll.save(update_fields=["village_code", "sequence"])
    moving.touch([roll.pk])
