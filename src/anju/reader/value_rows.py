"""Values in a row: 2024、2025年分别不低于1.2万人、1.5万人; or in columns of years."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from anju.reader.model import Deadline, Operator, Target
from anju.reader.quantities import quantities_of, sentence_start

_BETWEEN = ("、", "和", "与")
_TOLD = (
    (Operator.AT_LEAST, "≥|以上|不低于|不少于"),
    (Operator.AT_MOST, "≤|以内|以下|不超过|不高于"),
    (Operator.MORE, ">|＞|超过|突破"),
    (Operator.LESS, "<|＜|低于"),
)
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
        result.append(each)
    return result


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
        if len(row) > 1 and len(years) == len(row) and listed:
            for offset, year in enumerate(years):
                result[index + offset] = replace(found[index + offset], by=year.date)
    return result


def targets_of_years(
    plain: str, cells: tuple[tuple[int, int, int], ...], indicator: str
) -> list[Target]:
    """What the cells under 2024年, 2025年 say is to be reached by the end of each."""
    found = []
    for first, last, year in cells:
        for each in quantities_of(plain, first, last)[:1]:
            around = plain[first : each.start] + plain[each.end : last]
            told = next((sign for sign, words in _TOLD if re.search(words, around)), Operator.EQUAL)
            by = date(year, 12, 31)
            found.append(Target(indicator, told, each.low, each.unit, by, each.start, each.end))
    return found
