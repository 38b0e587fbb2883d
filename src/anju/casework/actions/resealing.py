"""Telephone numbers that people left, under a new key."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet

from anju.casework import phones
from anju.sealing import CryptoProvider
from anju.sealing.sm4 import HEAD_BYTES, head_of


def heads() -> Counter[bytes]:
    """How many numbers begin with which head (format and key). Kept a year, so looked at singly."""
    return Counter(
        bytes(sealed)[:HEAD_BYTES]
        for model in phones.PLACES
        for sealed in _left(model).values_list("phone_sealed", flat=True).iterator()
    )


def renew(*, keys: CryptoProvider, most: int) -> int:
    """Seal at most so many numbers of older keys anew, in the caller's transaction; how many."""
    done, present = 0, head_of(keys.seal_key_id)
    for model, place in phones.PLACES.items():
        for row in _left(model).select_for_update().order_by("pk").iterator():
            if done == most:
                return done
            if bytes(row.phone_sealed)[:HEAD_BYTES] == present:
                continue
            plain = keys.open(bytes(row.phone_sealed), place, row.pk)
            row.phone_sealed = keys.seal(plain, place, row.pk)
            row.save(update_fields=["phone_sealed"])
            done += 1
    return done


def _left(model: type[phones.Left]) -> QuerySet[phones.Left]:
    return model.objects.filter(phone_sealed__isnull=False)
