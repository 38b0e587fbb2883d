"""What was written down about a case, each kind whole and in the order it counts: the last holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from anju.accounts import queries as accounts
from anju.casework.models import (
    Authorisation,
    Case,
    Comparison,
    FollowUp,
    HomeCheck,
    Move,
    RemovalCheck,
    Review,
)
from anju.memory import remembered

T = TypeVar("T")


@remembered
def moves(case: Case) -> tuple[Move, ...]:
    """Every move, the first first."""
    return tuple(Move.objects.filter(case=case).order_by("version"))


@remembered
def authorisations(case: Case) -> tuple[Authorisation, ...]:
    """Signatures, those that were taken back among them."""
    return tuple(Authorisation.objects.filter(case=case).order_by("signed_on", "id"))


@remembered
def home_checks(case: Case) -> tuple[HomeCheck, ...]:
    """Visits of the home, of all procedures."""
    return tuple(HomeCheck.objects.filter(case=case).order_by("checked_on", "id"))


@remembered
def comparisons(case: Case) -> tuple[Comparison, ...]:
    """Comparisons of data."""
    return tuple(Comparison.objects.filter(case=case).order_by("compared_on", "id"))


@remembered
def reviews(case: Case) -> tuple[Review, ...]:
    """Reviews of the village, of all procedures."""
    return tuple(Review.objects.filter(case=case).order_by("held_on", "id"))


@remembered
def removal_checks(case: Case) -> tuple[RemovalCheck, ...]:
    """Checks of the indicators before a removal."""
    return tuple(RemovalCheck.objects.filter(case=case).order_by("checked_on", "id"))


def last(rows: Iterable[T]) -> T | None:
    """The one that counts of rows in their order; None without any."""
    found = tuple(rows)
    return found[-1] if found else None


@remembered
def visits(case: Case) -> tuple[FollowUp, ...]:
    """Visits, those to come among them."""
    return tuple(FollowUp.objects.filter(case=case).order_by("due_on", "id"))


@remembered
def names(case: Case) -> dict[str, str]:
    """Sign-in name → name of everybody who wrote something down; one query beside those above."""
    wrote = {each.recorded_by for each in (*authorisations(case), *reviews(case))}
    wrote |= {each.checked_by for each in (*home_checks(case), *removal_checks(case))}
    wrote |= {each.compared_by for each in comparisons(case)}
    wrote |= {each.done_by for each in visits(case)}
    wrote |= {name for each in moves(case) for name in (each.by, each.on_behalf_of)}
    return accounts.names_of(wrote - {""})
