"""Setting one dated fact right, ending it, or taking it back: old rows stay on record.

For homes, statuses, events and holdings; incomes, households and members have rules of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.registry.actions.superseding import supersede
from anju.registry.models import Event, Holding, Household, Housing, Income, Status
from anju.registry.refusals import RegistryRefused

Fact = Housing | Status | Event | Holding | Income
Row = TypeVar("Row", Housing, Status, Event, Holding)

_KINDS: Final[dict[type, str]] = {
    Housing: "housing",
    Status: "status",
    Event: "event",
    Holding: "holding",
    Income: "income",
}
REASON_LENGTH = 4


@transaction.atomic
def correct(*, by: Actor, on: date, row: Row, changes: Mapping[str, Any], source: str) -> Row:
    """Set fields of a fact right; what was known before stays on record.

    Refused: an end before the beginning, an event later than `on`, a negative amount, and a row
    that somebody replaced meanwhile.
    """
    old, code = state(row, list(changes)), row.household.code
    _refuse({**state(row, _checked(row)), **changes}, on)
    corrected = supersede(row, on=on, source=source, changes=changes)
    record(
        by=by,
        action=f"{_KINDS[type(row)]}.correct",
        kind="household",
        ids=[code],
        detail={"row": corrected.pk, "changes": between(type(row), old, changes)},
        place=corrected.household.village_code,
    )
    return corrected


@transaction.atomic
def move_in(
    *, by: Actor, on: date, household: Household, home: Mapping[str, Any], source: str
) -> Housing:
    """Record the home of a household of which none is known."""
    if Housing.objects.filter(household=household, known_to__isnull=True).exists():
        raise RegistryRefused(_("这户已登记住房，请更正现有的一条。"))
    _refuse(home, on)
    row = Housing.objects.create(household=household, known_from=on, source=source, **home)
    record(
        by=by,
        action="housing.record",
        kind="household",
        ids=[household.code],
        detail={"row": row.pk, "changes": between(Housing, {}, home)},
        place=household.village_code,
    )
    return row


@transaction.atomic
def withdraw(*, by: Actor, on: date, row: Fact, reason: str) -> None:
    """Take back what was never so; it stays on record as having been known until then."""
    if row.known_to is not None:
        raise RegistryRefused(_("这一条已被后来的情况取代，请刷新页面。"))
    reason = reason.strip()
    if len(reason) < REASON_LENGTH:
        raise RegistryRefused(
            _("请写明撤销理由，至少 %(length)s 个字，例如“登记到别户”。")
            % {"length": REASON_LENGTH}
        )
    row.known_to = max(on, row.known_from)
    row.save(update_fields=["known_to"])
    record(
        by=by,
        action=f"{_KINDS[type(row)]}.withdraw",
        kind="household",
        ids=[row.household.code],
        reason=reason[:200],
        detail={"row": row.pk},
        place=row.household.village_code,
    )


def _checked(row: Fact) -> list[str]:
    names = ("valid_from", "valid_to", "occurred_on", "amount", "value", "area_dm2")
    return [name for name in names if hasattr(row, name)]


def _refuse(values: Mapping[str, Any], on: date) -> None:
    """What no fact may say."""
    begun, ended = values.get("valid_from"), values.get("valid_to")
    if begun is not None and ended is not None and ended < begun:
        raise RegistryRefused(
            _("结束日期 %(ended)s 早于开始日期 %(begun)s，请核对。")
            % {"ended": ended, "begun": begun}
        )
    occurred = values.get("occurred_on")
    if occurred is not None and occurred > on:
        raise RegistryRefused(
            _("发生日期 %(day)s 晚于掌握日期 %(on)s，请核对。") % {"day": occurred, "on": on}
        )
    for name in ("amount", "value", "area_dm2"):
        if (values.get(name) or 0) < 0:
            raise RegistryRefused(_("金额和面积填正数，请核对。"))
