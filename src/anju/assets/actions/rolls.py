"""Lists of assets and yields, written as they came in: in the caller's transaction and audit entry.

Whoever calls has checked the rows and compared them with the register. A list takes a few statements
for each table, however many of its lines say something new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from anju.assets import aspects
from anju.assets.actions.assets import put
from anju.assets.models import Asset, AssetState, Lease, Yield
from anju.assets.queries.known import Held
from anju.registry.actions import bulk
from anju.registry.actions.superseding_many import Replacing

_AT_ONCE = 500
#: What of an asset's own row a list may change; rows of other tables by their ids.
_OWN = tuple(name for name in (each.attname for each in Asset._meta.fields) if name != "id")


@dataclass(frozen=True, slots=True)
class Listed:
    """What a line says of an asset: its fields, its state (`use`, `valid_from`, `reason`, `paper`),
    and its contract, where it names one."""

    values: Mapping[str, Any]
    state: Mapping[str, Any] = field(default_factory=dict)
    lease: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a line says anew of an asset that is known: only what differs.

    `since`: the day from which the state is another one; None where it was noted wrongly.
    """

    held: Held
    told: Listed
    since: date | None = None
    lease: Lease | None = None


def open_assets(*, known_on: date, source: str, rows: Sequence[Listed]) -> None:
    """Assets nobody has listed before."""
    assets = []
    for row in rows:
        asset = Asset(use=row.state["use"], known_on=known_on, source=source)
        put(asset, row.values)
        assets.append(asset)
    Asset.objects.bulk_create(assets, batch_size=_AT_ONCE)
    writes = Replacing(on=known_on, source=source)
    for asset, row in zip(assets, rows, strict=True):
        writes.add(AssetState(asset=asset, **row.state))
        if row.lease:
            writes.add(Lease(asset=asset, **row.lease))
        for each in aspects.begun(asset):
            writes.add(each)
    writes.carry_out()


def change_assets(*, known_on: date, source: str, rows: Sequence[Changed]) -> None:
    """Assets that a list tells otherwise: what was known before stays on record."""
    writes = Replacing(on=known_on, source=source)
    for row in rows:
        asset, told = row.held.asset, row.told
        put(asset, told.values)
        for turn in aspects.turns(row.held.aspects, aspects.of(asset), known_on):
            aspects.write(writes, row.held.aspects[turn.model], turn)
        if told.state:
            asset.use = _state(writes, row).use
        if told.lease and row.lease is not None:
            writes.supersede(row.lease, told.lease)
        elif told.lease:
            writes.add(Lease(asset=asset, **told.lease))
        asset.known_on, asset.source = known_on, source
    writes.carry_out()
    _save([row.held.asset for row in rows])


def _state(writes: Replacing, row: Changed) -> AssetState:
    said, now = row.told.state, row.held.now
    if row.since is not None:
        return writes.part(now, row.since, said)
    before, begins = row.held.previous, said.get("valid_from", now.valid_from)
    if before is not None and begins != now.valid_from:
        writes.supersede(before, {"valid_to": begins}, source=before.source)
    return writes.supersede(now, said)


def _save(assets: Sequence[Asset]) -> None:
    """The assets' own rows, whole."""
    if assets:
        columns = {name: [getattr(each, name) for each in assets] for name in ("id", *_OWN)}
        bulk.update("assets_asset", pl.DataFrame(columns, infer_schema_length=None))


def write_yields(
    *,
    known_on: date,
    source: str,
    created: Sequence[Mapping[str, Any]],
    changed: Sequence[tuple[Yield, Mapping[str, Any]]],
) -> None:
    """Yields of years, new ones and those that are now known otherwise."""
    writes = Replacing(on=known_on, source=source)
    for values in created:
        writes.add(Yield(**values))
    for row, values in changed:
        writes.supersede(row, values)
    writes.carry_out()
