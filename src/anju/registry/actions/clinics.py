"""Writing down what was seen of clinics, one village or a whole list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from anju.registry.models import ClinicReport
from anju.registry.queries import clinics


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a village on a day; `arrangement` is what people do while it is a blank spot."""

    village_code: str
    seen_on: date
    has_clinic: bool
    has_staff: bool
    arrangement: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether the village is a blank spot."""
        return not (self.has_clinic and self.has_staff)


@transaction.atomic
def write(*, recorded_by: str, source: str, seen: Iterable[Seen]) -> list[ClinicReport]:
    """Add what was seen, one row a village; whoever calls has checked it and writes the audit entry."""
    rows = list(seen)
    before = clinics.latest([each.village_code for each in rows])
    reports = []
    for each in rows:
        last = before.get(each.village_code)
        reports.append(
            ClinicReport(
                village_code=each.village_code,
                seen_on=each.seen_on,
                has_clinic=each.has_clinic,
                has_staff=each.has_staff,
                fills_blank=last is not None and last.is_blank and not each.is_blank,
                arrangement=each.arrangement if each.is_blank else "",
                source=source,
                recorded_by=recorded_by,
            )
        )
    return ClinicReport.objects.bulk_create(reports, batch_size=1_000)
