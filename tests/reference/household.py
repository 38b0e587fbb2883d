"""One household on one day: what every fact is a function of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cached_property

from tests.reference.days import age_on, holds
from tests.reference.world import Row, World


class _NotApplicable(Enum):
    NOT_APPLICABLE = "not applicable"

    def __repr__(self) -> str:
        return "NOT_APPLICABLE"


NOT_APPLICABLE = _NotApplicable.NOT_APPLICABLE

Truth = bool | None
Value = int | Fraction | bool | str | _NotApplicable | None

WORKING = ("ordinary", "skilled", "weak")
STUDYING = ("upper_secondary", "tertiary")


@dataclass(frozen=True)
class Household:
    """A household of the world on `as_of`, with the parameters that facts read."""

    world: World
    id: int
    as_of: date
    parameters: Mapping[str, int | Fraction]

    @property
    def row(self) -> Row:
        return self.world.households[self.id]

    @cached_property
    def members(self) -> list[Row]:
        return self.world.members(self.id, self.as_of)

    def has_status(self, kind: str, day: date) -> bool:
        """ "A household has one as a whole or through a person who is a member on the day." """
        members = self.world.members(self.id, day)
        rows = self.world.statuses.of_household(self.id, members, kind)
        return any(holds(row["started_on"], row["ended_on"], day) for row in rows)

    def member_has_status(self, person: Row, kind: str) -> bool:
        rows = self.world.statuses.of_member(person["person_id"], self.id, kind)
        return any(holds(row["started_on"], row["ended_on"], self.as_of) for row in rows)

    def events(self, kind: str, start: date, end: date) -> list[Row]:
        """Events that name the household, both days included; without a day they lie nowhere."""
        return [
            row
            for row in self.world.events.get(self.id, ())
            if row["kind"] == kind
            and row["occurred_on"] is not None
            and start <= row["occurred_on"] <= end
        ]

    def of_age(self, person: Row, lowest: str, highest: str, day: date) -> Truth:
        """Whether the person's age on a day lies between two parameters, both included."""
        if person["born_on"] is None:
            return None
        age = age_on(person["born_on"], day)
        return self.parameters[lowest] <= age <= self.parameters[highest]

    def is_labour(self, person: Row, day: date) -> Truth:
        """16–64, ordinary, skilled or weak, and not in upper secondary or tertiary schooling."""
        return all_of(
            self.of_age(person, "labour_age_from", "labour_age_to", day),
            one_of(person["labour"], WORKING),
            negated(one_of(person["schooling"], STUDYING)),
        )


def one_of(value: str | None, allowed: Iterable[str]) -> Truth:
    return None if value is None else value in allowed


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def all_of(*truths: Truth) -> Truth:
    """True where all are; "a condition already false settles the question"."""
    if False in truths:
        return False
    return None if None in truths else True


def surely(rows: Iterable[Row], condition: Callable[[Row], Truth]) -> int | None:
    """How many rows surely meet a condition.

    "It is unknown only where that number is 0 and for some the condition cannot be known."
    """
    truths = [condition(row) for row in rows]
    count = truths.count(True)
    return None if count == 0 and None in truths else count


def total(amounts: list[int | None]) -> int | None:
    """Sum of amounts: "0 where there are no rows; NULL amounts are passed over where another is
    known; unknown where there are rows and none has an amount"."""
    known = [amount for amount in amounts if amount is not None]
    return None if amounts and not known else sum(known)
