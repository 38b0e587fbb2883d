"""One asset: entered by hand, and put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.assets import aspects, checking
from anju.assets.actions.refusing import refuse
from anju.assets.models import Asset, AssetKind, AssetState, HolderLevel, Lease, Yield
from anju.assets.refusals import AssetRefused
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.registry.actions.superseding import supersede
from anju.registry.merging import merge

#: What may be put right; a state has actions of its own.
FIELDS: Final = (
    "name", "kind", "category", "division_code", "site", "address", "household", "project", "fund",
    "built_on", "original_value", "present_value", "holder_level", "title_holder", "has_title",
    "titled_on", "title_number", "keeper", "keeper_duty", "handed_over_on",
)  # fmt: skip


class AssetOvertaken(AssetRefused):
    """Somebody else changed the same fields after they were shown; nothing was written."""

    def __init__(self, names: list[str]) -> None:
        fields = {field.name: field.verbose_name for field in Asset._meta.fields}
        labels = [str(fields[name]) for name in names]
        super().__init__(
            _("您填写期间，别人改了：%(names)s。没有保存；请刷新页面，看过现在的内容再改。")
            % {"names": "、".join(labels)}
        )
        self.names = names


@transaction.atomic
def add(
    *,
    by: Actor,
    on: date,
    code: str,
    values: Mapping[str, Any],
    use: str,
    since: date | None = None,
    paper: str = "",
    reason: str = "",
    source: str,
) -> Asset:
    """An asset nobody has listed yet, with the state it is in; `values` are of `FIELDS`."""
    asset = Asset(code=code.strip(), use=use, known_on=on, source=source)
    put(asset, values)
    _place(asset)
    asset.county_code = asset.division_code[:6]
    if not asset.code:
        raise AssetRefused(_("请填写资产编号。"))
    if Asset.objects.filter(county_code=asset.county_code, code=asset.code).exists():
        raise AssetRefused(_("资产编号 %(code)s 已经登记过，请核对编号。") % {"code": asset.code})
    refuse(checking.of_asset(facts(asset), on))
    begun = {"use": use, "since": since, "paper": paper, "built_on": asset.built_on}
    refuse(checking.of_state(begun, on))
    asset.save()
    AssetState.objects.create(
        asset=asset, use=use, valid_from=since, paper=paper, reason=reason, known_from=on,
        source=source,
    )  # fmt: skip
    for row in aspects.begun(asset):
        row.known_from, row.source = on, source
        row.save()
    _audit(by, "asset.add", asset, {})
    return asset


@transaction.atomic
def correct(
    *,
    by: Actor,
    on: date,
    asset: Asset,
    seen: Mapping[str, Any],
    typed: Mapping[str, Any],
    source: str,
) -> set[str]:
    """Put fields right; the names of those that changed. `seen`: the values they were typed over.

    Title, keeper and value were noted wrongly: as they are now said they were all along.
    """
    present = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
    merged = merge(seen, state(present, FIELDS), typed)
    if merged.differences:
        raise AssetOvertaken([each.name for each in merged.differences])
    if not merged.changes:
        return set()
    before = state(present, FIELDS)
    put(present, merged.changes)
    _place(present)
    if present.division_code[:6] != present.county_code:
        raise AssetRefused(_("资产不能改到别的县。请在那个县登记。"))
    if present.kind != AssetKind.OPERATING and _has(Yield, present):
        raise AssetRefused(_("这项资产登记过收益，只能是经营性。请先撤销误登的收益。"))
    if present.kind == AssetKind.HOUSEHOLD and _has(Lease, present):
        raise AssetRefused(_("这项资产登记过合同，不能改为到户类。请先撤销误登的合同。"))
    refuse(checking.of_asset(facts(present), on))
    present.known_on, present.source = max(on, present.known_on), source
    present.save()
    _correct_aspects(present, on, source)
    _audit(by, "asset.correct", present, before)
    return set(merged.changes)


def _correct_aspects(asset: Asset, on: date, source: str) -> None:
    """The rows that hold say what the asset now says."""
    for model, said in aspects.told(aspects.of(asset)):
        row = model.objects.get(asset=asset, known_to__isnull=True, valid_to__isnull=True)
        changes = {name: value for name, value in said.items() if getattr(row, name) != value}
        if changes:
            supersede(row, on=on, source=source, changes=changes)


def put(asset: Asset, values: Mapping[str, Any]) -> None:
    """Set fields. What is a household's is its own, and lies where it lives: that is not kept twice."""
    for name, value in values.items():
        setattr(asset, name, value)
    if asset.kind == AssetKind.HOUSEHOLD:
        asset.title_holder, asset.address = "", ""
        asset.holder_level = HolderLevel.HOUSEHOLD


def _place(asset: Asset) -> None:
    """What is a household's or at a site stands where these are."""
    if asset.household is not None:
        asset.division_code = asset.household.village_code
    elif asset.site is not None:
        asset.division_code = asset.site.village_code


def _has(model: type[Lease] | type[Yield], asset: Asset) -> bool:
    return model.objects.filter(asset=asset, known_to__isnull=True).exists()


def facts(asset: Asset) -> dict[str, Any]:
    """The asset as the checks ask for it."""
    return {
        **state(asset, FIELDS),
        "household_code": asset.household.code if asset.household else "",
        "site_code": asset.site.code if asset.site else "",
    }


def _audit(by: Actor, action: str, asset: Asset, before: Mapping[str, Any]) -> None:
    record(
        by=by,
        action=action,
        kind="asset",
        ids=[asset.code],
        detail={"changes": between(Asset, before, state(asset, FIELDS))},
        place=asset.division_code,
    )
