"""Lists of workshops and vacancies, written as they came in: in the caller's transaction and entry.

Whoever calls has checked the rows and compared them with the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anju.employment import phones
from anju.employment.models import Vacancy, Workshop, WorkshopCount
from anju.registry.actions.superseding_many import Replacing

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ListedWorkshop:
    """What a line says of a workshop: only what differs where it is known (`held`, `counted`).

    `count` holds `told_on` where numbers of a day nobody knew are told.
    """

    values: Mapping[str, Any]
    held: Workshop | None = None
    count: Mapping[str, Any] = field(default_factory=dict)
    counted: WorkshopCount | None = None


@dataclass(frozen=True, slots=True)
class ListedVacancy:
    """What a line says of a vacancy: only what differs where it is known (`held`)."""

    values: Mapping[str, Any]
    held: Vacancy | None = None
    phone: str = ""


def write_workshops(*, known_on: date, source: str, rows: Sequence[ListedWorkshop]) -> None:
    """New workshops and what is known otherwise of others, each with its numbers."""
    new = [Workshop(**row.values, known_on=known_on, source=source) for row in rows if not row.held]
    Workshop.objects.bulk_create(new, batch_size=_AT_ONCE)
    made, writes = iter(new), Replacing(on=known_on, source=source)
    for row in rows:
        workshop = row.held or next(made)
        if row.held is not None and row.values:
            _write(row.held, row.values, known_on, source)
        if row.count and row.counted is not None:
            writes.supersede(row.counted, row.count)
        elif row.count:
            writes.add(WorkshopCount(workshop=workshop, **row.count))
    writes.carry_out()


def write_vacancies(*, known_on: date, source: str, rows: Sequence[ListedVacancy]) -> None:
    """New vacancies and those that are now told otherwise."""
    new = [Vacancy(**row.values, known_on=known_on, source=source) for row in rows if not row.held]
    Vacancy.objects.bulk_create(new, batch_size=_AT_ONCE)
    made, sealed = iter(new), []
    for row in rows:
        vacancy = row.held or next(made)
        if row.held is not None:
            _write(row.held, row.values, known_on, source)
        if row.phone:
            vacancy.phone_sealed = phones.sealed(vacancy, row.phone)
            sealed.append(vacancy)
    Vacancy.objects.bulk_update(sealed, ["phone_sealed"], batch_size=_AT_ONCE)


def _write(row: Workshop | Vacancy, values: Mapping[str, Any], known_on: date, source: str) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.known_on, row.source = known_on, source
    row.save(update_fields=[*values, "known_on", "source"])
