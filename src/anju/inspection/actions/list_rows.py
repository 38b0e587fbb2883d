"""The rows of a list as they will stand in its file, read back as whoever receives it would.

A small workbook with the same title and headings is written and opened; all rows are then read as its
cells, some thousand households at a time, so that memory does not grow with the list.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl
from django.conf import settings

from anju.exports.cells import plain_texts
from anju.intake import profiles
from anju.intake.checking import check
from anju.intake.headings import Heading
from anju.intake.layout import Feed, SheetLayout
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.forms import Form
from anju.intake.outgoing.lists import Part, lines_of
from anju.intake.outgoing.writing import Masks, filled, where, write
from anju.intake.recognising import recognise
from anju.intake.workbook import SheetText, Workbook
from anju.registry.columns import Schema

_SAMPLE: Final = 20
_OWNER: Final[Schema] = {
    "household_id": pl.Int64, "person_id": pl.Int64, "village_code": pl.String,
}  # fmt: skip
_WHOSE: Final[Schema] = {"sheet": pl.String, "line": pl.Int64, **_OWNER}
_PLAIN: Final = Masks(numbers=False, health=False)
_PASSED_OVER: Final = "这一行会被当作空行、合计或说明，收表的一方读不到。"

#: Sheet → its layout and its lines with the values of the file, each with whose it is.
Said = Mapping[str, tuple[SheetLayout, pl.DataFrame]]


@dataclass(slots=True)
class Lines:
    """Reads a list back, part by part. `whose`: of each line where it stands and whose it is;
    `unread`: those that cannot be read, with the reason in `found`; `rows`: how many in each sheet.
    """

    feed: Feed
    forms: Sequence[Form]
    on: date
    span: Span | None = None
    whose: list[pl.DataFrame] = field(default_factory=list)
    unread: list[pl.DataFrame] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    _heads: dict[str, tuple[SheetText, Heading]] | None = None

    @property
    def total(self) -> int:
        """How many lines there are so far."""
        return sum(self.rows.values())

    def read(self, part: Part) -> Said:
        """The lines of a part; `FileRefused` where nobody could tell what list it is."""
        told = {form.layout.id: lines_of(form, part, self.span) for form in self.forms}
        if self._heads is None:
            self._heads = _heads(self.feed, self.forms, told)
        return {
            form.layout.id: (form.layout, self._sheet(form, told[form.layout.id]))
            for form in self.forms
            if not told[form.layout.id].is_empty() and form.layout.id in self._heads
        }

    def _sheet(self, form: Form, own: pl.DataFrame) -> pl.DataFrame:
        before = self.rows.get(form.layout.id, 0)
        self.rows[form.layout.id] = before + own.height
        numbered = own.with_columns(number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
        whose = numbered.select(
            "number",
            *(
                pl.col(name).cast(kind) if name in own.columns else pl.lit(None, kind).alias(name)
                for name, kind in _OWNER.items()
            ),
            *where(form, numbered["number"] - 1 + before),
        )
        rows, unread = self._values(form, filled(form, own, _PLAIN, before=before))
        self.whose.append(whose.select(*_WHOSE))
        self.unread.append(unread.join(whose, on="number").select(*_WHOSE, "found"))
        new = [
            column.field
            for column in form.layout.columns
            if not column.witness and column.field in rows.columns
        ]
        kept = numbered.drop(new, strict=False)
        return kept.join(rows.select("number", *new), on="number", how="inner")

    def _values(self, form: Form, cells: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What the cells say to a reader, and of which rows nothing; both by their number from 1."""
        assert self._heads is not None  # noqa: S101 (read makes them first)
        top, heading = self._heads[form.layout.id]
        above = top.cells.select(
            pl.col(name) if name in top.cells.columns else pl.lit(None, pl.String).alias(name)
            for name in cells.columns
        )
        written = cells.select(
            pl.when(pl.col(name) != "").then(plain_texts(name)).alias(name)
            for name in cells.columns
        )
        text = SheetText(top.name, pl.concat([above, written]))
        checked = check(_Texts(text.cells.height), text, heading, self.on)
        number = pl.col("number") - above.height
        bad = [part.select("number", found="message") for part in checked.outcomes.parts]
        there = pl.concat([checked.rows["number"], *(part["number"] for part in bad)])
        every = pl.Series("number", range(above.height + 1, text.cells.height + 1), dtype=pl.Int64)
        silent = every.filter(~every.is_in(there.implode())).to_frame()
        bad.append(silent.with_columns(found=pl.lit(_PASSED_OVER)))
        return checked.rows.with_columns(number), pl.concat(bad).with_columns(number)


@dataclass(frozen=True, slots=True)
class _Texts:
    """Every cell of a list that goes out is text."""

    height: int

    def number_cells(self, name: str, column: str) -> pl.Series:
        """None of them is a number."""
        return pl.repeat(False, self.height, dtype=pl.Boolean, eager=True)


def _heads(
    feed: Feed, forms: Sequence[Form], told: Mapping[str, pl.DataFrame]
) -> dict[str, tuple[SheetText, Heading]]:
    """Sheet → the rows above its data and its header, as whoever opens the file finds them."""
    content = io.BytesIO()
    some = [(form, filled(form, told[form.layout.id].head(_SAMPLE), _PLAIN)) for form in forms]
    write(content, forms, some)
    book = Workbook(content.getvalue(), f"{feed.name}.xlsx", largest=settings.UPLOAD_MAX_BYTES)
    found = recognise(book, feed.id, profiles.by_hand())
    tops = {form.layout.id: len(form.top) for form in forms}
    return {
        head.layout.id: (SheetText(name, book.sheet(name).cells.head(tops[head.layout.id])), head)
        for name, head in found.sheets
    }
