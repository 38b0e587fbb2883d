"""A roll goes its way: submitted, published, objected to, cleared, checked by the town, approved.

Claims move, the roll shows the days. Whoever decides says which version of the roll they saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.rows import summary
from anju.benefits.actions import drafting, holding, moving, pricing
from anju.benefits.amounts import measured
from anju.benefits.models import Claim, Objection, Publication, PublicationEntry, Roll
from anju.benefits.queries.limits import after
from anju.benefits.refusals import BenefitRefused
from anju.benefits.states import State, Step, sources
from anju.benefits.terms import Terms
from anju.privacy.masking import holds_a_number, mask_name

_DAY_OF: Final = {
    "submit": "submitted_on", "publish": "published_on", "clear": "cleared_on",
    "check": "checked_on", "approve": "approved_on",
}  # fmt: skip


@transaction.atomic
def submit(*, by: Actor, on: date, viewer: Viewer, roll: Roll, seen: int) -> Roll:
    """The village has put the roll together: every line has its measure and its conditions settled."""
    held = _held(viewer, roll, seen, "submit")
    claims = _standing(held, "submit")
    for claim in claims:
        if not claim.amount_fen:
            raise BenefitRefused(_without_amount(claim))
    pricing.still_entitled(held.scheme, claims, on)
    _go(by, on, viewer, "submit", [held], claims)
    return held


@transaction.atomic
def publish(
    *, by: Actor, on: date, viewer: Viewer, roll: Roll, seen: int, contact: str
) -> Publication:
    """Put the submitted lines up in the village, with masked names, for the days the scheme has."""
    held = _held(viewer, roll, seen, "publish")
    contact = contact.strip()[:60]
    if not contact:
        raise BenefitRefused(_("请填写监督电话和联系人，群众要知道找谁。"))
    claims = _standing(held, "publish", "household", "person")
    ends_on = on + timedelta(days=held.scheme.publicity_days)
    posted = Publication.objects.create(
        roll=held,
        village_code=held.village_code,
        posted_on=on,
        ends_on=ends_on,
        contact=contact,
        posted_by=by.username,
    )
    terms = Terms.of_kept(held.scheme.terms)
    PublicationEntry.objects.bulk_create(
        (_entry(posted, terms, claim) for claim in claims), batch_size=moving.AT_ONCE
    )
    held.publicity_ends_on = ends_on
    _go(by, on, viewer, "publish", [held], claims)
    return posted


def _entry(posted: Publication, terms: Terms, claim: Claim) -> PublicationEntry:
    """Who: a masked name; an organisation is public as it is."""
    named = claim.person.name if claim.person else ""
    named = named or (claim.household.head_name if claim.household else "")
    return PublicationEntry(
        publication=posted,
        claim=claim,
        masked_name=mask_name(named) if named else claim.organisation,
        item=claim.item,
        measure=measured(terms, pricing.measure_of(terms, claim)),
        amount_fen=claim.amount_fen or 0,
    )


@transaction.atomic
def clear(*, by: Actor, on: date, viewer: Viewer, roll: Roll, seen: int) -> Roll:
    """The publication is over, and nothing said against the roll as a whole is open."""
    held = _held(viewer, roll, seen, "clear")
    if held.publicity_ends_on is None or on <= held.publicity_ends_on:
        raise BenefitRefused(
            _("公示到 %(day)s 期满，期满第二天起才能报乡镇审核。")
            % {"day": held.publicity_ends_on or _("（还没有公示）")}
        )
    if held.objections.filter(settled_on__isnull=True, claim__isnull=True).exists():
        raise BenefitRefused(_("对整册的异议还没有答复，请先答复。"))
    _go(by, on, viewer, "clear", [held], _standing(held, "clear"))
    return held


@transaction.atomic
def object_to(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    roll: Roll,
    told: str,
    received_on: date,
    number: str = "",
) -> Objection:
    """Somebody says something against a claim (`number`) or the whole roll; the others go on.

    Numbers of persons are not taken into the text.
    """
    held = _held(viewer, roll, None, "object")
    told = told.strip()[:500]
    if len(told) < moving.REASON_LENGTH or holds_a_number(told):
        raise BenefitRefused(_("请写明反映的情况，不要填写身份证号、手机号和银行账号。"))
    if received_on > on:
        raise BenefitRefused(_("收到日期还没有到，请核对。"))
    claim = None
    if number:
        claim = holding.claims(viewer, [number])[0]
        if claim.roll_id != held.pk:
            raise BenefitRefused(_("申领 %(number)s 不在这一册里。") % {"number": number})
        steps = moving.acting(viewer, held.scheme, held.village_code, "object")
        moving.move(by=by, on=on, verb="object", steps=steps, claims=[claim])
    else:
        moving.touch([held.pk])
    made = Objection.objects.create(
        roll=held,
        claim=claim,
        received_on=received_on,
        told=told,
        answer_by=after("benefit_objection", received_on, pack=held.scheme.pack),
        recorded_by=by.username,
    )
    _record(by, "roll.object", [held], [claim] if claim else [])
    return made


@transaction.atomic
def settle(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    objection: Objection,
    is_upheld: bool,
    answer: str,
) -> Objection:
    """Answer an objection. Upheld: the claim is not paid, or the whole roll is put together again."""
    held = _held(viewer, objection.roll, None, "object")
    kept = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if kept.settled_on is not None:
        raise BenefitRefused(_("这条异议已经答复，请刷新页面。"))
    said = moving.reason_of(answer, _("已入户核查，反映不属实"))
    kept.settled_on, kept.is_upheld, kept.answer = on, is_upheld, said
    kept.settled_by = by.username
    kept.save()
    claims = _settled(by, on, viewer, held, kept, said)
    _record(by, "roll.answer", [held], claims)
    return kept


def _settled(
    by: Actor, on: date, viewer: Viewer, held: Roll, kept: Objection, said: str
) -> list[Claim]:
    """What an answer does to the claims it is about."""
    if kept.claim_id is None:
        if not kept.is_upheld:
            moving.touch([held.pk])
            return []
        claims = [
            each for each in _claims(held) if each.state in sources("send_back", Step.VILLAGE)
        ]
        _move(by, on, viewer, "send_back", held, claims, note=said)
        _take_down(held, on, said)
        return claims
    claims = [each for each in _claims(held) if each.pk == kept.claim_id]
    if claims and claims[0].state == State.OBJECTED:
        still = held.objections.filter(claim=kept.claim_id, settled_on__isnull=True).exists()
        if kept.is_upheld:
            _move(by, on, viewer, "refuse", held, claims, reason="objection", note=said)
            drafting.freed(held.scheme, claims)
        elif not still:
            _move(by, on, viewer, "dismiss", held, claims, note=said)
    return claims


@transaction.atomic
def check(*, by: Actor, on: date, viewer: Viewer, rolls: Mapping[int, int]) -> list[Roll]:
    """The town has checked these rolls (number → version seen); those still objected to stay behind."""
    return _decide(by, on, viewer, "check", rolls, {})


@transaction.atomic
def approve(*, by: Actor, on: date, viewer: Viewer, rolls: Mapping[int, int]) -> list[Roll]:
    """The scheme's unit approves these rolls (number → version seen): the money is granted."""
    values = {"approved_by": by.username, "approved_on": on}
    return _decide(by, on, viewer, "approve", rolls, values)


