"""Numbers of items that count only where they run on: 1.1, 1.1.1, 1-1, A1, A., under 1 or any heading.

A line may begin with what looks like such a number and is none ("2.5万亩", "A级景区").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from anju.reader.shadow import Line

_UNITS: Final = (
    r"平[方米]|[%‰°万亿千百元角个名人户口年月日天周米亩吨斤公里倍次项家处所座台件条岁班期册套间℃]"
)


class Family(Enum):
    """How a number that runs on is written."""

    DECIMAL = "decimal"
    DASHED = "dashed"  # 1-1
    LETTERED = "lettered"  # A1
    LETTER = "letter"  # A.


_FAMILIES: Final = (
    (
        Family.DECIMAL,
        re.compile(
            rf"((?:\d{{1,2}}\.){{1,2}})(\d{{1,2}})(?![\d.-]*\d)[.、]? *(?=[^\s\d])(?!{_UNITS})"
        ),
    ),
    (
        Family.DASHED,
        re.compile(
            rf"((?:\d{{1,2}}-){{1,2}})(\d{{1,2}})(?![\d.-]*\d)(?:[.、:] *| +|(?!{_UNITS}))(?=[^\s\d])"
        ),
    ),
    (Family.LETTERED, re.compile(r"([A-Z]-?)(\d{1,2})(?![\d.])[.、:]? *(?=[一-鿿“])(?!级)")),
    (Family.LETTER, re.compile(r"()([A-Z])(?:[.、:)] *| +)(?=[一-鿿“])")),
)
_WHOLE: Final = re.compile(rf"(\d{{1,2}}) +(?=[一-鿿])(?!{_UNITS})")
_MOST_LEFT_OUT: Final = 3
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with a number: as printed, its parts, and the length of all before the words."""

    number: str
    words: int
    depth: int = 1
    family: Family = Family.DECIMAL


def running_numbers(lines: Sequence[Line]) -> dict[int, Numbered]:
    """Lines (by place) that begin with a number that runs on, or with the whole number above such ones."""
    found: dict[int, Numbered] = {}
    for family, sign in reversed(_FAMILIES):
        runs: dict[str, list[tuple[int, int, Numbered]]] = defaultdict(list)
        for place, line in enumerate(lines):
            match = sign.match(line.text)
            if match:
                last = int(match[2]) if match[2].isdecimal() else ord(match[2]) - ord("A") + 1
                depth = len(re.findall(r"\d+", match[1])) + 1
                each = Numbered(match[1] + match[2], match.end(), depth, family)
                runs[match[1]].append((place, last, each))
        kept = {above: _running(each) for above, each in runs.items()}
        if sum(map(len, kept.values())) < _FEWEST:
            continue
        found |= {place: each for run in kept.values() for place, each in run}
        if family in (Family.DECIMAL, Family.DASHED):
            wanted = {int(re.split("[.-]", above)[0]) for above, run in kept.items() if run}
            found |= _wholes(lines, wanted)
    return found


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
