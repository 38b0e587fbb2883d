"""The gate of checked lists: which a viewer may see, and what of what was found.

A check is shown to who may take out the list from all the places it reaches. What tells of health or
of cases is shown, and counted, only to who may see these everywhere there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit import queries as audit
from anju.exports.queries import are_within, reach_of
from anju.inspection.asked import Asked
from anju.inspection.lists import guard_of, is_must
from anju.inspection.models import InspectionState, ListCheck, ListProblem
from anju.intake.feeds import BY_ID
from anju.intake.outgoing import lists as outgoing
from anju.quality.checks import checks
from anju.queue.standing import Standing, Standings
from anju.registry.models import Household, Person

_STANDINGS = Standings(
    InspectionState,
    (InspectionState.WAITING, InspectionState.RUNNING),
    InspectionState.FAILED,
    InspectionState.CANCELLED,
)
_GUARDS = {"health": Permission.VIEW_HEALTH, "cases": Permission.VIEW_CASES}
#: Entries of these say nothing of the registers: reading, signing in, taking out, checking.
_QUIET = (
    "address.", "api.", "audit.", "export.", "factor.", "household.read", "indicator.",
    "inspection.", "intake.preview", "intake.report", "intake.take_out", "list_check.",
    "monitoring.", "person.reveal", "plan.", "post.", "progress.", "register.", "report.",
    "session.", "task.", "token.", "unit.", "user.", "view.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Village:
    """What a viewer may know of one village: problems to mend, and to look at."""

    code: str
    must: int
    look: int


def check_for(viewer: Viewer, check_id: int) -> ListCheck:
    """One check; raises `ListCheck.DoesNotExist` where it reaches further than the viewer."""
    check = ListCheck.objects.get(pk=check_id)
    feed = BY_ID.get(check.feed)
    reach = reach_of(outgoing.reach(viewer, "", in_full=False))
    if feed is None or not outgoing.may_take(viewer, feed) or not are_within(check.ranges, reach):
        raise ListCheck.DoesNotExist
    return check


def latest(asked: Asked, on: date) -> ListCheck | None:
    """The last finished check of a list today, whoever asked; the caller answers for its places."""
    done = ListCheck.objects.filter(key=asked.key, as_of=on, state=InspectionState.DONE)
    return done.first()


def is_fresh(check: ListCheck, on: date) -> bool:
    """Whether nothing in its places was written since the registers were read for it."""
    if check.state != InspectionState.DONE or check.as_of != on:
        return False
    later = audit.entries().filter(sequence__gt=check.seen_to)
    for prefix in _QUIET:
        later = later.exclude(action__startswith=prefix)
    here = Q(place="")
    for low, high in check.ranges:
        here |= Q(place__gte=low, place__lt=high)
        here |= Q(place__in=[low[:digits].ljust(12, "0") for digits in (6, 9)])
    return not later.filter(here).exists()


def standing_of(check: ListCheck) -> Standing[InspectionState]:
    """Where it stands."""
    return _STANDINGS.of(check)


def problems_of(viewer: Viewer, check: ListCheck) -> QuerySet[ListProblem]:
    """What was found and the viewer may see; the check comes from its gate."""
    lacking = _lacking(viewer, check)
    hidden = [each.code for each in checks() if _is_hidden(guard_of(each.code), lacking)]
    return ListProblem.objects.filter(run=check).exclude(code__in=hidden)


def codes_of(viewer: Viewer, check: ListCheck) -> dict[str, int]:
    """How many problems of each check; the empty code: rows that cannot be read."""
    lacking = _lacking(viewer, check)
    told: dict[str, int] = check.report.get("codes", {})
    return {
        code: number for code, number in told.items() if not _is_hidden(guard_of(code), lacking)
    }


def levels_of(viewer: Viewer, check: ListCheck) -> tuple[int, int]:
    """How many are to be mended before the list is sent, and how many to be looked at."""
    told = codes_of(viewer, check)
    must = sum(number for code, number in told.items() if is_must(code))
    return must, sum(told.values()) - must


def villages_of(viewer: Viewer, check: ListCheck) -> list[Village]:
    """Problems of each village, in the order of codes."""
    lacking, found = _lacking(viewer, check), []
    for code, sums in sorted(check.report.get("villages", {}).items()):
        seen = [pair for guard, pair in sums.items() if not _is_hidden(guard, lacking)]
        if seen:
            found.append(Village(code, sum(p[0] for p in seen), sum(p[1] for p in seen)))
    return found


def owners_of(
    viewer: Viewer, problems: Collection[ListProblem]
) -> tuple[dict[int, Household], dict[int, Person]]:
    """The households and persons that problems are about, by id; two queries."""
    if not viewer.may(Permission.VIEW_HOUSEHOLDS):
        return {}, {}
    homes = Household.objects.filter(pk__in=_ids(each.household_id for each in problems))
    people = Person.objects.filter(pk__in=_ids(each.person_id for each in problems))
    return (
        {home.pk: home for home in homes.only("code", "head_name", "village_code")},
        {person.pk: person for person in people.only("code", "name")},
    )


def _ids(ids: Iterable[int | None]) -> set[int]:
    return {each for each in ids if each is not None}


def _lacking(viewer: Viewer, check: ListCheck) -> frozenset[str]:
    """What the viewer may not see everywhere in the places of the check."""
    return frozenset(
        guard
        for guard, permission in _GUARDS.items()
        if not are_within(check.ranges, viewer.scope_for(permission).ranges)
    )


def _is_hidden(guard: str, lacking: frozenset[str]) -> bool:
    return not lacking.isdisjoint(guard.split())
