"""Leases and yearly yields of an asset: recorded, put right, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.assets import checking
from anju.assets.actions.refusing import reasoned, refuse
from anju.assets.checking import SHARES
from anju.assets.models import Asset, Lease, Yield
from anju.assets.refusals import AssetRefused
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.registry.actions.superseding import supersede

LEASE: Final = ("operator", "starts_on", "ends_on", "yearly_rent")
YIELD: Final = ("due", "received", *SHARES, "published_on")


@transaction.atomic
def record_lease(
    *, by: Actor, on: date, asset: Asset, values: Mapping[str, Any], source: str
) -> Lease:
    """Who runs the asset from when to when; refused where another lease runs meanwhile."""
    _check_lease(asset, values, None)
    row = Lease.objects.create(asset=asset, known_from=on, source=source, **values)
    _audit(by, "lease.record", row, {}, state(row, LEASE))
    return row


@transaction.atomic
def correct_lease(
    *, by: Actor, on: date, lease: Lease, values: Mapping[str, Any], source: str
) -> Lease:
    """What the contract says was noted wrongly, or it was changed."""
    _check_lease(lease.asset, {**state(lease, LEASE), **values}, lease)
    before = state(lease, LEASE)
    row = supersede(lease, on=on, source=source, changes=values)
    _audit(by, "lease.correct", row, before, state(row, LEASE))
    return row


@transaction.atomic
def record_yield(
    *, by: Actor, on: date, asset: Asset, year: int, values: Mapping[str, Any], source: str
) -> Yield:
    """What an asset brought in a year; refused where that year is known already."""
    refuse(checking.of_yield({**_of(asset), **values, "year": year}, on))
    if Yield.objects.filter(asset=asset, year=year, known_to__isnull=True).exists():
        raise AssetRefused(_("%(year)s 年的收益已经登记过，请更正那一条。") % {"year": year})
    row = Yield.objects.create(asset=asset, year=year, known_from=on, source=source, **values)
    _audit(by, "yield.record", row, {}, state(row, YIELD))
    return row


@transaction.atomic
def correct_yield(
    *, by: Actor, on: date, row: Yield, values: Mapping[str, Any], source: str
) -> Yield:
    """A year's amounts were noted wrongly, or more has come in or been shared out since."""
    wanted = {**state(row, YIELD), **values, "year": row.year}
    refuse(checking.of_yield({**_of(row.asset), **wanted}, on))
    before = state(row, YIELD)
    now = supersede(row, on=on, source=source, changes=values)
    _audit(by, "yield.correct", now, before, state(now, YIELD))
    return now


@transaction.atomic
def withdraw(*, by: Actor, on: date, row: Lease | Yield, reason: str) -> None:
    """Take back what was never so; it stays on record as having been known until then."""
    if row.known_to is not None:
        raise AssetRefused(_("这一条已被后来的情况取代，请刷新页面。"))
    said = reasoned(reason)
    row.known_to = max(on, row.known_from)
    row.save(update_fields=["known_to"])
    noun = "lease" if isinstance(row, Lease) else "yield"
    audit(
        by=by,
        action=f"{noun}.withdraw",
        kind="asset",
        ids=[row.asset.code],
        reason=said,
        detail={"row": row.pk},
        place=row.asset.division_code,
    )


def _of(asset: Asset) -> dict[str, Any]:
    return {"kind": asset.kind, "built_on": asset.built_on}


def _check_lease(asset: Asset, values: Mapping[str, Any], own: Lease | None) -> None:
    refuse(checking.of_lease({"kind": asset.kind, **values}) or _incomplete(values))
    others = Lease.objects.filter(
        asset=asset,
        known_to__isnull=True,
        starts_on__lte=values["ends_on"],
        ends_on__gte=values["starts_on"],
    )
    if others.exclude(pk=own.pk if own else None).exists():
        refuse("lease_overlaps")


def _incomplete(values: Mapping[str, Any]) -> str | None:
    """A lease that is written by itself is one: its three fields are filled."""
    filled = all(values.get(name) for name in ("operator", "starts_on", "ends_on"))
    return None if filled else "lease_incomplete"


def _audit(
    by: Actor, action: str, row: Lease | Yield, before: dict[str, Any], after: dict[str, Any]
) -> None:
    audit(
        by=by,
        action=action,
        kind="asset",
        ids=[row.asset.code],
        detail={"row": row.pk, "changes": between(type(row), before, after)},
        place=row.asset.division_code,
    )
