"""Sheets of the labour ledger on a household's page: one training, one answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from anju.employment.actions import facts, profiles, trainings
from anju.employment.models import LabourProfile, Training
from anju.registry.actions.editing import Edit
from anju.registry.actions.fact_sheets import FactSheet
from anju.registry.models import Person

_SAID: Final = tuple(name for name in profiles.TOLD if name != "told_on")


class _MemberSheet(FactSheet):
    """A fact of one member of the household."""

    def withdraw(self, edit: Edit, reason: str) -> None:
        """Take the row back."""
        facts.withdraw(by=edit.by, on=edit.on, row=self.row, reason=reason)

    def _whose(self, person: Person | None) -> Person:
        if person is None:
            raise facts.LedgerRefused(_("请选择是谁。"))
        return person


class TrainingSheet(_MemberSheet):
    """A course somebody took part in."""

    model = Training
    names = trainings.TOLD
    keys = ("person",)
    same = ("household_id", "person_id", "category")

    def _correct(self, given: dict[str, Any], changes: Mapping[str, Any]) -> None:
        trainings.correct(**given, training=self.row, changes=changes)

    def _add(self, given: dict[str, Any], values: dict[str, Any], person: Person | None) -> None:
        trainings.record(**given, **values, person=self._whose(person))


class ProfileSheet(_MemberSheet):
    """What somebody said on a day; the day itself is not corrected."""

    model = LabourProfile
    names = _SAID
    keys = ("person", "told_on")
    same = ("household_id", "person_id", "told_on")

    def _correct(self, given: dict[str, Any], changes: Mapping[str, Any]) -> None:
        profiles.correct(**given, profile=self.row, changes=changes)

    def _add(self, given: dict[str, Any], values: dict[str, Any], person: Person | None) -> None:
        profiles.record(**given, **values, person=self._whose(person))
