"""Numbers as they are typed for indicators."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from anju.duties.refusals import DutyRefused
from anju.reporting.figures.model import SHARE

_TOO_LARGE: Final = 2  # a share of twice the whole: whoever writes 2 or 85 without % means per cent


def number(text: str, unit: str) -> Decimal:
    """A number of a form or cell: shares may be written as 85% or 0.85."""
    written = text.strip().replace(",", "").replace("，", "").replace("％", "%")
    is_percent = written.endswith("%")
    try:
        found = Decimal(written.rstrip("%"))
    except InvalidOperation:
        raise DutyRefused(_("请填写数值，例如 120 或 85.5%。")) from None
    if not found.is_finite():
        raise DutyRefused(_("请填写数值，例如 120 或 85.5%。"))
    if is_percent and unit == "%":
        return found
    if is_percent and unit != SHARE:
        raise DutyRefused(_("这个指标的计量单位是%(unit)s，不能填百分数。") % {"unit": unit})
    if unit == SHARE and not is_percent and abs(found) >= _TOO_LARGE:
        raise DutyRefused(_("这个指标是比例，请写 85% 或 0.85。"))
    return found / 100 if is_percent else found
