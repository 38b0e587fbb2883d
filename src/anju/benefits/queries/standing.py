"""What waits at whom, until when; and how far a scheme is, by place. Sums in fen, nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.benefits.models import Claim, Roll, Scheme
from anju.benefits.queries import may
from anju.benefits.queries.gates import claims_for
from anju.benefits.queries.limits import days
from anju.benefits.states import DROPPED, GRANTED, WAITING_AT, State, Step


@dataclass(frozen=True, slots=True)
class Waiting:
    """Claims of a roll in one state that wait at a step; `due_on` None where nothing says until when."""

    roll: Roll
    step: Step
    state: State
    claims: int
    fen: int
    due_on: date | None


def waiting(viewer: Viewer, *, most: int = 200) -> list[Waiting]:
    """What waits at the viewer's steps, what is due first at the top; rolls of open schemes only.

    Failed claims and open objections wait at the village, approved ones at who pays.
    """
    held = [step for step, permission in may.PERMISSION.items() if viewer.may(permission)]
    found = [each for step in held for each in _waiting_at(viewer, step)]
    found.sort(key=lambda each: (each.due_on or date.max, each.roll.pk, each.state))
    return found[:most]


def _waiting_at(viewer: Viewer, step: Step) -> list[Waiting]:
    scope = viewer.scope_for(may.PERMISSION[step]) & viewer.scope_for(Permission.VIEW_BENEFITS)
    rows = Claim.objects.filter(
        scope.q("village_code", grid=None),
        _of_unit(viewer, step),
        state__in=sorted(WAITING_AT[step]),
        scheme__state="open",
    )
    counted = list(
        rows.values("roll", "state")
        .annotate(n=Count("pk"), fen=Sum("amount_fen"), since=Min("state_on"))
        .order_by("roll", "state")
    )
    rolls = Roll.objects.select_related("scheme").in_bulk({each["roll"] for each in counted})
    return [
        Waiting(
            rolls[each["roll"]],
            step,
            State(each["state"]),
            each["n"],
            each["fen"] or 0,
            due_on(rolls[each["roll"]], State(each["state"]), each["since"]),
        )
        for each in counted
    ]


def _of_unit(viewer: Viewer, step: Step) -> Q:
    """At the county only what the viewer's unit answers for."""
    unit = may.unit_of(viewer)
    if step == Step.COUNTY:
        return Q(scheme__unit=unit) | Q(scheme__unit__isnull=True)
    if step == Step.PAYER:
        own = Q(scheme__payer__isnull=True, scheme__unit=unit)
        return own | Q(scheme__payer=unit, scheme__payer__isnull=False)
    return Q()


def due_on(roll: Roll, state: State, since: date) -> date | None:
    """Until when claims of a roll that stand in a state since a day have to go on; needs `roll.scheme`."""
    scheme = roll.scheme
    if state in (State.DRAFT, State.SUBMITTED):
        return scheme.closes_on
    if state == State.PUBLISHED:
        return (roll.publicity_ends_on or since) + timedelta(days=1)
    if state in _LIMIT:
        found = since + timedelta(days=days(_LIMIT[state], since, pack=scheme.pack))
        to_be_paid = state in (State.APPROVED, State.IN_PAYMENT, State.CORRECTED, State.FAILED)
        return min(found, scheme.pay_by) if to_be_paid and scheme.pay_by else found
    return None


_LIMIT: Final[Mapping[State, str]] = {
    State.OBJECTED: "benefit_objection",
    State.CLEARED: "benefit_check",
    State.CHECKED: "benefit_approval",
    State.APPROVED: "benefit_payment",
    State.IN_PAYMENT: "benefit_payment",
    State.CORRECTED: "benefit_payment",
    State.FAILED: "benefit_payment",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scheme is in a place: numbers of claims, and what they come to in fen.

    `in_time` of those granted were paid by the day promised. `recovered_fen` came back.
    """

    claimed: int = 0
    claimed_fen: int = 0
    approved: int = 0
    approved_fen: int = 0
    paid: int = 0
    paid_fen: int = 0
    in_time: int = 0
    failed: int = 0
    recovered_fen: int = 0

    @property
    def share_in_time(self) -> float | None:
        """Of what was granted the part paid by the promised day; None before anything was granted."""
        return self.in_time / self.approved if self.approved else None


def progress(viewer: Viewer, scheme: Scheme) -> Progress:
    """How far a scheme is in the viewer's places; one query."""
    found = _progress(claims_for(viewer).filter(scheme=scheme), "scheme")
    return found.get(scheme.pk, Progress())


def progress_by_place(viewer: Viewer, scheme: Scheme, *, digits: int = 12) -> dict[str, Progress]:
    """The same by village (`digits` 12) or town (9), keyed by the code's first digits; one query."""
    by_village = _progress(claims_for(viewer).filter(scheme=scheme), "village_code")
    found: dict[str, Progress] = {}
    for village, each in by_village.items():
        place = str(village)[:digits]
        found[place] = _sum([found.get(place, Progress()), each])
    return found


def progress_of_year(viewer: Viewer, year: int) -> dict[int, Progress]:
    """Scheme → how far it is, of all schemes whose time begins in a year and that have claims."""
    return _progress(claims_for(viewer).filter(scheme__starts_on__year=year), "scheme")


def _progress(claims: QuerySet[Claim], key: str) -> dict[Any, Progress]:
    granted = Q(state__in=sorted(GRANTED))
    paid = Q(state__in=[State.PAID, State.RECOVERED])
    promised = Q(scheme__pay_by__isnull=True) | Q(paid_on__lte=F("scheme__pay_by"))
    rows = (
        claims.exclude(state__in=sorted(DROPPED))
        .order_by()
        .values(key)
        .annotate(
            claimed=Count("pk"),
            claimed_fen=Sum("amount_fen"),
            approved=Count("pk", filter=granted),
            approved_fen=Sum("amount_fen", filter=granted),
            paid=Count("pk", filter=paid),
            paid_fen=Sum("amount_fen", filter=paid),
            in_time=Count("pk", filter=paid & promised),
            failed=Count("pk", filter=Q(state=State.FAILED)),
            back=Sum("recovered_fen"),
        )
    )
    return {
        each.pop(key): Progress(
            recovered_fen=each.pop("back") or 0, **{name: n or 0 for name, n in each.items()}
        )
        for each in rows
    }


def _sum(parts: Sequence[Progress]) -> Progress:
    return Progress(*(sum(values) for values in zip(*map(_values, parts), strict=True)))


def _values(each: Progress) -> Iterable[int]:
    return (getattr(each, name) for name in Progress.__dataclass_fields__)
