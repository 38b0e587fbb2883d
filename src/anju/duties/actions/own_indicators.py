"""Indicators as people set them: added by hand, who reports and how often, ended."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit import changes
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import (
    Comparison,
    Indicator,
    IndicatorSource,
    IndicatorTarget,
    Rhythm,
)
from anju.duties.refusals import DutyRefused

OWN: Final = "own/"
#: Periods that end within a month have no month's end to be computed at.
RHYTHMS: Final = (Rhythm.MONTH, Rhythm.QUARTER, Rhythm.HALF_YEAR, Rhythm.YEAR)
_LARGEST: Final = Decimal(10) ** 14


@dataclass(frozen=True)
class Wanted:
    """An indicator as somebody describes it. With a `figure` it is computed, else reported."""

    name: str
    unit: str
    operator: str
    every: str
    definition: str = ""
    figure: str = ""
    reporting_unit: Unit | None = None


def is_own(indicator: Indicator) -> bool:
    """Whether it was added by hand: what a plan or pack says of the others is not to be changed."""
    return indicator.code.startswith(OWN)


@transaction.atomic
def add(*, by: Actor, on: date, viewer: Viewer, wanted: Wanted) -> Indicator:
    """Follow something that no plan or pack promises."""
    _refuse_others(viewer)
    name, unit = wanted.name.strip(), wanted.unit.strip()
    if not name or not unit:
        raise DutyRefused(_("请填写指标名称和计量单位。"))
    if wanted.operator not in Comparison.values or wanted.operator == Comparison.BETWEEN:
        raise DutyRefused(_("请选择怎样比较。"))
    _refuse_rhythm(wanted.every)
    digest = hashlib.sha256(f"{name}|{unit}".encode()).hexdigest()[:12]
    if Indicator.objects.filter(code=f"{OWN}{digest}").exists():
        raise DutyRefused(_("已经有同名、同单位的自设指标。"))
    row = Indicator.objects.create(
        code=f"{OWN}{digest}",
        name=name[:120],
        unit=unit[:20],
        operator=wanted.operator,
        source=IndicatorSource.COMPUTED if wanted.figure else IndicatorSource.REPORTED,
        figure=wanted.figure,
        definition=wanted.definition.strip(),
        reporting_unit=wanted.reporting_unit,
        every=wanted.every,
        begun_on=on,
    )
    _note(by, "indicator.add", row, {"figure": row.figure})
    return row


@transaction.atomic
def change(
    *,
    by: Actor,
    viewer: Viewer,
    indicator: Indicator,
    reporting_unit: Unit | None,
    every: str,
    definition: str,
) -> Indicator:
    """Set who reports, how often, and in which words it is explained."""
    _refuse_others(viewer)
    _refuse_rhythm(every)
    row = Indicator.objects.get(pk=indicator.pk)
    values = {
        "reporting_unit_id": None if reporting_unit is None else reporting_unit.pk,
        "every": every,
        "definition": definition.strip(),
    }
    changed = changes.between(Indicator, changes.state(row, values), values)
    if not changed:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    _note(by, "indicator.change", row, changed)
    return row


@transaction.atomic
def set_target(
    *,
    by: Actor,
    viewer: Viewer,
    indicator: Indicator,
    due_on: date,
    value: Decimal | None,
    clause: str = "",
) -> None:
    """Say what an indicator of one's own must reach by a day; None takes that target away."""
    _refuse_others(viewer)
    if not is_own(indicator):
        raise DutyRefused(_("方案和政策包的目标值随方案的新版本修改，不能在这里改。"))
    rows = IndicatorTarget.objects.filter(indicator=indicator, due_on=due_on)
    if value is None:
        if not rows.delete()[0]:
            raise DutyRefused(_("这一天没有目标值。"))
    elif abs(value) >= _LARGEST:
        raise DutyRefused(_("数值太大，请核对小数点和计量单位。"))
    else:
        said = {"value": value, "upper": None, "clause": clause.strip()[:160]}
        IndicatorTarget.objects.update_or_create(indicator=indicator, due_on=due_on, defaults=said)
    shown = None if value is None else str(value)
    _note(by, "indicator.set", indicator, {"due_on": due_on.isoformat(), "value": shown})


@transaction.atomic
def end(*, by: Actor, on: date, viewer: Viewer, indicator: Indicator, reason: str) -> None:
    """Follow it no longer; its values stay. A new version of its plan may take it up again."""
    _refuse_others(viewer)
    reason = reason.strip()
    if not reason:
        raise DutyRefused(_("请写明终止的理由。"))
    rows = Indicator.objects.filter(pk=indicator.pk, ended_on__isnull=True)
    if not rows.update(ended_on=on):
        raise DutyRefused(_("这个指标已经终止。"))
    _note(by, "indicator.end", indicator, {}, reason=reason)


def _refuse_others(viewer: Viewer) -> None:
    if not viewer.may(Permission.MANAGE_PLANS):
        raise DutyRefused(_("您的岗位不能设置指标。"))


def _refuse_rhythm(every: str) -> None:
    if every not in RHYTHMS:
        raise DutyRefused(_("请选择频次：每月、每季度、每半年或每年。"))


def _note(
    by: Actor, action: str, row: Indicator, detail: Mapping[str, Any], *, reason: str = ""
) -> None:
    record(by=by, action=action, kind="indicator", ids=[row.code], detail=detail, reason=reason)
