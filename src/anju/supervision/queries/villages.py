"""Classes of villages under a plan, which reached their standard, and how the yearly goals stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Plan
from anju.duties.queries import plans_for
from anju.rules import packs
from anju.rules.pack_model import Indicator, Target
from anju.supervision import books
from anju.supervision.book_model import VillageGoal
from anju.supervision.models import VillageAttainment, VillageClass


@dataclass(frozen=True)
class GoalStanding:
    """One goal by one day: what is wanted, how many of how many reached it."""

    goal: VillageGoal
    indicator: Indicator
    target: Target
    reached: int
    of: int

    @property
    def value(self) -> Decimal | None:
        """In the unit of the indicator; None while no village has a class."""
        if not self.of:
            return None
        is_share = self.goal.counts == "share"
        return Decimal(self.reached) / self.of if is_share else Decimal(self.reached)

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where that cannot be told."""
        return None if self.value is None else self.value >= self.target.value


def plans_with_classes(viewer: Viewer) -> list[Plan]:
    """Plans the viewer may see whose pack has classes of villages."""
    rows = plans_for(viewer).order_by("id")
    return [plan for plan in rows if books.book_of_plan(plan).village_classes]


def classes_on(viewer: Viewer, plan: Plan, day: date) -> QuerySet[VillageClass]:
    """The class of each village of the viewer's places on a day."""
    held = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    return VillageClass.objects.filter(held, _places(viewer), plan=plan)


def history_of(viewer: Viewer, plan: Plan, division_code: str) -> QuerySet[VillageClass]:
    """The classes a village was in, the first one first."""
    rows = VillageClass.objects.filter(_places(viewer), plan=plan, division_code=division_code)
    return rows.order_by("valid_from")


def attainments(viewer: Viewer, plan: Plan) -> QuerySet[VillageAttainment]:
    """Villages of the viewer's places that reached a standard."""
    return VillageAttainment.objects.filter(_places(viewer), plan=plan)


def goals(viewer: Viewer, plan: Plan, on: date) -> list[GoalStanding]:
    """Every goal of the plan's pack by each of its days; counted as villages were on that day, or on `on`.

    Of villages that were merged since, those of then are counted before and the new one after.
    """
    book = books.book_of_plan(plan)
    if not book.village_goals:
        return []
    known = {each.id: each for each in packs.load(book.pack).indicators}
    reached = list(attainments(viewer, plan).values_list("division_code", "code", "reached_on"))
    classed: dict[date, set[str]] = {}
    found = []
    for goal in book.village_goals:
        for target in known[goal.indicator].targets:
            until = min(target.by, on)
            if until not in classed:
                rows = classes_on(viewer, plan, until).order_by()
                classed[until] = set(rows.values_list("division_code", flat=True))
            there = [each[1:] for each in reached if each[0] in classed[until]]
            number = _reached(goal, target, there, until)
            standing = GoalStanding(
                goal, known[goal.indicator], target, number, len(classed[until])
            )
            found.append(standing)
    return found


def _reached(
    goal: VillageGoal, target: Target, reached: Iterable[tuple[str, date]], until: date
) -> int:
    return sum(
        code == goal.village_class
        and day <= until
        and (goal.counts == "share" or day.year == target.by.year)
        for code, day in reached
    )


def _places(viewer: Viewer) -> Q:
    return viewer.scope_for(Permission.VIEW_DUTIES).q("division_code", grid=None)
