"""What a benefit may ask of its recipients that registers can answer, and which register holds its measure.

The codes stand in `[[benefit]]` of the packs; `anju.benefits` answers them from the registers with yes,
no or *unknown*, and unknown is for a person to find out. Nothing here is about health.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RECIPIENTS: Final = ("household", "person", "organisation")


@dataclass(frozen=True)
class Code:
    """A code with its names, and of which recipients it can be asked."""

    name: str
    name_en: str
    of: tuple[str, ...] = ("household", "person")


ELIGIBILITY: Final[Mapping[str, Code]] = {
    "lifted_out": Code("脱贫户", "a lifted-out household"),
    "monitored": Code("监测户", "a monitored household"),
    "open_risk": Code("风险未消除的监测户", "a monitored household whose risk is not removed"),
    "relocated": Code("易地搬迁户", "a relocated household"),
    "resident": Code("现居申领的村（社区）", "lives in the village that claims"),
    "living": Code("在世且仍在本户", "alive and still a member"),
    "dibao": Code("享受低保", "on the subsistence allowance"),
    "tekun": Code("特困供养", "supported as destitute"),
    "labour": Code("有劳动能力", "able to work", ("person",)),
    "certificate": Code("所属期内培训取得证书且未领培训补贴",
                        "trained with a certificate in the period, subsidy not paid yet", ("person",)),
    "employed_6_months": Code("所属期内务工满6个月", "in work for 6 months of the period", ("person",)),
    "employed_12_months": Code("务工满12个月", "in work for the 12 months to the end of the period", ("person",)),
}  # fmt: skip

SOURCES: Final[Mapping[str, Code]] = {
    "business_income": Code("收入台账的生产经营性收入", "business income in the registers", ("household",)),
    "certificate": Code("培训台账", "the training ledger", ("person",)),
    "employed_months": Code("务工台账的务工月数", "months of work in the labour ledger", ("person",)),
    "entitled": Code("底册中符合条件的户或人", "who is entitled by the registers"),
}  # fmt: skip

#: What a cap is counted for: who or what, and whether within a year or once and for all.
CAPPED: Final[Mapping[str, tuple[str, str]]] = {
    "户": ("household", "scheme"), "户·年": ("household", "year"), "户·一次": ("household", "ever"),
    "人": ("person", "scheme"), "人·年": ("person", "year"), "人·一次": ("person", "ever"),
    "村": ("village", "scheme"), "村·年": ("village", "year"),
    "企业": ("organisation", "scheme"), "企业·年": ("organisation", "year"),
    "台": ("claim", "scheme"),
}  # fmt: skip


def alternatives(asked: str) -> tuple[str, ...]:
    """The codes of one condition: ``lifted_out | open_risk`` is met by either."""
    return tuple(each.strip() for each in asked.split("|"))
