"""Other claims that bear on one: those that share its cap, and those that claim the same thing again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from anju.benefits.models import Claim, Recipient, Scheme
from anju.benefits.queries.entitlement import parts
from anju.benefits.states import DROPPED, LIVE, State
from anju.benefits.subjects import Subject
from anju.benefits.terms import Terms
from anju.rules.entitlement import CAPPED


def cap_field(scheme: Scheme, terms: Terms) -> str:
    """The column of claims a cap is counted by; empty where each claim has a cap of its own, or none.

    A cap per person in a scheme for households is one per household, and so on: per recipient.
    """
    whose, _time = CAPPED.get(terms.per, ("claim", "scheme"))
    if terms.cap is None or whose == "claim":
        return ""
    if whose == "village":
        return "village_code"
    if whose == "household" and scheme.recipient == Recipient.PERSON:
        return "household"
    return str(scheme.recipient)


def cap_key(field: str, subject: Subject) -> Any:
    """For whom the cap of a claim is counted, by `cap_field`."""
    return subject.village if field == "village_code" else getattr(subject, field)


def sharing(scheme: Scheme, terms: Terms) -> QuerySet[Scheme]:
    """Schemes whose claims count against the same cap: of the same benefit in the same year, or ever."""
    _whose, time = CAPPED.get(terms.per, ("claim", "scheme"))
    if time == "scheme" or not scheme.benefit:
        return Scheme.objects.filter(pk=scheme.pk)
    rows = Scheme.objects.filter(county_code=scheme.county_code, benefit=scheme.benefit)
    if time == "year":
        rows = rows.filter(starts_on__year=scheme.starts_on.year)
    return rows


def used(
    scheme: Scheme,
    terms: Terms,
    subjects: Sequence[Subject],
    *,
    without: Iterable[int] = (),
    states: Iterable[str] = LIVE,
) -> Mapping[Any, int]:
    """Cap key → fen that other claims (all but `without`) have of it; money that came back is free again."""
    field = cap_field(scheme, terms)
    if not field:
        return {}
    found: dict[Any, int] = defaultdict(int)
    rows = Claim.objects.filter(scheme__in=sharing(scheme, terms), amount_fen__gt=0)
    rows = rows.filter(state__in=list(states)).exclude(pk__in=list(without))
    for part in parts(subjects):
        keys = {cap_key(field, each) for each in part}
        sums = (
            rows.filter(**{f"{field}__in": keys})
            .values_list(field)
            .annotate(n=Sum(F("amount_fen") - F("recovered_fen")))
            .order_by()
        )
        found.update(sums)
    return found


def twice(
    scheme: Scheme,
    terms: Terms,
    wanted: Sequence[tuple[Subject, str]],
    *,
    without: Iterable[int] = (),
) -> dict[tuple[Subject, str], Claim]:
    """Who claims what (`wanted`: recipient and item) they already claim of the same benefit for a time
    that overlaps, or what this benefit excludes → the other claim."""
    others = _overlapping(scheme, terms)
    if not others:
        return {}
    same = {each.pk for each in others if each.benefit == scheme.benefit}
    held: dict[Any, list[Claim]] = defaultdict(list)
    subjects = [subject for subject, _item in wanted]
    rows = Claim.objects.filter(scheme__in=[each.pk for each in others]).exclude(
        state__in=[*DROPPED, State.RECOVERED]
    )
    for part in parts(subjects):
        for claim in (
            rows.filter(_whose(part)).exclude(pk__in=list(without)).select_related("scheme")
        ):
            held[_person_of(claim)].append(claim)
    found = {}
    for subject, item in wanted:
        for claim in held.get(_key(subject), ()):
            if claim.scheme_id not in same or claim.item == item:
                found[subject, item] = claim
                break
    return found


def _overlapping(scheme: Scheme, terms: Terms) -> list[Scheme]:
    if not scheme.benefit:
        return []
    rows = Scheme.objects.filter(
        county_code=scheme.county_code,
        starts_on__lte=scheme.ends_on,
        ends_on__gte=scheme.starts_on,
    ).exclude(pk=scheme.pk)
    return [
        each
        for each in rows.exclude(benefit="")
        if each.benefit == scheme.benefit
        or each.benefit in terms.excludes
        or scheme.benefit in each.terms.get("excludes", ())
    ]


def _key(subject: Subject) -> Any:
    if subject.organisation:
        return subject.organisation
    return ("p", subject.person) if subject.person else ("h", subject.household)


def _person_of(claim: Claim) -> Any:
    if claim.organisation:
        return claim.organisation
    return ("p", claim.person_id) if claim.person_id else ("h", claim.household_id)


def _whose(part: Sequence[Subject]) -> Q:
    names = {each.organisation for each in part if each.organisation}
    persons = {each.person for each in part if each.person}
    homes = {each.household for each in part if each.household and not each.person}
    condition = Q(pk__in=[])
    if names:
        condition |= Q(organisation__in=names)
    if persons:
        condition |= Q(person__in=persons)
    if homes:
        condition |= Q(household__in=homes, person__isnull=True)
    return condition
