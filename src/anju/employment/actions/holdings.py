"""Who holds a public-welfare post: hired by rule, put right, renewed, let go, taken back.

One fact is entered once: every change here writes the person's row in the labour ledger too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.employment import post_rules, post_words
from anju.employment.actions import employments
from anju.employment.actions.posts import PostRefused
from anju.employment.models import (
    Channel,
    Employment,
    EndReason,
    PostHolding,
    PostPay,
    PostTerms,
    WelfarePost,
)
from anju.employment.post_rules import ASKED, Answer
from anju.employment.queries.post_facts import answered, applicants, holds_post
from anju.employment.queries.post_limits import stated
from anju.registry.actions.corrections import REASON_LENGTH
from anju.registry.actions.superseding import supersede
from anju.registry.models import Household, Person

AGREED: Final = ("started_on", "agreed_until", "monthly_pay", "insurance", "is_part_time")
ASKED_OF_PERSON: Final = ("has_licence", "has_official", "note")
TOLD: Final = (*AGREED, *ASKED_OF_PERSON)
LEFT: Final = ("ended_on", "end_reason", "end_note")


@transaction.atomic
def hire(
    *,
    by: Actor,
    on: date,
    post: WelfarePost,
    household: Household,
    person: Person,
    values: Mapping[str, Any],
    source: str,
) -> PostHolding:
    """Somebody is hired; `values` are of `TOLD`, pay in fen a month.

    Refused, with each condition that is not met and what was seen: whoever may not be hired by the
    pack's rules; who was not asked what only they can say; a post that is full, ended or not yet
    needed. What else is unknown must be found out, and the note says how.
    """
    row = PostHolding(post=post, household=household, person=person, **values)
    _check(row, on)
    post = WelfarePost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    _refuse_place(post, row)
    answers = asked_of(person, row.started_on, values)
    _refuse_answers(answers, row.note)
    row.known_from, row.source = on, source
    row.save()
    seen = {each.rule: each.verdict for each in answers}
    told = between(PostHolding, {}, state(row, TOLD))
    _audit(by, "hire", row, {"changes": told, "rules": {str(k): str(v) for k, v in seen.items()}})
    _follow(by, on, row, row.started_on, source)
    return row


def asked_of(person: Person, on: date, said: Mapping[str, Any]) -> tuple[Answer, ...]:
    """What the rules say of somebody on a day, with what they answered themselves."""
    who = answered(
        applicants([person], on)[person.pk],
        has_licence=said.get("has_licence"),
        has_official=said.get("has_official"),
    )
    return post_rules.judge(who, stated(on).bounds)


@transaction.atomic
def correct(
    *, by: Actor, on: date, holding: PostHolding, changes: Mapping[str, Any], source: str
) -> PostHolding:
    """What was agreed was noted wrongly or was agreed anew; what was known before stays on record."""
    begun = holding.started_on
    wanted = {name: getattr(holding, name) for name in (*TOLD, *LEFT)} | dict(changes)
    _check(PostHolding(person=holding.person, **wanted), on, but=holding.pk)
    before = state(holding, list(changes))
    row = supersede(holding, on=on, source=source, changes=changes)
    _audit(by, "correct", row, {"changes": between(PostHolding, before, changes)})
    _follow(by, on, row, begun, source)
    return row


@transaction.atomic
def renew(
    *, by: Actor, on: date, holding: PostHolding, agreed_until: date, source: str
) -> PostHolding:
    """The agreement goes on until another day."""
    if holding.ended_on is not None:
        raise PostRefused(_("已经退岗，不能续签；再次聘用请重新登记。"))
    if holding.agreed_until is not None and agreed_until <= holding.agreed_until:
        raise PostRefused(
            _("续签后的终止日期要晚于现在的 %(day)s。") % {"day": holding.agreed_until},
            "agreed_until",
        )
    before = {"agreed_until": holding.agreed_until}
    row = supersede(holding, on=on, source=source, changes={"agreed_until": agreed_until})
    told = between(PostHolding, before, {"agreed_until": agreed_until})
    _audit(by, "extend", row, {"changes": told})
    return row


@transaction.atomic
def leave(
    *,
    by: Actor,
    on: date,
    holding: PostHolding,
    ended_on: date,
    reason: EndReason,
    note: str = "",
    source: str,
) -> PostHolding:
    """They leave the post: `ended_on` is the first day off it; the labour ledger says so too."""
    if holding.ended_on is not None:
        raise PostRefused(_("已经登记退岗；登记错了的请更正。"))
    changes = {"ended_on": ended_on, "end_reason": reason, "end_note": note.strip()[:200]}
    wanted = {name: getattr(holding, name) for name in TOLD} | changes
    _check(PostHolding(person=holding.person, **wanted), on, but=holding.pk)
    row = supersede(holding, on=on, source=source, changes=changes)
    _audit(by, "let_go", row, {"changes": between(PostHolding, {}, changes)})
    _follow(by, on, row, row.started_on, source)
    return row


@transaction.atomic
def withdraw(*, by: Actor, on: date, holding: PostHolding, reason: str) -> None:
    """Take back what was never so, in the labour ledger too; refused once pay is on record."""
    if holding.known_to is not None:
        raise PostRefused(_("这一条已被后来的情况取代，请刷新页面。"))
    said = reason.strip()[:200]
    if len(said) < REASON_LENGTH:
        raise PostRefused(
            _("请写明撤销理由，至少 %(length)s 个字。") % {"length": REASON_LENGTH}, "reason"
        )
    paid = PostPay.objects.filter(
        person=holding.person, post=holding.post, paid_on__isnull=False, known_to__isnull=True
    )
    if paid.exists():
        raise PostRefused(_("已经登记发放过补贴，不能撤销；不再在岗的请登记退岗。"))
    holding.known_to = max(on, holding.known_from)
    holding.save(update_fields=["known_to"])
    _audit(by, "withdraw", holding, {"row": holding.pk}, said)
    row = _in_ledger(holding, holding.started_on)
    if row is not None:
        employments.withdraw(by=by, on=on, employment=row, reason=said)


@transaction.atomic
def take_up(
    *,
    by: Actor,
    on: date,
    employment: Employment,
    post: WelfarePost,
    household: Household,
    values: Mapping[str, Any],
    source: str,
) -> PostHolding:
    """A row of the labour ledger turns out to be this post: it was so already, so no rule is asked.

    Its days stay; employer and wage become those of the post.
    """
    if employment.started_on is None:
        raise PostRefused(_("劳动力台账这一条没有开始日期，请先在务工月监测中补上。"))
    row = PostHolding(
        post=post,
        household=household,
        person=employment.person,
        started_on=employment.started_on,
        ended_on=employment.ended_on,
        **values,
    )
    _check(row, on)
    row.known_from, row.source = on, source
    row.save()
    _audit(
        by, "link_ledger", row, {"changes": between(PostHolding, {}, state(row, (*TOLD, *LEFT)))}
    )
    _follow(by, on, row, row.started_on, source)
    return row


@transaction.atomic
def join(*, by: Actor, on: date, employment: Employment, holding: PostHolding, source: str) -> None:
    """A row of the labour ledger is the same work as a holding noted from another day: it goes, the
    holding's own row stays."""
    if employment.person_id != holding.person_id or employment.channel != Channel.WELFARE_POST:
        raise PostRefused(_("这一段务工不是此人的公益性岗位，请刷新页面。"))
    if employment.started_on != holding.started_on:
        employments.withdraw(
            by=by, on=on, employment=employment, reason=_("与公益性岗位聘用是同一段")
        )
    _follow(by, on, holding, holding.started_on, source)


