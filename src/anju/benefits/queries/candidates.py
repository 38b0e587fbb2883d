"""Who could claim, by what registers hold, with the measure where a register holds that too.

What is known is not asked: a village looks through what is proposed instead of typing it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Sum

from anju.benefits.checking import Answer, answers
from anju.benefits.models import Claim, Scheme
from anju.benefits.queries.entitlement import days_worked, facts_of, parts
from anju.benefits.spans import Span
from anju.benefits.states import DROPPED
from anju.benefits.subjects import Subject
from anju.benefits.terms import Terms
from anju.registry.models import Household, Income, Membership
from anju.rules.entitlement import alternatives

_DAYS_OF_A_MONTH: Final = Decimal("30.4375")


@dataclass(frozen=True)
class Candidate:
    """Somebody to propose: the measure as far as it is known, and where it comes from."""

    subject: Subject
    quantity: Decimal | None = None
    base_fen: int | None = None
    origin: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)


def candidates(
    scheme: Scheme, terms: Terms, villages: Collection[str], on: date
) -> list[Candidate]:
    """Those in these villages of whom the registers say no condition fails, who do not claim yet, and
    of whom the register named in the terms holds something. Without such a register nobody."""
    if not terms.source or scheme.recipient == "organisation":
        return []
    span = Span(scheme.starts_on, scheme.ends_on)
    found: list[Candidate] = []
    for part in parts(_new(scheme, villages, on)):
        entitled = _entitled(part, terms, on, span)
        found += _SOURCES[terms.source](entitled, terms, span, on)
    return found


def business_income(households: Iterable[int], span: Span) -> dict[int, tuple[int, list[int]]]:
    """Household → business income (fen) of the quarters of a time that are known, and these quarters.

    A quarter in which it is not known is left out; without any the household is not in it.
    """
    rows = Income.objects.filter(
        household__in=list(households),
        quarter__range=(_quarter(span.first), _quarter(span.last)),
        known_to__isnull=True,
        business__isnull=False,
    )
    sums = dict(rows.values_list("household").annotate(n=Sum("business")).order_by())
    quarters: dict[int, list[int]] = {}
    for household, quarter in rows.order_by("quarter").values_list("household", "quarter"):
        quarters.setdefault(household, []).append(quarter)
    return {home: (total, quarters[home]) for home, total in sums.items()}


def _quarter(day: date) -> int:
    return day.year * 10 + (day.month - 1) // 3 + 1


def _new(scheme: Scheme, villages: Collection[str], on: date) -> list[Subject]:
    """Households or members of the villages without a claim of this scheme."""
    homes = Household.objects.filter(village_code__in=villages).order_by("village_code", "code")
    claims = Claim.objects.filter(scheme=scheme).exclude(state__in=DROPPED)
    if scheme.recipient == "household":
        taken = set(claims.values_list("household", flat=True))
        named = homes.values_list("pk", "village_code")
        return [Subject(pk, None, "", village) for pk, village in named if pk not in taken]
    taken = set(claims.values_list("person", flat=True))
    members = Membership.objects.filter(household__in=homes, known_to__isnull=True)
    rows = members.exclude(left_on__lte=on).order_by(
        "household__village_code", "household__code", "pk"
    )
    listed = rows.values_list("household", "person", "household__village_code")
    seen: dict[int, Subject] = {}
    for household, person, village in listed:
        if person not in taken:
            seen.setdefault(person, Subject(household, person, "", village))
    return list(seen.values())


def _entitled(part: Sequence[Subject], terms: Terms, on: date, span: Span) -> list[Subject]:
    """All but those of whom the registers say no."""
    codes = {code for asked in terms.eligibility for code in alternatives(asked)}
    facts = facts_of(part, codes, on=on, span=span)
    return [
        each
        for each in part
        if not any(
            check.answer == Answer.NO for check in answers(terms.eligibility, (), facts[each])
        )
    ]


def _of_income(
    subjects: Sequence[Subject], _terms: Terms, span: Span, _on: date
) -> list[Candidate]:
    homes = [each.household for each in subjects if each.household is not None]
    known = business_income(homes, span)
    return [
        Candidate(
            each,
            base_fen=known[each.household][0],
            origin="business_income",
            evidence={"fen": known[each.household][0], "quarters": known[each.household][1]},
        )
        for each in subjects
        if each.household in known and known[each.household][0] > 0
    ]


def _of_training(
    subjects: Sequence[Subject], terms: Terms, _span: Span, _on: date
) -> list[Candidate]:
    """One course, one subsidy: whoever is entitled by `certificate` has just that."""
    return [Candidate(each, quantity=_one(terms), origin="certificate") for each in subjects]


def _of_work(subjects: Sequence[Subject], terms: Terms, span: Span, on: date) -> list[Candidate]:
    worked = days_worked([each.person for each in subjects], Span(span.first, min(span.last, on)))
    found = []
    for each in subjects:
        days, _is_whole = worked.get(each.person or 0, (0, True))
        months = int(Decimal(days) / _DAYS_OF_A_MONTH)
        if months:
            quantity = Decimal(months) if terms.counted.endswith("月") else _one(terms)
            found.append(
                Candidate(each, quantity, origin="employed_months", evidence={"months": months})
            )
    return found


def _of_entitled(
    subjects: Sequence[Subject], terms: Terms, _span: Span, _on: date
) -> list[Candidate]:
    return [Candidate(each, quantity=_one(terms), origin="entitled") for each in subjects]


def _one(terms: Terms) -> Decimal | None:
    """One of what is counted, where the amount is for each person or household."""
    per_head = terms.counted.partition("·")[0] in ("人", "户")
    return Decimal(1) if terms.by_quantity and per_head else None


_SOURCES: Final[Mapping[str, Any]] = {
    "business_income": _of_income,
    "certificate": _of_training,
    "employed_months": _of_work,
    "entitled": _of_entitled,
}
