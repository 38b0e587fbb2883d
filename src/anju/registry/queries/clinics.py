"""What was seen of clinics last."""

from __future__ import annotations

from collections.abc import Iterable

from anju.registry.models import ClinicReport

_AT_ONCE = 5_000


def latest(village_codes: Iterable[str]) -> dict[str, ClinicReport]:
    """Village → what was seen there last, of those where somebody ever looked."""
    wanted = list(dict.fromkeys(village_codes))
    found: dict[str, ClinicReport] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = ClinicReport.objects.filter(village_code__in=wanted[start : start + _AT_ONCE])
        found.update((row.village_code, row) for row in rows.order_by("seen_on", "id"))
    return found
