"""Figures over monitoring and help: who should be watched, leads and cases in time, visits, risks removed."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from anju.casework.models import Case, CaseKind, FollowUp, Lead, LeadState
from anju.monitoring.models import Finding
from anju.monitoring.queries import latest_run
from anju.reporting.figures import registers
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Made, Why

_YEAR = timedelta(days=365)


def _share(rows: QuerySet, done: Q) -> Made:
    found = rows.order_by().aggregate(done=Count("pk", filter=done), whole=Count("pk"))
    done_, whole = found["done"], found["whole"]
    if not whole:
        return Made(None, None, 0, why=Why.NOBODY)
    return Made.of(Fraction(done_, whole), numerator=done_, denominator=whole)


def _this_year(asked: Asked, field: str) -> Q:
    return Q(**{f"{field}__range": (asked.year_begins, asked.on)})


def _cases_in_time(asked: Asked) -> Made:
    rows = Case.objects.filter(asked.within(), kind=CaseKind.RELAPSE)
    rows = rows.annotate(limit=Coalesce("papers_due_on", "due_on"))
    ended_undecided = Q(decided_on__isnull=True, closed_on__isnull=False)
    rows = rows.filter(_this_year(asked, "limit")).exclude(ended_undecided)
    return _share(rows, Q(decided_on__lte=F("limit")))


def _leads_in_time(asked: Asked) -> Made:
    rows = Lead.objects.filter(asked.within(), _this_year(asked, "due_on"))
    in_time = Q(ended_on__lte=F("due_on")) & ~Q(state__in=(LeadState.OPEN, LeadState.EXPIRED))
    return _share(rows.exclude(state=LeadState.MERGED), in_time)


def _visits_done(asked: Asked) -> Made:
    rows = FollowUp.objects.filter(asked.within(), _this_year(asked, "due_on"))
    return _share(rows, Q(done_on__lte=asked.on))


def _risk_removed(asked: Asked) -> Made:
    ever = Q(monitored_kind__isnull=False, included_on__lte=asked.on)
    return _share(registers.records(asked).filter(ever), Q(risk_removed_on__lte=asked.on))


def _should_be_monitored(asked: Asked) -> Made:
    """Below the line in the month's run, not monitored, in no case, and not found to be without risk."""
    run = latest_run(month=asked.month)
    if run is None:
        return Made(None, why=Why.NO_RUN)
    below = Finding.objects.filter(asked.within(), run=run, rule="income_below_line").order_by()
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
        behind=Behind("findings", {"rule": "income_below_line"}, is_exact=False, of_run=True),
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
        compute=_cases_in_time,
        behind=Behind("cases", {"standing": "all", "kind": CaseKind.RELAPSE}, is_exact=False),
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
        compute=_leads_in_time,
        behind=Behind("leads", is_exact=False),
    ),
    Figure(
        id="follow_ups_done",
        name=_("跟踪回访完成率"),
        unit=SHARE,
        definition=_("应回访日期在当年1月1日至月末的回访中，到月末已完成的比例。"),
        numerator=_("已完成的回访"),
        denominator=_("应完成的回访"),
        compute=_visits_done,
        behind=Behind("follow-ups", is_exact=False),
    ),
    Figure(
        id="risk_removed_share",
        name=_("监测对象风险消除比例"),
        unit=SHARE,
        definition=_("到月末曾纳入监测的户中，风险已消除的户所占比例。"),
        numerator=_("风险已消除的户"),
        denominator=_("曾纳入监测的户"),
        compute=_risk_removed,
        behind=Behind("households", {"monitored": "any"}),
    ),
)
