"""Figures over workshops near homes: how many there have been, what posts they added, who works there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from anju.employment.models import Channel, Workshop, WorkshopCount, WorkshopKind
from anju.employment.queries.at_work import at_work
from anju.employment.queries.workshops import running
from anju.registry.models import Membership
from anju.reporting.figures import registers
from anju.reporting.figures.model import Asked, Behind, Figure, Made, Side, Why

_FACTORY = Q(kind=WorkshopKind.FACTORY)


def _ever(asked: Asked) -> QuerySet[Workshop]:
    """新社区工厂 opened by the day, closed since or not; those whose day is not known are not counted."""
    rows = Workshop.objects.filter(asked.within("division_code"), _FACTORY)
    return rows.filter(opened_on__lte=asked.on).order_by()


def _factories(asked: Asked) -> Made:
    number = _ever(asked).count()
    unknown = Workshop.objects.filter(
        asked.within("division_code"), _FACTORY, opened_on__isnull=True
    ).count()
    if not number and not unknown:
        return Made(None, why=Why.NO_WORKSHOPS)
    now = _ever(asked).filter(running(asked.on)).count()
    return Made.of(number, numerator=number, denominator=now, unknown=unknown)


def _told(by: date, since: date | None = None) -> Any:
    """The posts a workshop told last by a day, and after another."""
    rows = WorkshopCount.objects.filter(
        workshop=OuterRef("pk"), told_on__lte=by, posts__isnull=False, known_to__isnull=True
    )
    rows = rows.filter(told_on__gt=since) if since else rows
    return Subquery(rows.order_by("-told_on", "-pk").values("posts")[:1])


def _posts(asked: Asked) -> QuerySet[Workshop]:
    """新社区工厂 with what they told in the year (`now`) and last before it (`before`: 0 where they
    opened in the year)."""
    rows = _ever(asked).annotate(
        now=_told(asked.on, asked.year_begins), before=_told(_end_of_last_year(asked))
    )
    return rows.filter(now__isnull=False)


def _end_of_last_year(asked: Asked) -> date:
    return date(asked.on.year - 1, 12, 31)


def _grown(asked: Asked) -> QuerySet[Workshop]:
    """Those that have more posts than before the year, or opened in it."""
    opened = Q(opened_on__gte=asked.year_begins)
    return _posts(asked).filter(Q(now__gt=F("before")) | Q(opened, before__isnull=True, now__gt=0))


def _added(asked: Asked) -> Made:
    """Posts added in the year; what others lost is not taken off, and stands beside as a part."""
    rows = _posts(asked).values_list("now", "before", "opened_on")
    known = [
        now - (before or 0)
        for now, before, opened in rows
        if before is not None or opened >= asked.year_begins
    ]
    unknown = len(rows) - len(known)
    if not known:
        return Made(None, unknown=unknown, why=Why.NO_WORKSHOPS)
    number = sum(each for each in known if each > 0)
    grown = sum(1 for each in known if each > 0)
    return Made.of(number, numerator=number, denominator=grown, unknown=unknown)


def _at_work(asked: Asked) -> QuerySet[Membership]:
    """Members of lifted-out, monitored or relocated households who work in a workshop on the day."""
    kind = registers.LIFTED_OUT | registers.RELOCATED | registers.monitored(asked.on)
    rows = registers.members(asked.on, registers.households(asked, kind))
    return rows.filter(at_work(asked.on, [Channel.WORKSHOP]))


def _workers(asked: Asked) -> Made:
    number = _at_work(asked).aggregate(n=Count("person", distinct=True))["n"]
    return Made.of(number, numerator=number)


FIGURES = (
    Figure(
        id="community_factories",
        name=_("累计新社区工厂"),
        unit="家",
        definition=_(
            "就业帮扶车间台账中类型为新社区工厂、月末已开办的，后来停办的也计入；"
            "就业帮扶车间、基地和家庭工坊不计。没有登记开办日期的不计入，另列未掌握。"
        ),
        numerator=_("已开办的新社区工厂"),
        denominator=_("其中月末在营的"),
        compute=_factories,
        behind=Behind(
            "workshops",
            rows={
                Side.NUMERATOR: lambda asked: _ever(asked).values("pk"),
                Side.DENOMINATOR: lambda asked: _ever(asked).filter(running(asked.on)).values("pk"),
            },
        ),
    ),
    Figure(
        id="factory_posts_added",
        name=_("当年新社区工厂新增岗位"),
        unit="个",
        definition=_(
            "新社区工厂当年最近一次报的岗位数，比上年末以前最近一次多出的部分之和；当年新开办的全部计入，"
            "减少的不抵扣。上年末以前没有报过岗位数的老厂不计入，另列未掌握。"
        ),
        numerator=_("新增的岗位"),
        denominator=_("有新增岗位的新社区工厂"),
        compute=_added,
        behind=Behind(
            "workshops", rows={Side.DENOMINATOR: lambda asked: _grown(asked).values("pk")}
        ),
    ),
    Figure(
        id="workshop_workers",
        name=_("在就业帮扶车间就业的脱贫、监测和搬迁劳动力"),
        unit="人",
        definition=_(
            "脱贫户、监测对象和易地搬迁户的现有成员中，劳动力台账显示月末在就业帮扶车间就业的人。"
            "车间自己报的人数不用于计算。"
        ),
        numerator=_("月末在帮扶车间就业的人"),
        compute=_workers,
        behind=Behind.count("labour-work", lambda asked: _at_work(asked).values("pk")),
    ),
)
