"""What a part of a report tells: sentences and a table made from figures, each with its source.

Reports are Chinese documents whatever the reader's language, so are these texts. They are kept with
a report when it is submitted, in the form of `kept`, and read back with `read`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: what it counts, and the list it comes from (`source`, narrowed by `query`).

    `value` is empty where it cannot be told.
    """

    id: str
    label: str
    value: int | str | None
    unit: str = ""
    source: str = ""
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its first row is the head; `numbers` are columns of figures."""

    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    caption: str = ""
    numbers: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a report: its title, what it tells by itself, and the figures behind that."""

    id: str
    title: str
    sentences: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    grid: Grid | None = None

    def figure(self, id_: str) -> int:
        """A figure by its id as a number; 0 where this part has none."""
        value = next((each.value for each in self.figures if each.id == id_), 0)
        return value if isinstance(value, int) else 0


def kept(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Parts as JSON."""
    return [asdict(part) for part in parts]


def read(rows: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Parts from JSON."""
    return [
        Part(
            row["id"],
            row["title"],
            row["sentences"],
            [Figure(**each) for each in row["figures"]],
            Grid(**row["grid"]) if row["grid"] else None,
        )
        for row in rows
    ]


def share(part: int, whole: int) -> str:
    """A share in percent with one decimal; empty of nothing."""
    return f"{part * 100 / whole:.1f}%" if whole else ""
