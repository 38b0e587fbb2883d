"""Public-welfare posts: set up, put right, given other terms, ended when they are needed no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.employment.models import PostHolding, PostTerms, WelfarePost
from anju.employment.queries.post_facts import holds_post
from anju.employment.refusals import WrongWork
from anju.registry.actions.corrections import REASON_LENGTH
from anju.registry.actions.superseding import part, supersede

FIELDS: Final = ("kind", "name", "division_code", "site", "unit", "started_on")
TERMS: Final = ("places", "monthly_pay", "fund", "paper")


class PostRefused(WrongWork):
    """A change that contradicts what is known of a post; `field` is where it was typed, if it was."""

    def __init__(self, zh: str, field: str = "") -> None:
        super().__init__(zh, field)


@transaction.atomic
def add(
    *, by: Actor, on: date, values: Mapping[str, Any], terms: Mapping[str, Any], source: str
) -> WelfarePost:
    """A post that is needed; `values` are of `FIELDS`, `terms` of `TERMS` (pay in fen a month).

    Refused: one that is known already, a day to come, pay or places that cannot be.
    """
    post = WelfarePost(known_on=on, source=source)
    _put(post, values, on)
    _check_terms(terms)
    post.save()
    PostTerms.objects.create(
        post=post, valid_from=post.started_on, known_from=on, source=source, **terms
    )
    _audit(by, "add", post, {})
    return post


@transaction.atomic
def correct(
    *, by: Actor, on: date, post: WelfarePost, values: Mapping[str, Any], source: str
) -> bool:
    """Put right what the post is; whether anything changed."""
    present = WelfarePost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    before = state(present, FIELDS)
    if all(getattr(present, name) == value for name, value in values.items()):
        return False
    _put(present, values, on)
    present.known_on, present.source = max(on, present.known_on), source
    present.save()
    _audit(by, "correct", present, before)
    return True


@transaction.atomic
def change_terms(
    *,
    by: Actor,
    on: date,
    post: WelfarePost,
    since: date | None,
    values: Mapping[str, Any],
    source: str,
) -> bool:
    """Other places, pay or funds from a day on; without a day they were noted wrongly all along."""
    _check_terms(values)
    row = PostTerms.objects.select_for_update(of=("self",)).get(
        post=post, known_to__isnull=True, valid_to__isnull=True
    )
    before = state(row, TERMS)
    if all(before[name] == value for name, value in values.items()):
        return False
    if since is None or since == row.valid_from:
        now = supersede(row, on=on, source=source, changes=values)
    else:
        now = part(row, on=on, since=since, source=source, changes=values)
    told = {"since": since.isoformat() if since else None}
    _audit(by, "terms", post, before, between(PostTerms, before, state(now, TERMS)), told)
    return True


@transaction.atomic
def end(*, by: Actor, on: date, post: WelfarePost, ended_on: date, reason: str) -> WelfarePost:
    """The post is needed no more from a day on; refused while somebody holds it then."""
    said = reason.strip()
    if len(said) < REASON_LENGTH:
        raise PostRefused(
            _("请写明撤岗原因，至少 %(length)s 个字。") % {"length": REASON_LENGTH}, "reason"
        )
    if post.started_on is not None and ended_on < post.started_on:
        raise PostRefused(_("撤岗日期早于设岗日期，请核对。"), "ended_on")
    holders = PostHolding.objects.filter(holds_post(ended_on), post=post).count()
    if holders:
        raise PostRefused(
            _("撤岗当日还有 %(count)s 人在岗，请先逐人登记退岗。") % {"count": holders}, "ended_on"
        )
    before = {"ended_on": post.ended_on}
    WelfarePost.objects.filter(pk=post.pk).update(ended_on=ended_on)
    post.ended_on = ended_on
    told = between(WelfarePost, before, {"ended_on": ended_on})
    _audit(by, "end", post, {}, told, reason=said[:200])
    return post


def _put(post: WelfarePost, values: Mapping[str, Any], on: date) -> None:
    for name, value in values.items():
        setattr(post, name, value)
    if post.site is not None:
        post.division_code = post.site.village_code
    for name, words in (("name", _("请填写岗位名称。")), ("unit", _("请填写设岗单位。"))):
        setattr(post, name, getattr(post, name).strip())
        if not getattr(post, name):
            raise PostRefused(words, name)
    if not post.division_code:
        raise PostRefused(_("请选择所在地。"), "division_code")
    if post.started_on is not None and post.started_on > on:
        raise PostRefused(_("设岗日期还没有到，请核对。"), "started_on")
    same = WelfarePost.objects.filter(
        division_code=post.division_code, unit=post.unit, kind=post.kind, name=post.name
    )
    if same.exclude(pk=post.pk).exists():
        raise PostRefused(_("这个单位在当地已有同名的岗位，请在那个岗位上改核定人数。"), "name")


def _check_terms(values: Mapping[str, Any]) -> None:
    if (values.get("monthly_pay") or 0) < 0:
        raise PostRefused(_("月补贴标准填正数，请核对。"), "monthly_pay")
    if values.get("places") == 0:
        raise PostRefused(_("核定人数至少 1 人；不再需要的请登记撤岗。"), "places")


def _audit(
    by: Actor,
    verb: str,
    post: WelfarePost,
    before: dict[str, Any],
    changes: Any = None,
    more: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    if changes is None:
        changes = between(WelfarePost, before, state(post, FIELDS))
    record(
        by=by,
        action=f"welfare_post.{verb}",
        kind="welfare_post",
        ids=[post.pk],
        reason=reason,
        detail={"changes": changes, **(more or {})},
        place=post.division_code,
    )
