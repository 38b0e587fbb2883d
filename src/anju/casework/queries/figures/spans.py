"""A time that figures are of, and how long things took in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db.models import Q

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.privacy import HEALTH_RISKS


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included."""

    first: date
    last: date

    def of(self, field: str) -> Q:
        """The condition on rows whose day lies in it."""
        return Q(**{f"{field}__range": (self.first, self.last)})


@dataclass(frozen=True)
class Span:
    """How long something took, in calendar days: half of all and nine of ten took no longer.

    `within` is how many kept their limit, of `limited` that had one.
    """

    count: int
    half: int
    most: int
    within: int
    limited: int

    @property
    def share(self) -> float | None:
        """The part that kept its limit, 0 to 1; None where nothing had one."""
        return self.within / self.limited if self.limited else None


def span(days: Mapping[int, int], *, within: int, limited: int) -> Span:
    """From how many took how many days."""
    return Span(sum(days.values()), rank(days, 0.5), rank(days, 0.9), within, limited)


def rank(days: Mapping[int, int], part: float) -> int:
    """The least number of days within which that part of all was done; 0 where there was none."""
    wanted, seen = ceil(part * sum(days.values())), 0
    for number, count in sorted(days.items()):
        seen += count
        if seen >= wanted:
            return number
    return 0


def may_be_told(viewer: Viewer, risk: str, prefix: str = "") -> Q:
    """The condition on rows whose risk (the field named) the viewer may know."""
    scope = viewer.scope_for(Permission.VIEW_HEALTH)
    where = scope.q(f"{prefix}village_code", f"{prefix}household__grid__code")
    return where | ~Q(**{f"{risk}__in": HEALTH_RISKS})
