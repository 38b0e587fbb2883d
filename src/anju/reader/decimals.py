"""Decimal numbers of items: 1.1, 1.1.1, under 1 or under a heading of any kind.

A line may begin with a decimal that is none ("2.5万亩"), so numbers count only where they run on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from anju.reader.shadow import Line

_UNITS: Final = (
    r"[%‰°万亿千百元角个名人户口年月日天周米亩吨斤公里平方倍次项家处所座台件条岁班期册套间℃]"
)
_DECIMAL: Final = re.compile(
    rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})(?![\d.]*\d)[.、]? *(?=[^\s\d])(?!{_UNITS})"
)
_WHOLE: Final = re.compile(rf"(\d{{1,2}}) +(?=[一-鿿])(?!{_UNITS})")
_MOST_LEFT_OUT: Final = 3
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with a number: the number as printed, and the length of all before the words."""

    number: str
    words: int


def decimals_of(lines: Sequence[Line]) -> dict[int, Numbered]:
    """Lines (by place) that begin with a decimal number, or with the whole number above such ones."""
    runs: dict[tuple[int, ...], list[tuple[int, int, Numbered]]] = defaultdict(list)
    for place, line in enumerate(lines):
        match = _DECIMAL.match(line.text)
        if match:
            *above, last = (int(part) for part in match[1].split("."))
            runs[tuple(above)].append((place, last, Numbered(match[1], match.end())))
    kept = {above: _running(found) for above, found in runs.items()}
    if sum(len(found) for found in kept.values()) < _FEWEST:
        return {}
    decimals = {place: each for found in kept.values() for place, each in found}
    return decimals | _wholes(lines, {above[0] for above, found in kept.items() if found})


def _running(found: list[tuple[int, int, Numbered]]) -> list[tuple[int, Numbered]]:
    """Those that begin at 1 and go on; a few may be left out, and a table may repeat them."""
    before = 0
    kept = []
    for place, number, each in found:
        if before < number <= before + (_MOST_LEFT_OUT if before else 1):
            kept.append((place, each))
            before = number
    return kept


def _wholes(lines: Sequence[Line], wanted: set[int]) -> dict[int, Numbered]:
    """Headings such as "2 重点任务", where 2.1 follows somewhere; each number once, in order."""
    found: dict[int, Numbered] = {}
    before = 0
    for place, line in enumerate(lines):
        match = _WHOLE.match(line.text)
        number = int(match[1]) if match else 0
        if match and number > before and (number in wanted or number == before + 1):
            found[place] = Numbered(match[1], match.end())
            before = number
    return found
