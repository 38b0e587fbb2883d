"""Counts of small groups, told so that nobody is singled out. Plain Python."""

from collections.abc import Mapping
from typing import Final

LEAST: Final = 5
"""A group smaller than this is not told by itself."""


def merged(
    counts: Mapping[str, int], *, rest: int = 0, least: int = LEAST
) -> tuple[dict[str, int], int]:
    """The groups that may be told, and how many are left for 其他 (`rest` are there already).

    Groups smaller than `least` go together into the rest; where the rest would itself be so small
    that it tells of them, the smallest group told goes along, until none is left or the rest is
    large enough. Groups of nobody are left out.
    """
    told = {name: count for name, count in counts.items() if count >= least}
    rest += sum(count for count in counts.values() if 0 < count < least)
    while told and 0 < rest < least:
        smallest = min(told, key=lambda name: (told[name], name))
        rest += told.pop(smallest)
    return told, rest
