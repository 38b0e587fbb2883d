"""Households written by hand: families without any trouble, to which a script adds one.

A draft says everything about one household, so a planted trouble is the only one it has, and its figures
lie far from every threshold. Ages are in whole years; birthdays fall about half a year away from the months.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from anju.synth.columns import NO_DATE, NULL
from anju.synth.periods import Period, Quarter, day

YUAN = 100


@dataclass
class Job:
    """One interval of work; wage in fen a month."""

    start: int
    end: int = NO_DATE
    channel: str = "local"
    county: str = "529901"
    wage: int = 3000 * YUAN


@dataclass
class Member:
    """One person of a draft. `left` is a day and `left_for` a reason in `people.REASONS`."""

    relation: str
    sex: str
    age: int
    grade: str | None = None
    """Label of the school column; None leaves it blank."""
    labour: str = "none"
    education: str | None = "junior"
    insured: bool = True
    jobs: list[Job] = field(default_factory=list)
    joined: int | None = None
    left: int = NO_DATE
    left_for: int = 0
    grade_before: str | None = None
    pensioned: bool = True


@dataclass
class Status:
    """A status of a member (position) or of the household."""

    kind: str
    start: int
    end: int = NO_DATE
    level: str | None = None
    member: int | None = None


@dataclass
class Event:
    """An event of a member (position) or of the household; amount in fen."""

    kind: str
    on: int
    amount: int = NULL
    level: str | None = None
    member: int | None = None


@dataclass
class Holding:
    """Something a member owns; value in fen."""

    kind: str
    value: int
    start: int
    member: int = 0
    end: int = NO_DATE


@dataclass
class Draft:
    """A whole household. Income is per head and year in fen: the year before, then this year."""

    period: Period
    members: list[Member]
    lifted_out: bool = True
    before: int = 14_000 * YUAN
    now: int = 16_000 * YUAN
    monitored: str | None = None
    included: int = NO_DATE
    removed: int = NO_DATE
    statuses: list[Status] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)

    def in_month(self, number: int, on: int) -> int:
        """A day of the given month, counted from 0; negative ones lie before the first."""
        month = self.period.first.shift(number)
        return day(month.year, month.number, on)

    def amounts(self, quarter: Quarter) -> dict[str, int]:
        """The five amounts of a quarter: seasonal business, the rest even over the year."""
        heads = sum(1 for m in self.members if m.left == NO_DATE or m.left >= self.period.history)
        first = quarter.year < self.period.first.year
        year = (self.before if first else self.now) * heads
        season = (16, 20, 26, 38)[quarter.number - 1]
        works = any(m.jobs for m in self.members)
        shares = {"wage": 55 if works else 0, "property": 1, "transfer": 14 if works else 69}
        made = {name: year * share // 400 // 1000 * 1000 for name, share in shares.items()}
        made["business"] = year * 40 * season // 10_000 // 1000 * 1000
        made["business_cost"] = year * 10 * season // 10_000 // 1000 * 1000
        return made
