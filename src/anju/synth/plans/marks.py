"""A text with marks: `[due 2026-06-30|2026年6月底前]` says what its words mean.

The marks stand beside the words they are about, so that text and planted facts cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MARK = re.compile(r"\[(?P<kind>[a-z]+) ?(?P<said>[^]|\n]*)(?:\|(?P<words>[^]\n]*))?\]")
ROLES = {"lead": "lead", "with": "co-operating", "for": "responsible", "does": "implementing"}
"""Marks of offices, and the roles they stand for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its kind, what it says, its words and where they stand in the text without marks."""

    kind: str
    said: str
    words: str
    start: int

    @property
    def end(self) -> int:
        """Where the words end (exclusive)."""
        return self.start + len(self.words)

    def parts(self) -> list[str]:
        """What the mark says, word by word."""
        return self.said.split()


@dataclass(frozen=True, slots=True)
class Goal:
    """A planted target: comparison, value, unit, and the date it is to be reached by."""

    operator: str
    value: float
    unit: str
    by: date | None


def parted(marked: str) -> tuple[str, list[Mark]]:
    """The text without its marks, and the marks in order."""
    text, at, marks = "", 0, []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        words = match["words"] or ""
        marks.append(Mark(match["kind"], match["said"], words, len(text)))
        text, at = text + words, match.end()
    return text + marked[at:], marks


def by_measure(marks: list[Mark]) -> Iterator[tuple[Mark, list[Mark]]]:
    """Each mark that opens a measure, with those up to the next."""
    opening: Mark | None = None
    inside: list[Mark] = []
    for mark in marks:
        if mark.kind != "measure":
            inside.append(mark)
            continue
        if opening is not None:
            yield opening, inside
        opening, inside = mark, []
    if opening is not None:
        yield opening, inside


def goal(mark: Mark) -> Goal:
    """What a mark of a target says."""
    operator, value, unit, *rest = mark.parts()
    return Goal(operator, float(value), unit, date.fromisoformat(rest[0]) if rest else None)
