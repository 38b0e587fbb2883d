"""Where each present value came from: of a chain of corrections, the row that first said so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from anju.registry.models.dated import Known

Row = TypeVar("Row", bound=Known)


@dataclass(frozen=True, slots=True)
class Origin:
    """The list or person a value is known from, and the day it became known."""

    source: str
    known_on: date


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows of one chain in the order in which they became known; the present one last."""
    return sorted(rows, key=lambda row: (row.known_to is None, row.known_from, row.pk))


def origins(chain: Sequence[Known], names: Iterable[str]) -> dict[str, Origin]:
    """Field → origin of its present value; empty for a chain without rows."""
    return {name: _origin(chain, name) for name in names} if chain else {}


def _origin(chain: Sequence[Known], name: str) -> Origin:
    first = chain[-1]
    for row in reversed(chain):
        if getattr(row, name) != getattr(chain[-1], name):
            break
        first = row
    return Origin(first.source, first.known_from)
