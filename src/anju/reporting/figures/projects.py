"""Figures over the project library: labour pay of work relief, projects begun, done in their year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet, Sum
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
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Made, Why


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


def _share_done(projects: QuerySet[Project], on: date) -> Made:
    whole = projects.count()
    if not whole:
        return Made(None, None, 0, why=Why.NOBODY)
    done = projects.filter(_reached(Step.FINISHED, on)).count()
    return Made.of(Fraction(done, whole), numerator=done, denominator=whole)


def _labour_share(asked: Asked) -> Made:
    """In yuan: the whole labour pay of projects that were begun, over what they were granted."""
    rows = _kept(asked, year=asked.on.year).filter(
        _reached(Step.STARTED, asked.on), is_work_relief=True
    )
    granted = _yuan(Funding.objects.filter(project__in=rows.values("pk")))
    without = rows.exclude(of_fund("pk", tuple(FundSource))).count()
    if not granted:
        return Made(None, None, 0, unknown=without, why=Why.NOBODY)
    paid = Payment.objects.filter(
        project__in=rows.values("pk"), kind=PaymentKind.LABOUR, paid_on__lte=asked.on
    )
    pay = _yuan(paid)
    return Made.of(Fraction(pay, granted), numerator=pay, denominator=granted, unknown=without)


def _yuan(rows: QuerySet) -> int:
    """Whole yuan of rows that hold now."""
    total = rows.filter(known_to__isnull=True).order_by().aggregate(total=Sum("amount"))["total"]
    return int(total or 0) // 100


def _industry(asked: Asked) -> Made:
    """Works went on on some day of the year."""
    over_before = _reached(Step.FINISHED, date(asked.on.year - 1, 12, 31))
    rows = _kept(asked).filter(_reached(Step.STARTED, asked.on), kind=ProjectKind.INDUSTRY)
    found = rows.filter(~over_before).count()
    return Made.of(found, numerator=found)


def _bridging_done(asked: Asked) -> Made:
    rows = _kept(asked, year=asked.on.year).filter(of_fund("pk", BRIDGING))
    return _share_done(rows, asked.on)


def _key_infrastructure_done(asked: Asked) -> Made:
    rows = _kept(asked).filter(
        _reached(Step.ENTERED, asked.on), is_key=True, kind=ProjectKind.CONSTRUCTION
    )
    return _share_done(rows, asked.on)


def _bridging_growth(asked: Asked) -> Made:
    """In yuan: what the year's projects were granted, less what those of the year before were."""
    now, before = (_bridging(asked, year) for year in (asked.on.year, asked.on.year - 1))
    if not before:
        return Made(None, now, 0, why=Why.NO_PROJECTS_THEN)
    return Made.of(now - before, numerator=now, denominator=before)


def _bridging(asked: Asked, year: int) -> int:
    rows = _kept(asked, year=year).values("pk")
    return _yuan(Funding.objects.filter(project__in=rows, fund__in=BRIDGING))


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
        behind=Behind("projects", {"relief": "1"}, is_exact=False, of_year=True),
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
        behind=Behind("projects", {"kind": "industry"}, is_exact=False),
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
        compute=_bridging_done,
        behind=Behind("projects", {"fund": "bridging"}, is_exact=False, of_year=True),
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
        compute=_key_infrastructure_done,
        behind=Behind("projects", {"kind": "construction", "key": "1"}, is_exact=False),
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
        behind=Behind("projects", {"fund": "bridging"}, is_exact=False, of_year=True),
    ),
)
