"""Courses a person took part in: recording one, setting it right, taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from anju.audit.actor import Actor
from anju.employment.actions import facts
from anju.employment.actions.facts import LedgerRefused
from anju.employment.models import Category, Certificate, LabourProfile, PostHolding, Training
from anju.registry.models import Household, Person

TOLD: Final = (
    "category", "trade", "organiser", "started_on", "ended_on", "certificate", "level", "subsidy",
)  # fmt: skip
_WITH_LEVEL: Final = frozenset({Certificate.SKILL_LEVEL, Certificate.QUALIFICATION})


def record(
    *,
    by: Actor,
    on: date,
    household: Household,
    person: Person,
    category: Category,
    trade: str,
    started_on: date,
    organiser: str = "",
    ended_on: date | None = None,
    certificate: Certificate | None = None,
    level: str = "",
    subsidy: int | None = None,
    source: str,
) -> Training:
    """A member took part in a course, subsidy in fen; refused when it is known already."""
    row = Training(
        household=household,
        person=person,
        category=category,
        trade=trade.strip(),
        organiser=organiser,
        started_on=started_on,
        ended_on=ended_on,
        certificate=certificate,
        level=level,
        subsidy=subsidy,
    )
    _refuse(row, on)
    return facts.add(by=by, on=on, row=row, told=TOLD, source=source)


def correct(
    *, by: Actor, on: date, training: Training, changes: Mapping[str, Any], source: str
) -> Training:
    """Set a course right; what was known before stays on record."""
    wanted = {name: getattr(training, name) for name in TOLD} | dict(changes)
    _refuse(Training(person=training.person, **wanted), on, but=training.pk)
    return facts.correct(by=by, on=on, row=training, changes=changes, source=source)


def forget(*, person_ids: Sequence[int]) -> int:
    """Take away who taught these persons, what they can and wished, and what was noted of their posts, in
    the caller's transaction; how many rows. That they were trained, or held a post, stays countable."""
    trained = Training.objects.filter(person__in=person_ids).update(organiser="")
    asked = LabourProfile.objects.filter(person__in=person_ids)
    held = PostHolding.objects.filter(person__in=person_ids).update(note="", end_note="")
    return trained + held + asked.update(skill="", wished_trade="")


def _refuse(row: Training, on: date, but: int | None = None) -> None:
    """What no course may say, and one that is known already."""
    if not row.trade:
        raise LedgerRefused(_("请填写工种或培训内容。"))
    if row.started_on > on:
        raise LedgerRefused(
            _("开班日期 %(day)s 晚于掌握日期 %(on)s，请核对。") % {"day": row.started_on, "on": on}
        )
    if row.ended_on is not None and row.ended_on < row.started_on:
        raise LedgerRefused(
            _("结业日期 %(ended)s 早于开班日期 %(begun)s，请核对。")
            % {"ended": row.ended_on, "begun": row.started_on}
        )
    if row.subsidy is not None and row.subsidy < 0:
        raise LedgerRefused(_("培训补贴填正数，请核对。"))
    if row.level and row.certificate not in _WITH_LEVEL:
        raise LedgerRefused(_("只有职业资格证书和职业技能等级证书有等级，请核对取得证书。"))
    same = Training.objects.filter(
        person=row.person, started_on=row.started_on, trade=row.trade, known_to__isnull=True
    )
    if same.exclude(pk=but).exists():
        raise LedgerRefused(_("此人同日开班的同一工种已经登记过了，请更正现有的一条。"))
