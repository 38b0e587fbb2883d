"""Names of offices as plans write them, and the units they may mean. Plain Python; nothing is decided.

Plans shorten: 县人社局 is 人力资源和社会保障局. A short name's characters stand in the long one in the
same order, which tells more than how many they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LIKELY: Final = 0.75
_GOVERNMENT: Final = re.compile(r"(?:人民)?政府$|（[^）]*）$|\([^)]*\)$")
_BEFORE: Final = re.compile(r"^(?:[省市县区州]|[一-鿿]{2,4}[省市县区州](?=[一-鿿]{2}))")
_TOWNS: Final = re.compile(
    r"^(?:各|全县各?)(?:有关|相关)?(?:乡镇|镇乡|镇|乡)(?:（街道）|、?街道)?$"
)
_VILLAGES: Final = re.compile(
    r"^(?:各|全县各?)(?:有关|相关)?(?:行政)?(?:村|社区|安置社区|村、?社区)$"
)
_NOBODY: Final = re.compile(
    r"^(?:各|有关|相关|县直|其他)+(?:有关|相关|成员|责任|职能)*(?:单位|部门)$"
)


class Group(StrEnum):
    """Names that mean many units, or none in particular."""

    TOWNS = "towns"
    VILLAGES = "villages"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a name may mean: a group or some units, and how likely that is (0 to 1)."""

    units: tuple[int, ...]
    likeness: float
    group: Group | None = None


def suggest(
    name: str,
    units: Mapping[int, str],
    settled: Mapping[str, tuple[int, ...]],
    other: Iterable[str] = (),
) -> Suggestion | None:
    """What a name may mean: a group, what a name as good as equal was settled to, or the likest unit.

    `units` are names by id, `settled` what other names mean, `other` further names of this office
    (from policy packs). None where nothing is likely.
    """
    group = group_of(name)
    if group is not None:
        return Suggestion((), 1.0, group)
    names = [core(each) for each in (name, *other)]
    for known, ids in settled.items():
        if core(known) in names:
            return Suggestion(ids, 0.95)
    scored = [
        (max(likeness(each, core(unit)) for each in names), -len(unit), -pk, pk)
        for pk, unit in units.items()
    ]
    best, _length, _order, pk = max(scored, default=(0.0, 0, 0, 0))
    return Suggestion((pk,), round(best, 2)) if best >= LIKELY else None


def group_of(name: str) -> Group | None:
    """Every town, every village, or nobody in particular."""
    plain = _GOVERNMENT.sub("", "".join(name.split()))
    if _TOWNS.match(plain):
        return Group.TOWNS
    if _VILLAGES.match(plain):
        return Group.VILLAGES
    return Group.NOBODY if _NOBODY.match(plain) else None


def core(name: str) -> str:
    """A name without its county, its level and what stands in brackets behind it."""
    plain = _GOVERNMENT.sub("", "".join(name.split()))
    short = _BEFORE.sub("", plain)
    return short if len(short) >= 2 else plain


def likeness(one: str, other: str) -> float:
    """How likely two cores name one office, 0 to 1."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) > 2 and long.endswith(short):
        return 0.85
    if len(short) > 2 and short[0] == long[0] and short[-1] == long[-1] and _in_order(short, long):
        return 0.8
    pairs, others = _pairs(one), _pairs(other)
    return min(0.74, 2 * len(pairs & others) / (len(pairs) + len(others)))


def _in_order(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in the same order."""
    rest = iter(long)
    return all(sign in rest for sign in short)


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(max(1, len(text) - 1))}
