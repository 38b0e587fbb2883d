"""Values in a row: 2024、2025年分别不低于1.2万人、1.5万人; or in columns of years."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from anju.reader.model import Amount, Deadline, Operator, Target
from anju.reader.numerals import value_of
from anju.reader.quantities import quantities_of, sentence_start
from anju.reader.tables import BARE_NUMBER, Value

_BETWEEN = ("、", "和", "与")
_TOLD = (
    (Operator.AT_LEAST, "≥|以上|不低于|不少于"),
    (Operator.AT_MOST, "≤|以内|以下|不超过|不高于"),
    (Operator.MORE, ">|＞|超过|突破"),
    (Operator.LESS, "<|＜|低于"),
)
_AT_LEAST_NAMED = re.compile(r"(?:至少|不少于)(?:要?有|配备|建有)[^,。;、\d]{2,12}$")
_NEXT_NAMED = re.compile(r"、[^,。;、\d]{2,10}(?<![建设成办展])")
_BEFORE = 16  # signs before a value in which 分别 stands


def compared_alike(found: list[Target], plain: str) -> list[Target]:
    """分别不低于1.2万人、1.5万人: the comparison is said once for the row."""
    result: list[Target] = []
    alike = False
    for each in found:
        last = result[-1] if result else None
        if last is not None and plain[last.end : each.start] in _BETWEEN:
            alike = alike or "分别" in plain[max(0, last.start - _BEFORE) : last.start]
            if alike and each.operator is Operator.EQUAL and each.unit == last.unit:
                each = replace(each, operator=last.operator)
        else:
            alike = False
            if (
                last is not None
                and each.operator is Operator.EQUAL
                and _together(last, each, plain)
            ):
                each = replace(each, operator=last.operator)
        result.append(each)
    return result


def _together(last: Target, each: Target, plain: str) -> bool:
    """至少有活动室5个、服务队3支: the comparison stands before the names of both."""
    named = _AT_LEAST_NAMED.search(plain, max(0, last.start - _BEFORE), last.start)
    between = _NEXT_NAMED.fullmatch(plain, last.end, each.start)
    return bool(named and between and last.operator is Operator.AT_LEAST)


def by_listed_years(found: list[Target], plain: str, deadlines: list[Deadline]) -> list[Target]:
    """2024、2025、2026年…分别达到60%、75%、90%: the first value to the first year, and so on."""
    result = list(found)
    for index, first in enumerate(found):
        row = [first]
        for each in found[index + 1 :]:
            if plain[row[-1].end : each.start] not in _BETWEEN:
                break
            row.append(each)
        begin = sentence_start(plain, 0, first.start)
        years = [each for each in deadlines if begin <= each.start < first.start]
        years = years[-len(row) :]
        listed = all(
            re.fullmatch(r"年?[、,和]", plain[one.end : other.start])
            for one, other in pairwise(years)
        )
        alike = "分别" in plain[max(begin, first.start - _BEFORE) : first.start]
        apart = (
            alike
            and len({year.date for year in years}) == len(row)
            and all(each.date for each in years)
        )
        if len(row) > 1 and len(years) == len(row) and (listed or apart):
            for offset, year in enumerate(years):
                result[index + offset] = replace(found[index + offset], by=year.date)
    return result


def targets_in_row(plain: str, cells: tuple[Value, ...], indicator: str) -> list[Target]:
    """What the cells under 目标值, 2024年, 2025年 say is to be reached (by the end of each year)."""
    found = []
    indicator = re.sub(r"[(（][^()（）]*[)）]$", "", indicator)
    for cell in cells:
        by = date(cell.year, 12, 31) if cell.year else None
        for low, unit, start, end in _numbers(plain, cell):
            around = plain[cell.start : start] + plain[end : cell.end]
            told = next((sign for sign, words in _TOLD if re.search(words, around)), Operator.EQUAL)
            found.append(Target(indicator, told, low, unit, by, start, end))
    return found


def sums_in_row(plain: str, cells: tuple[Value, ...]) -> list[Amount]:
    """What the cells under 投资(万元), 补助标准(元/人) say is paid."""
    return [
        Amount(cell.what, low, unit, start, end)
        for cell in cells
        for low, unit, start, end in _numbers(plain, cell)
    ]


def _numbers(plain: str, cell: Value) -> list[tuple[float, str, int, int]]:
    """The numbers of a cell with their units; a bare one has that of its column."""
    bare = BARE_NUMBER.match(plain, cell.start, cell.end)
    if bare is not None:
        value = value_of(bare[1])
        return [(value, cell.unit, *bare.span(1))] if value is not None else []
    found = quantities_of(plain, cell.start, cell.end)
    return [(each.low, each.unit, each.start, each.end) for each in found]
