"""One household: opening it, and changing what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between
from anju.audit.changes import state as values_of
from anju.places.models import Grid, Site
from anju.registry.actions.rolls import STATE
from anju.registry.actions.superseding import part, supersede
from anju.registry.initials import initials
from anju.registry.models import Household, HouseholdRecord
from anju.registry.refusals import RegistryRefused

_CHANGEABLE = frozenset(STATE)


@transaction.atomic
def open(  # noqa: A001 - a household is opened (立户), as its file is
    *,
    by: Actor,
    on: date,
    code: str,
    head_name: str,
    village_code: str,
    household_class: str,
    site: Site | None = None,
    grid: Grid | None = None,
    relocated: bool = False,
    self_moved: bool = False,
    source: str,
) -> Household:
    """Open a household as known from `on`; refused when its code is taken."""
    if Household.objects.filter(code=code).exists():
        raise RegistryRefused(f"户编码 {code} 已经在底册中，请核对编码。")
    state = {
        "village_code": village_code,
        "site": site,
        "grid": grid,
        "household_class": household_class,
        "relocated": relocated,
        "self_moved": self_moved,
    }
    household = Household(
        code=code, head_name=head_name, head_initials=initials(head_name), **state
    )
    household.full_clean(exclude=["site", "grid"])
    household.save()
    HouseholdRecord.objects.create(household=household, known_from=on, source=source, **state)
    record(
        by=by,
        action="household.open",
        kind="household",
        ids=[code],
        detail={"changes": between(Household, {}, state)},
        place=village_code,
    )
    return household


@transaction.atomic
def change(
    *,
    by: Actor,
    on: date,
    household: Household,
    changes: Mapping[str, Any],
    since: date | None = None,
    source: str,
) -> Household:
    """Change the state of a household, known from `on`.

    `since`: the day from which it is so; what was before stays true until then. Without it, what
    was known is corrected. Fields are those of `HouseholdRecord`.
    """
    unknown = set(changes) - _CHANGEABLE - {"site", "grid"}
    if unknown:
        raise RegistryRefused(f"户的“{'、'.join(sorted(unknown))}”不能在这里修改。")
    present = (
        HouseholdRecord.objects.filter(
            household=household, known_to__isnull=True, valid_to__isnull=True
        )
        .order_by("valid_from", "pk")
        .last()
    )
    if present is None:
        raise RegistryRefused(f"户 {household.code} 没有可改的记录，请先核对底册。")
    if since is None or since == present.valid_from:
        supersede(present, on=on, source=source, changes=changes)
    else:
        part(present, on=on, since=since, source=source, changes=changes)
    before = values_of(household, tuple(changes))
    for name, value in changes.items():
        setattr(household, name, value)
    household.save()
    record(
        by=by,
        action="household.change",
        kind="household",
        ids=[household.code],
        detail={"changes": between(Household, before, changes)},
        place=household.village_code,
    )
    return household
