"""The offices that the made-up plan names, as they are called in full (without the county's name)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TOWNS: Final = "各乡镇人民政府"
"""The name that means every town."""

LEAD: Final = "县乡村振兴局"
"""The bureau that leads."""

FULL_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "县乡村振兴局": "乡村振兴局",
        "县人社局": "人力资源和社会保障局",
        "县教育局": "教育局",
        "县交通运输局": "交通运输局",
        "县工业和信息化局": "工业和信息化局",
        "县财政局": "财政局",
        "县民政局": "民政局",
        "县总工会": "总工会",
        "县发展改革局": "发展和改革局",
        "县自然资源局": "自然资源局",
        "县农业农村局": "农业农村局",
        "县商务局": "商务局",
        "县供销社": "供销合作社联合社",
        "县农村信用社": "农村信用合作联社",
        "县审计局": "审计局",
        "县市场监管局": "市场监督管理局",
        "县住房和城乡建设局": "住房和城乡建设局",
        "县医疗保障局": "医疗保障局",
        "县卫生健康局": "卫生健康局",
        "县残联": "残疾人联合会",
        "县委政法委": "委政法委员会",
        "县水利局": "水利局",
        "县委办公室": "委办公室",
        "县委宣传部": "委宣传部",
        "县妇联": "妇女联合会",
        "团县委": "团委",
        "县委督查室": "委督查室",
    }
)
"""As a plan writes it → in full; the county's name stands before it."""
