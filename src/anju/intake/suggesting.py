"""What the columns of an unknown layout may be: by their headings, and by what stands in them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from anju.intake import cells, identities
from anju.intake.columns import Column, Kind
from anju.intake.headings import ABOVE, SEARCHED_ROWS, bare, names, normal, texts, windows
from anju.intake.layout import SheetLayout
from anju.intake.workbook import SheetText

PREVIEWED_ROWS = 10
_SAMPLED_ROWS = 200
_LEAST = 0.45
_LIKELY = 0.6
_SURE = 0.9
_DAY_WORD = re.compile(r"时间|日期|年月|时点|之日")
_END_WORD = re.compile(r"止|终|停|结束|注销|退|截|到期|解除|办结")
_BEGIN_WORD = re.compile(r"起|始|开|参|入|登记|发|批|建")
# What stands in these can hardly be anything else.
_TELLING = (Kind.IDENTITY, Kind.CHOICE, Kind.PHONE, Kind.QUARTER)


class Confidence(StrEnum):
    """How sure a suggestion is."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The field a column probably is; `score` 0 to 1."""

    field: str
    score: float

    @property
    def confidence(self) -> Confidence:
        """In three steps, as shown."""
        if self.score >= _SURE:
            return Confidence.SURE
        return Confidence.LIKELY if self.score >= _LIKELY else Confidence.GUESS


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file: its heading, its first values, what it probably is."""

    place: int
    heading: str
    values: tuple[str, ...]
    suggestion: Suggestion | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet as it may be read. `first`, `end`: the header's rows, counted from 0."""

    sheet: str
    first: int
    end: int
    columns: tuple[FileColumn, ...]


def preview(
    sheet: SheetText,
    layout: SheetLayout,
    *,
    known_on: date,
    header: tuple[int, int] | None = None,
    said: Mapping[str, str] | None = None,
) -> Preview:
    """A sheet with a suggestion for each column.

    `header`: where the header lies (first row, exclusive end), if a person said so. `said`: field →
    heading of an earlier month, which goes before what headings look like.
    """
    head = texts(sheet.cells.head(SEARCHED_ROWS))
    first, end = header or _likely_header(head, layout)
    named = names(head, first, end) if head else {}
    rows = sheet.cells.slice(end, _SAMPLED_ROWS)
    found = _assigned(named, rows, layout, known_on, said or {})
    shown = rows.head(PREVIEWED_ROWS)
    return Preview(
        sheet.name,
        first,
        end,
        tuple(
            FileColumn(
                place,
                heading,
                tuple(text or "" for text in shown[f"c{place}"].to_list()),
                found.get(place),
            )
            for place, heading in named.items()
        ),
    )


def likeliest(
    sheets: Sequence[SheetText], layouts: Sequence[SheetLayout]
) -> tuple[SheetText, SheetLayout]:
    """The sheet and list that resemble each other most: where a person begins to look."""

    def fit(sheet: SheetText, layout: SheetLayout) -> float:
        head = texts(sheet.cells.head(SEARCHED_ROWS))
        labels = {cell for row in head for cell in row if cell and len(cell) <= 40}
        likeness = [
            max((_likeness(label, c) for label in labels), default=0) for c in layout.columns
        ]
        needed = [
            score for score, column in zip(likeness, layout.columns, strict=True) if column.needed
        ]
        return sum(needed) / max(len(needed), 1) + sum(likeness) / len(likeness)

    pairs = [(sheet, layout) for sheet in sheets for layout in layouts]
    return max(pairs, key=lambda pair: fit(*pair))


def _likely_header(head: Sequence[Sequence[str]], layout: SheetLayout) -> tuple[int, int]:
    """The rows whose texts look most like headings of the list; the fewest of them."""
    best, place = 0.0, (0, 1)
    for first, depth in windows(head):
        named = names(head, first, first + depth)
        below = head[first + depth] if first + depth < len(head) else []
        if any(below[place] == label for place, label in named.items() if below):
            continue  # a merged heading goes on in the next row: the header does, too
        # A heading is short and no number; that counts where none resembles the list's.
        fit = sum(
            max(_likeness(label, column) for column in layout.columns)
            + 0.2 * (len(label) <= 20 and not any(sign.isdigit() for sign in label))
            for label in named.values()
        )
        if fit - 0.01 * depth > best:
            best, place = fit - 0.01 * depth, (first, first + depth)
    return place


