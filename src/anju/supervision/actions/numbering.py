"""Numbers of supervisions, problems and notices: kind, county, year, and a count."""

from __future__ import annotations

from datetime import date
from typing import Final

from anju.supervision.models import SupervisionNumber

SUPERVISION: Final = "DC"
PROBLEM: Final = "WT"
NOTICE: Final = "DT"


def next_number(kind: str, division_code: str, on: date) -> str:
    """The next number, in the caller's transaction: another one waits until that ends."""
    prefix = f"{kind}-{division_code[:6]}-{on.year}"
    SupervisionNumber.objects.get_or_create(prefix=prefix)
    counter = SupervisionNumber.objects.select_for_update().get(prefix=prefix)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}-{counter.last:04d}"
