"""The form a source uses: the rows above the data, where the columns stand, and how it writes them.

Taken from the fullest of the last files of a list that are still kept; where none is, the list's own
headings in one row. A line that is in that file is written with its very cells, as far as they still
say what the registers say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl
from django.conf import settings
from django.db.models import Q

from anju.accounts.viewer import Viewer
from anju.intake import profiles, storing
from anju.intake.checking import factor_of, unit_above
from anju.intake.columns import Column, Kind
from anju.intake.headings import Heading, normal
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Batch, BatchState
from anju.intake.month_to_month import file_stem, lines_of
from anju.intake.outgoing.national import NATIONAL
from anju.intake.packing import Range
from anju.intake.recognising import recognise
from anju.intake.workbook import SheetText, Workbook

_LAST: Final = 12
_STYLES: Final = (
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}"), "%Y-%m-%d"),
    (re.compile(r"\d{8}"), "%Y%m%d"),
    (re.compile(r"\d{6}"), "%Y%m"),
    (re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}"), "%Y.%m.%d"),
    (re.compile(r"\d{4}/0\d/\d{2}|\d{4}/\d{2}/0\d"), "%Y/%m/%d"),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}"), "%Y/%-m/%-d"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"), "%Y年%-m月%-d日"),
    (re.compile(r"\d{4}年\d{1,2}月"), "%Y年%-m月"),
    (re.compile(r"\d{4}-\d{2}"), "%Y-%m"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet of a file as a source lays it out.

    `top`: the rows above the data; `merged`: ranges among them; `places`: field → column; `foot`: the
    notes below; `lines`, `cells`: the data of that file, read and as they stood; `styles`: how a
    column writes days; `words`: its label for each code; `factors`: what its amounts are in, in yuan.
    """

    sheet: str
    layout: SheetLayout
    top: list[list[str]]
    merged: list[Range]
    places: Mapping[str, int]
    foot: list[str]
    lines: pl.DataFrame
    cells: pl.DataFrame
    styles: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    factors: Mapping[str, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return max(len(row) for row in self.top)

    @property
    def headings(self) -> list[str]:
        """The lowest heading of every column."""
        found = []
        for place in range(self.width):
            texts = [row[place] for row in self.top if place < len(row) and row[place]]
            found.append(normal(texts[-1]) if texts else "")
        return found


def kept_files(viewer: Viewer, feed: Feed) -> list[Batch]:
    """For each kind of file of a list the fullest of the last ones whose original is still there.

    Only files of the viewer's places and of what these lie in: the name of a file of elsewhere may
    tell whom it is about.
    """
    above = {low[:digits].ljust(12, "0") for low, _high in viewer.scope.ranges for digits in (6, 9)}
    theirs = viewer.scope.q("division_code", None) | Q(division_code__in={"", *above})
    done = Batch.objects.filter(theirs, feed=feed.id, state=BatchState.DONE)
    kept = [
        each for each in done.order_by("-id")[:_LAST] if storing.UPLOADS.path_of(each.pk).exists()
    ]
    fullest: dict[str, Batch] = {}
    for batch in kept:
        stem = file_stem(batch.file_name)
        if stem not in fullest or batch.rows > fullest[stem].rows:
            fullest[stem] = batch
    return sorted(fullest.values(), key=lambda batch: batch.pk)


def of_file(batch: Batch) -> list[Form]:
    """The sheets of a file that came in."""
    workbook = Workbook(storing.fetch(batch.pk), batch.file_name, largest=settings.UPLOAD_MAX_BYTES)
    recognised = recognise(workbook, batch.feed, profiles.by_hand())
    headings = dict(recognised.sheets)
    forms = []
    for sheet in lines_of(batch, lambda text, done, total: None):
        heading = headings[sheet.sheet]
        cells = (
            workbook.sheet(sheet.sheet)
            .cells.with_row_index("number", offset=1)
            .with_columns(pl.col("number").cast(pl.Int64))
        )
        top = [[cell or "" for cell in row[1:]] for row in cells.head(heading.end).rows()]
        merged = [each for each in workbook.merged(sheet.sheet) if each[2] < heading.end]
        last = cells.join(sheet.lines, on="number", how="semi")["number"].max()
        form = Form(
            sheet.sheet, sheet.layout, top, merged, heading.places,
            _foot(cells, last if isinstance(last, int) else heading.end), sheet.lines, cells,
            _styles(sheet.layout, heading.places, cells, sheet.lines),
            _words(sheet.layout, heading.places, cells, sheet.lines),
            _factors(workbook.sheet(sheet.sheet), heading),
        )  # fmt: skip
        forms.append(form)
    return forms


def plain(feed: Feed, sheet: SheetLayout, place_name: str) -> Form:
    """A sheet no source has sent yet: the national list, or the list's headings in one row."""
    paths = NATIONAL if feed.id == "households" else tuple((c.label,) for c in _own(sheet))
    depth = max(len(path) for path in paths)
    title = [f"{place_name}{feed.name}", *([""] * (len(paths) - 1))]
    head = [[path[level] if level < len(path) else "" for path in paths] for level in range(depth)]
    labels = {normal(path[-1]): place for place, path in enumerate(paths)}
    places = {
        column.field: labels[normal(heading)]
        for column in _own(sheet)
        for heading in column.headings[::-1]
        if normal(heading) in labels
    }
    empty = pl.DataFrame(schema={"number": pl.Int64})
    merged = [(0, 0, 0, len(paths) - 1)] if len(paths) > 1 else []
    return Form(sheet.name, sheet, [title, *head], merged, places, [], empty, empty)


def _own(sheet: SheetLayout) -> Sequence[Column]:
    return [column for column in sheet.columns if not column.witness]


def _cells_of(cells: pl.DataFrame, lines: pl.DataFrame, place: int) -> list[str]:
    column = cells.join(lines.select("number"), on="number", how="semi").sort("number")[f"c{place}"]
    return [(cell or "").strip() for cell in column.to_list()]


def _styles(
    layout: SheetLayout, places: Mapping[str, int], cells: pl.DataFrame, lines: pl.DataFrame
) -> dict[str, str]:
    """How each column writes its days: the way most of its cells do."""
    found = {}
    for column in layout.columns:
        if column.kind is Kind.DATE and column.field in places:
            told = Counter(
                style
                for cell in _cells_of(cells, lines, places[column.field])
                if (style := _style(cell))
            )
            if told:
                found[column.field] = told.most_common(1)[0][0]
    return found


def _style(cell: str) -> str:
    return next((style for pattern, style in _STYLES if pattern.fullmatch(cell)), "")


def _words(
    layout: SheetLayout, places: Mapping[str, int], cells: pl.DataFrame, lines: pl.DataFrame
) -> dict[str, dict[str, str]]:
    """For each code the label that the file uses most."""
    found: dict[str, dict[str, str]] = {}
    ordered = lines.sort("number")
    for column in layout.columns:
        if column.choices is None or column.field not in places or lines.is_empty():
            continue
        pairs = zip(
            ordered[column.field], _cells_of(cells, lines, places[column.field]), strict=True
        )
        told = Counter((code, cell) for code, cell in pairs if code is not None and cell)
        for (code, cell), _ in reversed(told.most_common()):
            found.setdefault(column.field, {})[code] = cell
    return found


def _factors(sheet: SheetText, heading: Heading) -> dict[str, int]:
    above = unit_above(sheet, heading)
    return {
        column.field: factor_of(heading.names[heading.places[column.field]], above)
        for column in heading.layout.columns
        if column.kind is Kind.MONEY and column.field in heading.places
    }


def _foot(cells: pl.DataFrame, last: int) -> list[str]:
    """The notes under the data."""
    below = cells.filter(pl.col("number") > last).drop("number")
    texts = (next((cell for cell in row if cell and cell.strip()), "") for row in below.rows())
    return [text for text in texts if text][:4]
