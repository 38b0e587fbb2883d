"""Lists about persons: insurance, health, accidents, things registered, loans, tuition, work."""

from __future__ import annotations

import polars as pl

from anju.employment.ledger import EMPLOYMENTS
from anju.intake import labels
from anju.intake.columns import Column, Kind, amount, ended, identity, name, occurred, started
from anju.intake.context import Context
from anju.intake.feeds.facts import Facts, event, holding, status
from anju.intake.feeds.witnesses import with_witnesses
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Outcome
from anju.intake.outcomes import Sieve
from anju.registry.actions import numbers
from anju.registry.identity import DISABILITY_CARD

_SPAN = (("started_on", "ended_on"),)

EMPLOYMENT = Feed(
    "employment",
    "务工月监测",
    "人社",
    50,
    (
        SheetLayout(
            "employment",
            "务工",
            (
                name(),
                identity(),
                Column(
                    "channel",
                    "就业渠道",
                    Kind.CHOICE,
                    also=("就业方式",),
                    needed=True,
                    filled=True,
                    choices=labels.CHANNEL,
                ),
                Column("county_code", "务工所在地代码", Kind.CODE, limit=12),
                Column("employer", "务工单位", also=("务工企业名称", "就业单位"), limit=120),
                started("务工开始时间", "就业开始时间"),
                ended("务工结束时间", "就业结束时间"),
                Column("monthly_wage", "月收入", Kind.MONEY, also=("月均工资", "月工资")),
            ),
            Facts(
                EMPLOYMENTS,
                "person",
                "started_on",
                ("started_on", "channel"),
                ("ended_on", "county_code", "employer", "monthly_wage"),
            ),
            _SPAN,
        ),
    ),
)

MEDICAL_INSURED = Feed(
    "medical_insured",
    "医保参保名单",
    "医保",
    51,
    (
        SheetLayout(
            "medical_insured",
            "参保",
            (
                name(),
                identity(),
                started("参保日期", future=True),
                ended("停保日期"),
            ),
            status("medical_insured", "person"),
            _SPAN,
        ),
    ),
)

PENSION_INSURED = Feed(
    "pension_insured",
    "养老参保名单",
    "人社",
    52,
    (
        SheetLayout(
            "pension_insured",
            "参保",
            (name(), identity(), started("参保年月", future=True), ended("停保年月")),
            status("pension_insured", "person"),
            _SPAN,
        ),
    ),
)

MEDICAL_SELFPAID = Feed(
    "medical_selfpaid",
    "医疗自付费用名单",
    "医保",
    53,
    (
        SheetLayout(
            "medical_selfpaid",
            "自付",
            (
                name(),
                identity(),
                occurred("结算日期"),
                Column("kind_of_care", "医疗类别"),
                amount("个人自付", "个人自付金额", "自付金额"),
                Column(
                    "reference", "结算单号", also=("结算编号",), needed=True, filled=True, limit=120
                ),
            ),
            event("medical_selfpaid", "person", "reference"),
        ),
    ),
)

SERIOUS_ILLNESS = Feed(
    "serious_illness",
    "重大疾病名单",
    "卫健",
    54,
    (
        SheetLayout(
            "serious_illness",
            "大病",
            (name(), identity(), Column("reference", "病种", limit=120), occurred("确诊日期")),
            event("serious_illness", "person", "occurred_on", "reference"),
        ),
    ),
)

CHRONIC = Feed(
    "chronic",
    "慢性病名单",
    "卫健",
    55,
    (
        SheetLayout(
            "chronic",
            "慢病",
            (
                name(),
                identity(),
                Column("reference", "病种", limit=120),
                started("建档日期"),
                ended("销档日期"),
            ),
            status("chronic", "person", "reference"),
            _SPAN,
        ),
    ),
)


def _card_grade(sieve: Sieve, context: Context) -> None:
    """The grade beside the card must be the last digit of the card's number."""
    on_card = pl.col("identity_tail").str.slice(1, 1)
    differs = (on_card != "") & (on_card != pl.col("level"))
    sieve.catch(differs, "grade_differs", field="level")


