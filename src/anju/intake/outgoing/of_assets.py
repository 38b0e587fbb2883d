"""Lines of the ledger of relief assets and of what they yielded, as the fields of their sheets."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from anju.accounts.scope import Scope
from anju.assets.checking import SHARES
from anju.assets.models import Asset, Yield
from anju.assets.queries import known
from anju.assets.queries.gates import within
from anju.places import queries as places

_PLAIN: Final[dict[str, type[pl.DataType]]] = {
    "code": pl.String, "name": pl.String, "kind": pl.String, "category": pl.String,
    "address": pl.String, "fund": pl.String, "built_on": pl.Date, "original_value": pl.Int64,
    "present_value": pl.Int64, "holder_level": pl.String, "title_holder": pl.String,
    "titled_on": pl.Date, "title_number": pl.String, "keeper": pl.String,
    "keeper_duty": pl.String, "handed_over_on": pl.Date,
}  # fmt: skip
_STATE: Final[dict[str, type[pl.DataType]]] = {
    "use": pl.String, "since": pl.Date, "reason": pl.String, "paper": pl.String,
}  # fmt: skip
_LEASE: Final[dict[str, type[pl.DataType]]] = {
    "operator": pl.String, "starts_on": pl.Date, "ends_on": pl.Date, "yearly_rent": pl.Int64,
}  # fmt: skip
_WHERE: Final = (
    "town", "village", "village_code", "site_code", "household_code", "head_name", "project_code",
    "has_title",
)  # fmt: skip
_YIELD: Final[dict[str, type[pl.DataType]]] = {
    "code": pl.String, "name": pl.String, "village_code": pl.String, "year": pl.Int64,
    **dict.fromkeys(("due", "received", *SHARES), pl.Int64), "published_on": pl.Date,
}  # fmt: skip


def ledger(scope: Scope) -> pl.DataFrame:
    """Assets in the scope in the order of their codes, with their state now and their last contract."""
    rows = Asset.objects.filter(within(scope)).order_by("code", "pk")
    assets = list(rows.values_list("county_code", "code"))
    held = known.held_by_code(assets)
    codes = [_standing(each.asset) for each in held.values()]
    names = places.names(codes)
    lines = [_line(each, names) for each in held.values()]
    schema: dict[str, Any] = {
        **_PLAIN, **_STATE, **_LEASE, **dict.fromkeys(_WHERE, pl.String),
    }  # fmt: skip
    return _without_blanks(pl.DataFrame(lines, schema=schema))


def _line(held: known.Held, names: places.Names) -> dict[str, Any]:
    asset, now, code = held.asset, held.now, _standing(held.asset)
    line: dict[str, Any] = {name: getattr(asset, name) for name in _PLAIN}
    line["has_title"] = None if asset.has_title is None else "yes" if asset.has_title else "no"
    line["town"] = names.of(f"{code[:9]}000") if code[6:9] != "000" else None
    line["village"] = names.of(code) if code[9:] != "000" else None
    line["village_code"] = code
    line["site_code"] = asset.site.code if asset.site else None
    line["household_code"] = asset.household.code if asset.household else None
    line["head_name"] = asset.household.head_name if asset.household else None
    line["project_code"] = asset.project.code if asset.project else None
    line |= {"use": now.use, "since": now.valid_from, "reason": now.reason, "paper": now.paper}
    last = max(held.leases, key=lambda lease: lease.starts_on, default=None)
    return line | {name: getattr(last, name, None) for name in _LEASE}


def yields(scope: Scope) -> pl.DataFrame:
    """Yields of assets in the scope as known now, asset by asset, the earliest first."""
    assets = Asset.objects.filter(within(scope)).values("pk")
    rows = Yield.objects.filter(asset__in=assets, known_to__isnull=True)
    lines = rows.order_by("asset__code", "year", "pk").values_list(
        "asset__code", "asset__name", "asset__division_code", "year", "due", "received", *SHARES,
        "published_on",
    )  # fmt: skip
    return _without_blanks(pl.DataFrame(list(lines), schema=_YIELD, orient="row"))


def _standing(asset: Asset) -> str:
    return asset.household.village_code if asset.household else asset.division_code


def _without_blanks(rows: pl.DataFrame) -> pl.DataFrame:
    """Empty text is nothing."""
    return rows.with_columns(pl.col(pl.String).replace("", None))
