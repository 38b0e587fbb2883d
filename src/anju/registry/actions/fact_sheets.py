"""Sheets of single facts: a quarter's income, a status, an event, a holding. Without a row they add one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from anju.registry.actions import corrections, events, holdings, incomes, statuses
from anju.registry.actions.editing import Edit
from anju.registry.models import Event, Holding, Household, Income, Person, Status
from anju.registry.queries import member_of, present
from anju.registry.queries.provenance import Origin
from anju.registry.refusals import RegistryRefused


class FactSheet(ABC):
    """One fact of a household. `names` may be corrected; `keys` are given once, when it is added.

    `same`: fields that a row shares with the one it was replaced by, where the table has its own.
    """

    model: ClassVar[type[Any]]
    names: ClassVar[tuple[str, ...]]
    keys: ClassVar[tuple[str, ...]] = ("kind", "person")
    same: ClassVar[tuple[str, ...]] = ()

    def __init__(self, household: Household, pk: int | None) -> None:
        self.household = household
        self.row = None if pk is None else self._row(pk)

    def values(self) -> dict[str, Any]:
        """As the row says now; nothing for one that is to be added."""
        if self.row is None:
            return {}
        self.row = self._row(self.row.pk)
        return {name: getattr(self.row, name) for name in self.names}

    def origins(self) -> dict[str, Origin]:
        """A fact is known as a whole."""
        if self.row is None:
            return {}
        return dict.fromkeys(self.names, Origin(self.row.source, self.row.known_from))

    def write(self, changes: Mapping[str, Any], edit: Edit) -> None:
        """Correct the row, or add it."""
        given = {"by": edit.by, "on": edit.on, "source": edit.source}
        if self.row is not None:
            self._correct(given, changes)
            return
        values = {name: value for name, value in changes.items() if name != "person"}
        self._add({**given, "household": self.household}, values, self._person(changes))

    def withdraw(self, edit: Edit, reason: str) -> None:
        """Take the row back."""
        corrections.withdraw(by=edit.by, on=edit.on, row=self.row, reason=reason)

    def _correct(self, given: dict[str, Any], changes: Mapping[str, Any]) -> None:
        corrections.correct(**given, row=self.row, changes=changes)

    @abstractmethod
    def _add(self, given: dict[str, Any], values: dict[str, Any], person: Person | None) -> None:
        """Record a new one."""

    def _person(self, changes: Mapping[str, Any]) -> Person | None:
        return member_of(self.household, changes["person"]) if changes.get("person") else None

    def _row(self, pk: int) -> Any:
        row = present.fact(self.model, self.household, pk, same=self.same)
        if row is None:
            raise RegistryRefused(_("这一条已被撤销或取代。请返回户档案查看现在的情况。"))
        return row


class IncomeSheet(FactSheet):
    """One quarter."""

    model = Income
    names = incomes.KINDS
    keys = ("quarter",)

    def _correct(self, given: dict[str, Any], changes: Mapping[str, Any]) -> None:
        incomes.correct(**given, income=self.row, amounts=changes)

    def _add(self, given: dict[str, Any], values: dict[str, Any], person: Person | None) -> None:
        quarter = int(values.pop("quarter"))
        incomes.record(**given, quarter=quarter, amounts=values)


class StatusSheet(FactSheet):
    """A state that holds for a time."""

    model = Status
    names = ("level", "reference", "valid_from", "valid_to")

    def _add(self, given: dict[str, Any], values: dict[str, Any], person: Person | None) -> None:
        started, ended = values.pop("valid_from", None), values.pop("valid_to", None)
        statuses.record(**given, **values, person=person, started_on=started, ended_on=ended)


class EventSheet(FactSheet):
    """Something that happened."""

    model = Event
    names = ("occurred_on", "amount", "level", "reference")

    def _add(self, given: dict[str, Any], values: dict[str, Any], person: Person | None) -> None:
        events.record(**given, **values, person=person)


class HoldingSheet(FactSheet):
    """A thing in somebody's name: a hint for the home check."""

    model = Holding
    names = ("value", "reference", "valid_from", "valid_to")

    def _add(self, given: dict[str, Any], values: dict[str, Any], person: Person | None) -> None:
        started, ended = values.pop("valid_from", None), values.pop("valid_to", None)
        reference = values.pop("reference", "")
        holdings.record(
            **given,
            **values,
            person=person,
            reference=reference,
            started_on=started,
            ended_on=ended,
        )
