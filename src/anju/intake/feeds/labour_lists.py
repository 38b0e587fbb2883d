"""Lists of the labour ledger beside work itself: who was trained, and what workers say they want."""

from __future__ import annotations

import polars as pl

from anju.employment.ledger import PROFILES, TRAININGS
from anju.intake import labels
from anju.intake.columns import Column, Kind, identity, name
from anju.intake.context import Context
from anju.intake.feeds.facts import Facts
from anju.intake.feeds.witnesses import with_witnesses
from anju.intake.layout import Feed, SheetLayout
from anju.intake.outcomes import Sieve

_WITH_LEVEL = ("skill_level", "qualification")


def _level_of_a_certificate(sieve: Sieve, context: Context) -> None:
    """Only certificates of a trade have a level."""
    wrong = pl.col("level").is_not_null() & ~pl.col("certificate").is_in(_WITH_LEVEL)
    sieve.catch(wrong.fill_null(False), "level_without_certificate", field="level")


TRAINING = Feed(
    "training",
    "就业培训名册",
    "人社",
    60,
    (
        SheetLayout(
            "training",
            "培训",
            (
                name(),
                identity(),
                Column(
                    "category",
                    "培训类别",
                    Kind.CHOICE,
                    also=("培训类型",),
                    needed=True,
                    filled=True,
                    choices=labels.TRAINING,
                ),
                Column(
                    "trade",
                    "培训工种",
                    also=("工种", "培训专业", "培训内容", "培训项目"),
                    needed=True,
                    filled=True,
                    limit=60,
                ),
                Column("organiser", "培训机构", also=("培训单位", "承训机构"), limit=120),
                Column(
                    "started_on",
                    "开班日期",
                    Kind.DATE,
                    also=("培训开始时间", "开班时间", "开始时间"),
                    needed=True,
                    filled=True,
                ),
                Column(
                    "ended_on",
                    "结业日期",
                    Kind.DATE,
                    also=("培训结束时间", "结业时间", "结束时间"),
                    future=True,
                ),
                Column(
                    "certificate",
                    "取得证书",
                    Kind.CHOICE,
                    also=("证书类别", "证书类型", "证书"),
                    choices=labels.CERTIFICATE,
                ),
                Column(
                    "level",
                    "证书等级",
                    Kind.CHOICE,
                    also=("技能等级", "职业资格等级"),
                    choices=labels.SKILL_LEVEL,
                ),
                Column("subsidy", "培训补贴", Kind.MONEY, also=("补贴金额", "补贴")),
            ),
            Facts(
                TRAININGS,
                "person",
                "started_on",
                ("started_on", "trade"),
                ("category", "organiser", "ended_on", "certificate", "level", "subsidy"),
                prepare=_level_of_a_certificate,
            ),
            (("started_on", "ended_on"),),
        ),
    ),
)

LABOUR = Feed(
    "labour",
    "劳动力意愿名册",
    "人社",
    59,
    (
        SheetLayout(
            "labour",
            "意愿",
            (
                name(),
                identity(),
                Column(
                    "told_on",
                    "摸底日期",
                    Kind.DATE,
                    also=("摸底月份", "摸底时间", "登记日期"),
                    needed=True,
                    filled=True,
                ),
                Column(
                    "residence",
                    "常住情况",
                    Kind.CHOICE,
                    also=("是否常住", "居住情况"),
                    choices=labels.RESIDENCE,
                ),
                Column(
                    "wants_work",
                    "就业意愿",
                    Kind.CHOICE,
                    also=("有无就业意愿", "是否有就业意愿"),
                    choices=labels.WISH,
                ),
                Column(
                    "wants_training",
                    "培训意愿",
                    Kind.CHOICE,
                    also=("有无培训意愿", "是否有培训意愿"),
                    needed=True,
                    choices=labels.WISH,
                ),
                Column("wished_trade", "意向工种", also=("意向岗位", "意向培训工种"), limit=60),
                Column("wished_wage", "期望月工资", Kind.MONEY, also=("期望工资", "期望月薪")),
                Column("skill", "技能特长", also=("掌握技能",), limit=60),
                Column("talks", "政策宣讲次数", Kind.WHOLE, also=("政策宣讲",)),
                Column("openings", "推荐岗位数", Kind.WHOLE, also=("推荐岗位",)),
                Column("offers", "提供培训机会次数", Kind.WHOLE, also=("提供培训机会",)),
            ),
            Facts(
                PROFILES,
                "person",
                "told_on",
                ("told_on",),
                (
                    "residence", "wants_work", "wants_training", "wished_trade", "wished_wage",
                    "skill", "talks", "openings", "offers",
                ),
            ),
        ),
    ),
)  # fmt: skip

FEEDS = (with_witnesses(LABOUR), with_witnesses(TRAINING))
