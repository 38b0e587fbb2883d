"""What a sheet needs to know about the batch it came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from anju.audit.actor import Actor
from anju.intake.authority import Authority
from anju.intake.columns import SheetColumns
from anju.sealing import CryptoProvider


@dataclass(frozen=True, slots=True)
class Context:
    """`known_on`: when the county learnt of the list. `prefix`: significant digits of the place
    whose rows may be imported (empty: anywhere). `source`: list and batch, as written beside every
    fact; `office`: who keeps the list; `offices`: who keeps which, by the names of the lists."""

    by: Actor
    batch_id: int
    known_on: date
    source: str
    office: str
    prefix: str
    layout: SheetColumns
    keys: CryptoProvider
    authority: Authority
    offices: Mapping[str, str]

    def office_of(self, source: str) -> str:
        """The office behind the source of a fact; empty for what a person typed."""
        return self.offices.get(source.partition(" #")[0], "")


def significant(division_code: str) -> str:
    """The digits by which everything inside a division begins."""
    if division_code.endswith("000000"):
        return division_code[:6]
    if division_code.endswith("000"):
        return division_code[:9]
    return division_code
