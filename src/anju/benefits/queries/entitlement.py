"""What registers say of recipients, code by code; many recipients in a few queries.

None is unknown: the register does not say. Everything is as known now, on the day asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from django.db.models import Q

from anju.benefits.spans import Span
from anju.benefits.subjects import Subject
from anju.employment.models import Certificate, Employment, Training
from anju.registry.models import Household, Membership, PersonRecord, Status
from anju.registry.models.household import HouseholdClass
from anju.registry.models.person import Labour

Answers = dict[Subject, bool | None]
Facts = dict[Subject, dict[str, bool | None]]

AT_ONCE: Final = 2_000
_ABLE: Final = (Labour.ORDINARY, Labour.SKILLED, Labour.WEAK)
_DAYS: Final = {"employed_6_months": 182, "employed_12_months": 365}
_OF_HOMES: Final = frozenset({"lifted_out", "monitored", "open_risk", "relocated", "resident"})


def facts_of(subjects: Sequence[Subject], codes: Collection[str], *, on: date, span: Span) -> Facts:
    """What is known of each recipient, for these codes; nothing of organisations.

    `span`: the time of the scheme, for what was done within it.
    """
    found: Facts = {each: {} for each in subjects}
    people = [each for each in subjects if each.kind != "organisation"]
    for part in parts(people):
        _homes(part, codes, found)
        for code in codes:
            if code in _ASKED:
                for subject, said in _ASKED[code](part, on, span).items():
                    found[subject][code] = said
    return found


def parts(subjects: Sequence[Subject]) -> Iterator[Sequence[Subject]]:
    """So many at a time that a statement stays small."""
    for at in range(0, len(subjects), AT_ONCE):
        yield subjects[at : at + AT_ONCE]


def _homes(subjects: Sequence[Subject], codes: Collection[str], found: Facts) -> None:
    if not _OF_HOMES & set(codes):
        return
    homes = Household.objects.in_bulk({each.household for each in subjects})
    for subject in subjects:
        home = homes.get(subject.household)
        if home is None:
            continue
        is_monitored = home.monitored_kind is not None
        found[subject] |= {
            "lifted_out": home.household_class == HouseholdClass.LIFTED_OUT,
            "monitored": is_monitored,
            "open_risk": is_monitored and home.risk_removed_on is None,
            "relocated": home.relocated,
            # Who claimed where they lived and moved since may be entitled: somebody looks at it.
            "resident": home.village_code == subject.village or None,
        }


def _living(subjects: Sequence[Subject], on: date, _span: Span) -> Answers:
    """A member who has not left (or died); a household with one. Unknown where nobody is listed."""
    rows = Membership.objects.filter(
        household__in={each.household for each in subjects}, known_to__isnull=True
    ).values_list("household", "person", "left_on")
    present: dict[int, set[int]] = defaultdict(set)
    listed: set[int] = set()
    for household, person, left_on in rows:
        listed.add(household)
        if left_on is None or left_on > on:
            present[household].add(person)
    found: Answers = {}
    for each in subjects:
        home = each.household or 0
        if home not in listed:
            found[each] = None
        elif each.person is None:
            found[each] = bool(present[home])
        else:
            found[each] = each.person in present[home]
    return found


def _status(kind: str, subjects: Sequence[Subject], on: date, _span: Span) -> Answers:
    """Unknown where no list of that kind was ever read."""
    if not Status.objects.filter(kind=kind).exists():
        return dict.fromkeys(subjects)
    rows = Status.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        household__in={each.household for each in subjects},
        kind=kind,
        known_to__isnull=True,
    )
    of: dict[int, set[int | None]] = defaultdict(set)
    for household, person in rows.values_list("household", "person"):
        of[household].add(person)
    return {each: _has(of[each.household or 0], each.person) for each in subjects}


def _has(persons: set[int | None], person: int | None) -> bool:
    """Somebody of a household, or all of it: of one person, they or all."""
    return bool(persons) if person is None else bool(persons & {None, person})


def _labour(subjects: Sequence[Subject], _on: date, _span: Span) -> Answers:
    rows = PersonRecord.objects.filter(
        person__in={each.person for each in subjects}, known_to__isnull=True, valid_to__isnull=True
    )
    known = dict(rows.order_by("known_from", "pk").values_list("person", "labour"))
    return {
        each: None if known.get(each.person) is None else known[each.person] in _ABLE
        for each in subjects
    }


def _certificate(subjects: Sequence[Subject], _on: date, span: Span) -> Answers:
    """A course that ended in the time with a certificate, and for which nothing was paid yet."""
    found: Answers = dict.fromkeys(subjects, False)
    by_person = {each.person: each for each in subjects}
    for person, certificate, subsidy in trainings(by_person, span):
        if subsidy:
            continue
        subject = by_person[person]
        if certificate is None:
            found[subject] = found[subject] or None
        elif certificate != Certificate.NONE:
            found[subject] = True
    return found


def trainings(
    person_ids: Iterable[int | None], span: Span
) -> Iterator[tuple[int, str | None, int | None]]:
    """Person, certificate and subsidy of courses that ended in a time."""
    rows = Training.objects.filter(
        person__in=set(person_ids), known_to__isnull=True, ended_on__range=(span.first, span.last)
    )
    yield from rows.order_by("person", "started_on").values_list("person", "certificate", "subsidy")


def _employed(code: str, subjects: Sequence[Subject], on: date, span: Span) -> Answers:
    """Unknown where the ledger knows no work of theirs, or not since when."""
    last = min(on, span.last)
    first = span.first if code == "employed_6_months" else last - timedelta(days=364)
    worked = days_worked({each.person for each in subjects}, Span(first, last))
    return {each: _enough(worked.get(each.person or 0), _DAYS[code]) for each in subjects}


def _enough(worked: tuple[int, bool] | None, wanted: int) -> bool | None:
    if worked is None:
        return None
    days, is_whole = worked
    if days >= wanted:
        return True
    return False if is_whole else None


def days_worked(person_ids: Collection[int | None], span: Span) -> Mapping[int, tuple[int, bool]]:
    """Person → days in work within a time, and whether all intervals have a first day.

    Intervals that overlap count once. Who has no work in the ledger is not in it.
    """
    rows = Employment.objects.filter(person__in=set(person_ids), known_to__isnull=True)
    intervals: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    for person, started, ended in rows.values_list("person", "started_on", "ended_on"):
        intervals[person].append((started, ended))
    return {person: _within(listed, span) for person, listed in intervals.items()}


def _within(intervals: list[tuple[date | None, date | None]], span: Span) -> tuple[int, bool]:
    end = span.last + timedelta(days=1)
    known = sorted(
        (max(started, span.first), min(ended or end, end))
        for started, ended in intervals
        if started is not None
    )
    days, reached = 0, span.first
    for first, after in known:
        days += max(0, (after - max(first, reached)).days)
        reached = max(reached, after)
    return days, all(started is not None for started, _ in intervals)


_ASKED: Final[Mapping[str, Callable[[Sequence[Subject], date, Span], Answers]]] = {
    "living": _living,
    "dibao": partial(_status, "dibao"),
    "tekun": partial(_status, "tekun"),
    "labour": _labour,
    "certificate": _certificate,
    "employed_6_months": partial(_employed, "employed_6_months"),
    "employed_12_months": partial(_employed, "employed_12_months"),
}
