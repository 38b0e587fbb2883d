"""How values of facts and thresholds are written for people: with units, never rounded twice.

Base units come in (fen, persons, days, hundredths of a percent); None is 未掌握, zero is 0.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

_MONEY: Final = "元"
_SHARE: Final = "比例"
_TABLES: Final = {
    "households": _lazy("户"),
    "persons": _lazy("家庭成员"),
    "incomes": _lazy("收入"),
    "employments": _lazy("务工就业"),
    "statuses": _lazy("身份和帮扶"),
    "events": _lazy("事件"),
    "holdings": _lazy("财产线索"),
}


def snapshot_table(name: str) -> str:
    """A table of the snapshot in the reader's language."""
    return str(_TABLES.get(name, name))


def reading(value: Any, unit: str) -> str:
    """A value with its unit, as text for the page."""
    if value is None:
        return _("未掌握")
    if isinstance(value, bool) or unit == "是否":
        yes = value if isinstance(value, bool) else value not in (0, "", "0", "false", "FALSE")
        return pgettext("answer", "是") if yes else pgettext("answer", "否")
    if isinstance(value, str):
        return _("%(grade)s 级") % {"grade": value} if unit == "等级" else value
    if unit.startswith(_MONEY):
        return f"{yuan(value)} {unit_name(unit)}"
    if unit == _SHARE:
        return f"{_trimmed(value, 100)}%"
    return f"{value:,} {unit_name(unit)}".rstrip()


def yuan(fen: int) -> str:
    """Fen as yuan: 730000 is 7,300 and 730050 is 7,300.50."""
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    whole, rest = divmod(fen, 100)
    return f"{sign}{whole:,}" + (f".{rest:02d}" if rest else "")


def unit_name(unit: str) -> str:
    """A unit in the reader's language."""
    return _(unit) if unit else ""


def _trimmed(value: int, per: int) -> str:
    whole, rest = divmod(abs(value), per)
    text = f"{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")
    return f"-{text}" if value < 0 else text
