"""Regional figures: written down once with their source, put right, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit import changes
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.registry.queries.money import last_day
from anju.reporting.models import Area, RegionalIncome
from anju.reporting.refusals import FigureRefused

_MOST_GROWTH: Final = 100
_MOST_INCOME: Final = 1_000_000_00
_FIRST_YEAR: Final = 2000


@dataclass(frozen=True)
class Published:
    """What a bureau published: income a head in fen, growth in per cent, either may be missing."""

    area: str
    quarter: int
    amount: int | None
    growth: Decimal | None
    source: str
    published_on: date


@transaction.atomic
def put(*, by: Actor, on: date, viewer: Viewer, published: Published) -> RegionalIncome:
    """Write a figure down; one of the same area and quarter is put right, the trail keeps what it was.

    Refused: no right to, no area, a quarter to come, neither number, one that cannot be, no source.
    """
    _refuse_others(viewer)
    _refuse_wrong(published, on)
    values = {
        "amount": published.amount,
        "growth": published.growth,
        "source": published.source.strip()[:160],
        "published_on": published.published_on,
    }
    row = RegionalIncome.objects.filter(area=published.area, quarter=published.quarter).first()
    if row is None:
        row = RegionalIncome.objects.create(
            area=published.area,
            quarter=published.quarter,
            recorded_on=on,
            recorded_by=by.username,
            **values,
        )
        _note(by, "regional_income.add", row, {})
        return row
    changed = changes.between(RegionalIncome, changes.state(row, values), values)
    if changed:
        for name, value in {**values, "recorded_on": on, "recorded_by": by.username}.items():
            setattr(row, name, value)
        row.save()
        _note(by, "regional_income.change", row, {"changes": changed})
    return row


@transaction.atomic
def remove(*, by: Actor, viewer: Viewer, reference_id: int) -> None:
    """Take a figure back that was written down by mistake; values computed with it stay."""
    _refuse_others(viewer)
    row = RegionalIncome.objects.filter(pk=reference_id).first()
    if row is None:
        raise FigureRefused(_("这个参照数已经删除，请刷新页面。"))
    detail = {"amount": row.amount, "growth": None if row.growth is None else str(row.growth)}
    _note(by, "regional_income.remove", row, detail)
    row.delete()


def _refuse_others(viewer: Viewer) -> None:
    if not viewer.may(Permission.MANAGE_PLANS):
        raise FigureRefused(_("您的岗位不能录入地区参照数。"))


def _refuse_wrong(published: Published, on: date) -> None:
    if published.area not in Area.values:
        raise FigureRefused(_("请选择地区。"))
    year, number = divmod(published.quarter, 10)
    if number not in (1, 2, 3, 4) or not _FIRST_YEAR <= year <= on.year:
        raise FigureRefused(_("请选择年份和截至的季度。"))
    if last_day(published.quarter) > on:
        raise FigureRefused(_("这个季度还没有结束。"))
    if published.published_on > on:
        raise FigureRefused(_("发布日期不能晚于今天。"))
    if published.amount is None and published.growth is None:
        raise FigureRefused(_("人均可支配收入和增速至少填一项。"))
    if published.amount is not None and not 0 < published.amount <= _MOST_INCOME:
        raise FigureRefused(_("人均可支配收入应大于0、不超过100万元，请核对计量单位（元）。"))
    if published.growth is not None and abs(published.growth) > _MOST_GROWTH:
        raise FigureRefused(_("增速应在-100到100之间，8.5%写8.5。"))
    if not published.source.strip():
        raise FigureRefused(_("请写明来源，例如“市统计局2023年前三季度统计公报”。"))


def _note(by: Actor, action: str, row: RegionalIncome, detail: dict[str, object]) -> None:
    record(
        by=by,
        action=action,
        kind="regional_income",
        ids=[f"{row.area}-{row.quarter}"],
        detail=detail,
    )
