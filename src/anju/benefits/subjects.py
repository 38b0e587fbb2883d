"""Of whom something is asked: a household, a person of one, or an organisation in a village."""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """A recipient. Of a person the household too; of an organisation its name and the village."""

    household: int | None
    person: int | None
    organisation: str
    village: str

    @property
    def kind(self) -> str:
        """household, person or organisation."""
        if self.organisation:
            return "organisation"
        return "household" if self.person is None else "person"
