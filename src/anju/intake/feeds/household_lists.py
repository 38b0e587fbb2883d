"""Lists about households: quarterly income, monitored households' water, housing, disasters."""

from __future__ import annotations

import polars as pl

from anju.intake import labels
from anju.intake.columns import Column, Kind, amount, ended, head, household, occurred, started
from anju.intake.context import Context
from anju.intake.feeds import floor_areas
from anju.intake.feeds.facts import Facts, event, status
from anju.intake.feeds.witnesses import by_head
from anju.intake.layout import Feed, SheetLayout
from anju.intake.outcomes import Sieve
from anju.registry.ledgers import INCOMES

_AMOUNTS = ("wage", "business", "business_cost", "property", "transfer")
_SPAN = (("started_on", "ended_on"),)


def _some_income(sieve: Sieve, context: Context) -> None:
    """A row without any amount says nothing."""
    empty = pl.all_horizontal(pl.col(name).is_null() for name in _AMOUNTS)
    sieve.catch(empty, "income_empty", field="wage")


INCOME = Feed(
    "income",
    "收入监测表",
    "农业农村",
    60,
    (
        SheetLayout(
            "income",
            "收入监测",
            (
                household(),
                head(),
                Column("quarter", "季度", Kind.QUARTER, needed=True, filled=True),
                amount("工资性收入", name="wage"),
                amount("生产经营性收入", "经营性收入", name="business"),
                amount("生产经营性支出", "经营性支出", name="business_cost"),
                amount("财产性收入", name="property"),
                amount("转移性收入", name="transfer"),
            ),
            Facts(INCOMES, "household", "", ("quarter",), _AMOUNTS, prepare=_some_income),
        ),
    ),
)

HOUSING_GRADING = Feed(
    "housing_grading",
    "住房安全鉴定表",
    "住建",
    70,
    (
        SheetLayout(
            "housing_grading",
            "鉴定",
            (
                household(),
                head(),
                Column("reference", "结构类型"),
                Column(
                    floor_areas.FIELD,
                    "建筑面积",
                    Kind.MONEY,
                    also=("住房面积", "房屋面积", "房屋建筑面积"),
                ),
                Column(
                    "level",
                    "鉴定等级",
                    Kind.CHOICE,
                    also=("房屋等级", "危房等级"),
                    needed=True,
                    filled=True,
                    choices=labels.HOUSING_GRADE,
                ),
                occurred("鉴定日期"),
            ),
            event("housing_graded", "household", "occurred_on", then=floor_areas.write),
        ),
    ),
)

TITLE = Feed(
    "title",
    "未办证住房名单",
    "不动产",
    71,
    (
        SheetLayout(
            "title",
            "未办证",
            (
                household(),
                head(),
                Column("place", "安置点名称", needed=True),
                started("入住日期"),
                Column("ended_on", "办证日期", Kind.DATE, needed=True, future=True),
            ),
            status("no_title", "household"),
            _SPAN,
        ),
    ),
)

WATER = Feed(
    "water",
    "饮水安全监测表",
    "水利",
    72,
    (
        SheetLayout(
            "unsafe_water",
            "饮水不安全",
            (
                household(),
                head(),
                Column("reference", "问题", limit=120),
                started("发现日期"),
                ended("解决日期"),
            ),
            status("unsafe_water", "household"),
            _SPAN,
        ),
        SheetLayout(
            "water_cut",
            "停水",
            (
                household(),
                head(),
                occurred("停水日期"),
                Column("days", "停水天数", Kind.WHOLE, needed=True),
            ),
            event("water_cut", "household", fields={"level": "days"}),
        ),
    ),
)

DISASTER = Feed(
    "disaster",
    "受灾损失名单",
    "应急",
    73,
    (
        SheetLayout(
            "disaster",
            "受灾",
            (
                household(),
                head(),
                Column("reference", "灾种", needed=True),
                occurred("受灾日期"),
                amount("损失金额"),
            ),
            event("disaster", "household", "occurred_on", "reference"),
        ),
    ),
)

FEEDS = tuple(by_head(feed) for feed in (INCOME, HOUSING_GRADING, TITLE, WATER, DISASTER))
