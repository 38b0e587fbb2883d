"""What lists and pages show of rolls, schemes and batches: how many claims stand where, and how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from anju.accounts.viewer import Viewer
from anju.benefits.models import Claim, Eligibility, Objection, Roll, Scheme
from anju.benefits.queries.gates import claims_for
from anju.benefits.states import DROPPED, WAITING_AT, State, Step

_TO_CHECK = Q(eligibility=Eligibility.TO_CHECK, state=State.DRAFT)


@dataclass(frozen=True, slots=True)
class Part:
    """How many claims stand in one state, and what they come to in fen."""

    state: State
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Claims by state, in the order of the way to the money."""

    parts: tuple[Part, ...] = ()
    to_check: int = 0

    @property
    def live(self) -> tuple[Part, ...]:
        """Without what was refused or withdrawn."""
        return tuple(each for each in self.parts if each.state not in DROPPED)

    @property
    def count(self) -> int:
        """Claims that go the way."""
        return sum(each.count for each in self.live)

    @property
    def amount(self) -> int:
        """What they come to, in fen."""
        return sum(each.amount for each in self.live)

    def of(self, states: Iterable[str]) -> Part:
        """Those in any of these states, together."""
        wanted = set(states)
        found = [each for each in self.parts if each.state in wanted]
        count, amount = sum(each.count for each in found), sum(each.amount for each in found)
        return Part(State.DRAFT, count, amount)

    def at(self, step: Step) -> Part:
        """Those that wait at a step."""
        return self.of(WAITING_AT[step])

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        sums: dict[State, tuple[int, int]] = {}
        for each in (*self.parts, *other.parts):
            count, amount = sums.get(each.state, (0, 0))
            sums[each.state] = (count + each.count, amount + each.amount)
        parts = (Part(state, *sums[state]) for state in State if state in sums)
        return Tally(tuple(parts), self.to_check + other.to_check)


NOTHING = Tally()
_ORDER = {state: place for place, state in enumerate(State)}


def of_rolls(roll_ids: Sequence[int]) -> dict[int, Tally]:
    """Roll → its claims, counted; one query."""
    return _tallies(Claim.objects.filter(roll__in=roll_ids), "roll_id")


def of_schemes(viewer: Viewer, scheme_ids: Sequence[int]) -> dict[int, Tally]:
    """Scheme → its claims in the viewer's places, counted; one query."""
    return _tallies(claims_for(viewer).filter(scheme__in=scheme_ids), "scheme_id")


def by_village(viewer: Viewer, scheme: Scheme) -> dict[str, Tally]:
    """Village → its claims for a scheme, counted; one query."""
    return _tallies(claims_for(viewer).filter(scheme=scheme), "village_code")


def waiting_at(rolls: QuerySet[Roll], step: Step) -> QuerySet[Roll]:
    """Rolls of which something waits at a step."""
    return rolls.filter(Exists(_of_roll(state__in=WAITING_AT[step])))


def of_publicity(rolls: QuerySet[Roll], standing: str, on: date) -> QuerySet[Roll]:
    """Rolls that hang (`posted`), hung long enough and were not taken on (`over`), or were objected
    to without an answer (`objected`)."""
    if standing == "objected":
        said = Objection.objects.filter(roll=OuterRef("pk"), settled_on__isnull=True)
        return rolls.filter(Exists(said))
    hanging = rolls.filter(Exists(_of_roll(state=State.PUBLISHED)))
    if standing == "over":
        return hanging.filter(publicity_ends_on__lt=on)
    return hanging.filter(publicity_ends_on__gte=on)


def _of_roll(**wanted: object) -> QuerySet[Claim]:
    return Claim.objects.filter(roll=OuterRef("pk"), **wanted)


@dataclass(slots=True)
class _Counting:
    parts: list[Part] = field(default_factory=list)
    to_check: int = 0


def _tallies(claims: QuerySet[Claim], key: str) -> dict:  # type: ignore[type-arg]
    rows = (
        claims.order_by()
        .values_list(key, "state")
        .annotate(n=Count("pk"), fen=Sum("amount_fen"), asked=Count("pk", filter=_TO_CHECK))
    )
    found: dict[object, _Counting] = {}
    for of, state, count, amount, to_check in rows:
        counting = found.setdefault(of, _Counting())
        counting.parts.append(Part(State(state), count, amount or 0))
        counting.to_check += to_check
    return {
        of: Tally(tuple(sorted(each.parts, key=lambda part: _ORDER[part.state])), each.to_check)
        for of, each in found.items()
    }