def _keep_card(sieve: Sieve, context: Context) -> None:
    """The number of the card, sealed: of a person's rows the one issued last."""
    settled = pl.col("_outcome").is_in([Outcome.CREATED.value, Outcome.UPDATED.value])
    has_card = pl.col("identity_tail").str.len_chars() >= 2
    cards = (
        sieve.rows.filter(settled & has_card & pl.col("person_id").is_not_null())
        .sort("started_on", "number")
        .unique("person_id", keep="last", maintain_order=True)
        .select("person_id", card=pl.concat_str("identity", "identity_tail"))
    )
    numbers.set_many(
        keys=context.keys, ids=cards["person_id"], number=DISABILITY_CARD, plain=cards["card"]
    )


DISABILITY = Feed(
    "disability",
    "残疾人名单",
    "残联",
    56,
    (
        SheetLayout(
            "disability",
            "持证残疾人",
            (
                name(),
                Column("sex", "性别", Kind.CHOICE, choices=labels.SEX),
                identity("残疾人证号"),
                Column("reference", "残疾类别", Kind.CHOICE, choices=labels.DISABILITY_KIND),
                Column(
                    "level",
                    "残疾等级",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.DISABILITY_GRADE,
                ),
                started("发证日期"),
                ended("注销日期"),
            ),
            status("disabled", "person", prepare=_card_grade, then=_keep_card),
            _SPAN,
        ),
    ),
)

ACCIDENT = Feed(
    "accident",
    "意外事故名单",
    "应急",
    74,
    (
        SheetLayout(
            "accident",
            "事故",
            (
                name(),
                identity(),
                Column("reference", "事故类型"),
                occurred("事故日期"),
                amount("自担费用"),
            ),
            event("accident", "person", "occurred_on", "reference"),
        ),
    ),
)


def _number(label: str) -> Column:
    return Column("reference", label, needed=True, filled=True, limit=120)


def _registered(
    feed: str, title: str, office: str, order: int, sheet: str, mark: str, since: str, worth: str
) -> Feed:
    """A list of things registered in persons' names."""
    return Feed(
        feed,
        title,
        office,
        order,
        (
            SheetLayout(
                feed,
                sheet,
                (
                    name(),
                    identity(),
                    Column("mark", mark, needed=True, limit=200),
                    _number("登记编号"),
                    started(since),
                    ended("注销日期"),
                    amount(worth, name="value"),
                ),
                holding(feed),
                _SPAN,
            ),
        ),
    )


VEHICLE = _registered("vehicle", "车辆登记名单", "公安", 80, "车辆", "号牌种类", "登记日期", "估值")
COMPANY = _registered(
    "company", "市场主体名单", "市场监管", 81, "主体", "企业名称", "成立日期", "认缴出资额"
)
COMMERCIAL_HOUSING = _registered(
    "commercial_housing", "商品房登记名单", "不动产", 82, "商品房", "坐落", "登记日期", "评估价"
)

LOAN_OVERDUE = Feed(
    "loan_overdue",
    "贷款逾期名单",
    "金融",
    83,
    (
        SheetLayout(
            "loan_overdue",
            "逾期",
            (
                name(),
                identity(),
                _number("借据编号"),
                occurred("逾期日期"),
                amount("逾期金额"),
            ),
            event("loan_overdue", "person", "occurred_on", "reference"),
        ),
    ),
)

TUITION = Feed(
    "tuition",
    "非义务教育学费名单",
    "教育",
    84,
    (
        SheetLayout(
            "tuition",
            "学费",
            (
                name(),
                identity(),
                Column("reference", "学校", limit=120),
                occurred("缴费日期"),
                amount("自付学费"),
            ),
            event("tuition", "person", "occurred_on", "reference"),
        ),
    ),
)

FEEDS = tuple(
    with_witnesses(feed)
    for feed in (
    EMPLOYMENT, MEDICAL_INSURED, PENSION_INSURED, MEDICAL_SELFPAID, SERIOUS_ILLNESS, CHRONIC,
    DISABILITY, ACCIDENT, VEHICLE, COMPANY, COMMERCIAL_HOUSING, LOAN_OVERDUE, TUITION,
    )
)  # fmt: skip
