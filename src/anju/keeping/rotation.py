"""Changing keys: a new key seals from now on, everything older is sealed anew batch by batch.

Killed at any moment, a change goes on where it stopped: what waits is told by the values themselves.
Look-ups work throughout, since both digest keys are asked until nothing stands under the old one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.keys import provider
from anju.audit.refusal import Refusal
from anju.intake.models import Batch, BatchState
from anju.keeping.sealed_places import SealedPlace, all_places
from anju.registry.actions import renewing
from anju.sealing.sm4 import COLUMN_ONLY, FORMAT

AT_ONCE = 2_000
_UNDER_WAY = (BatchState.RECEIVED, BatchState.CHECKING, BatchState.COMMITTING)


class KeyRefused(Refusal):
    """A key cannot be retired."""


@dataclass(frozen=True, slots=True)
class Use:
    """So many values of a place stand under a key; `is_old`: they wait to be sealed anew."""

    place: str
    key: str
    count: int
    is_old: bool


def uses() -> list[Use]:
    """What stands under which key now."""
    keys = provider()
    found = []
    for place in all_places():
        for head, count in sorted(place.heads().items()):
            key_id, layout = int.from_bytes(head[1:3], "big"), head[0]
            name = f"seal key {key_id}" + (" (bound to the column only)" * (layout == COLUMN_ONLY))
            is_old = key_id != keys.seal_key_id or layout != FORMAT
            found.append(Use(place.name, name, count, is_old))
    for key_id, count in sorted(renewing.digest_keys().items()):
        is_old = key_id != keys.digest_key_id
        found.append(Use("look-up of persons", f"digest key {key_id}", count, is_old))
    return found


def begin(*, by: Actor, seal: bool = True, digest: bool = False) -> list[str]:
    """Make new keys; what they are called. Where an earlier change is unfinished, none is made."""
    if any(use.is_old for use in uses()):
        return []
    made = []
    if seal:
        made.append(f"seal key {provider().add_seal_key().seal_key_id}")
    if digest:
        made.append(f"digest key {provider().add_digest_key().digest_key_id}")
    record(by=by, action="keys.add", kind="key", ids=made)
    return made


def renew_all(*, by: Actor, show: Callable[[str, int], None] = lambda _, __: None) -> int:
    """Seal and digest everything older anew; how many rows and files. Safe to repeat."""
    total = 0
    for place in all_places():
        done = 0
        while count := _renew(by, place):
            done += count
            show(place.name, done)
        total += done
    return total


@transaction.atomic
def _renew(by: Actor, place: SealedPlace) -> int:
    """One batch and its entry, in one transaction."""
    count = place.renew(AT_ONCE)
    if count:
        record(
            by=by,
            action="keys.renew",
            kind="key",
            count=count,
            detail={"what": place.name, "seal_key": provider().seal_key_id},
        )
    return count


def retire(*, by: Actor) -> list[str]:
    """Put every older key aside that nothing stands under; where they are now.

    Refused while something waits to be sealed anew, or a file is being imported: it may have begun
    with the older key.
    """
    waiting = Counter({use.key: use.count for use in uses() if use.is_old})
    if waiting:
        raise KeyRefused(f"{waiting.total()} values still wait: run anju keys rotate first.")
    if Batch.objects.filter(state__in=_UNDER_WAY).exists():
        raise KeyRefused("A file is being imported: wait until it is done.")
    keys = provider()
    moved = [keys.retire_seal_key(key_id) for key_id in keys.seal_key_ids[:-1]]
    moved += [keys.retire_digest_key(key_id) for key_id in keys.digest_key_ids[:-1]]
    if moved:
        record(by=by, action="keys.retire", kind="key", count=len(moved))
    return moved
