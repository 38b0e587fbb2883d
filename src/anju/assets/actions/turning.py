"""Whose an asset is, who keeps it, what it is worth: another from a day on, or noted wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.assets import aspects, checking
from anju.assets.actions.assets import facts
from anju.assets.actions.refusing import refuse
from anju.assets.aspects import Row
from anju.assets.models import Asset, AssetKind, Title
from anju.assets.refusals import AssetRefused
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.registry.actions.superseding import part, supersede


@transaction.atomic
def turn(
    *,
    by: Actor,
    on: date,
    asset: Asset,
    model: type[Row],
    values: Mapping[str, Any],
    since: date | None,
    source: str,
) -> bool:
    """Write one aspect of an asset; whether anything changed. `values`: the columns of `ASPECTS`.

    From the day `since` it is so; with no day, or the day from which the present row holds, that row
    was noted wrongly. What it was before stays on record.
    """
    present = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
    if present.kind == AssetKind.HOUSEHOLD and model is Title:
        raise AssetRefused(_("到户类资产归农户所有，不另登记产权。"))
    names = aspects.ASPECTS[model]
    row = model.objects.select_for_update(of=("self",)).get(
        asset=present, known_to__isnull=True, valid_to__isnull=True
    )
    before = state(row, (*names, "valid_from"))
    is_turn = since is not None and since != row.valid_from
    changes = {name: values[name] for name in names if values[name] != getattr(row, name)}
    if not changes:
        return False
    for name, value in changes.items():
        setattr(present, name, value)
    refuse(checking.of_asset(facts(present), on))
    if is_turn and since is not None:
        refuse(_wrong_day(present, since, on))
        now = part(row, on=on, since=since, source=source, changes=changes)
    else:
        now = supersede(row, on=on, source=source, changes=changes)
    present.known_on, present.source = max(on, present.known_on), source
    present.save()
    record(
        by=by,
        action="asset.turn",
        kind="asset",
        ids=[present.code],
        detail={"changes": between(model, before, state(now, (*names, "valid_from")))},
        place=present.division_code,
    )
    return True


def _wrong_day(asset: Asset, since: date, on: date) -> str | None:
    if since > on:
        return "asset_state_to_come"
    return "asset_state_before" if since < asset.built_on else None