def _check(row: PostHolding, on: date, but: int | None = None) -> None:
    """What no holding may say, and one that is known already."""
    if row.started_on > on:
        raise PostRefused(_("聘用日期还没有到，上岗后再登记。"), "started_on")
    if row.agreed_until is not None and row.agreed_until < row.started_on:
        raise PostRefused(_("协议终止日期早于聘用日期，请核对。"), "agreed_until")
    if row.monthly_pay is not None and row.monthly_pay < 0:
        raise PostRefused(_("月补贴填正数，请核对。"), "monthly_pay")
    if row.ended_on is not None and row.ended_on < row.started_on:
        raise PostRefused(_("退岗日期早于聘用日期，请核对。"), "ended_on")
    if row.ended_on is not None and row.ended_on > on:
        raise PostRefused(_("退岗日期还没有到，退岗后再登记。"), "ended_on")
    if row.ended_on is not None and not row.end_reason:
        raise PostRefused(_("请选择退岗原因。"), "end_reason")
    if row.ended_on is None and row.end_reason:
        raise PostRefused(_("填了退岗原因，没有填退岗日期。"), "ended_on")
    if row.end_reason == EndReason.OTHER and len(row.end_note.strip()) < REASON_LENGTH:
        raise PostRefused(_("退岗原因选“其他”的，请写明是什么原因。"), "end_note")
    same = PostHolding.objects.filter(
        person=row.person, started_on=row.started_on, known_to__isnull=True
    )
    if same.exclude(pk=but).exists():
        raise PostRefused(_("此人同日上岗的岗位已经登记过了，请更正那一条。"), "started_on")


