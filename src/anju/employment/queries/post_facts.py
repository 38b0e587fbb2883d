"""What the registers know of people who hold a post or may be hired for one; a few queries for many.

Callers come from a gate with the people it gave them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from anju.employment.models import Channel, Employment, PostHolding
from anju.employment.post_rules import Applicant, Held, Leaving, Reason, leaving
from anju.employment.queries.post_limits import notice_days, stated
from anju.registry.models import Holding, Membership, Person, PersonRecord
from anju.registry.queries.people import age, current, is_member

COMPANY = "company"


@dataclass(slots=True)
class _Known:
    """By person: where they belong, what they are, what they do; by household: who of it holds posts."""

    memberships: dict[int, list[Membership]] = field(default_factory=lambda: defaultdict(list))
    records: dict[int, list[PersonRecord]] = field(default_factory=lambda: defaultdict(list))
    work: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    companies: set[int] = field(default_factory=set)


def leaving_reasons(rows: Sequence[PostHolding], on: date) -> dict[int, tuple[Reason, ...]]:
    """Holding → why they should leave the post; nothing for those who have left."""
    standing = [row for row in rows if row.ended_on is None or row.ended_on > on]
    known = _known([row.person_id for row in standing], on)
    bounds, ahead = stated(on).bounds, notice_days(on)
    return {
        row.pk: leaving(_held(row, known, on), on, age_before=bounds.age_before, ahead=ahead)
        for row in standing
    }


def applicants(
    persons: Iterable[Person], on: date, *, but: int | None = None
) -> dict[int, Applicant]:
    """Person → what the registers know of them as an applicant. `but`: a holding left out."""
    people = list(persons)
    known = _known([each.pk for each in people], on)
    homes = {each.pk: _home(known.memberships[each.pk], on) for each in people}
    held = _posts_held(people, homes, on, but)
    made = {}
    for each in people:
        home, record = homes[each.pk], current(known.records[each.pk], on)
        made[each.pk] = Applicant(
            age=age(each.born_on, on),
            is_member=home is not None,
            labour=record.labour if record else None,
            schooling=record.schooling if record else None,
            other_work=tuple(known.work[each.pk]),
            posts=held["person", each.pk],
            posts_of_household=held["household", home] if home is not None else 0,
            has_company=each.pk in known.companies,
        )
    return made


def answered(who: Applicant, *, has_licence: bool | None, has_official: bool | None) -> Applicant:
    """The same with what the person said."""
    return replace(who, has_licence=has_licence, has_official=has_official)


def at_work(on: date, *, posts_too: bool = False) -> Q:
    """Rows of the labour ledger that go on on a day, without those of posts unless asked for."""
    goes_on = Q(started_on__lte=on, known_to__isnull=True)
    goes_on &= Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return goes_on if posts_too else goes_on & ~Q(channel=Channel.WELFARE_POST)


def holds_post(on: date) -> Q:
    """Holdings that go on on a day, as known now."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return ended & Q(started_on__lte=on, known_to__isnull=True)


def reasons_of(why: Iterable[Reason]) -> list[Leaving]:
    """Only what they are."""
    return [each.why for each in why]


def _held(row: PostHolding, known: _Known, on: date) -> Held:
    memberships = known.memberships[row.person_id]
    record = current(known.records[row.person_id], on)
    last = max(memberships, key=lambda each: each.left_on or date.max, default=None)
    return Held(
        agreed_until=row.agreed_until,
        born_on=row.person.born_on,
        is_member=any(is_member(each, on) for each in memberships),
        left_reason=last.left_reason if last else "",
        labour=record.labour if record else None,
        schooling=record.schooling if record else None,
        other_work=tuple(known.work[row.person_id]),
        has_company=row.person_id in known.companies,
        is_part_time=row.is_part_time,
    )


def _known(persons: Sequence[int], on: date) -> _Known:
    known = _Known()
    for member in Membership.objects.filter(person__in=persons, known_to__isnull=True):
        known.memberships[member.person_id].append(member)
    for record in PersonRecord.objects.filter(person__in=persons, known_to__isnull=True):
        known.records[record.person_id].append(record)
    rows = Employment.objects.filter(at_work(on), person__in=persons).order_by("started_on")
    for person, channel in rows.values_list("person", "channel"):
        known.work[person].append(channel)
    known.companies = set(
        Holding.objects.filter(owns_company(on), person__in=persons).values_list(
            "person", flat=True
        )
    )
    return known


def owns_company(on: date) -> Q:
    """Businesses registered on a day."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    ended = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return Q(kind=COMPANY, known_to__isnull=True) & begun & ended


def _home(memberships: Sequence[Membership], on: date) -> int | None:
    return next((each.household_id for each in memberships if is_member(each, on)), None)


def _posts_held(
    people: Sequence[Person], homes: dict[int, int | None], on: date, but: int | None
) -> Counter[tuple[str, int]]:
    """How many posts they and the households they belong to hold on a day."""
    ids = {home for home in homes.values() if home is not None}
    wanted = Q(person__in=[each.pk for each in people]) | Q(household__in=ids)
    rows = PostHolding.objects.filter(holds_post(on), wanted).exclude(pk=but)
    counts: Counter[tuple[str, int]] = Counter()
    for person, household in rows.values_list("person", "household"):
        counts["person", person] += 1
        counts["household", household] += 1
    return counts
