"""Leads from the findings of a run: one for each household and risk, however many rules hit.

A finding adds a source to the lead that is open, or to the one that was looked at within the days
that count as one event (pack limit `same_event_grouping`); a heavier level than was looked at is a new
event. What a case under way is about already goes to that case, and what only puts a household on a
list to be cleared to the case of that list. A run may be raised again: each of its findings counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.casework import books
from anju.casework.models import (
    CaseKind,
    CaseRisk,
    Channel,
    Lead,
    LeadSource,
    LeadState,
)
from anju.casework.queries import clearing
from anju.casework.risks import CASE_RISKS, RAISING, RANK
from anju.monitoring.models import Finding, Run

Key = tuple[int, str]
T = TypeVar("T")
_AT_ONCE = 2_000


@dataclass(frozen=True)
class Raised:
    """How many leads are new, how many got another source, how many went to a case under way."""

    new: int
    again: int
    merged: int


@dataclass
class _Event:
    """What a run says of one household's risk: its heaviest level, and the rules that hit."""

    household_id: int
    village_code: str
    risk: str
    level: str
    hits: dict[str, int | None] = field(default_factory=dict)


@transaction.atomic
def from_run(*, by: Actor, on: date, run: Run) -> Raised:
    """Raise a lead for whatever a finished run found. Safe to repeat; one transaction.

    `on` is the day the office hears of it: time limits run from there.
    """
    raised = Raised(0, 0, 0)
    events = _events(run)
    window = books.book_on(on).limit("same_event_grouping").amount
    for part in _parts(list(events.values())):
        raised = _plus(raised, _raise(part, run, on, window))
    if raised.new or raised.again or raised.merged:
        record(
            by=by,
            action="lead.raise_run",
            kind="run",
            ids=[run.pk],
            count=raised.new,
            detail={"new": raised.new, "again": raised.again, "merged": raised.merged},
        )
    return raised


def is_raised(run: Run) -> bool:
    """Whether anything of a run was raised already."""
    return LeadSource.objects.filter(run_id=run.pk).exists()


def _events(run: Run) -> dict[Key, _Event]:
    hits = Finding.objects.filter(run=run, status="hit", level__in=RAISING, risk__in=CASE_RISKS)
    known = LeadSource.objects.filter(run_id=run.pk)
    done = set(known.values_list("lead__household_id", "rule"))
    events: dict[Key, _Event] = {}
    rows = hits.order_by("village_code", "household_id", "risk", "rule", "id").values_list(
        "household_id", "household__village_code", "risk", "level", "rule", "person_id"
    )
    for household_id, village_code, risk, level, rule, person_id in rows.iterator(10_000):
        if (household_id, rule) in done:
            continue
        event = events.setdefault(
            (household_id, risk), _Event(household_id, village_code, risk, level)
        )
        event.level = min(event.level, level, key=RANK.__getitem__)
        event.hits.setdefault(rule, person_id)
    return events


def _raise(events: Sequence[_Event], run: Run, on: date, window: int) -> Raised:
    homes = [event.household_id for event in events]
    leads = _leads_of(homes, on - timedelta(days=window))
    cases, lists = _cases_of(homes), clearing.answers(run, on, homes)
    last_day = on + timedelta(days=window)
    due_on = books.decision_due(on, books.calendar()) or last_day
    new: list[Lead] = []
    again: dict[int, Lead] = {}
    merged = 0
    found: list[tuple[Lead, _Event]] = []
    for event in events:
        key = (event.household_id, event.risk)
        answer = lists.get(key)
        if answer is not None and set(event.hits) != {answer.rule}:
            answer = None  # it tells of more than the list does
        lead = _same_event(leads.get(key, ()), event, is_of_list=answer is not None)
        if lead is None:
            lead = _new(event, on, due_on, last_day)
            case_id = cases.get(key) or (answer.case_id if answer else None)
            if case_id is not None:
                lead.state, lead.case_id = LeadState.MERGED, case_id
                lead.ended_on, lead.ended_by = on, SYSTEM.username
                merged += 1
            new.append(lead)
        else:
            _heard_again(lead, event, on, last_day)
            again[lead.pk] = lead
        found.append((lead, event))
    Lead.objects.bulk_create(new, batch_size=_AT_ONCE)
    Lead.objects.bulk_update(
        again.values(), ["last_on", "expires_on", "level"], batch_size=_AT_ONCE // 4
    )
    LeadSource.objects.bulk_create(_sources(found, run, on), batch_size=_AT_ONCE)
    return Raised(new=len(new) - merged, again=len(again), merged=merged)


def _leads_of(homes: Sequence[int], since: date) -> dict[Key, list[Lead]]:
    """Leads of households that are open or ended (not expired) since a day, by household and risk."""
    leads = Lead.objects.filter(household_id__in=homes).exclude(state=LeadState.EXPIRED)
    found: dict[Key, list[Lead]] = {}
    for lead in leads.order_by("id").select_related("case"):
        if lead.ended_on is None or lead.ended_on >= since or _goes_on(lead):
            found.setdefault((lead.household_id, lead.risk), []).append(lead)
    return found


def _goes_on(lead: Lead) -> bool:
    return lead.case is not None and lead.case.closed_on is None


def _same_event(leads: Iterable[Lead], event: _Event, *, is_of_list: bool) -> Lead | None:
    """The lead that an event belongs to: the open one, that of a case under way, else one that was
    looked at not long ago and was not lighter. What the case of a list was looked at for is that alone."""
    if not is_of_list:
        leads = [each for each in leads if not _is_of_list(each)]
    for lead in leads:
        if lead.state == LeadState.OPEN or _goes_on(lead):
            return lead
    for lead in leads:
        if RANK[lead.level] <= RANK[event.level]:
            return lead
    return None


def _is_of_list(lead: Lead) -> bool:
    return lead.case is not None and lead.case.kind != CaseKind.RELAPSE


def _cases_of(homes: Sequence[int]) -> dict[Key, int]:
    """Ids of cases under way by household and each risk that is not solved."""
    rows = CaseRisk.objects.filter(
        case__household_id__in=homes,
        case__kind=CaseKind.RELAPSE,
        case__closed_on__isnull=True,
        solved_on__isnull=True,
    ).values_list("case__household_id", "risk", "case_id")
    return {(household_id, risk): case_id for household_id, risk, case_id in rows}


def _new(event: _Event, on: date, due_on: date, last_day: date) -> Lead:
    return Lead(
        household_id=event.household_id,
        village_code=event.village_code,
        risk=event.risk,
        level=event.level,
        first_on=on,
        last_on=on,
        due_on=due_on,
        expires_on=last_day,
    )


def _heard_again(lead: Lead, event: _Event, on: date, last_day: date) -> None:
    """An open lead is as heavy and as fresh as what was heard last; one that ended stays."""
    lead.last_on = max(lead.last_on, on)
    if lead.state == LeadState.OPEN:
        lead.expires_on = max(lead.expires_on, last_day)
        lead.level = min(lead.level, event.level, key=RANK.__getitem__)


def _sources(found: Iterable[tuple[Lead, _Event]], run: Run, on: date) -> Iterator[LeadSource]:
    for lead, event in found:
        for rule, person_id in event.hits.items():
            yield LeadSource(
                lead=lead,
                channel=Channel.FINDING,
                raised_on=on,
                run_id=run.pk,
                rule=rule,
                person_id=person_id,
            )


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))


def _plus(one: Raised, two: Raised) -> Raised:
    return Raised(one.new + two.new, one.again + two.again, one.merged + two.merged)