def _refuse_place(post: WelfarePost, row: PostHolding) -> None:
    """The post is needed on the day, and has a place that nobody holds."""
    if post.started_on is not None and row.started_on < post.started_on:
        raise PostRefused(_("聘用日期早于设岗日期，请核对。"), "started_on")
    if post.ended_on is not None and row.started_on >= post.ended_on:
        raise PostRefused(_("这个岗位已经撤销，不能再聘用。"))
    terms = PostTerms.objects.filter(post=post, known_to__isnull=True, valid_to__isnull=True)
    places = terms.values_list("places", flat=True).first()
    taken = PostHolding.objects.filter(holds_post(row.started_on), post=post).count()
    if places is not None and taken >= places:
        raise PostRefused(
            _("这个岗位核定 %(places)s 人，已有 %(taken)s 人在岗，没有空缺。")
            % {"places": places, "taken": taken}
        )


def _refuse_answers(answers: Sequence[Answer], note: str) -> None:
    wrong = post_rules.broken(answers)
    if wrong:
        raise PostRefused(_("不符合聘用条件：%(what)s。") % {"what": post_words.told(wrong)})
    missing = post_rules.unknown(answers)
    asked = [each for each in missing if each.rule in ASKED]
    if asked:
        raise PostRefused(_("请先问清本人：%(what)s。") % {"what": post_words.told(asked)})
    if missing and len(note.strip()) < REASON_LENGTH:
        raise PostRefused(
            _("底册没有掌握：%(what)s。请核实，在“核实说明”中写明怎样核实的。")
            % {"what": post_words.told(missing)},
            "note",
        )


def _in_ledger(holding: PostHolding, since: date) -> Employment | None:
    return Employment.objects.filter(
        person=holding.person,
        started_on=since,
        channel=Channel.WELFARE_POST,
        known_to__isnull=True,
    ).first()


def _follow(by: Actor, on: date, holding: PostHolding, since: date, source: str) -> None:
    """The labour ledger says what the holding says; `since`: the day it stood under there."""
    said = {
        "started_on": holding.started_on,
        "ended_on": holding.ended_on,
        "employer": holding.post.unit,
        "monthly_wage": holding.monthly_pay,
    }
    row = _in_ledger(holding, since) or _in_ledger(holding, holding.started_on)
    if row is None:
        row = employments.start(
            by=by,
            on=on,
            person=holding.person,
            started_on=holding.started_on,
            channel=Channel.WELFARE_POST,
            employer=holding.post.unit,
            monthly_wage=holding.monthly_pay,
            source=source,
        )
    changes = {name: value for name, value in said.items() if getattr(row, name) != value}
    if changes:
        employments.correct(by=by, on=on, employment=row, changes=changes, source=source)


def _audit(
    by: Actor, verb: str, row: PostHolding, detail: Mapping[str, Any], reason: str = ""
) -> None:
    record(
        by=by,
        action=f"post_holding.{verb}",
        kind="household",
        ids=[row.household.code],
        reason=reason,
        detail=dict(detail),
        place=row.household.village_code,
    )
