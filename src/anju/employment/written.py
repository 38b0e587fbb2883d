"""Wages and ages as offices write them in one cell: 3000-4500元, 不低于3500, 18至50周岁, 面议.

Pure.
"""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = r"(\d{1,6}(?:\.\d{1,2})?)"
_RANGE: Final = re.compile(rf"{_NUMBER}(万|千)?(?:元)?(?:[-—–~～至到]+){_NUMBER}(万|千)?")
_ONE: Final = re.compile(rf"{_NUMBER}(万|千)?")
_FACTORS: Final = {"万": 10_000, "千": 1_000, None: 1}
_LEAST: Final = ("以上", "不低于", "起", "≥", "大于")
_MOST: Final = ("以下", "不超过", "以内", "≤", "小于")
_NOTHING: Final = ("面议", "面谈", "不限", "无", "—", "-", "/")

Ends = tuple[int | None, int | None]


def ends(text: str) -> Ends | None:
    """The two ends of what a cell says, whole numbers; None for an end that is open. None in all where
    it cannot be read; nothing at all (面议, 不限) is two open ends."""
    bare = re.sub(r"[,，\s]", "", text)
    if not bare or bare in _NOTHING or any(word in bare for word in ("面议", "面谈", "不限")):
        return None, None
    both = _RANGE.search(bare)
    if both:
        # 3-5千 and 0.3-0.5万: the unit behind the second stands for both.
        return _value(both[1], both[2] or both[4]), _value(both[3], both[4])
    one = _ONE.search(bare)
    if one is None:
        return None
    value = _value(one[1], one[2])
    if any(word in bare for word in _LEAST):
        return value, None
    return (None, value) if any(word in bare for word in _MOST) else (value, value)


def _value(number: str, unit: str | None) -> int:
    return round(float(number) * _FACTORS[unit])


def said(low: int | None, high: int | None) -> str | None:
    """Two ends as they are written in one cell; None where nothing is known."""
    if low is None and high is None:
        return None
    if low is None or high is None:
        return f"{high}以下" if low is None else f"{low}以上"
    return str(low) if low == high else f"{low}-{high}"
