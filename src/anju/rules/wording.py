"""Values as people read them: fen as yuan, basis points as per cent, codes and truths as words."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from anju.rules.pack_model import UNIT_KINDS

_CODES: Final = {
    "lifted_out": ("脱贫户", "lifted-out household"),
    "ordinary": ("一般农户", "ordinary rural household"),
}
_UNITS_EN: Final = {
    "元": "yuan", "元/人": "yuan a person", "元/人·年": "yuan a person and year",
    "元/人·月": "yuan a person and month", "元/户": "yuan a household",
    "元/户·年": "yuan a household and year", "人": "person(s)", "户": "household(s)", "天": "day(s)",
    "周岁": "years of age", "个月": "month(s)", "次": "time(s)", "家": "compan(ies)", "套": "home(s)",
    "项": "measure(s)", "等级": "", "是否": "", "比例": "",
}  # fmt: skip


def number(value: int, unit: str, language: str = "zh") -> str:
    """A whole number in base units (fen, basis points, pieces) with its unit."""
    kind = UNIT_KINDS.get(unit, "count")
    if kind == "money":
        sign, fen = ("-" if value < 0 else ""), abs(value)
        return f"{sign}{fen // 100:,}.{fen % 100:02d} {unit_word(unit, language)}"
    if kind == "share":
        sign, points = ("-" if value < 0 else ""), abs(value)
        return f"{sign}{points // 100}.{points % 100:02d} %"
    return f"{value:,} {unit_word(unit, language)}".rstrip()


def value(found: object, unit: str, language: str = "zh") -> str:
    """A fact's value of any type; an unknown one says so."""
    if found is None:
        return "未知" if language == "zh" else "unknown"
    if isinstance(found, bool):
        return ("是" if found else "否") if language == "zh" else ("yes" if found else "no")
    if isinstance(found, int):
        return number(found, unit, language)
    words = _CODES.get(str(found))
    return str(found) if words is None else words[0 if language == "zh" else 1]


def unit_word(unit: str, language: str) -> str:
    """The unit in the language; a unit without an English word stays as it is."""
    return unit if language == "zh" else _UNITS_EN.get(unit, unit)


def parameter(written: int | str, unit: str, language: str = "zh") -> str:
    """A parameter's value as `run.json` writes it: a whole number, or a fraction such as 3/10."""
    exact = Fraction(written)
    if UNIT_KINDS.get(unit) == "share":
        exact *= 10_000
    if exact.denominator != 1:
        return f"{exact} {unit_word(unit, language)}".rstrip()
    return number(exact.numerator, unit, language)
