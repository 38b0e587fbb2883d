"""Saving what somebody typed over what they saw: nobody's work is overwritten unseen.

A sheet is what is edited together: one household's state, one member, one fact. `save` reads it again
under a lock, and where somebody else changed it meanwhile writes nothing: the three versions go back
to the person (`Overtaken`), who decides and saves again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actor import Actor
from anju.registry.merging import Merge, merge
from anju.registry.models import Household
from anju.registry.refusals import RegistryRefused


@dataclass(frozen=True, slots=True)
class Edit:
    """Who writes, as known on which day, under which source, and since when it is so."""

    by: Actor
    on: date
    source: str
    since: date | None = None


class Sheet(Protocol):
    """One thing that is edited together."""

    household: Household

    def values(self) -> dict[str, Any]:
        """The fields as they are in the registers now, read anew."""
        ...

    def write(self, changes: Mapping[str, Any], edit: Edit) -> None:
        """Write some fields through the registry's actions, which note them in the audit."""
        ...


class Overtaken(RegistryRefused):
    """Somebody else changed the same thing after it was shown; nothing was written."""

    def __init__(self, merge: Merge) -> None:
        super().__init__(_("您填写期间，别人改了同一条。请看清下面的差别后再保存。"))
        self.merge = merge


@transaction.atomic
def save(
    *, edit: Edit, sheet: Sheet, seen: Mapping[str, Any], typed: Mapping[str, Any]
) -> set[str]:
    """Write what was typed anew; the names of the fields that changed.

    `seen`: the values the form was made from. Raises `Overtaken` where they are no longer so.
    """
    Household.objects.select_for_update().get(pk=sheet.household.pk)
    merged = merge(seen, sheet.values(), typed)
    if merged.differences:
        raise Overtaken(merged)
    if merged.changes:
        sheet.write(merged.changes, edit)
    return set(merged.changes)
