"""What cannot be so of an asset, a lease or a year's yield: asked by forms and by incoming lists alike.

Facts are mappings of field names to values: those of the columns, with `since` for the day a state
began and `household_code` for whose a 到户类 asset is. The first thing wrong is told by its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_noop as _

from anju.privacy.masking import holds_a_number

Facts = Mapping[str, Any]
#: What a year's yield is shared out for; columns of `Yield`.
SHARES: Final = ("upkeep", "posts", "public", "hardship", "collective", "other")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A thing that is wrong: in which field, what, and what to do about it."""

    field: str
    text: str
    remedy: str


WRONG: Final[Mapping[str, Wrong]] = {
    "asset_without_household": Wrong(
        "household_code", _("到户类资产没有填户编号"), _("请填这项资产所属农户的户编号")
    ),
    "asset_not_of_household": Wrong(
        "household_code", _("只有到户类资产才填户编号"), _("请删去户编号，或把资产类型改为到户类")
    ),
    "asset_at_home_and_site": Wrong(
        "site_code", _("到户类资产不填安置点"), _("请删去安置点；住在哪里以农户底册为准")
    ),
    "asset_without_value": Wrong("original_value", _("原值是 0"), _("请按决算或购置金额填写原值")),
    "asset_built_later": Wrong("built_on", _("建成（购置）日期还没有到"), _("请核对日期")),
    "asset_titled_without": Wrong(
        "has_title", _("填了登记日期或权证编号，却没有填已确权登记"), _("请核对是否已经登记")
    ),
    "asset_titled_before": Wrong(
        "titled_on", _("确权登记日期早于建成（购置）日期"), _("请核对两个日期")
    ),
    "asset_handed_before": Wrong(
        "handed_over_on", _("移交日期早于建成（购置）日期"), _("请核对两个日期")
    ),
    "asset_day_to_come": Wrong("handed_over_on", _("登记或移交日期还没有到"), _("请核对日期")),
    "asset_number_inside": Wrong(
        "keeper", _("管护主体、责任或产权主体中有证件号码或电话"), _("请写单位和岗位，不写个人号码")
    ),
    "asset_state_before": Wrong(
        "since", _("状况的起始日期早于建成（购置）日期"), _("请核对两个日期")
    ),
    "asset_state_to_come": Wrong("since", _("状况的起始日期还没有到"), _("请核对日期")),
    "asset_state_earlier": Wrong(
        "since",
        _("起始日期不晚于已登记的前一个状况"),
        _("请核对起始日期；以前登记有误的，在资产页面更正"),
    ),
    "asset_kind_differs": Wrong(
        "kind", _("资产类型与底册不同"), _("请核对资产编号和类型；确需改类型的，在资产页面更正")
    ),
    "asset_unknown": Wrong("code", _("资产编号不在资产台账"), _("请先导入资产台账，或核对编号")),
    "asset_disposal_unapproved": Wrong(
        "paper", _("已处置的资产没有填批准文号"), _("处置须经批准，请填批准处置的文号")
    ),
    "asset_paper_undisposed": Wrong(
        "paper", _("没有处置的资产填了处置批准文号"), _("请核对使用状况，或删去文号")
    ),
    "asset_disposed_before": Wrong(
        "use", _("这项资产已经处置"), _("处置不能由名单改回；确有依据的，在资产页面撤销处置")
    ),
    "lease_incomplete": Wrong(
        "operator", _("合同只填了一部分"), _("承租（经营）主体、合同起、合同止要填齐，或都不填")
    ),
    "lease_order": Wrong("ends_on", _("合同终止日期早于起始日期"), _("请核对两个日期")),
    "lease_of_household": Wrong(
        "operator", _("到户类资产由农户自主经营，不登记合同"), _("请删去合同各栏")
    ),
    "lease_overlaps": Wrong(
        "starts_on", _("合同期与已登记的另一份合同重叠"), _("请核对起止日期，或先更正原合同")
    ),
    "yield_not_operating": Wrong(
        "code", _("只有经营性资产才登记收益"), _("请核对资产编号，或先更正资产类型")
    ),
    "yield_year_before": Wrong("year", _("年度早于资产建成（购置）的年度"), _("请核对年度")),
    "yield_year_to_come": Wrong("year", _("年度还没有到"), _("请核对年度")),
    "yield_empty": Wrong("due", _("应得收益和实得收益都没有填"), _("请至少填一项；没有收益的填 0")),
    "yield_shared_too_much": Wrong(
        "received", _("分配的金额合计超过实得收益"), _("请核对实得收益和各项分配")
    ),
}


