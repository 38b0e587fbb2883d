"""Whom a free place could be offered: who wants work, lives where the post is, and may be hired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from django.db.models import Exists, OuterRef, Q

from anju.accounts.viewer import Viewer
from anju.employment import post_rules
from anju.employment.models import Answer, Employment, LabourProfile, Residence, WelfarePost
from anju.employment.post_rules import Answer as RuleAnswer
from anju.employment.queries.post_facts import applicants, at_work
from anju.employment.queries.post_limits import stated
from anju.employment.queries.trainings import holding
from anju.places.queries import inside
from anju.registry.models import Household, Membership, Person
from anju.registry.queries.gates import within

_ASKED: Final = 400
_SHOWN: Final = 30


class Turn(IntEnum):
    """Who comes first."""

    ZERO_WATCHED = 0  # nobody of the household works, and it is monitored
    ZERO = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be offered the place: why now, and what the rules say so far."""

    person: Person
    household: Household
    turn: Turn
    told_on: date
    answers: tuple[RuleAnswer, ...]


def candidates(viewer: Viewer, post: WelfarePost, on: date) -> list[Candidate]:
    """People of the post's place, as far as it is the viewer's, who asked for work and have none:
    zero-employment households first, the monitored ones before the others. At most thirty.

    Whoever breaks a rule is left out; what is unknown of the others is asked when they are hired.
    """
    asked = _asking(viewer, post, on)
    working = _with_work({row.household_id for row in asked}, on)
    known = applicants([row.person for row in asked], on)
    bounds = stated(on).bounds
    found = []
    for row in asked:
        answers = post_rules.judge(known[row.person_id], bounds)
        if not post_rules.broken(answers):
            turn = _turn(row.household, row.household_id in working, on)
            found.append(Candidate(row.person, row.household, turn, row.told_on, answers))
    return sorted(found, key=lambda each: (each.turn, each.household.code, each.person.pk))[:_SHOWN]


def _asking(viewer: Viewer, post: WelfarePost, on: date) -> list[LabourProfile]:
    """Answers that hold of who wants work, is here, and does none; a bounded number of them."""
    here = inside("household__village_code", post.division_code)
    if post.site_id is not None:
        here = Q(household__site=post.site_id)
    does = Employment.objects.filter(at_work(on, posts_too=True), person=OuterRef("person"))
    rows = LabourProfile.objects.filter(
        holding(on), within(viewer, "household__"), here, ~Exists(does), wants_work=Answer.YES
    )
    rows = rows.exclude(residence=Residence.AWAY).select_related("person", "household")
    return list(rows.order_by("household__code", "pk")[:_ASKED])


def _with_work(households: Iterable[int], on: date) -> set[int]:
    """Those of these households in which somebody works."""
    does = Employment.objects.filter(at_work(on, posts_too=True), person=OuterRef("person"))
    members = Membership.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=on),
        Exists(does),
        household__in=list(households),
        known_to__isnull=True,
    )
    return set(members.values_list("household", flat=True))


def _turn(household: Household, has_work: bool, on: date) -> Turn:
    if has_work:
        return Turn.OTHER
    removed = household.risk_removed_on
    is_watched = household.monitored_kind and (removed is None or removed > on)
    return Turn.ZERO_WATCHED if is_watched else Turn.ZERO
