"""Numbers with their units, where they stand, and the words around them."""

import re
from dataclasses import dataclass

from anju.reader.numerals import CHINESE, value_of

_UNITS = (
    "个百分点|百分点|人次|场次|平方公里|平方米|立方米|公里|千米|公顷|公斤|千克|千瓦|兆瓦|"
    "个|家|处|条|座|所|间|户|人|名|场|次|期|头|只|羽|箱|台|辆|套|件|项|门|亩|米|吨|斤|张|度|对|支|组|宗|份|"
    "株|棵|倍|元|镇|村|册|路|片|眼|盏|幢|栋|盒|车|辆|%|‰"
)
_QUANTITY = re.compile(
    rf"(?P<low>\d[\d,]*(?:\.\d+)?|[{CHINESE}]+)(?: ?[-至到] ?(?P<high>\d[\d,]*(?:\.\d+)?))? ?"
    rf"(?P<unit>[万亿千百]*(?:{_UNITS}))"
)
_BARE = re.compile(r"(?<=[到达为至])(?P<low>\d+\.\d+)(?P<high>)(?P<unit>)(?=[,。;、\n])")
_HUNDREDTHS = re.compile(
    rf"百分之(?P<low>[{CHINESE}]+(?:点[{CHINESE}]+)?|\d+(?:\.\d+)?)(?P<high>)(?P<unit>)"
)
_QUOTED = re.compile(r"“[^”]{0,60}”|\"[^\"\n]{0,60}\"")
_BOUND = re.compile(r"[,。;:\n!?]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a span of numbers with its unit, as written."""

    low: float
    high: float | None
    unit: str
    written: str
    start: int
    end: int

    @property
    def is_money(self) -> bool:
        """Whether the unit is yuan."""
        return self.unit.endswith("元")

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something."""
        return self.unit in ("%", "‰") or self.unit.endswith("百分点")


def quantities_of(plain: str, start: int, end: int) -> list[Quantity]:
    """All numbers with units of a stretch, in order; slogans in quotation marks left out."""
    quoted = [match.span() for match in _QUOTED.finditer(plain, start, end)]
    found: list[Quantity] = []
    for finder in (_HUNDREDTHS, _QUANTITY, _BARE):
        for match in finder.finditer(plain, start, end):
            if any(first < match.start() < last for first, last in quoted):
                continue
            made = _made(match)
            if made is not None and not any(
                made.start < each.end and each.start < made.end for each in found
            ):
                found.append(made)
    return sorted(found, key=lambda quantity: quantity.start)


def _made(match: re.Match[str]) -> Quantity | None:
    """A quantity from a match, unless the number is none."""
    low = value_of(match["low"])
    high = value_of(match["high"]) if match["high"] else None
    if low is None:
        return None
    unit = match["unit"] or ("%" if match[0].startswith("百分之") else "")
    return Quantity(low, high, unit, match["low"], match.start(), match.end())


def clause_around(plain: str, start: int, end: int, at: int) -> tuple[int, int]:
    """The stretch between commas and stops around a place, inside `start` … `end`."""
    begin = start
    for match in _BOUND.finditer(plain, start, at):
        begin = match.end()
    after = _BOUND.search(plain, at, end)
    return begin, after.start() if after else end


def sentence_start(plain: str, start: int, at: int) -> int:
    """Where the sentence that holds a place begins."""
    return max(start, *(plain.rfind(sign, start, at) + 1 for sign in "。\n!"))