def of_asset(facts: Facts, on: date) -> str | None:
    """What is wrong with an asset on a day."""
    return _first(
        (
            ("asset_without_household", _is_household(facts) and not facts["household_code"]),
            ("asset_not_of_household", not _is_household(facts) and facts["household_code"]),
            ("asset_at_home_and_site", _is_household(facts) and facts.get("site_code")),
            ("asset_without_value", facts["original_value"] <= 0),
            ("asset_built_later", facts["built_on"] > on),
            (
                "asset_titled_without",
                not facts.get("has_title")
                and (facts.get("titled_on") or facts.get("title_number")),
            ),
            ("asset_titled_before", _before(facts.get("titled_on"), facts["built_on"])),
            ("asset_handed_before", _before(facts.get("handed_over_on"), facts["built_on"])),
            (
                "asset_day_to_come",
                any(_before(on, facts.get(name)) for name in ("titled_on", "handed_over_on")),
            ),
            ("asset_number_inside", any(_numbered(facts.get(name)) for name in _PLAIN)),
        )
    )


def of_state(facts: Facts, on: date) -> str | None:
    """What is wrong with a state: `use`, `since`, `paper`, and the asset's `built_on`."""
    is_disposed = facts["use"] == "disposed"
    return _first(
        (
            ("asset_state_to_come", _before(on, facts.get("since"))),
            ("asset_state_before", _before(facts.get("since"), facts["built_on"])),
            ("asset_disposal_unapproved", is_disposed and not facts.get("paper")),
            ("asset_paper_undisposed", not is_disposed and facts.get("paper")),
        )
    )


def of_lease(facts: Facts) -> str | None:
    """What is wrong with a lease; nothing is where none of its fields is filled."""
    told = [facts.get(name) for name in ("operator", "starts_on", "ends_on")]
    if not any(told) and facts.get("yearly_rent") is None:
        return None
    return _first(
        (
            ("lease_of_household", _is_household(facts)),
            ("lease_incomplete", not all(told)),
            ("lease_order", _before(facts.get("ends_on"), facts.get("starts_on"))),
            ("asset_number_inside", _numbered(facts.get("operator"))),
        )
    )


def of_yield(facts: Facts, on: date) -> str | None:
    """What is wrong with a year's yield of an asset of `kind`, `built_on`."""
    shared = sum(facts.get(name) or 0 for name in SHARES)
    received = facts.get("received")
    return _first(
        (
            ("yield_not_operating", facts["kind"] != "operating"),
            ("yield_year_before", facts["year"] < facts["built_on"].year),
            ("yield_year_to_come", facts["year"] > on.year),
            ("yield_empty", facts.get("due") is None and received is None),
            ("yield_shared_too_much", shared > (received or 0)),
        )
    )


_PLAIN: Final = ("keeper", "keeper_duty", "title_holder")


def _first(asked: tuple[tuple[str, Any], ...]) -> str | None:
    return next((code for code, is_wrong in asked if is_wrong), None)


def _is_household(facts: Facts) -> bool:
    return bool(facts["kind"] == "household")


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _numbered(text: str | None) -> bool:
    return bool(text) and holds_a_number(str(text))
