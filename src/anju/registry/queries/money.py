"""Income of a household by quarter: four kinds, net, per head, against a year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anju.registry.models import Household, Income, Membership
from anju.registry.queries.people import is_member, memberships_of

_KINDS = ("wage", "business", "business_cost", "property", "transfer")


@dataclass(frozen=True)
class Quarter:
    """One quarter. Money in fen; None where it is not known."""

    quarter: int
    income: Income
    members: int
    net: int | None
    net_year_before: int | None

    @property
    def change(self) -> int | None:
        """Net against the same quarter a year before, in fen."""
        if self.net is None or self.net_year_before is None:
            return None
        return self.net - self.net_year_before

    @property
    def change_percent(self) -> int | None:
        """The same in whole percent, half up; None against nothing or a loss."""
        if self.change is None or self.net_year_before is None or self.net_year_before <= 0:
            return None
        sign = -1 if self.change < 0 else 1
        return sign * (
            (abs(self.change) * 200 + self.net_year_before) // (2 * self.net_year_before)
        )

    @property
    def net_per_head(self) -> int | None:
        """Net by the members at the end of the quarter, half up to fen."""
        return None if self.net is None else per_head(self.net, self.members)


def quarters_of(household: Household) -> list[Quarter]:
    """All quarters known, the latest first; two queries."""
    incomes = list(
        Income.objects.filter(household=household, known_to__isnull=True).order_by("-quarter")
    )
    memberships = memberships_of(household)
    nets = {income.quarter: net(income) for income in incomes}
    return [
        Quarter(
            quarter=income.quarter,
            income=income,
            members=_members_on(memberships, last_day(income.quarter)),
            net=nets[income.quarter],
            net_year_before=nets.get(income.quarter - 10),
        )
        for income in incomes
    ]


def net(income: Income) -> int | None:
    """Wage + business − its cost + property + transfer; unknown when one of them is."""
    amounts = [getattr(income, kind) for kind in _KINDS]
    if any(amount is None for amount in amounts):
        return None
    wage, business, cost, from_property, transfer = amounts
    return wage + business - cost + from_property + transfer


def per_head(amount: int, members: int) -> int | None:
    """Fen per head, half a fen away from zero; None without members."""
    if members <= 0:
        return None
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) + members) // (2 * members))


def last_day(quarter: int) -> date:
    """The last day of a quarter (20233 → 30 September 2023)."""
    year, number = divmod(quarter, 10)
    following = date(year + 1, 1, 1) if number == 4 else date(year, number * 3 + 1, 1)
    return following - timedelta(days=1)


def _members_on(memberships: Sequence[Membership], on: date) -> int:
    return sum(is_member(membership, on) for membership in memberships)