def _decide(
    by: Actor,
    on: date,
    viewer: Viewer,
    verb: str,
    rolls: Mapping[int, int],
    values: Mapping[str, Any],
) -> list[Roll]:
    """Several rolls at once, each as it was seen; nothing is decided where one changed meanwhile."""
    if not rolls:
        raise BenefitRefused(_("请至少选择一册花名册。"))
    held = holding.rolls(viewer, dict(rolls))
    claims: list[Claim] = []
    for roll in held:
        moving.acting(viewer, roll.scheme, roll.village_code, verb)
        holding.refuse_closed(roll.scheme)
        claims += _standing(roll, verb)
    for scheme in {roll.scheme for roll in held}:
        mine = [each for each in claims if each.scheme_id == scheme.pk]
        pricing.still_entitled(scheme, mine, on)
        if verb == "approve":
            pricing.refuse_above_caps(scheme, mine)
    _go(by, on, viewer, verb, held, claims, values)
    return held


@transaction.atomic
def send_back(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    roll: Roll,
    seen: int,
    reason: str,
    numbers: Iterable[str] = (),
) -> Roll:
    """Send a roll, or some claims of it, back to be put together again; what hung is taken down.

    Corrected lines are published anew.
    """
    held = _held(viewer, roll, seen, "send_back")
    said = moving.reason_of(reason, _("蚕种张数与发放台账不一致"))
    steps = moving.acting(viewer, held.scheme, held.village_code, "send_back")
    states = frozenset().union(*(sources("send_back", step) for step in steps))
    wanted = set(numbers)
    claims = [each for each in _claims(held) if each.state in states]
    if wanted:
        claims = [each for each in claims if each.number in wanted]
    if not claims or (wanted and len(claims) < len(wanted)):
        raise BenefitRefused(_("所选的申领已不在您可以退回的环节，请刷新页面查看。"))
    moving.move(by=by, on=on, verb="send_back", steps=steps, claims=claims, note=said)
    if not wanted:
        _take_down(held, on, said)
    _record(by, "roll.send_back", [held], claims, said)
    return held