def _assigned(
    named: Mapping[int, str],
    rows: pl.DataFrame,
    layout: SheetLayout,
    known_on: date,
    said: Mapping[str, str],
) -> dict[int, Suggestion]:
    """Each field at most once, the surest first."""
    before = {normal(heading): field for field, heading in said.items()}
    scored = []
    for column in layout.columns:
        readable = _readable(rows, named, column, known_on)
        for place, heading in named.items():
            if before.get(normal(heading)) == column.field:
                score = 1.0
            else:
                score = _score(_likeness(heading, column), readable[place], column)
            scored.append((score, -place, column.field))
    taken: dict[int, Suggestion] = {}
    used: set[str] = set()
    for score, place, field in sorted(scored, reverse=True):
        if score >= _LEAST and -place not in taken and field not in used:
            taken[-place] = Suggestion(field, round(score, 2))
            used.add(field)
    return taken


def _score(likeness: float, readable: float | None, column: Column) -> float:
    """Heading and content together; an empty column is told by its heading alone."""
    if readable is None:
        return likeness * 0.9
    if column.kind in _TELLING:
        return 0.55 * likeness + 0.45 * readable
    return likeness * (0.7 + 0.3 * readable)


def _likeness(heading: str, column: Column) -> float:
    """How much a heading looks like one of the column's, 0 to 1."""
    last = heading.rsplit(ABOVE, 1)[-1]
    alike = max(_alike(normal(last), bare(last), normal(known)) for known in column.headings)
    if column.kind is Kind.DATE and alike < _LIKELY and _DAY_WORD.search(last):
        return max(alike, _same_end(last, column.label))
    return alike


def _same_end(heading: str, label: str) -> float:
    """Of two headings of days, whether both mean a beginning, or both an end."""
    ends = [bool(_END_WORD.search(text)) for text in (heading, label)]
    begins = [bool(_BEGIN_WORD.search(text)) for text in (heading, label)]
    if ends[0] != ends[1]:
        return 0.1
    return 0.65 if ends[0] or (begins[0] and begins[1]) else 0.5


def _alike(heading: str, plain: str, known: str) -> float:
    if heading == known:
        return 1.0
    if plain and plain == bare(known):
        return 0.95
    if len(known) > 1 and len(plain) > 1 and (known in plain or plain in known):
        return 0.6 + 0.3 * min(len(known), len(plain)) / max(len(known), len(plain))
    return 0.8 * difflib.SequenceMatcher(None, plain, known).ratio()


def _readable(
    rows: pl.DataFrame, named: Mapping[int, str], column: Column, known_on: date
) -> dict[int, float | None]:
    """For each column of the file, the share of its values that can be read as the field."""
    return {place: _share(rows[f"c{place}"], column, known_on) for place in named}


def _share(values: pl.Series, column: Column, known_on: date) -> float | None:
    filled = values.filter((values.str.strip_chars() != "").fill_null(False))
    if filled.is_empty():
        return None
    frame = pl.DataFrame({"cell": filled, "no": pl.repeat(False, filled.len(), eager=True)})
    cell = pl.col("cell")
    match column.kind:
        case Kind.IDENTITY:
            stages = identities.read("it", cell, pl.col("no"))
        case Kind.CHOICE:
            stages = cells.choice("it", cell, column.choices or {})
        case Kind.DATE:
            stages = cells.day("it", cell, latest=None, whole_day=False)
        case Kind.MONEY:
            stages = cells.money("it", cell)
        case Kind.WHOLE:
            stages = cells.whole("it", cell)
        case Kind.QUARTER:
            stages = cells.quarter("it", cell)
        case Kind.PHONE:
            stages = cells.phone("it", cell)
        case Kind.ACCOUNT:
            stages = cells.account("it", cell, pl.col("no"))
        case Kind.NAME:
            return float(filled.str.contains(r"^\s*\p{Han}[\p{Han}\s·•]{1,14}$").mean() or 0)
        case _:
            return 1.0
    read = cells.run(frame, [stages])
    return float(read["v:it"].is_not_null().mean() or 0)
