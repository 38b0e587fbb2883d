"""Why a row may be a person: what agrees and what does not, in words, with its weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_LITTLE = 0.05


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence, and how much it tells in bits: above 0 for that person, below 0 against."""

    text: str
    weight: str
    mark: str


def reasons(told: Sequence[Sequence[Any]]) -> list[Reason]:
    """From `[field, level, bits]` as `anju.linkage` gives them; the weightiest first."""
    ordered = sorted(told, key=lambda each: -abs(each[2]))
    return [
        Reason(_words(field, level), f"{bits:+.1f}", _mark(bits)) for field, level, bits in ordered
    ]


def _mark(bits: float) -> str:
    """For, against, or (a village everybody is of) neither."""
    return "✓" if bits >= _LITTLE else "✗" if bits <= -_LITTLE else "·"


def _words(field: str, level: str) -> str:
    return {
        ("name", "same"): _("姓名相同"),
        ("name", "variant"): _("姓名只有异体字、间隔号或空格的差别"),
        ("name", "sound"): _("姓名同音"),
        ("name", "look"): _("姓名有一个形近字"),
        ("name", "near"): _("姓名读音相近"),
        ("name", "swapped"): _("姓名的字前后颠倒"),
        ("name", "shortened"): _("姓名多或少一个字"),
        ("name", "one_other"): _("姓名有一个字不同"),
        ("name", "given"): _("名相同，姓不同"),
        ("name", "pet"): _("像是小名"),
        ("name", "moved"): _("姓相同，名有一个字相同但位置不同"),
        ("name", "surname"): _("只有姓相同"),
        ("name", "other"): _("姓名不同"),
        ("born", "same"): _("出生日期相同"),
        ("born", "first"): _("出生日期相同（都是一日）"),
        ("born", "swapped"): _("出生的月和日颠倒，或相邻两个数字颠倒"),
        ("born", "one_digit"): _("出生日期差一个数字"),
        ("born", "year_slip"): _("出生年份差一年或十年"),
        ("born", "day_other"): _("出生年月相同，日不同"),
        ("born", "part"): _("出生日期已知的部分相同"),
        ("born", "age"): _("只知道出生年份，相差不超过一年"),
        ("born", "weeks"): _("出生日期相差不到两个月（可能是农历）"),
        ("born", "same_day"): _("出生月日相同，年份不同"),
        ("born", "same_year"): _("只有出生年份相同"),
        ("born", "near_year"): _("出生年份相近"),
        ("born", "other"): _("出生日期不同"),
        ("sex", "same"): _("性别相同"),
        ("sex", "other"): _("性别不同"),
        ("relation", "same"): _("与户主关系相同"),
        ("relation", "other"): _("与户主关系不同"),
        ("village", "same"): _("同一个村"),
        ("village", "town"): _("同一个乡镇"),
        ("village", "other"): _("不在一个乡镇"),
        ("head", "same"): _("户主姓名相同"),
        ("head", "alike"): _("户主姓名相近"),
        ("head", "member"): _("所写户主是同户的另一人"),
        ("head", "other"): _("户主姓名不同"),
        ("phone", "same"): _("电话相同"),
        ("phone", "alike"): _("电话差一个数字"),
        ("phone", "other"): _("电话不同"),
    }[field, level]
