"""问题整改: problems found and closed in the time, and those that still stand open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.casework.queries.figures import Period
from anju.reporting.queries.asked import Asked
from anju.reporting.told import Figure, Part
from anju.supervision.models import FoundProblem, ProblemUnit
from anju.supervision.queries.gates import problems_for

TITLE = "问题整改情况"
_LATE = {"due": "late"}


@dataclass(frozen=True)
class Tally:
    """Problems found and closed in the time; open and late at its end."""

    found: int
    closed: int
    open: int
    late: int


def tell(asked: Asked) -> Part | None:
    """None where the unit never had a problem to put right."""
    problems = of_unit(asked.reader, asked.unit)
    if not problems.exists():
        return None
    counted = tally(problems, asked.period, asked.at)
    found = {"standing": "all", "found": asked.span}
    closed = {"standing": "closed", "closed": asked.span}
    told = [
        Figure("problems.found", "本期发现问题", counted.found, "个", "problems", found),
        Figure("problems.closed", "本期销号", counted.closed, "个", "problems", closed),
        Figure("problems.open", "期末未销号", counted.open, "个", "problems"),
        Figure("problems.late", "其中超过整改期限", counted.late, "个", "problems", _LATE),
    ]
    sentences = [
        f"本期发现问题{counted.found}个，销号{counted.closed}个。截至{asked.at.month}月"
        f"{asked.at.day}日，未销号{counted.open}个，其中超过整改期限{counted.late}个。"
    ]
    return Part("problems", TITLE, sentences, told)


def of_unit(viewer: Viewer, unit: Unit | None) -> QuerySet[FoundProblem]:
    """Problems the viewer may see that a unit must put right; of all units without one."""
    problems = problems_for(viewer).order_by()
    if unit is None:
        return problems
    return problems.filter(pk__in=ProblemUnit.objects.filter(unit=unit).values("problem"))


def tally(problems: QuerySet[FoundProblem], period: Period, at: date) -> Tally:
    """Problems in numbers as they stood on a day; one query."""
    stands = Q(found_on__lte=at) & (Q(closed_on__isnull=True) | Q(closed_on__gt=at))
    counted = problems.aggregate(
        found=Count("pk", filter=period.of("found_on")),
        closed=Count("pk", filter=period.of("closed_on")),
        open=Count("pk", filter=stands),
        late=Count("pk", filter=stands & Q(due_on__lt=at)),
    )
    return Tally(**counted)
