"""A row about somebody not yet known is a new member of the household it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from anju.intake import kept_lines, newcomers
from anju.intake.actions import decisions
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch, Row
from anju.intake.refusals import BatchRefused
from anju.registry.actions import joining
from anju.registry.actions.editing import Edit
from anju.registry.models import Household
from anju.registry.queries.provenance import Origin

NUMBERS: Final = ("identity", "phone")
_TOLD: Final = ("name", "sex", "relation", "born_on")


@dataclass
class MemberOfRow(joining.NewMember):
    """The sheet on which the person of a row is added; the row is then decided to be that person.

    A number that is left out is taken from the list: it is never shown.
    """

    household: Household
    batch: Batch
    row: Row
    at: datetime

    def __post_init__(self) -> None:
        if self.row.code != newcomers.PROBLEM or self.row.household_id != self.household.pk:
            raise BatchRefused("这一行不在等待认定新成员，可能已经写入。")

    def given(self) -> dict[str, Any]:
        """What the row says of the person, as values of the form; no numbers."""
        asked = self.row.sides["asked"]
        values = {name: asked[name] for name in _TOLD if asked.get(name)}
        born_on = values.pop("born_on", None)
        return values | ({"born_on": date.fromisoformat(born_on)} if born_on else {})

    def numbers(self) -> dict[str, str]:
        """The numbers of the row, in clear, as far as its lines are kept."""
        for lines in kept_lines.fetch(self.batch) or []:
            if lines.sheet == self.row.sheet:
                line = lines.rows.filter(lines.rows["number"] == self.row.number)
                found = next(line.iter_rows(named=True), {})
                return {name: found[name] for name in NUMBERS if found.get(name)}
        return {}

    def origins(self) -> dict[str, Origin]:
        """The list, for everything it says."""
        origin = Origin(BY_ID[self.batch.feed].name, self.batch.known_on)
        return dict.fromkeys(self.given(), origin)

    def write(self, changes: Mapping[str, Any], edit: Edit) -> None:
        """Add the person, and keep for this and later lists who the row is."""
        typed = {name: value for name, value in changes.items() if value}
        membership = joining.add(
            household=self.household,
            told={**self.numbers(), **typed},
            edit=edit,
        )
        decisions.joined(
            by=edit.by,
            at=self.at,
            batch=self.batch,
            row_id=self.row.pk,
            person_id=membership.person_id,
        )
