"""Lists of assets and yields, written as they came in: in the caller's transaction and audit entry.

Whoever calls has checked the rows and compared them with the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anju.assets.actions.assets import put
from anju.assets.actions.states import move_end_of_previous
from anju.assets.models import Asset, AssetState, Lease, Yield
from anju.registry.actions.superseding import part, supersede

_AT_ONCE = 500


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

    asset: Asset
    now: AssetState
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
    known = {"known_from": known_on, "source": source}
    pairs = list(zip(assets, rows, strict=True))
    states = [AssetState(asset=asset, **row.state, **known) for asset, row in pairs]
    AssetState.objects.bulk_create(states, batch_size=_AT_ONCE)
    leases = [Lease(asset=asset, **row.lease, **known) for asset, row in pairs if row.lease]
    Lease.objects.bulk_create(leases, batch_size=_AT_ONCE)


def change_assets(*, known_on: date, source: str, rows: Sequence[Changed]) -> None:
    """Assets that a list tells otherwise: what was known before stays on record."""
    for row in rows:
        told = row.told
        put(row.asset, told.values)
        if told.state:
            state = _state(row, known_on, source)
            row.asset.use = state.use
        if told.lease and row.lease is not None:
            supersede(row.lease, on=known_on, source=source, changes=told.lease)
        elif told.lease:
            Lease.objects.create(asset=row.asset, known_from=known_on, source=source, **told.lease)
        row.asset.known_on, row.asset.source = known_on, source
        row.asset.save()


def _state(row: Changed, known_on: date, source: str) -> AssetState:
    said = row.told.state
    if row.since is None:
        move_end_of_previous(row.now, said.get("valid_from", row.now.valid_from), known_on)
        return supersede(row.now, on=known_on, source=source, changes=said)
    return part(row.now, on=known_on, since=row.since, source=source, changes=said)


def write_yields(
    *,
    known_on: date,
    source: str,
    created: Sequence[Mapping[str, Any]],
    changed: Sequence[tuple[Yield, Mapping[str, Any]]],
) -> None:
    """Yields of years, new ones and those that are now known otherwise."""
    rows = [Yield(**values, known_from=known_on, source=source) for values in created]
    Yield.objects.bulk_create(rows, batch_size=_AT_ONCE)
    for row, values in changed:
        supersede(row, on=known_on, source=source, changes=values)
