"""What trainings and profiles have in common: adding a row, correcting it, taking it back.

Old rows stay on record; each change leaves an entry with the household and the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.employment.models import LabourProfile, Training
from anju.registry.actions.corrections import REASON_LENGTH
from anju.registry.actions.superseding import supersede
from anju.registry.refusals import RegistryRefused

Row = TypeVar("Row", Training, LabourProfile)
_NOUNS: Mapping[type, str] = {Training: "training", LabourProfile: "labour"}


class LedgerRefused(RegistryRefused):
    """A change that contradicts the labour ledger."""


@transaction.atomic
def add(*, by: Actor, on: date, row: Row, told: tuple[str, ...], source: str) -> Row:
    """Write a new row, known from the day on."""
    row.known_from, row.source = on, source
    row.save()
    _note(by, row, "record", {"changes": between(type(row), {}, state(row, told))})
    return row


@transaction.atomic
def correct(*, by: Actor, on: date, row: Row, changes: Mapping[str, Any], source: str) -> Row:
    """Set fields right; what was known before stays on record."""
    before = state(row, list(changes))
    corrected = supersede(row, on=on, source=source, changes=changes)
    told = {"row": corrected.pk, "changes": between(type(row), before, changes)}
    _note(by, corrected, "correct", told)
    return corrected


@transaction.atomic
def withdraw(*, by: Actor, on: date, row: Training | LabourProfile, reason: str) -> None:
    """Take back what was never so; it stays on record as having been known until then."""
    if row.known_to is not None:
        raise LedgerRefused(_("这一条已被后来的情况取代，请刷新页面。"))
    reason = reason.strip()
    if len(reason) < REASON_LENGTH:
        raise LedgerRefused(
            _("请写明撤销理由，至少 %(length)s 个字，例如“登记到别户”。")
            % {"length": REASON_LENGTH}
        )
    row.known_to = max(on, row.known_from)
    row.save(update_fields=["known_to"])
    _note(by, row, "withdraw", {"row": row.pk}, reason[:200])


def _note(
    by: Actor,
    row: Training | LabourProfile,
    verb: str,
    detail: Mapping[str, Any],
    reason: str = "",
) -> None:
    record(
        by=by,
        action=f"{_NOUNS[type(row)]}.{verb}",
        kind="household",
        ids=[row.household.code],
        reason=reason,
        detail=dict(detail),
        place=row.household.village_code,
    )
