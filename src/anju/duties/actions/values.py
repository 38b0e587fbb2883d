"""Values of indicators: computed ones are kept, reported ones are checked by somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.attachments import Attachment
from anju.audit.sealed_files import sealed_folder
from anju.duties.models import (
    Indicator,
    IndicatorSource,
    IndicatorValue,
    ValueProof,
    ValueState,
)
from anju.duties.periods import period_of
from anju.duties.queries import indicators as queries
from anju.duties.queries import unit_of
from anju.duties.refusals import DutyRefused
from anju.privacy.masking import holds_a_number

PROOFS: Final = sealed_folder("value-proofs")
MOST_PROOFS: Final = 5
_LARGEST: Final = Decimal(10) ** 14


class Kept(StrEnum):
    """What became of a computed value."""

    NEW = "new"
    FILLED = "filled"  # it could not be told before
    SAME = "same"
    CHANGED = "changed"
    LEFT = "left"  # another value stands there, and nobody gave a reason to replace it


@transaction.atomic
def keep(
    *,
    by: Actor,
    on: date,
    indicator: Indicator,
    as_of: date,
    value: Decimal | None,
    made_of: Mapping[str, Any],
    reason: str = "",
) -> Kept:
    """Keep a value that was computed, once for an indicator and day.

    A known value is only replaced with a reason; the audit trail keeps what stood there before. The
    caller notes the run of computing as a whole.
    """
    new = {"value": value, "made_of": dict(made_of), "recorded_on": on}
    new["recorded_by"] = by.username
    rows = IndicatorValue.objects.filter(indicator=indicator, as_of=as_of)
    old = rows.exclude(state=ValueState.RETURNED).first()
    if old is None:
        IndicatorValue.objects.create(
            indicator=indicator, as_of=as_of, state=ValueState.ACCEPTED, **new
        )
        return Kept.NEW
    if old.value == value:
        return Kept.SAME
    if old.state != ValueState.ACCEPTED or old.unit_id is not None:
        return Kept.LEFT
    if old.value is None:
        rows.filter(pk=old.pk).update(**new)
        return Kept.FILLED
    if not reason or value is None:
        return Kept.LEFT
    rows.filter(pk=old.pk).update(**new)
    detail = {
        "as_of": as_of.isoformat(),
        "value": [str(old.value), str(value)],
        "made_of": [old.made_of, dict(made_of)],
    }
    _note(by, "indicator.recompute", indicator, reason=reason, detail=detail)
    return Kept.CHANGED


@transaction.atomic
def report(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    indicator: Indicator,
    as_of: date,
    value: Decimal,
    words: str,
    proofs: Sequence[Attachment] = (),
) -> IndicatorValue:
    """Say a value for one's unit, in words too, with proof; it counts when somebody has checked it."""
    words = words.strip()
    refuse_value(
        on=on,
        viewer=viewer,
        indicator=indicator,
        as_of=as_of,
        value=value,
        words=words,
        proofs=proofs,
    )
    row = IndicatorValue.objects.create(
        indicator=indicator,
        as_of=as_of,
        value=value,
        note=words,
        unit=unit_of(viewer),
        state=ValueState.SUBMITTED,
        recorded_on=on,
        recorded_by=by.username,
    )
    for attachment in proofs:
        proof = ValueProof.objects.create(
            value=row,
            file_name=attachment.file_name,
            size=attachment.size,
            digest=attachment.digest,
        )
        PROOFS.store(proof.pk, attachment.content)
    detail = {"as_of": as_of.isoformat(), "value": str(value), "proofs": len(proofs)}
    _note(by, "indicator.submit", indicator, detail=detail)
    return row


def refuse_value(
    *,
    on: date,
    viewer: Viewer,
    indicator: Indicator,
    as_of: date,
    value: Decimal,
    words: str,
    proofs: Sequence[Attachment] = (),
) -> None:
    """Refuse what `report` would refuse, and write nothing."""
    _refuse_others(viewer, indicator)
    _refuse_day(indicator, as_of, on)
    if not words.strip():
        raise DutyRefused(_("请写明这个数从哪里来、怎么统计的。"))
    refuse_numbers(words)
    if abs(value) >= _LARGEST:
        raise DutyRefused(_("数值太大，请核对小数点和计量单位。"))
    if len(proofs) > MOST_PROOFS:
        raise DutyRefused(_("佐证最多附 %(most)s 个文件。") % {"most": MOST_PROOFS})


@transaction.atomic
def check(
    *, by: Actor, on: date, viewer: Viewer, value: IndicatorValue, accept: bool, note: str = ""
) -> IndicatorValue:
    """Accept what a unit reported, or send it back; never one's own.

    An accepted value may be sent back later, with the reason, and is then reported again.
    """
    row = IndicatorValue.objects.select_related("indicator").get(pk=value.pk)
    note = note.strip()
    refuse_numbers(note)
    if not viewer.may(Permission.CHECK_PROGRESS):
        raise DutyRefused(_("您的岗位不能审核指标。"))
    if row.recorded_by == by.username:
        raise DutyRefused(_("自己填报的数要由别人审核。"))
    expected = (ValueState.SUBMITTED,) if accept else (ValueState.SUBMITTED, ValueState.ACCEPTED)
    if row.unit_id is None or row.state not in expected:
        raise DutyRefused(_("这个数已经处理过了，请刷新页面。"))
    if not accept and not note:
        raise DutyRefused(_("请写明退回的理由。"))
    row.state = ValueState.ACCEPTED if accept else ValueState.RETURNED
    row.checked_on, row.checked_by, row.check_note = on, by.username, note
    row.save(update_fields=["state", "checked_on", "checked_by", "check_note"])
    action = "indicator.settle" if accept else "indicator.refuse"
    detail = {"as_of": row.as_of.isoformat(), "value": str(row.value)}
    _note(by, action, row.indicator, detail=detail)
    return row


def refuse_numbers(text: str) -> None:
    """What is typed of a figure has no place for numbers of persons."""
    if holds_a_number(text):
        raise DutyRefused(_("说明中不能填写身份证号码、手机号和银行账号。"))


def _refuse_others(viewer: Viewer, indicator: Indicator) -> None:
    if indicator.source != IndicatorSource.REPORTED:
        raise DutyRefused(_("这个指标由系统计算，不用填报。"))
    if indicator.reporting_unit_id is None:
        raise DutyRefused(_("这个指标还没有指定填报单位，请牵头部门先指定。"))
    if not queries.may_report(viewer, indicator):
        raise DutyRefused(_("这个指标由别的单位填报。"))


def _refuse_day(indicator: Indicator, as_of: date, on: date) -> None:
    if queries.has_ended(indicator, as_of):
        raise DutyRefused(_("这个指标已经终止。"))
    if as_of != period_of(indicator.every, as_of).last_day:
        raise DutyRefused(_("截至日期应是这个指标一期的最后一天，请从列表中选择。"))
    if as_of > on:
        raise DutyRefused(_("这一期还没有结束，期末后再填报。"))
    rows = IndicatorValue.objects.filter(indicator=indicator, as_of=as_of)
    if rows.exclude(state=ValueState.RETURNED).exists():
        raise DutyRefused(_("这一期已经填报过了。要更正的，请审核人先退回。"))


def _note(
    by: Actor, action: str, indicator: Indicator, *, detail: Mapping[str, Any], reason: str = ""
) -> None:
    record(
        by=by, action=action, kind="indicator", ids=[indicator.code], detail=detail, reason=reason
    )