def _take_down(held: Roll, on: date, reason: str) -> None:
    hanging = held.publications.filter(taken_down_on__isnull=True, ends_on__gte=on)
    hanging.update(taken_down_on=on, taken_down_reason=reason)
    for name in (*_DAY_OF.values(), "publicity_ends_on"):
        setattr(held, name, None)
    held.save(update_fields=[*_DAY_OF.values(), "publicity_ends_on"])


def _held(viewer: Viewer, roll: Roll, seen: int | None, verb: str) -> Roll:
    """The roll, kept; refuses who may not do this there."""
    held = holding.roll(viewer, roll, seen)
    moving.acting(viewer, held.scheme, held.village_code, verb)
    holding.refuse_closed(held.scheme)
    return held


def _claims(held: Roll, *related: str) -> list[Claim]:
    rows = Claim.objects.filter(roll=held).select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related(*related) if related else rows)


def _standing(held: Roll, verb: str, *related: str) -> list[Claim]:
    """The claims of a roll a verb leads on; refuses a roll without any."""
    wanted = sources(verb)
    claims = [each for each in _claims(held, *related) if each.state in wanted]
    if not claims:
        raise BenefitRefused(
            _("%(roll)s里没有可以办理这一步的申领，请刷新页面查看。")
            % {"roll": holding.name_of(held)}
        )
    return claims


def _move(
    by: Actor,
    on: date,
    viewer: Viewer,
    verb: str,
    held: Roll,
    claims: Sequence[Claim],
    *,
    reason: str = "",
    note: str = "",
) -> None:
    steps = moving.acting(viewer, held.scheme, held.village_code, verb)
    values = {"reason": reason, "note": note} if reason else {}
    moving.move(
        by=by, on=on, verb=verb, steps=steps, claims=claims, reason=reason, note=note, values=values
    )


def _go(
    by: Actor,
    on: date,
    viewer: Viewer,
    verb: str,
    held: Sequence[Roll],
    claims: Sequence[Claim],
    values: Mapping[str, Any] | None = None,
) -> None:
    """Claims of rolls go on, the rolls show the day, one entry says so for all of them."""
    first = held[0]
    steps = moving.acting(viewer, first.scheme, first.village_code, verb)
    for roll in held:
        setattr(roll, _DAY_OF[verb], on)
    Roll.objects.bulk_update(held, [_DAY_OF[verb], "publicity_ends_on"], batch_size=200)
    moving.move(by=by, on=on, verb=verb, steps=steps, claims=claims, values=values)
    _record(by, f"roll.{verb}", held, claims)


def _without_amount(claim: Claim) -> str:
    if claim.amount_fen is None:
        return _("申领 %(number)s 还没有数量或金额，请补填，或撤回这一笔。") % {
            "number": claim.number
        }
    return _("申领 %(number)s 的补贴为 0 元（封顶额度已用完），请撤回这一笔。") % {
        "number": claim.number
    }


def _record(
    by: Actor, action: str, rolls: Sequence[Roll], claims: Sequence[Claim], reason: str = ""
) -> None:
    """One entry for all: the rolls, and the claims with their amounts as a number and a digest."""
    villages = {roll.village_code for roll in rolls}
    schemes = {roll.scheme_id: roll.scheme for roll in rolls}
    record(
        by=by,
        action=action,
        kind="roll",
        ids=[roll.pk for roll in rolls],
        count=max(1, len(claims)),
        reason=reason,
        detail={
            "schemes": sorted(each.number for each in schemes.values()),
            "claims": summary((claim.number, claim.amount_fen) for claim in claims),
        },
        place=villages.pop() if len(villages) == 1 else "",
    )
