"""Whether an opening and a worker fit: which wishes are met, which not, and what nobody knows.

Pure: values in, values out, no database. What is not known is told as not known and never guessed;
nothing of health is asked. What cannot be is told first (`barrier`); of the rest the order is that of
the plans: households in which nobody works, then who is owed openings, then who has no work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from anju.employment import trades


class Wish(StrEnum):
    """What is compared."""

    TRADE = "trade"
    WAGE = "wage"
    PLACE = "place"
    AGE = "age"
    SKILL = "skill"


class Fit(StrEnum):
    """How it compares; `FREE`: one side asks for nothing."""

    MET = "met"
    FREE = "free"
    UNKNOWN = "unknown"
    NOT = "not"


class Distance(StrEnum):
    """Where the work is, seen from the worker's home."""

    VILLAGE = "village"
    TOWN = "town"
    COUNTY = "county"
    PROVINCE = "province"
    AWAY = "away"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """Nearer is less."""
        return list(Distance).index(self)


class Barrier(StrEnum):
    """Why somebody is not to be asked at all."""

    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    AT_SCHOOL = "at_school"
    NO_LABOUR = "no_labour"
    DOES_NOT_WANT = "does_not_want"
    FULL = "full"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is offered. Wages in fen a month; ages in years, ends included; None is not said."""

    id: int
    trade: str
    place: str
    wage_from: int | None = None
    wage_to: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    needs_skill: bool | None = None
    free: int = 1
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """Who may be asked. `owed`: how many more openings the county owes them this year ("131")."""

    id: int
    village: str
    age: int | None = None
    labour: str | None = None
    schooling: str | None = None
    wants_work: str | None = None
    trade: str = ""
    wage: int | None = None
    skill: str = ""
    residence: str | None = None
    is_at_work: bool = False
    is_household_without_work: bool = False
    owed: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was compared, and how."""

    wish: Wish
    fit: Fit


@dataclass(frozen=True, slots=True)
class Match:
    """An opening and a worker who may be put together, with what speaks for and against it."""

    opening: Opening
    worker: Worker
    points: tuple[Point, ...]
    distance: Distance

    def all(self, fit: Fit) -> tuple[Wish, ...]:
        """What compares so."""
        return tuple(point.wish for point in self.points if point.fit is fit)


def barrier(opening: Opening, worker: Worker, on: date) -> Barrier | None:
    """Why the opening is not to be put to the worker; None where it may be."""
    if opening.free <= 0:
        return Barrier.FULL
    if opening.closes_on is not None and opening.closes_on < on:
        return Barrier.OVER
    return cannot_work(worker) or _outside_ages(opening, worker)


def cannot_work(worker: Worker) -> Barrier | None:
    """Why somebody is not to be offered work: by law, school, capacity or their own word."""
    if worker.wants_work == "no":
        return Barrier.DOES_NOT_WANT
    if worker.age is not None and worker.age < _OF_AGE:
        return Barrier.TOO_YOUNG
    if worker.labour in ("lost", "none"):
        return Barrier.NO_LABOUR
    if worker.schooling not in (None, "none"):
        return Barrier.AT_SCHOOL
    return None


_OF_AGE: Final = 16


def _outside_ages(opening: Opening, worker: Worker) -> Barrier | None:
    if worker.age is None:
        return None
    if opening.age_from is not None and worker.age < opening.age_from:
        return Barrier.TOO_YOUNG
    if opening.age_to is not None and worker.age > opening.age_to:
        return Barrier.TOO_OLD
    return None


def match(opening: Opening, worker: Worker) -> Match:
    """How the two compare, whether or not they may be put together."""
    distance = distance_between(opening.place, worker.village)
    fits = (
        (Wish.TRADE, _trade(opening, worker)),
        (Wish.WAGE, _wage(opening, worker)),
        (Wish.PLACE, _place(distance, worker)),
        (Wish.AGE, _age(opening, worker)),
        (Wish.SKILL, _skill(opening, worker)),
    )
    return Match(opening, worker, tuple(Point(*each) for each in fits), distance)


