"""Figures over the project library: labour pay of work relief, projects begun, done in their year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from anju.projects.models import (
    Funding,
    FundSource,
    Payment,
    PaymentKind,
    Project,
    ProjectKind,
    ProjectStep,
    Step,
)
from anju.projects.queries.listing import BRIDGING, of_fund
from anju.reporting.figures.model import (
    SHARE,
    Asked,
    Behind,
    Figure,
    Keys,
    Made,
    Part,
    Why,
    rounded,
)
from anju.reporting.figures.registers import EVERY

_Rows = Callable[[Asked], QuerySet[Project]]
_COUNTED = _("当年列入计算的项目")
_INDUSTRY = Q(kind=ProjectKind.INDUSTRY)


def _kept(asked: Asked, *, year: int | None = None) -> QuerySet[Project]:
    """Projects of the places that were not dropped by the day; of one year's plan where one is given."""
    rows = Project.objects.filter(asked.within("division_code"))
    if year is not None:
        rows = rows.filter(plan_year=year)
    return rows.filter(~_reached(Step.DROPPED, asked.on))


def _reached(step: Step, on: date) -> Exists:
    rows = ProjectStep.objects.filter(
        project=OuterRef("pk"), step=step, reached_on__lte=on, known_to__isnull=True
    )
    return Exists(rows)


def _share_done(of: _Rows) -> Callable[[Asked], Made]:
    def compute(asked: Asked) -> Made:
        whole = of(asked).count()
        if not whole:
            return Made(None, None, 0, why=Why.NOBODY)
        done = _done(of)(asked).count()
        return Made.of(Fraction(done, whole), numerator=done, denominator=whole)

    return compute


def _done(of: _Rows) -> _Rows:
    return lambda asked: of(asked).filter(_reached(Step.FINISHED, asked.on))


def _work_relief(asked: Asked) -> QuerySet[Project]:
    rows = _kept(asked, year=asked.on.year)
    return rows.filter(_reached(Step.STARTED, asked.on), is_work_relief=True)


def _labour_share(asked: Asked) -> Made:
    """In yuan: the whole labour pay of projects that were begun, over what they were granted."""
    rows = _work_relief(asked)
    granted = _yuan(Funding.objects.filter(project__in=rows.values("pk")))
    without = rows.exclude(of_fund("pk", tuple(FundSource))).count()
    if not granted:
        return Made(None, None, 0, unknown=without, why=Why.NOBODY)
    paid = Payment.objects.filter(
        project__in=rows.values("pk"), kind=PaymentKind.LABOUR, paid_on__lte=asked.on
    )
    pay = _yuan(paid)
    return Made.of(Fraction(pay, granted), numerator=pay, denominator=granted, unknown=without)


def _yuan(rows: QuerySet[Any]) -> int:
    """Whole yuan of rows that hold now."""
    total = rows.filter(known_to__isnull=True).order_by().aggregate(total=Sum("amount"))["total"]
    return int(total or 0) // 100


def _industry_of_year(asked: Asked) -> QuerySet[Project]:
    """Works went on on some day of the year."""
    over_before = _reached(Step.FINISHED, date(asked.on.year - 1, 12, 31))
    rows = _kept(asked).filter(_reached(Step.STARTED, asked.on), kind=ProjectKind.INDUSTRY)
    return rows.filter(~over_before)


def _industry(asked: Asked) -> Made:
    found = _industry_of_year(asked).count()
    return Made.of(found, numerator=found)


def _of_bridging_funds(asked: Asked) -> QuerySet[Project]:
    return _kept(asked, year=asked.on.year).filter(of_fund("pk", BRIDGING))


def _key_infrastructure(asked: Asked) -> QuerySet[Project]:
    entered = _reached(Step.ENTERED, asked.on)
    return _kept(asked).filter(entered, is_key=True, kind=ProjectKind.CONSTRUCTION)


def _bridging_growth(asked: Asked) -> Made:
    """In yuan: what the year's projects were granted, less what those of the year before were."""
    now, before = (_bridging(asked, year) for year in (asked.on.year, asked.on.year - 1))
    if not before:
        return Made(None, now, 0, why=Why.NO_PROJECTS_THEN)
    return Made.of(now - before, numerator=now, denominator=before)


def _bridging(asked: Asked, year: int, kind: Q = EVERY) -> int:
    rows = _kept(asked, year=year).filter(kind).values("pk")
    return _yuan(Funding.objects.filter(project__in=rows, fund__in=BRIDGING))


