"""Who looks for work: who wants it by an answer that holds, may work, and has none by the ledger.

Bounded: for one vacancy only some hundred are looked at, households in which nobody works first; of a
whole county those of like trade only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from anju.accounts.viewer import Viewer
from anju.employment import limits, trades
from anju.employment.matching import Match, Worker, suits_any, workers_for
from anju.employment.models import Answer, LabourProfile, Offer, Vacancy
from anju.employment.queries.at_work import at_work
from anju.employment.queries.offers import openings_had
from anju.employment.queries.trainings import HOLDS, present
from anju.employment.queries.vacancies import as_opening, openings
from anju.registry.models import Membership, PersonRecord
from anju.registry.models.person import Labour, Schooling
from anju.registry.queries.gates import within

#: How many workers are looked at for a vacancy in each step.
LOOKED_AT: Final = 200
#: On a desk, which is opened all day: how many workers, and how many of the newest openings.
_ON_DESK: Final = 60
_NEWEST: Final = 300
_OF_AGE: Final = 16


def seekers_for(viewer: Viewer, on: date) -> QuerySet[LabourProfile]:
    """The answers of who looks for work in the viewer's places, with `is_household_without_work`."""
    rows = LabourProfile.objects.filter(within(viewer, "household__"), wants_work=Answer.YES)
    # By an expression: through the index of days the database would read the answers of all places.
    rows = rows.annotate(day=Coalesce("told_on", "told_on"))
    rows = rows.filter(_holds(on), present(on))
    rows = rows.exclude(at_work(on)).exclude(_cannot_work(on))
    rows = rows.exclude(person__born_on__gt=_birthday(on, _OF_AGE))
    return rows.annotate(is_household_without_work=~_somebody_works(on)).select_related(
        "household", "person"
    )


def without_work(rows: QuerySet[LabourProfile]) -> QuerySet[LabourProfile]:
    """Of rows of `seekers_for`, those in whose household nobody works."""
    return rows.filter(is_household_without_work=True)


def workers(rows: Sequence[LabourProfile], on: date) -> list[Worker]:
    """Rows of `seekers_for` as they are compared with openings; two queries."""
    ids = [row.person_id for row in rows]
    had, records = openings_had(ids, on), _records(ids, on)
    promised = limits.openings_owed(on)
    return [_worker(row, records.get(row.person_id), had, promised, on) for row in rows]


def recommended(viewer: Viewer, vacancy: Vacancy, on: date, most: int) -> list[Match]:
    """To whom in the viewer's places a vacancy is to be put; who was offered it already is left out.

    `vacancy` is a row of `vacancies_for`.
    """
    asked = Offer.objects.filter(person=OuterRef("person"), vacancy=vacancy, known_to__isnull=True)
    rows = seekers_for(viewer, on).exclude(Exists(asked))
    found = _few(rows.filter(_of_trade(vacancy.trade)))
    if len(found) < most and not viewer.scope.is_county_wide:
        found |= _few(rows)
    return workers_for(as_opening(vacancy), workers(list(found.values()), on), on=on, most=most)


def homes_with_openings(viewer: Viewer, on: date) -> tuple[int, bool]:
    """How many households without any work have a member whom an opening suits; and whether there may
    be more, since only so many are looked at."""
    rows = list(without_work(seekers_for(viewer, on)).order_by()[: _ON_DESK + 1])
    if not rows:
        return 0, False
    offered = openings(viewer, on, most=_NEWEST)
    homes = {row.person_id: row.household_id for row in rows}
    found = {homes[each.id] for each in workers(rows, on) if suits_any(each, offered, on)}
    return len(found), len(rows) > _ON_DESK


def _holds(on: date) -> Q:
    """Answers known now, not older than a year, that no later one has replaced by a day."""
    later = LabourProfile.objects.filter(
        person=OuterRef("person"), told_on__gt=OuterRef("told_on"), told_on__lte=on,
        known_to__isnull=True,
    )  # fmt: skip
    return Q(~Exists(later), day__lte=on, day__gt=on - HOLDS, known_to__isnull=True)


def _few(rows: QuerySet[LabourProfile]) -> dict[int, LabourProfile]:
    """By person: those without any work in the household, then the others, so many of each."""
    first = {row.person_id: row for row in without_work(rows).order_by()[:LOOKED_AT]}
    others = rows.filter(is_household_without_work=False).order_by()[:LOOKED_AT]
    return first | {row.person_id: row for row in others}


def _of_trade(trade: str) -> Q:
    """Who wishes for a like trade, for any, or said nothing of it."""
    words: Iterable[str] = (*trades.words_of(trade), *trades.ANY)
    like = (Q(wished_trade__contains=word) for word in words)
    return reduce(or_, like, Q(wished_trade=""))


def _somebody_works(on: date) -> Exists:
    """Whether a member of the row's household works on a day."""
    members = Membership.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=on),
        at_work(on),
        household=OuterRef("household"),
        known_to__isnull=True,
    )
    return Exists(members)


def _cannot_work(on: date) -> Q:
    """Rows whose person is known to have no labour, or to be at school."""
    records = PersonRecord.objects.filter(
        Q(labour__in=(Labour.LOST, Labour.NONE))
        | (Q(schooling__isnull=False) & ~Q(schooling=Schooling.NONE)),
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        person=OuterRef("person"),
        known_to__isnull=True,
    )
    return Q(Exists(records))


def _records(ids: Sequence[int], on: date) -> dict[int, PersonRecord]:
    """Person → the record that holds."""
    rows = PersonRecord.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), person__in=ids, known_to__isnull=True
    )
    return {row.person_id: row for row in rows.order_by("known_from", "id")}


def _worker(
    row: LabourProfile,
    record: PersonRecord | None,
    had: dict[int, int],
    promised: int,
    on: date,
) -> Worker:
    return Worker(
        id=row.person_id,
        village=row.household.village_code,
        age=age_on(row.person.born_on, on),
        labour=record.labour if record else None,
        schooling=record.schooling if record else None,
        wants_work=row.wants_work,
        trade=row.wished_trade,
        wage=row.wished_wage,
        skill=row.skill,
        residence=row.residence,
        is_household_without_work=row.is_household_without_work,  # type: ignore[attr-defined]
        owed=max(promised - had.get(row.person_id, 0), 0),
    )


def age_on(born_on: date | None, on: date) -> int | None:
    """Completed years; None where the birthday is not known."""
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _birthday(on: date, age: int) -> date:
    """Who was born after it is younger than so many years."""
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    return date(on.year - age, on.month, day)


def profiles_of(viewer: Viewer, person_ids: Sequence[int], on: date) -> dict[int, LabourProfile]:
    """Person → the answer that holds, of those who look for work in the viewer's places."""
    rows = seekers_for(viewer, on).filter(person__in=person_ids)
    return {row.person_id: row for row in rows}
