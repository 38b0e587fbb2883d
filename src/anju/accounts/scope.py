"""The part of the county somebody may see: ranges of place codes, and grids.

A place code has 12 digits, filled with zeros, so that everything inside a place is one range
[low, high) and an index answers it. An empty scope sees nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

CODE_DIGITS = 12
# Significant digits of a province, prefecture, county, town and village.
_PREFIXES = (2, 4, 6, 9, 12)

Range = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Ranges [low, high) of village codes, and codes of single grids."""

    ranges: tuple[Range, ...] = ()
    grid_codes: tuple[str, ...] = ()

    @classmethod
    def of(cls, division_codes: Iterable[str], grid_codes: Iterable[str] = ()) -> "Scope":
        """Everything inside these divisions, and the households of these grids."""
        ranges = sorted({range_of(code) for code in division_codes})
        return cls(tuple(_merged(ranges)), tuple(sorted(set(grid_codes))))

    @classmethod
    def whole(cls, county: str) -> "Scope":
        """A whole county (6 digits, or 12 with zeros)."""
        return cls.of([county])

    @property
    def is_empty(self) -> bool:
        """Nothing may be seen."""
        return not self.ranges and not self.grid_codes

    @property
    def is_county_wide(self) -> bool:
        """A whole county, or more, may be seen: figures that no place narrows may be shown."""
        return any(low[6:] == high[6:] == "000000" for low, high in self.ranges)

    def __or__(self, other: "Scope") -> "Scope":
        """What either may see."""
        ranges = sorted({*self.ranges, *other.ranges})
        grids = sorted({*self.grid_codes, *other.grid_codes})
        return Scope(tuple(_merged(ranges)), tuple(grids))

    def __and__(self, other: "Scope") -> "Scope":
        """The places both see. Only of scopes without grids: a grid's village is not known here."""
        if self.grid_codes or other.grid_codes:
            raise ValueError("What two scopes with grids share must be asked of the rows.")
        pairs = ((one, two) for one in self.ranges for two in other.ranges)
        shared = ((max(one[0], two[0]), min(one[1], two[1])) for one, two in pairs)
        return Scope(tuple(_merged(sorted((low, high) for low, high in shared if low < high))))

    def q(self, field: str = "village_code", grid: str | None = "grid__code") -> Q:
        """The condition on rows that hold a village code in `field`.

        `grid` names the look-up of the grid's code; pass None where rows have no grid: then a
        scope of grids only sees none of them (ask through the households instead).
        """
        condition = Q(pk__in=[])
        for low, high in self.ranges:
            condition |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
        if grid is not None and self.grid_codes:
            condition |= Q(**{f"{grid}__in": list(self.grid_codes)})
        return condition

    def covers(self, code: str, grid_code: str = "") -> bool:
        """Whether a whole place (any level), or a household's village and grid, is inside."""
        if grid_code and grid_code in self.grid_codes:
            return True
        try:
            low, high = range_of(code)
        except ValueError:
            return False
        return any(start <= low and high <= end for start, end in self.ranges)


def range_of(code: str) -> Range:
    """The range [low, high) of village codes inside a division; `ValueError` for a bad code."""
    prefix = prefix_of(code)
    after = str(int(prefix) + 1).zfill(len(prefix))
    if len(after) > len(prefix):
        raise ValueError(f"No place code follows {code!r}.")
    return prefix.ljust(CODE_DIGITS, "0"), after.ljust(CODE_DIGITS, "0")


def prefix_of(code: str) -> str:
    """The significant digits of a division's code, with or without its zeros."""
    if not (code.isascii() and code.isdigit()) or len(code) not in _PREFIXES:
        raise ValueError(f"Not a place code: {code!r}.")
    for length in _PREFIXES:
        if len(code) == length or not code[length:].strip("0"):
            return code[:length]
    raise ValueError(f"Not a place code: {code!r}.")


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """Sorted ranges without overlaps, so that a query asks for each row once."""
    merged: list[Range] = []
    for low, high in ranges:
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged
