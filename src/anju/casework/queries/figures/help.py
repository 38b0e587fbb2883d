"""Help that was given: by the risk it answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from anju.accounts.viewer import Viewer
from anju.casework.models import Measure, MeasureState
from anju.casework.queries import gates
from anju.casework.queries.figures.spans import Period, may_be_told


@dataclass(frozen=True)
class HelpFigures:
    """Measures against one risk that began in the time; money in fen. `risk` "" is not told (health).

    `promised` and `achieved` are yearly incomes of measures that are done and say both.
    """

    risk: str
    measures: int
    households: int
    done: int
    amount: int
    promised: int
    achieved: int


def help_by_risk(viewer: Viewer, period: Period) -> list[HelpFigures]:
    """Measures of the time by risk, most first; those about health are one row where it may not be told."""
    cases = gates.cases_for(viewer).order_by().values("pk")
    begun = Measure.objects.filter(period.of("starts_on"), case__in=cases)
    begun = begun.exclude(state__in=(MeasureState.PLANNED, MeasureState.CANCELLED)).order_by()
    told = may_be_told(viewer, "risk", prefix="case__")
    done = Q(state=MeasureState.DONE)
    both = done & Q(promised_income__isnull=False, achieved_income__isnull=False)
    counts = {
        "measures": Count("pk"),
        "households": Count("case__household", distinct=True),
        "done": Count("pk", filter=done),
        "amount": Sum("amount", default=0),
        "promised": Sum("promised_income", filter=both, default=0),
        "achieved": Sum("achieved_income", filter=both, default=0),
    }
    rows = [HelpFigures(**row) for row in begun.filter(told).values("risk").annotate(**counts)]
    rest = begun.exclude(told).aggregate(**counts)
    rows.sort(key=lambda each: (-each.measures, each.risk))
    return [*rows, HelpFigures("", **rest)] if rest["measures"] else rows
