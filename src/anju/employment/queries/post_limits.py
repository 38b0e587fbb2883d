"""The figures of the policy pack that public-welfare posts are measured against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings

from anju.employment.post_rules import Bounds, Rule
from anju.rules import packs
from anju.rules.months import Month
from anju.rules.pack_model import Basis

#: Which parameter of the pack bounds a rule.
_PARAMETERS: Final = {
    Rule.OLD_ENOUGH: "post_age_from",
    Rule.BELOW_AGE: "post_age_before",
    Rule.POSTS_OF_PERSON: "posts_of_person",
    Rule.POSTS_OF_HOUSEHOLD: "posts_of_household",
}
#: Where a pack says nothing at all: a pack that extends nothing.
_NOTICE_DAYS: Final = 30
_PAY_DAYS: Final = 10


@dataclass(frozen=True, slots=True)
class Stated:
    """The figures in force on a day, and why each of them is so."""

    bounds: Bounds
    bases: dict[Rule, Basis]


def stated(on: date) -> Stated:
    """Ages and numbers of posts, by the county's pack."""
    values = packs.load(settings.POLICY_PACK).values(Month.of(on))
    found = {rule: values[name] for rule, name in _PARAMETERS.items()}
    bounds = Bounds(
        age_from=int(found[Rule.OLD_ENOUGH].value),
        age_before=int(found[Rule.BELOW_AGE].value),
        of_person=int(found[Rule.POSTS_OF_PERSON].value),
        of_household=int(found[Rule.POSTS_OF_HOUSEHOLD].value),
    )
    return Stated(bounds, {rule: value.basis for rule, value in found.items()})


def notice_days(on: date) -> int:
    """How many days ahead the end of an agreement or of an age is told."""
    return _limit("post_notice_days", on, _NOTICE_DAYS)


def pay_days(on: date) -> int:
    """How many days after its month pay is late."""
    return _limit("post_pay_days", on, _PAY_DAYS)


def _limit(name: str, on: date, otherwise: int) -> int:
    limits = packs.load(settings.POLICY_PACK).limits
    found = next((each.value_on(on) for each in limits if each.id == name), None)
    return otherwise if found is None else found
