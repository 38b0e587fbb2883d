"""Figures over monitoring and help: who should be watched, leads and cases in time, visits, risks removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from anju.casework.models import Case, CaseKind, FollowUp, Lead, LeadState
from anju.monitoring.models import Finding, Run
from anju.monitoring.queries import latest_run
from anju.registry.models import HouseholdRecord
from anju.reporting.figures import registers
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Made, Side, Text, Why

_YEAR = timedelta(days=365)
_Rows = Callable[[Asked], QuerySet[Any]]
_Done = Callable[[Asked], Q]


def _share(rows: _Rows, done: _Done) -> Callable[[Asked], Made]:
    """Which part of the rows is done."""

    def compute(asked: Asked) -> Made:
        count = {"done": Count("pk", filter=done(asked)), "whole": Count("pk")}
        found = rows(asked).order_by().aggregate(**count)
        number, whole = found["done"], found["whole"]
        if not whole:
            return Made(None, None, 0, why=Why.NOBODY)
        return Made.of(Fraction(number, whole), numerator=number, denominator=whole)

    return compute


def _list(list_: str, rows: _Rows, done: _Done, rest: Text, **more: str) -> Behind:
    key = more.pop("key", "pk")
    return Behind.share(
        list_,
        lambda asked: rows(asked).filter(done(asked)).order_by().values(key),
        lambda asked: rows(asked).order_by().values(key),
        rest,
        **more,
    )


def _this_year(asked: Asked, field: str) -> Q:
    return Q(**{f"{field}__range": (asked.year_begins, asked.on)})


def _cases(asked: Asked) -> QuerySet[Case]:
    rows = Case.objects.filter(asked.within(), kind=CaseKind.RELAPSE)
    rows = rows.annotate(limit=Coalesce("papers_due_on", "due_on"))
    ended_undecided = Q(decided_on__isnull=True, closed_on__isnull=False)
    return rows.filter(_this_year(asked, "limit")).exclude(ended_undecided)


def _decided_in_time(asked: Asked) -> Q:
    return Q(decided_on__lte=F("limit"))


def _leads(asked: Asked) -> QuerySet[Lead]:
    rows = Lead.objects.filter(asked.within(), _this_year(asked, "due_on"))
    return rows.exclude(state=LeadState.MERGED)


def _ended_in_time(asked: Asked) -> Q:
    return Q(ended_on__lte=F("due_on")) & ~Q(state__in=(LeadState.OPEN, LeadState.EXPIRED))


def _visits(asked: Asked) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(asked.within(), _this_year(asked, "due_on"))


def _visited(asked: Asked) -> Q:
    return Q(done_on__lte=asked.on)


def _ever_monitored(asked: Asked) -> QuerySet[HouseholdRecord]:
    ever = Q(monitored_kind__isnull=False, included_on__lte=asked.on)
    return registers.records(asked).filter(ever)


def _risk_removed(asked: Asked) -> Q:
    return Q(risk_removed_on__lte=asked.on)


def _should_be_monitored(asked: Asked) -> Made:
    """Below the line in the month's run, not monitored, in no case, and not found to be without risk."""
    run = latest_run(month=asked.month)
    if run is None:
        return Made(None, why=Why.NO_RUN)
    below = _below_line(asked, run)
    found = below.aggregate(
        hits=Count("household", distinct=True, filter=Q(status="hit")),
        unknown=Count("household", distinct=True, filter=Q(status="unknown")),
    )
    left = _unattended(below.filter(status="hit"), asked.on)
    number = left.aggregate(n=Count("household", distinct=True))["n"]
    return Made.of(
        number,
        numerator=number,
        denominator=found["hits"],
        unknown=found["unknown"],
        run=run.pk,
        known_on=run.known_on,
    )


def _below_line(asked: Asked, run: Run) -> QuerySet[Finding]:
    return Finding.objects.filter(asked.within(), run=run, rule="income_below_line").order_by()


def _nobody_asked(asked: Asked) -> QuerySet[Any]:
    run = latest_run(month=asked.month)
    if run is None:
        return Finding.objects.none()
    return _unattended(_below_line(asked, run).filter(status="hit"), asked.on).values("pk")


def _unattended(found: QuerySet[Finding], on: date) -> QuerySet[Finding]:
    here = OuterRef("household_id")
    monitored = registers.records(Asked(on)).filter(registers.monitored(on), household=here)
    under_way = Case.objects.filter(household=here, kind=CaseKind.RELAPSE, opened_on__lte=on)
    under_way = under_way.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    cleared = Lead.objects.filter(household=here, risk="income", state=LeadState.NO_RISK)
    cleared = cleared.filter(ended_on__range=(on - _YEAR, on))
    return found.exclude(Exists(monitored)).exclude(Exists(under_way)).exclude(Exists(cleared))


FIGURES = (
    Figure(
        id="should_be_monitored",
        name=_("疑似应纳未纳监测对象"),
        unit="户",
        definition=_(
            "当月研判中人均纯收入低于监测线，月末既不是监测对象、又没有在办的防返贫案件，"
            "近一年也没有核实为收入无风险的户数。是否应纳由入户核查决定，这里是还没有人过问的户。"
        ),
        numerator=_("还没有过问的户"),
        denominator=_("收入低于监测线的户"),
        compute=_should_be_monitored,
        behind=Behind(
            "findings", {"rule": "income_below_line"}, {Side.NUMERATOR: _nobody_asked}, of_run=True
        ),
    ),
    Figure(
        id="cases_decided_in_time",
        name=_("防返贫案件按期审定率"),
        unit=SHARE,
        definition=_(
            "全程期限（绿色通道为补齐手续期限）在当年1月1日至月末的防返贫案件中，在期限内完成县级审定的比例；"
            "未经审定即终止的不计。"
        ),
        numerator=_("期限内审定的案件"),
        denominator=_("到期的案件"),
        compute=_share(_cases, _decided_in_time),
        behind=_list("cases", _cases, _decided_in_time, _("没有按期审定的案件"), standing="all"),
    ),
    Figure(
        id="leads_handled_in_time",
        name=_("线索按期核实率"),
        unit=SHARE,
        definition=_(
            "核实期限在当年1月1日至月末的线索中，在期限内立案或核实为无风险的比例；过期的算未按期，并入别条的不计。"
        ),
        numerator=_("期限内核实的线索"),
        denominator=_("到期的线索"),
        compute=_share(_leads, _ended_in_time),
        behind=_list("leads", _leads, _ended_in_time, _("没有按期核实的线索"), state="all"),
    ),
    Figure(
        id="follow_ups_done",
        name=_("跟踪回访完成率"),
        unit=SHARE,
        definition=_("应回访日期在当年1月1日至月末的回访中，到月末已完成的比例。"),
        numerator=_("已完成的回访"),
        denominator=_("应完成的回访"),
        compute=_share(_visits, _visited),
        behind=_list("follow-ups", _visits, _visited, _("没有完成的回访")),
    ),
    Figure(
        id="risk_removed_share",
        name=_("监测对象风险消除比例"),
        unit=SHARE,
        definition=_("到月末曾纳入监测的户中，风险已消除的户所占比例。"),
        numerator=_("风险已消除的户"),
        denominator=_("曾纳入监测的户"),
        compute=_share(_ever_monitored, _risk_removed),
        behind=_list(
            "households", _ever_monitored, _risk_removed, _("风险还没有消除的户"), key="household"
        ),
    ),
)
