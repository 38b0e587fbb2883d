"""Figures over the labour ledger that compare two days, and the rounds of monitoring in a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from anju.employment.models import Channel
from anju.employment.queries import at_work
from anju.monitoring.models import Run, RunState
from anju.registry.models import Membership
from anju.reporting.figures import registers
from anju.reporting.figures.model import (
    SHARE,
    Asked,
    Behind,
    Figure,
    Keys,
    Made,
    Side,
    Text,
    Why,
)
from anju.rules.months import Month

_AWAY = (Channel.MIGRANT, Channel.LOCAL, Channel.WORKSHOP)


Then = Callable[[date], date]


def _against(channels: Sequence[str], then: Then) -> Callable[[Asked], Made]:
    """People in such work on the day, divided by those on another day."""

    def compute(asked: Asked) -> Made:
        now, before = (_at_work(asked, channels, on) for on in (asked.on, then(asked.on)))
        counted, compared = _count(now), _count(before)
        if not compared:
            return Made(None, counted, 0, why=Why.NOBODY_THEN)
        no_more = _count(before.exclude(person__in=now.values("person")))
        return Made.of(
            Fraction(counted, compared), numerator=counted, denominator=compared, rest=no_more
        )

    return compute


def _behind(channels: Sequence[str], then: Then, rest: Text) -> Behind:
    """Today's members who work so now, who did then, and who did then and do not now."""

    def of(day: Then) -> Keys:
        # A person who stands in two households is one.
        return lambda asked: (
            _at_work(asked, channels, day(asked.on))
            .values("person").annotate(row=Min("pk")).values("row")
        )  # fmt: skip

    rows = {Side.NUMERATOR: of(lambda on: on), Side.DENOMINATOR: of(then), Side.REST: of(then)}
    return Behind("labour-work", rows=rows, words=rest, then=then)


def _at_work(asked: Asked, channels: Sequence[str], on: date) -> QuerySet[Membership]:
    """Members of lifted-out and monitored households of the day who worked on another."""
    ours = registers.households(asked, registers.LIFTED_OUT | registers.monitored(asked.on))
    working = at_work.working(on, channels).values("person")
    return registers.members(asked.on, ours).filter(person__in=working)


def _count(rows: QuerySet[Membership]) -> int:
    return rows.aggregate(n=Count("person", distinct=True))["n"]


def _same_month_of_2022(on: date) -> date:
    return Month(2022, on.month).last_day


def _end_of_last_year(on: date) -> date:
    return date(on.year - 1, 12, 31)


def _rounds(asked: Asked) -> Made:
    """Months of the year with a finished run; county-wide, since runs belong to no place."""
    done = Run.objects.filter(
        state=RunState.DONE, month__gte=f"{asked.on.year}-01", month__lte=asked.month
    )
    months = done.aggregate(n=Count("month", distinct=True))["n"]
    return Made.of(months, numerator=months, denominator=asked.on.month)


FIGURES = (
    Figure(
        id="migrant_work_against_2022",
        name=_("务工就业规模与2022年之比"),
        unit=SHARE,
        definition=_(
            "现有脱贫户和监测对象的成员中，月末在外出务工、县内务工或就业帮扶车间就业的人数，"
            "与2022年同月末之比。"
        ),
        numerator=_("月末务工的人"),
        denominator=_("2022年同月末务工的人"),
        compute=_against(_AWAY, _same_month_of_2022),
        behind=_behind(_AWAY, _same_month_of_2022, _("2022年同月末务工、现在没有的人")),
    ),
    Figure(
        id="welfare_posts_against_last_year",
        name=_("公益岗在岗人数与上年末之比"),
        unit=SHARE,
        definition=_(
            "现有脱贫户和监测对象的成员中，劳动力台账显示月末在公益性岗位的人数，与上年末之比。"
        ),
        numerator=_("月末在公益岗的人"),
        denominator=_("上年末在公益岗的人"),
        compute=_against((Channel.WELFARE_POST,), _end_of_last_year),
        behind=_behind(
            (Channel.WELFARE_POST,), _end_of_last_year, _("上年末在公益岗、现在不在的人")
        ),
    ),
    Figure(
        id="employment_rounds",
        name=_("当年就业监测期数"),
        unit="期",
        definition=_(
            "当年已完成监测研判的月份数；每次研判都按当月劳动力台账查找零就业和全户失业。按全县计，不分乡镇。"
        ),
        numerator=_("已完成研判的月份"),
        denominator=_("当年已过的月份"),
        compute=_rounds,
        of_places=False,
    ),
)
