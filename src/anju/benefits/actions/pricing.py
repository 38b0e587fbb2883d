"""What claims come to: conditions asked of the registers, amounts within the cap, in the order they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from anju.benefits.amounts import Amount, capped, compute, yuan
from anju.benefits.checking import TWICE, WITHIN, Answer, Check, answers, of_kept, verdict, why
from anju.benefits.models import Claim, Eligibility, Scheme
from anju.benefits.queries import related
from anju.benefits.queries.candidates import business_income
from anju.benefits.queries.entitlement import facts_of
from anju.benefits.refusals import BenefitRefused
from anju.benefits.spans import Span
from anju.benefits.states import GRANTED, OPEN_TO_CHANGE
from anju.benefits.subjects import Subject
from anju.benefits.terms import Terms
from anju.rules.entitlement import alternatives


def subject_of(claim: Claim) -> Subject:
    """Whose claim it is."""
    return Subject(claim.household_id, claim.person_id, claim.organisation, claim.village_code)


def measure_of(terms: Terms, claim: Claim) -> Decimal | int | None:
    """What the amount is computed from."""
    return claim.quantity if terms.by_quantity else claim.base_fen


def check(scheme: Scheme, claims: Sequence[Claim], on: date) -> None:
    """Ask the registers about claims (saved or not) and set what they say; nothing is written."""
    terms = Terms.of_kept(scheme.terms)
    subjects = [subject_of(claim) for claim in claims]
    span = Span(scheme.starts_on, scheme.ends_on)
    codes = {code for asked in terms.eligibility for code in alternatives(asked)}
    facts = facts_of(list(dict.fromkeys(subjects)), codes, on=on, span=span)
    wanted = [(subject, claim.item) for subject, claim in zip(subjects, claims, strict=True)]
    mine = [claim.pk for claim in claims if claim.pk]
    twice = related.twice(scheme, terms, wanted, without=mine)
    known = _register(terms, subjects, span)
    for claim, subject in zip(claims, subjects, strict=True):
        checks = answers(terms.eligibility, terms.conditions, facts[subject])
        other = twice.get((subject, claim.item))
        if other is not None:
            said = f"{other.number} {other.scheme.title}"
            checks = (*checks, Check(TWICE, Answer.NO, said))
        if terms.source == "business_income":
            checks = (*checks, _within(claim, known.get(subject.household)))
        claim.checks = [each.kept() for each in checks]
        claim.eligibility = verdict(checks, is_confirmed=bool(claim.confirmed_by))


def _register(terms: Terms, subjects: Sequence[Subject], span: Span) -> dict[int | None, int]:
    if terms.source != "business_income":
        return {}
    homes = {each.household for each in subjects if each.household is not None}
    return {home: total for home, (total, _quarters) in business_income(homes, span).items()}


def _within(claim: Claim, known: int | None) -> Check:
    """A sum above what the register holds is for a person to look at; the register may lag behind."""
    if known is None or claim.base_fen is None:
        return Check(WITHIN, Answer.UNKNOWN, _("收入台账未掌握") if known is None else "")
    said = _("台账 %(sum)s") % {"sum": yuan(known)}
    return Check(WITHIN, Answer.YES if claim.base_fen <= known else Answer.UNKNOWN, said)


def price(scheme: Scheme, claims: Sequence[Claim]) -> list[Claim]:
    """Set raw and final amounts of drafts, and of all other drafts of the scheme that share their caps.

    Earlier claims have the cap first. Returns the other drafts whose amount changed; nothing is written.
    """
    terms = Terms.of_kept(scheme.terms)
    others = _sharing_drafts(scheme, terms, claims)
    before = {claim.pk: claim.amount_fen for claim in others}
    drafts = sorted([*claims, *others], key=lambda claim: claim.pk or _LAST)
    field = related.cap_field(scheme, terms)
    taken: dict[Any, int] = dict(
        related.used(
            scheme,
            terms,
            [subject_of(claim) for claim in drafts],
            without=[claim.pk for claim in drafts if claim.pk],
        )
    )
    for claim in drafts:
        key = related.cap_key(field, subject_of(claim)) if field else None
        found = _amount(terms, claim, scheme.rounding, taken.get(key, 0))
        claim.raw_fen, claim.amount_fen = (found.raw, found.paid) if found else (None, None)
        if key is not None and found:
            taken[key] = taken.get(key, 0) + found.paid
    return [claim for claim in others if claim.amount_fen != before[claim.pk]]


def price_around(scheme: Scheme, ended: Sequence[Claim]) -> list[Claim]:
    """The drafts that share a cap with claims that ended, with the amounts they have now."""
    terms = Terms.of_kept(scheme.terms)
    drafts = _sharing_drafts(scheme, terms, ended)
    before = {claim.pk: claim.amount_fen for claim in drafts}
    if drafts:
        price(scheme, drafts)
    return [claim for claim in drafts if claim.amount_fen != before[claim.pk]]


_LAST = 2**62  # those that have no number yet come after all that have


def _amount(terms: Terms, claim: Claim, rounding: str, taken: int) -> Amount | None:
    measure = measure_of(terms, claim)
    if measure is None or not terms.is_set:
        return None
    room = None if terms.cap is None else terms.cap - taken
    return compute(terms, measure, rounding=rounding, room=room)


def _sharing_drafts(scheme: Scheme, terms: Terms, claims: Sequence[Claim]) -> list[Claim]:
    field = related.cap_field(scheme, terms)
    if not field:
        return []
    keys = {related.cap_key(field, subject_of(claim)) for claim in claims}
    rows = Claim.objects.filter(scheme=scheme, state__in=OPEN_TO_CHANGE, **{f"{field}__in": keys})
    mine = [claim.pk for claim in claims if claim.pk]
    return list(rows.exclude(pk__in=mine).select_for_update().order_by("pk"))


def still_entitled(scheme: Scheme, claims: Sequence[Claim], on: date) -> None:
    """Ask again before something is decided, and keep what the registers say now.

    Refused: claims of which they say no, and claims nobody looked at though something is unknown.
    """
    before = {claim.pk: (claim.checks, claim.eligibility) for claim in claims}
    check(scheme, claims, on)
    _refuse(
        [claim for claim in claims if claim.eligibility == Eligibility.NOT_ELIGIBLE],
        Answer.NO,
        _("%(count)s 笔不符合条件，例如 %(number)s：%(why)s。请不予补贴；如底册有误，先更正底册。"),
    )
    _refuse(
        [claim for claim in claims if claim.eligibility == Eligibility.TO_CHECK],
        Answer.UNKNOWN,
        _("%(count)s 笔还没有人工核实，例如 %(number)s：%(why)s。请核实并写明情况，或退回。"),
    )
    changed = [each for each in claims if before[each.pk] != (each.checks, each.eligibility)]
    Claim.objects.bulk_update(changed, ["checks", "eligibility"], batch_size=200)


def refuse_above_caps(scheme: Scheme, claims: Sequence[Claim]) -> None:
    """Before money is granted: what claims take of a cap with all that was granted already.

    A village does not see what others claim; who approves for all does.
    """
    terms = Terms.of_kept(scheme.terms)
    field = related.cap_field(scheme, terms)
    if not field:
        return
    subjects = [subject_of(claim) for claim in claims]
    granted = related.used(scheme, terms, subjects, states=GRANTED)
    taken = dict(granted)
    for claim, subject in zip(claims, subjects, strict=True):
        key = related.cap_key(field, subject)
        taken[key] = taken.get(key, 0) + (claim.amount_fen or 0)
        if taken[key] > (terms.cap or 0):
            raise BenefitRefused(
                _("申领 %(number)s 与已审定的合计 %(sum)s，超过%(cap)s，请退回重新核定。")
                % {"number": claim.number, "sum": yuan(taken[key]), "cap": capped(terms)}
            )


def _refuse(claims: Sequence[Claim], answer: Answer, said: str) -> None:
    if claims:
        first = claims[0]
        told = why(of_kept(first.checks), answer) or _("没有可查的条件")
        raise BenefitRefused(said % {"count": len(claims), "number": first.number, "why": told})
