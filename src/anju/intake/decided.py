"""Decisions that hold: whose row it is, as somebody said before."""

from collections.abc import Sequence

from anju.intake.models import Decision

_AT_ONCE = 8_000


def decided(keys: Sequence[str]) -> dict[str, Decision]:
    """The decisions about rows of these keys, those taken back left out."""
    found: dict[str, Decision] = {}
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        valid = Decision.objects.filter(key__in=part, revoked_at__isnull=True)
        found.update((each.key, each) for each in valid)
    return found