def distance_between(place: str, village: str) -> Distance:
    """By the codes of the division tree, with or without its zeros; unknown where one is empty."""
    if not place or not village:
        return Distance.UNKNOWN
    for distance, begin, end in _DIGITS:
        if place[:end] == village[:end] and place[begin:end].strip("0"):
            return distance
    return Distance.AWAY


#: Of a code, the digits that name the place among those it lies in.
_DIGITS: Final = (
    (Distance.VILLAGE, 9, 12),
    (Distance.TOWN, 6, 9),
    (Distance.COUNTY, 4, 6),
    (Distance.PROVINCE, 0, 2),
)


def _trade(opening: Opening, worker: Worker) -> Fit:
    if not worker.trade:
        return Fit.UNKNOWN
    if trades.is_any(worker.trade):
        return Fit.FREE
    return Fit.MET if trades.alike(opening.trade, worker.trade) else Fit.NOT


def _wage(opening: Opening, worker: Worker) -> Fit:
    """Met where the most that is offered reaches what is wished for."""
    most = opening.wage_to if opening.wage_to is not None else opening.wage_from
    if worker.wage is None or most is None:
        return Fit.UNKNOWN
    return Fit.MET if most >= worker.wage else Fit.NOT


def _place(distance: Distance, worker: Worker) -> Fit:
    """Who lives here wants work from which they come home; of who is away nobody asked whether they
    would come back."""
    if distance is Distance.UNKNOWN:
        return Fit.UNKNOWN
    is_near = distance.rank <= Distance.COUNTY.rank
    if worker.residence == "here":
        return Fit.MET if is_near else Fit.NOT
    if worker.residence == "away":
        return Fit.UNKNOWN if is_near else Fit.MET
    return Fit.UNKNOWN


def _age(opening: Opening, worker: Worker) -> Fit:
    if opening.age_from is None and opening.age_to is None:
        return Fit.FREE
    if worker.age is None:
        return Fit.UNKNOWN
    return Fit.NOT if _outside_ages(opening, worker) else Fit.MET


def _skill(opening: Opening, worker: Worker) -> Fit:
    if opening.needs_skill is None:
        return Fit.UNKNOWN
    if not opening.needs_skill:
        return Fit.FREE
    if trades.alike(opening.trade, worker.skill):
        return Fit.MET
    is_known = bool(worker.skill) or worker.labour in ("ordinary", "weak")
    return Fit.NOT if is_known else Fit.UNKNOWN


def workers_for(opening: Opening, workers: Iterable[Worker], *, on: date, most: int) -> list[Match]:
    """To whom an opening is to be put first; who may not be asked is left out."""
    found = [match(opening, each) for each in workers if barrier(opening, each, on) is None]
    return sorted(found, key=_of_workers)[:most]


def openings_for(
    worker: Worker, openings: Sequence[Opening], *, on: date, most: int
) -> list[Match]:
    """The openings that suit a worker best; where nothing suits, fewer or none."""
    found = [match(each, worker) for each in openings if barrier(each, worker, on) is None]
    return sorted((each for each in found if _is_worth_a_word(each)), key=_of_openings)[:most]


def _is_worth_a_word(found: Match) -> bool:
    """More speaks for it than against it."""
    return len(found.all(Fit.MET)) > len(found.all(Fit.NOT))


def suits_any(worker: Worker, openings: Iterable[Opening], on: date) -> bool:
    """Whether anything among the openings suits a worker."""
    return any(
        barrier(each, worker, on) is None and _is_worth_a_word(match(each, worker))
        for each in openings
    )


def _of_workers(found: Match) -> tuple[int, ...]:
    worker = found.worker
    return (
        0 if worker.is_household_without_work else 1,
        0 if not worker.is_at_work and worker.owed else 1,
        1 if worker.is_at_work else 0,
        *_closeness(found),
        worker.id,
    )


def _of_openings(found: Match) -> tuple[int, ...]:
    opening = found.opening
    most = opening.wage_to or opening.wage_from or 0
    return (*_closeness(found), -most, opening.id)


def _closeness(found: Match) -> tuple[int, ...]:
    """Fewest wishes missed, most met, nearest; skill and trade before the rest is not weighed: each
    counts once, so that everybody can follow it."""
    return (len(found.all(Fit.NOT)), -len(found.all(Fit.MET)), found.distance.rank)
