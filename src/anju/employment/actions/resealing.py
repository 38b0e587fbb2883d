"""Telephone numbers of who hires, under a new key."""

from __future__ import annotations

from collections import Counter

from anju.employment import phones
from anju.employment.models import Vacancy
from anju.sealing import CryptoProvider
from anju.sealing.sm4 import HEAD_BYTES, head_of


def heads() -> Counter[bytes]:
    """How many numbers begin with which head (format and key)."""
    rows = Vacancy.objects.filter(phone_sealed__isnull=False).values_list("phone_sealed", flat=True)
    return Counter(bytes(sealed)[:HEAD_BYTES] for sealed in rows.iterator())


def renew(*, keys: CryptoProvider, most: int) -> int:
    """Seal at most so many numbers of older keys anew, in the caller's transaction; how many."""
    done, present = 0, head_of(keys.seal_key_id)
    rows = Vacancy.objects.filter(phone_sealed__isnull=False).select_for_update(of=("self",))
    for row in rows.order_by("pk").iterator():
        if done == most:
            break
        if bytes(row.phone_sealed)[:HEAD_BYTES] == present:
            continue
        plain = keys.open(bytes(row.phone_sealed), phones.PLACE, row.pk)
        row.phone_sealed = keys.seal(plain, phones.PLACE, row.pk)
        row.save(update_fields=["phone_sealed"])
        done += 1
    return done
