"""What a worker said when asked: recording it, setting it right, taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from anju.audit.actor import Actor
from anju.employment.actions import facts
from anju.employment.actions.facts import LedgerRefused
from anju.employment.models import LabourProfile
from anju.registry.models import Household, Person

TOLD: Final = (
    "told_on", "residence", "wants_work", "wants_training", "wished_trade", "wished_wage", "skill",
    "talks", "openings", "offers",
)  # fmt: skip
_SAID: Final = ("residence", "wants_work", "wants_training")


def record(
    *,
    by: Actor,
    on: date,
    household: Household,
    person: Person,
    told_on: date,
    source: str,
    **said: Any,
) -> LabourProfile:
    """What a member said on a day (fields of `LabourProfile`, wage in fen); refused when the answers
    of that day are known already."""
    row = LabourProfile(household=household, person=person, told_on=told_on, **said)
    _refuse(row, on)
    return facts.add(by=by, on=on, row=row, told=TOLD, source=source)


def correct(
    *, by: Actor, on: date, profile: LabourProfile, changes: Mapping[str, Any], source: str
) -> LabourProfile:
    """Set answers right; what was known before stays on record."""
    wanted = {name: getattr(profile, name) for name in TOLD} | dict(changes)
    _refuse(LabourProfile(person=profile.person, **wanted), on, but=profile.pk)
    return facts.correct(by=by, on=on, row=profile, changes=changes, source=source)


def _refuse(row: LabourProfile, on: date, but: int | None = None) -> None:
    """What no answer may say, and a day that is known already."""
    if row.told_on > on:
        raise LedgerRefused(
            _("摸底日期 %(day)s 晚于掌握日期 %(on)s，请核对。") % {"day": row.told_on, "on": on}
        )
    if row.wished_wage is not None and row.wished_wage < 0:
        raise LedgerRefused(_("期望月工资填正数，请核对。"))
    if all(getattr(row, name) is None for name in _SAID):
        raise LedgerRefused(_("常住情况、就业意愿、培训意愿至少填写一项。"))
    same = LabourProfile.objects.filter(
        person=row.person, told_on=row.told_on, known_to__isnull=True
    )
    if same.exclude(pk=but).exists():
        raise LedgerRefused(_("此人当日的意愿已经登记过了，请更正现有的一条。"))
