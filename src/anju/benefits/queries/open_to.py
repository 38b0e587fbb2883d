"""What a household could claim now: open schemes for households or their members, by what registers say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anju.accounts.viewer import Viewer
from anju.benefits.checking import Answer, answers, verdict, why
from anju.benefits.models import Eligibility, Recipient, Scheme
from anju.benefits.queries.entitlement import facts_of
from anju.benefits.queries.gates import claims_of_household, schemes_for
from anju.benefits.spans import Span
from anju.benefits.states import DROPPED
from anju.benefits.subjects import Subject
from anju.benefits.terms import Terms
from anju.registry.models import Household, Membership
from anju.rules.entitlement import alternatives

_GRAVITY = (Eligibility.ELIGIBLE, Eligibility.TO_CHECK, Eligibility.NOT_ELIGIBLE)


@dataclass(frozen=True)
class Possible:
    """A scheme that is open, what the registers say of the household, and what they do not know."""

    scheme: Scheme
    eligibility: Eligibility
    why: str


def open_to(viewer: Viewer, household: Household, on: date) -> list[Possible]:
    """Open schemes within their time that nobody of the household claims yet and that registers do not
    rule out; those that only a person can find out about among them."""
    claimed = claims_of_household(viewer, household).exclude(state__in=DROPPED)
    rows = (
        schemes_for(viewer)
        .filter(state="open", opens_on__lte=on, closes_on__gte=on)
        .exclude(recipient=Recipient.ORGANISATION)
    )
    found = []
    for scheme in rows.exclude(pk__in=claimed.values("scheme")).order_by("closes_on", "pk"):
        possible = _possible(scheme, household, on)
        if possible.eligibility != Eligibility.NOT_ELIGIBLE:
            found.append(possible)
    return found


def _possible(scheme: Scheme, household: Household, on: date) -> Possible:
    """The best that the registers say of the household or of one of its members."""
    terms = Terms.of_kept(scheme.terms)
    subjects = _subjects(scheme, household, on)
    codes = {code for asked in terms.eligibility for code in alternatives(asked)}
    span = Span(scheme.starts_on, scheme.ends_on)
    facts = facts_of(subjects, codes, on=on, span=span)
    best = Possible(scheme, Eligibility.NOT_ELIGIBLE, "")
    for subject in subjects:
        checks = answers(terms.eligibility, terms.conditions, facts[subject])
        found = verdict(checks)
        if _GRAVITY.index(found) < _GRAVITY.index(best.eligibility):
            best = Possible(scheme, found, why(checks, Answer.UNKNOWN))
    return best


def _subjects(scheme: Scheme, household: Household, on: date) -> list[Subject]:
    if scheme.recipient == Recipient.HOUSEHOLD:
        return [Subject(household.pk, None, "", household.village_code)]
    members = Membership.objects.filter(household=household, known_to__isnull=True)
    people = members.exclude(left_on__lte=on).values_list("person", flat=True)
    return [Subject(household.pk, person, "", household.village_code) for person in people]
