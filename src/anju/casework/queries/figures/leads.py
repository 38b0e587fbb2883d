"""Leads that came in: by whom they were raised, and how often a rule was right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from anju.accounts.viewer import Viewer
from anju.casework.models import CaseKind, CaseState, Channel, Lead, LeadSource, LeadState
from anju.casework.queries import gates
from anju.casework.queries.figures.spans import Period, may_be_told

_CASES = Q(lead__case__isnull=False)
_WAITING = Q(lead__state=LeadState.OPEN)
_NO_RISK = Q(lead__state=LeadState.NO_RISK)
# In the case of a list to be cleared, which has not found out yet.
_ON_A_LIST = Q(lead__state=LeadState.MERGED, lead__case__state=CaseState.CHECKING) & ~Q(
    lead__case__kind=CaseKind.RELAPSE
)
_EXPIRED = Q(lead__state=LeadState.EXPIRED)
_INCLUDED = Q(lead__case__included_on__isnull=False) | Q(lead__case__state=CaseState.CLEARED)


@dataclass(frozen=True)
class ChannelFigures:
    """Leads of one channel; a lead that several raised counts at each. `channel` "" is all leads.

    `late` were not looked at by their day: they ended after it, or wait past it today.
    """

    channel: str
    total: int
    to_case: int
    no_risk: int
    expired: int
    waiting: int
    late: int


@dataclass(frozen=True)
class RuleFigures:
    """Leads that one rule raised, and how many of those looked at led to an included household."""

    rule: str
    total: int
    looked_at: int
    to_case: int
    included: int
    no_risk: int

    @property
    def precision(self) -> float | None:
        """Included of looked at, 0 to 1; None while nothing was looked at."""
        return self.included / self.looked_at if self.looked_at else None


def leads_by_channel(viewer: Viewer, period: Period) -> list[ChannelFigures]:
    """All leads first heard of in the time, then by channel; two queries."""
    leads = _leads(viewer, period)
    whole = leads.order_by().aggregate(
        total=Count("pk"),
        to_case=Count("pk", filter=Q(case__isnull=False)),
        no_risk=Count("pk", filter=Q(state=LeadState.NO_RISK)),
        expired=Count("pk", filter=Q(state=LeadState.EXPIRED)),
        waiting=Count("pk", filter=Q(state=LeadState.OPEN)),
        late=Count("pk", filter=_late(viewer.on)),
    )
    rows = (
        LeadSource.objects.filter(lead__in=leads.order_by().values("pk"))
        .order_by()
        .values("channel")
        .annotate(
            total=_leads_where(Q()),
            to_case=_leads_where(_CASES),
            no_risk=_leads_where(_NO_RISK),
            expired=_leads_where(_EXPIRED),
            waiting=_leads_where(_WAITING),
            late=_leads_where(_late(viewer.on, "lead__")),
        )
    )
    order = list(Channel.values)
    found = sorted(rows, key=lambda row: order.index(row["channel"]))
    return [ChannelFigures("", **whole), *(ChannelFigures(**row) for row in found)]


def leads_by_rule(viewer: Viewer, period: Period) -> list[RuleFigures]:
    """Leads of the time by the rule that raised them, those with most leads first; one query."""
    leads = _leads(viewer, period).filter(may_be_told(viewer, "risk"))
    rows = (
        LeadSource.objects.filter(lead__in=leads.order_by().values("pk"))
        .exclude(rule="")
        .order_by()
        .values("rule")
        .annotate(
            total=_leads_where(Q()),
            looked_at=_leads_where(~_WAITING & ~_EXPIRED & ~_ON_A_LIST),
            to_case=_leads_where(_CASES),
            included=_leads_where(_INCLUDED),
            no_risk=_leads_where(_NO_RISK),
        )
    )
    return sorted((RuleFigures(**row) for row in rows), key=lambda each: (-each.total, each.rule))


def _leads(viewer: Viewer, period: Period) -> QuerySet[Lead]:
    return gates.leads_for(viewer).filter(period.of("first_on"))


def _late(on: date, prefix: str = "") -> Q:
    waits = Q(**{f"{prefix}state": LeadState.OPEN, f"{prefix}due_on__lt": on})
    return waits | Q(**{f"{prefix}ended_on__gt": F(f"{prefix}due_on")})


def _leads_where(condition: Q) -> Count:
    return Count("lead", distinct=True, filter=condition if condition else None)