def _industry_share_growth(asked: Asked) -> Made:
    """In percentage points: the part of the year's bridging funds that industry gets, against last year."""
    year = asked.on.year
    whole, before = (_bridging(asked, each) for each in (year, year - 1))
    if not before:
        return Made(None, None, 0, why=Why.NO_PROJECTS_THEN)
    if not whole:
        return Made(None, None, 0, why=Why.NOBODY)
    industry = _bridging(asked, year, _INDUSTRY)
    now = Fraction(industry, whole)
    then = Fraction(_bridging(asked, year - 1, _INDUSTRY), before)
    parts = {"share": rounded(now), "share_before": rounded(then)}
    return Made.of((now - then) * 100, numerator=industry, denominator=whole, parts=parts)


def _list(part: _Rows, whole: _Rows) -> Behind:
    return Behind.share("projects", _keys(part), _keys(whole), _("没有完工的项目"))


def _keys(rows: _Rows) -> Keys:
    return lambda asked: rows(asked).values("pk")


FIGURES = (
    Figure(
        id="work_relief_labour_share",
        name=_("以工代赈项目劳务报酬占资金总额"),
        unit=SHARE,
        definition=_(
            "实施年度为当年、月末前已开工、未退库的以工代赈项目中，月末前已支付的劳务报酬"
            "与批复资金总额（各来源之和）之比。没有批复资金的项目算资料不全。"
        ),
        numerator=_("已支付的劳务报酬（元）"),
        denominator=_("批复资金总额（元）"),
        compute=_labour_share,
        behind=Behind.sums("projects", _keys(_work_relief), _COUNTED),
    ),
    Figure(
        id="industry_projects_of_year",
        name=_("当年新建续建产业项目"),
        unit="个",
        definition=_(
            "项目类型为产业发展、月末前已开工、上年末前没有完工、未退库的项目个数：当年开工的是新建，"
            "往年开工当年仍在建的是续建。"
        ),
        numerator=_("当年在建的产业项目"),
        compute=_industry,
        behind=Behind.count("projects", _keys(_industry_of_year)),
    ),
    Figure(
        id="bridging_projects_done",
        name=_("衔接资金项目当年完工比例"),
        unit=SHARE,
        definition=_(
            "实施年度为当年、批复了中央、省、市、县任一级衔接资金、未退库的项目中，月末前已完工的比例。"
        ),
        numerator=_("月末前已完工的项目"),
        denominator=_("当年实施的衔接资金项目"),
        compute=_share_done(_of_bridging_funds),
        behind=_list(_done(_of_bridging_funds), _of_bridging_funds),
    ),
    Figure(
        id="key_infrastructure_done",
        name=_("基础设施重点项目完工比例"),
        unit=SHARE,
        definition=_(
            "项目类型为乡村建设（基础设施）、标为重点项目、月末前已入库、未退库的项目中，月末前已完工的比例。"
        ),
        numerator=_("月末前已完工的项目"),
        denominator=_("已入库的基础设施重点项目"),
        compute=_share_done(_key_infrastructure),
        behind=_list(_done(_key_infrastructure), _key_infrastructure),
    ),
    Figure(
        id="bridging_funds_growth",
        name=_("衔接资金比上年增加"),
        unit="元",
        definition=_(
            "实施年度为当年、未退库的项目批复的中央、省、市、县衔接资金之和，减去上年的。"
            "只算列入项目库的资金。"
        ),
        numerator=_("当年项目的衔接资金（元）"),
        denominator=_("上年项目的衔接资金（元）"),
        compute=_bridging_growth,
        behind=Behind.sums("projects", _keys(_of_bridging_funds), _COUNTED),
    ),
    Figure(
        id="bridging_industry_share_growth",
        name=_("衔接资金用于产业的占比比上年提高"),
        unit="百分点",
        definition=_(
            "实施年度为当年、未退库的项目批复的中央、省、市、县衔接资金中，项目类型为产业发展的所占比例，"
            "减去上年的这个比例。只算列入项目库的资金；项目库不另分特色产业，产业发展类全部计入。"
        ),
        numerator=_("当年产业项目的衔接资金（元）"),
        denominator=_("当年项目的衔接资金（元）"),
        compute=_industry_share_growth,
        parts=(
            Part("share", _("当年占比"), SHARE),
            Part("share_before", _("上年占比"), SHARE),
        ),
        behind=Behind.sums("projects", _keys(_of_bridging_funds), _COUNTED),
    ),
)
