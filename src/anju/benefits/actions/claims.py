"""Claims of a roll: proposed from the registers, added, changed, confirmed, withdrawn, refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.audit.rows import summary
from anju.benefits.actions import drafting, holding, lines, moving, pricing
from anju.benefits.actions.lines import Line
from anju.benefits.models import Claim, Eligibility, Scheme
from anju.benefits.queries import may
from anju.benefits.queries.candidates import Candidate, candidates
from anju.benefits.refusals import BenefitRefused
from anju.benefits.states import WAITING_AT, Refused, State, Step
from anju.benefits.terms import Terms

_TYPED: Final = ("quantity", "base_fen", "item", "note")


@dataclass(frozen=True)
class Proposed:
    """What proposing did: new claims, and how many of them somebody has to look at."""

    claims: int
    to_check: int


@transaction.atomic
def propose(
    *, by: Actor, on: date, viewer: Viewer, scheme: Scheme, villages: Sequence[str]
) -> Proposed:
    """Put everybody into the rolls of these villages whom the registers say nothing against, with what
    they hold; who claims already is left alone, so that it may be repeated.

    Refused: a village that is not the viewer's; a scheme no register holds anything of, or that takes
    no claims on the day.
    """
    held = holding.open_scheme(viewer, scheme)
    _refuse_early(held, on)
    for village in villages:
        moving.acting(viewer, held, village, "submit")
    terms = Terms.of_kept(held.terms)
    if not terms.source:
        raise BenefitRefused(
            _("底册里没有“%(title)s”的数量，不能自动提名，请逐户登记。") % {"title": held.title}
        )
    found = candidates(held, terms, villages, on)
    made = drafting.write(by=by, on=on, scheme=held, claims=[_of(each) for each in found])
    to_check = sum(claim.eligibility == Eligibility.TO_CHECK for claim in made)
    if made:
        _record(by, "claim.propose", made)
    return Proposed(len(made), to_check)


def _of(candidate: Candidate) -> Claim:
    subject = candidate.subject
    return Claim(
        household_id=subject.household,
        person_id=subject.person,
        village_code=subject.village,
        quantity=candidate.quantity,
        base_fen=candidate.base_fen,
        origin=candidate.origin,
        evidence=dict(candidate.evidence),
    )


@transaction.atomic
def add(
    *, by: Actor, on: date, viewer: Viewer, scheme: Scheme, added: Sequence[Line]
) -> list[Claim]:
    """Add claims that somebody made, typed or from a workbook. All are taken, or none.

    `RowsRefused` names each row that does not fit: an unknown household, one of another village, a
    measure that is missing, a thing claimed twice.
    """
    held = holding.open_scheme(viewer, scheme)
    _refuse_early(held, on)
    where = viewer.scope_for(Permission.CLAIM_BENEFITS)
    claims = lines.read(scheme=held, where=where, added=added)
    made = drafting.write(by=by, on=on, scheme=held, claims=claims)
    _record(by, "claim.add", made)
    return made


@transaction.atomic
def change(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    claim: Claim,
    seen: int,
    quantity: Decimal | None = None,
    base_fen: int | None = None,
    item: str = "",
    note: str = "",
) -> Claim:
    """Put measure, item or note of a draft right (`seen`: the version of its roll)."""
    scheme = holding.open_scheme(viewer, claim.scheme)
    holding.roll(viewer, claim.roll, seen)
    held = holding.claims(viewer, [claim.number])[0]
    moving.acting(viewer, scheme, held.village_code, "submit")
    if held.state != State.DRAFT:
        raise BenefitRefused(_("只有编制中的申领可以修改，请先退回再改。"))
    terms = Terms.of_kept(scheme.terms)
    lines.refuse_measure(terms, quantity, base_fen)
    before = state(held, _TYPED)
    held.quantity, held.base_fen = (quantity, None) if terms.by_quantity else (None, base_fen)
    held.item, held.note = item.strip()[:40], note.strip()[:200]
    lines.refuse_again(held)
    held.confirmed_by, held.confirmed_on, held.confirmation = "", None, ""
    pricing.check(scheme, [held], on)
    drafting.save_prices(pricing.price(scheme, [held]))
    held.save()
    moving.touch({held.roll_id})
    record(
        by=by,
        action="claim.change",
        kind="claim",
        ids=[held.number],
        detail={"changes": between(Claim, before, state(held, _TYPED))},
        place=held.village_code,
    )
    return held


@transaction.atomic
def confirm(
    *, by: Actor, on: date, viewer: Viewer, numbers: Iterable[str], confirmation: str
) -> int:
    """Somebody looked at what the registers do not know, and says how it is; how many were waiting.

    At the step the claims stand at. What the registers say no to cannot be confirmed.
    """
    said = moving.reason_of(confirmation, _("已查看交售记录，情况属实"))
    held = holding.claims(viewer, numbers)
    for claim in held:
        _refuse_elsewhere(viewer, claim)
        if claim.eligibility == Eligibility.NOT_ELIGIBLE:
            raise BenefitRefused(
                _("申领 %(number)s 不符合条件，不能核实通过。如底册有误，请先更正底册。")
                % {"number": claim.number}
            )
    waiting = [each for each in held if each.eligibility == Eligibility.TO_CHECK]
    for part in moving.chunks([claim.pk for claim in waiting]):
        Claim.objects.filter(pk__in=part).update(
            eligibility=Eligibility.CONFIRMED,
            confirmed_by=by.username,
            confirmed_on=on,
            confirmation=said,
        )
    moving.touch({claim.roll_id for claim in waiting})
    if waiting:
        _record(by, "claim.verify", waiting, said)
    return len(waiting)


def _refuse_elsewhere(viewer: Viewer, claim: Claim) -> None:
    held = may.steps(viewer, claim.scheme, claim.village_code)
    at = {step for step, states in WAITING_AT.items() if claim.state in states} - {Step.PAYER}
    if not held & at:
        raise BenefitRefused(
            _("申领 %(number)s 现在不在您负责的环节，请由负责的工作人员核实。")
            % {"number": claim.number}
        )


@transaction.atomic
def withdraw(*, by: Actor, on: date, viewer: Viewer, numbers: Iterable[str], reason: str) -> None:
    """The household (or organisation) does not claim it after all."""
    said = moving.reason_of(reason, _("本户放弃申领"))
    _end(by, on, viewer, "withdraw", holding.claims(viewer, numbers), "", said)


@transaction.atomic
def refuse(
    *, by: Actor, on: date, viewer: Viewer, numbers: Iterable[str], reason: str, note: str
) -> None:
    """Not paid, for a reason that is told; at whichever step finds it."""
    if reason not in Refused.values:
        raise BenefitRefused(_("请选择不予补贴的原因。"))
    said = moving.reason_of(note, _("经核查今年没有养蚕"))
    _end(by, on, viewer, "refuse", holding.claims(viewer, numbers), reason, said)


@transaction.atomic
def correct(*, by: Actor, on: date, viewer: Viewer, numbers: Iterable[str], note: str) -> None:
    """What kept a claim from being paid was put right at the card office: it may be paid again."""
    said = moving.reason_of(note, _("已到银行更正户名"))
    held = holding.claims(viewer, numbers)
    _move(by, on, viewer, "correct", held, note=said)
    _record(by, "claim.correct", held, said)


def _end(
    by: Actor, on: date, viewer: Viewer, verb: str, held: list[Claim], reason: str, note: str
) -> None:
    _move(by, on, viewer, verb, held, reason=reason, note=note)
    for scheme in {claim.scheme for claim in held}:
        drafting.freed(scheme, [claim for claim in held if claim.scheme_id == scheme.pk])
    _record(by, f"claim.{verb}", held, note)


def _move(
    by: Actor,
    on: date,
    viewer: Viewer,
    verb: str,
    held: list[Claim],
    *,
    reason: str = "",
    note: str = "",
) -> None:
    if not held:
        raise BenefitRefused(_("请至少选择一笔申领。"))
    groups: dict[frozenset[Step], list[Claim]] = {}
    for claim in held:
        steps = moving.acting(viewer, claim.scheme, claim.village_code, verb)
        groups.setdefault(steps, []).append(claim)
    values: Mapping[str, Any] = {"reason": reason, "note": note} if verb != "correct" else {}
    for steps, claims in groups.items():
        moving.move(
            by=by, on=on, verb=verb, steps=steps, claims=claims,
            reason=reason, note=note, values=values,
        )  # fmt: skip


def _refuse_early(scheme: Scheme, on: date) -> None:
    if on < scheme.opens_on:
        raise BenefitRefused(
            _("“%(title)s”从 %(day)s 起受理申领。")
            % {"title": scheme.title, "day": scheme.opens_on}
        )
    if on > scheme.closes_on:
        raise BenefitRefused(
            _("“%(title)s”的申领已在 %(day)s 截止。如需补办，请责任单位延长申领时间。")
            % {"title": scheme.title, "day": scheme.closes_on}
        )


def _record(by: Actor, action: str, claims: Sequence[Claim], reason: str = "") -> None:
    """One entry: the schemes, the claims themselves where they are few, and a digest of them all."""
    villages = {claim.village_code for claim in claims}
    few = [claim.number for claim in claims] if len(claims) <= _FEW else []
    record(
        by=by,
        action=action,
        kind="claim",
        ids=few,
        count=len(claims),
        reason=reason,
        detail={
            "schemes": sorted({claim.scheme.number for claim in claims}),
            "claims": summary((claim.number, claim.amount_fen) for claim in claims),
        },
        place=villages.pop() if len(villages) == 1 else "",
    )


_FEW: Final = 50
