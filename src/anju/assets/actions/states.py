"""In what state an asset is: a change from a day on, a mistake put right, a disposal taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.assets import checking
from anju.assets.actions.refusing import reasoned, refuse
from anju.assets.models import Asset, AssetState, Use
from anju.assets.refusals import AssetRefused
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.registry.actions.superseding import part, supersede

_TOLD = ("use", "reason", "paper", "valid_from", "valid_to")


@transaction.atomic
def change(
    *,
    by: Actor,
    on: date,
    asset: Asset,
    use: str,
    since: date,
    reason: str = "",
    paper: str = "",
    source: str,
) -> AssetState:
    """From a day on the asset is in another state. A disposal needs the paper that allows it."""
    now = _now(asset)
    if now.use == Use.DISPOSED:
        refuse("asset_disposed_before")
    if now.use == use:
        raise AssetRefused(_("现在就是这个状况，不必登记；日期或说明有误的，请更正。"))
    _check(asset, use, since, paper, on)
    return _parted(by, on, now, "asset.state", use, since, reason, paper, source)


@transaction.atomic
def correct(
    *,
    by: Actor,
    on: date,
    asset: Asset,
    use: str,
    since: date | None,
    reason: str = "",
    paper: str = "",
    source: str,
) -> AssetState:
    """The present state was noted wrongly; as it is now said it was all along."""
    now = _now(asset)
    if now.use == Use.DISPOSED and use != Use.DISPOSED:
        refuse("asset_disposed_before")
    _check(asset, use, since, paper, on)
    before = state(now, _TOLD)
    move_end_of_previous(now, since, on)
    changes: dict[str, Any] = {"use": use, "valid_from": since, "reason": reason, "paper": paper}
    row = supersede(now, on=on, source=source, changes=changes)
    return _noted(by, on, row, "asset.state_correct", before, source)


@transaction.atomic
def restore(
    *,
    by: Actor,
    on: date,
    asset: Asset,
    use: str,
    since: date,
    reason: str,
    paper: str,
    source: str,
) -> AssetState:
    """Take a disposal back, by a decision: both the reason and its paper are asked for."""
    now = _now(asset)
    if now.use != Use.DISPOSED:
        raise AssetRefused(_("这项资产没有处置，不必撤销。"))
    if use == Use.DISPOSED:
        raise AssetRefused(_("请选撤销处置以后的状况。"))
    if not paper.strip():
        raise AssetRefused(_("撤销处置须有依据，请填同意撤销的文号。"))
    _check(asset, use, since, "", on)
    said = f"{paper.strip()}：{reasoned(reason)}"[:200]
    return _parted(by, on, now, "asset.restore", use, since, said, "", source)


def _now(asset: Asset) -> AssetState:
    rows = AssetState.objects.select_for_update(of=("self",)).select_related("asset__household")
    return rows.get(asset=asset, known_to__isnull=True, valid_to__isnull=True)


def move_end_of_previous(now: AssetState, since: date | None, on: date) -> None:
    """The state before ends where this one begins. In the caller's transaction."""
    ended = AssetState.objects.filter(asset=now.asset, known_to=None, valid_to=now.valid_from)
    previous = ended.exclude(pk=now.pk).first() if now.valid_from else None
    if previous is None or since == now.valid_from:
        return
    begun = previous.valid_from
    if since is None or (begun is not None and since <= begun):
        raise AssetRefused(_("起始日期要晚于前一个状况的起始日期，请核对日期。"))
    supersede(previous, on=on, source=previous.source, changes={"valid_to": since})


def _check(asset: Asset, use: str, since: date | None, paper: str, on: date) -> None:
    said = {"use": use, "since": since, "paper": paper, "built_on": asset.built_on}
    refuse(checking.of_state(said, on))


def _parted(
    by: Actor,
    on: date,
    now: AssetState,
    action: str,
    use: str,
    since: date,
    reason: str,
    paper: str,
    source: str,
) -> AssetState:
    before = state(now, _TOLD)
    changes = {"use": use, "reason": reason, "paper": paper}
    row = part(now, on=on, since=since, source=source, changes=changes)
    return _noted(by, on, row, action, before, source)


def _noted(
    by: Actor, on: date, row: AssetState, action: str, before: dict[str, Any], source: str
) -> AssetState:
    """The asset's own row repeats the state; the audit tells both."""
    asset = row.asset
    asset.use = row.use
    asset.known_on, asset.source = max(on, asset.known_on), source
    asset.save(update_fields=["use", "known_on", "source"])
    record(
        by=by,
        action=action,
        kind="asset",
        ids=[asset.code],
        detail={"changes": between(AssetState, before, state(row, _TOLD))},
        place=asset.division_code,
    )
    return row
