"""Projects beside their money, as a list asks for them: what was granted, paid, and paid to workers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from anju.accounts.viewer import Viewer
from anju.projects.models import Funding, FundSource, Payment, PaymentKind, Project, Step
from anju.projects.queries.gates import projects_for

BRIDGING = (FundSource.CENTRAL, FundSource.PROVINCE, FundSource.CITY, FundSource.COUNTY)
#: Steps at which the works are over.
OVER = (Step.FINISHED, Step.ACCEPTED, Step.HANDED_OVER)


def with_money(projects: QuerySet[Project]) -> QuerySet[Project]:
    """With `approved`, `paid` and `labour` in fen, as known now."""
    return projects.annotate(
        approved=_sum(Funding, Q()),
        paid=_sum(Payment, Q()),
        labour=_sum(Payment, Q(kind=PaymentKind.LABOUR)),
    )


def overdue(on: date) -> Q:
    """Projects whose planned last day is over and whose works are not."""
    return Q(planned_finish__lt=on) & ~Q(step__in=(*OVER, Step.DROPPED))


def overpaid(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Those for which more was paid than granted; `with_money` has to have added both."""
    return projects.filter(paid__gt=F("approved"))


def of_fund(project: str, funds: tuple[str, ...]) -> Exists:
    """The condition that one of these sources granted money; `project` is the row's own key."""
    rows = Funding.objects.filter(
        project=OuterRef(project), fund__in=funds, amount__gt=0, known_to__isnull=True
    )
    return Exists(rows)


def years(viewer: Viewer) -> list[int]:
    """Years that projects are planned for, the latest first."""
    rows = projects_for(viewer).exclude(plan_year=None).order_by("-plan_year")
    return list(rows.values_list("plan_year", flat=True).distinct())


def units(viewer: Viewer) -> list[str]:
    """Names of units that answer for projects."""
    rows = projects_for(viewer).exclude(unit_name="").order_by("unit_name")
    return list(rows.values_list("unit_name", flat=True).distinct())


def _sum(model: Any, which: Q) -> Coalesce:
    rows = model.objects.filter(which, project=OuterRef("pk"), known_to__isnull=True)
    total = rows.order_by().values("project").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)
