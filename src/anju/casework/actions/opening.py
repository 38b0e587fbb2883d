"""New cases, one or ten thousand: numbered, at the first step, with their risks and first move.

Whoever opens cases of a county and year waits for the one before: the row that counts their numbers
is taken first, and what is open already is looked at only then. So nothing is opened twice, however
often it is asked for and by how many at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.conf import settings

from anju.audit.actor import Actor
from anju.casework import books
from anju.casework.models import Case, CaseKind, CaseNumber, CaseRisk, Move
from anju.casework.refusals import CaseRefused
from anju.procedures.model import Purpose
from anju.procedures.procedure import Procedure
from anju.procedures.refusals import BookError
from anju.procedures.standing import Outcome

OPEN = "open"
"""The first move of each case; no action of a pack."""

_PURPOSE: Mapping[str, Purpose] = {
    CaseKind.RELAPSE: "inclusion",
    CaseKind.ZERO_EMPLOYMENT: "clearing",
    CaseKind.OUT_OF_SCHOOL: "clearing",
}
_AT_ONCE = 2_000


@dataclass(frozen=True)
class NewCase:
    """A household to open a case for: its risks with the day each was found first."""

    household_id: int
    village_code: str
    risks: dict[str, date]

    @property
    def since(self) -> date | None:
        """The day the time limit of the whole runs from; None where no risk is known."""
        return min(self.risks.values(), default=None)


def create(
    *, by: Actor, at: datetime, on: date, kind: str, wanted: Sequence[NewCase]
) -> list[Case]:
    """Open a case of a kind for each household that has none open, in the caller's transaction.

    Households that have one are left out. The caller writes the audit entry.
    """
    procedure, calendar = _procedure(kind, on), books.calendar()

    @cache
    def start(since: date) -> Outcome:  # most households of a run were found on the same day
        return procedure.start(on=on, opened_on=since, calendar=calendar)

    def begin(home: NewCase) -> Case:
        begun = start(home.since or on)
        return Case(
            state=begun.state,
            procedure=begun.procedure,
            step=begun.step,
            holder=begun.holder,
            step_since=on,
            step_due_on=begun.step_due_on,
            due_on=begun.due_on,
        )

    return store(by=by, at=at, on=on, kind=kind, wanted=wanted, begin=begin, action=OPEN)


def store(
    *,
    by: Actor,
    at: datetime,
    on: date,
    kind: str,
    wanted: Sequence[NewCase],
    begin: Callable[[NewCase], Case],
    action: str,
) -> list[Case]:
    """Number and keep a case as `begin` makes it for each household that has none of the kind open."""
    by_county: dict[str, list[NewCase]] = defaultdict(list)
    for each in wanted:
        by_county[each.village_code[:6]].append(each)
    cases: list[Case] = []
    for county, homes in sorted(by_county.items()):
        counter = counter_of(f"{county}-{on.year}")
        busy = _with_an_open_case(kind, [each.household_id for each in homes])
        free = [each for each in homes if each.household_id not in busy]
        for number, each in enumerate(free, start=counter.last + 1):
            case = begin(each)
            case.number = f"{counter.prefix}-{number:06d}"
            case.household_id, case.village_code = each.household_id, each.village_code
            case.kind, case.pack = kind, settings.POLICY_PACK
            case.opened_on, case.version = on, 1
            cases.append(case)
        counter.last += len(free)
        counter.save(update_fields=["last"])
    Case.objects.bulk_create(cases, batch_size=_AT_ONCE)
    risks = {each.household_id: each.risks for each in wanted}
    CaseRisk.objects.bulk_create(
        (
            CaseRisk(case=case, risk=risk, found_on=found_on)
            for case in cases
            for risk, found_on in risks[case.household_id].items()
        ),
        batch_size=_AT_ONCE,
    )
    moves = (_first_move(case, by, at, on, action) for case in cases)
    Move.objects.bulk_create(moves, batch_size=_AT_ONCE)
    return cases


def _procedure(kind: str, on: date) -> Procedure:
    try:
        return books.book_on(on).of(kind, _PURPOSE[kind])
    except BookError as error:
        raise CaseRefused.by_procedure(error) from error


def counter_of(prefix: str) -> CaseNumber:
    """The counting row of a county and year, kept from others until the transaction ends."""
    CaseNumber.objects.get_or_create(prefix=prefix)
    return CaseNumber.objects.select_for_update().get(prefix=prefix)


def _with_an_open_case(kind: str, household_ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    ids = list(household_ids)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        rows = Case.objects.filter(kind=kind, closed_on__isnull=True, household_id__in=part)
        found.update(rows.values_list("household_id", flat=True))
    return found


def _first_move(case: Case, by: Actor, at: datetime, on: date, action: str) -> Move:
    return Move(
        case=case,
        version=1,
        procedure=case.procedure,
        action=action,
        to_step=case.step,
        moved_on=on,
        at=at,
        by=by.username,
    )
