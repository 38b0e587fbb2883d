"""Who may be hired for a public-welfare post, and who should leave one: each rule with what was seen.

Plain functions over facts that somebody else has read. What is not known is said, never guessed: a
rule is met, broken, or unknown; two of them no register answers, so the person is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

#: Values of the register's labour column that can work, and that cannot.
ABLE: Final = frozenset({"ordinary", "skilled", "weak"})
UNABLE: Final = frozenset({"lost", "none"})


class Rule(StrEnum):
    """One condition of hiring."""

    OLD_ENOUGH = "old_enough"
    BELOW_AGE = "below_age"
    LOCAL = "local"
    ABLE = "able"
    NOT_AT_SCHOOL = "not_at_school"
    NO_OTHER_WORK = "no_other_work"
    POSTS_OF_PERSON = "posts_of_person"
    POSTS_OF_HOUSEHOLD = "posts_of_household"
    NO_LICENCE = "no_licence"
    NO_OFFICIAL = "no_official"


#: What is asked of the person, since no list says it surely.
ASKED: Final = (Rule.NO_LICENCE, Rule.NO_OFFICIAL)


class Verdict(StrEnum):
    """What a rule says of somebody."""

    MET = "met"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The figures in force on a day: ages in years, the upper one no longer hired; posts at once."""

    age_from: int
    age_before: int
    of_person: int
    of_household: int


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the registers know of somebody on a day; None is unknown.

    `posts`: that they hold on the day, of the person and of the whole household, the one asked about
    left out. `other_work`: channels of work that goes on. `has_company`: a business is registered.
    """

    age: int | None
    is_member: bool
    labour: str | None
    schooling: str | None
    other_work: tuple[str, ...] = ()
    posts: int = 0
    posts_of_household: int = 0
    has_company: bool = False
    has_licence: bool | None = None
    has_official: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says, with the value it saw and the figure it was held against."""

    rule: Rule
    verdict: Verdict
    seen: int | str | tuple[str, ...] | bool | None
    bound: int | None = None


def judge(who: Applicant, bounds: Bounds) -> tuple[Answer, ...]:
    """Every rule, in the order in which they are read."""
    licence = True if who.has_company else who.has_licence
    return (
        _at_least(Rule.OLD_ENOUGH, who.age, bounds.age_from),
        _below(Rule.BELOW_AGE, who.age, bounds.age_before),
        Answer(Rule.LOCAL, _met(who.is_member), who.is_member),
        Answer(Rule.ABLE, _able(who.labour), who.labour),
        Answer(Rule.NOT_AT_SCHOOL, _is(who.schooling, "none"), who.schooling),
        Answer(Rule.NO_OTHER_WORK, _met(not who.other_work), who.other_work),
        _below(Rule.POSTS_OF_PERSON, who.posts, bounds.of_person),
        _below(Rule.POSTS_OF_HOUSEHOLD, who.posts_of_household, bounds.of_household),
        Answer(Rule.NO_LICENCE, _not(licence), licence),
        Answer(Rule.NO_OFFICIAL, _not(who.has_official), who.has_official),
    )


def broken(answers: Sequence[Answer]) -> list[Answer]:
    """Those that forbid hiring."""
    return [each for each in answers if each.verdict is Verdict.BROKEN]


def unknown(answers: Sequence[Answer]) -> list[Answer]:
    """Those that must be found out first."""
    return [each for each in answers if each.verdict is Verdict.UNKNOWN]


class Leaving(StrEnum):
    """Why somebody should leave a post, or it must be decided whether they do."""

    OVER = "over"  # the agreement ended and nobody renewed it
    ENDING = "ending"
    DIED = "died"
    GONE = "gone"  # belongs to no household of the register any more
    AGE = "age"
    AGE_AHEAD = "age_ahead"
    WORK = "work"
    LICENCE = "licence"
    UNABLE = "unable"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of somebody who holds a post, on a day."""

    agreed_until: date | None
    born_on: date | None
    is_member: bool
    left_reason: str = ""
    labour: str | None = None
    schooling: str | None = None
    other_work: tuple[str, ...] = ()
    has_company: bool = False
    is_part_time: bool | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why they should leave, with the day from which, or what was seen."""

    why: Leaving
    day: date | None = None
    seen: str | tuple[str, ...] = ""


def leaving(held: Held, on: date, *, age_before: int, ahead: int) -> tuple[Reason, ...]:
    """All reasons there are on a day; `ahead` days before an agreement or an age ends it is told.

    Who works part-time on the post may work elsewhere beside it.
    """
    found: list[Reason] = []
    if not held.is_member:
        why = Leaving.DIED if held.left_reason == "death" else Leaving.GONE
        found.append(Reason(why, seen=held.left_reason))
    if held.agreed_until is not None and held.agreed_until < on:
        found.append(Reason(Leaving.OVER, held.agreed_until))
    elif held.agreed_until is not None and held.agreed_until <= on + timedelta(days=ahead):
        found.append(Reason(Leaving.ENDING, held.agreed_until))
    found += _by_age(held.born_on, on, age_before, ahead)
    if held.other_work and not held.is_part_time:
        found.append(Reason(Leaving.WORK, seen=held.other_work))
    if held.has_company:
        found.append(Reason(Leaving.LICENCE))
    if held.labour in UNABLE:
        found.append(Reason(Leaving.UNABLE, seen=held.labour or ""))
    if held.schooling not in (None, "none"):
        found.append(Reason(Leaving.SCHOOL, seen=held.schooling or ""))
    return tuple(found)


def reaches(born_on: date, age: int) -> date:
    """The day on which somebody completes so many years; 29 February counts on 1 March."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def _by_age(born_on: date | None, on: date, age_before: int, ahead: int) -> list[Reason]:
    if born_on is None:
        return []
    day = reaches(born_on, age_before)
    if day <= on:
        return [Reason(Leaving.AGE, day)]
    return [Reason(Leaving.AGE_AHEAD, day)] if day <= on + timedelta(days=ahead) else []


def _at_least(rule: Rule, seen: int | None, bound: int) -> Answer:
    verdict = Verdict.UNKNOWN if seen is None else _met(seen >= bound)
    return Answer(rule, verdict, seen, bound)


def _below(rule: Rule, seen: int | None, bound: int) -> Answer:
    verdict = Verdict.UNKNOWN if seen is None else _met(seen < bound)
    return Answer(rule, verdict, seen, bound)


def _able(labour: str | None) -> Verdict:
    if labour in ABLE:
        return Verdict.MET
    return Verdict.BROKEN if labour in UNABLE else Verdict.UNKNOWN


def _is(seen: str | None, wanted: str) -> Verdict:
    return Verdict.UNKNOWN if seen is None else _met(seen == wanted)


def _not(seen: bool | None) -> Verdict:
    return Verdict.UNKNOWN if seen is None else _met(not seen)


def _met(is_met: bool) -> Verdict:
    return Verdict.MET if is_met else Verdict.BROKEN
