"""Writing a list in a source's form: its title and header rows, then text cells, a line a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import polars as pl
import xlsxwriter

from anju.audit.rows import Digest, canonical
from anju.exports.cells import plain_text, plain_texts
from anju.intake.columns import Column, Kind
from anju.intake.headings import bare
from anju.intake.lines import paired
from anju.intake.outgoing.forms import Form
from anju.intake.outgoing.spelling import texts
from anju.privacy.masking import mask_account, mask_identity, mask_phone

_NUMBERED: Final = "序号"
_SHEET_ROWS: Final = 1_048_576  # of a worksheet; a longer list goes on in another
#: Headings of common columns that lists carry without reading them: what the registers say there.
_ALSO: Final = {
    "县(市、区、旗)": "county", "县": "county", "乡(镇)": "town", "乡镇": "town", "行政村": "village",
    "村": "village", "户主姓名": "head_name", "人数": "size", "风险是否消除": "is_removed",
    "迁出乡镇": "town", "迁出村": "village", "姓名": "name", "人编号": "person_code",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Masks:
    """What is not written in full: numbers, and what tells of health."""

    numbers: bool
    health: bool


def filled(form: Form, found: pl.DataFrame, masks: Masks, *, before: int = 0) -> pl.DataFrame:
    """The lines of the registers in a form: the text of its cells, columns `c0`, `c1` …

    What the registers do not hold is as it came in, for lines that were in the file, and else empty.
    `before`: how many lines went before these, for the column that counts them.
    """
    numbered = found.with_columns(number=pl.int_range(pl.len(), dtype=pl.Int64))
    came = _came(form, numbered)
    cells = []
    for place, heading in enumerate(form.headings):
        told = _told(form, place, heading, numbered, came, masks)
        if heading == _NUMBERED:
            told = (numbered["number"] + before + 1).cast(pl.String)
        cells.append(told.alias(f"c{place}"))
    return pl.DataFrame(cells)


class Writer:
    """A workbook that grows by some lines of one sheet at a time; nothing of it stays in memory."""

    def __init__(self, file: BinaryIO, forms: Sequence[Form]) -> None:
        """Begin every sheet with its title and header rows."""
        self.forms = forms
        self.digest = Digest()
        self._book = xlsxwriter.Workbook(
            file,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._text = self._book.add_format({"num_format": "@", "border": 1})
        self._head = self._book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self._sheets = {form.layout.id: self._begun(form, 1) for form in forms}

    def add(self, form: Form, cells: pl.DataFrame) -> None:
        """Some lines more."""
        self.digest.add_lines(canonical(cells, cells.columns), cells.height)
        sheet = self._sheets[form.layout.id]
        for row in cells.select(plain_texts(name) for name in cells.columns).iter_rows():
            if sheet.row >= _SHEET_ROWS:
                sheet = self._sheets[form.layout.id] = self._begun(form, sheet.part + 1)
            for place, cell in enumerate(row):
                sheet.page.write_string(sheet.row, place, cell, self._text)
            sheet.row += 1

    def close(self) -> dict[str, Any]:
        """End every sheet with its notes; number and digest of all lines."""
        for form in self.forms:
            sheet = self._sheets[form.layout.id]
            for place, note in enumerate(form.foot):
                if sheet.row + 1 + place < _SHEET_ROWS:
                    sheet.page.write_string(sheet.row + 1 + place, 0, plain_text(note))
        self._book.close()
        return self.digest.summary()

    def _begun(self, form: Form, part: int) -> _Sheet:
        page = self._book.add_worksheet(sheet_name(form, part))
        page.set_column(0, form.width - 1, 14)
        page.freeze_panes(len(form.top), 0)
        _top(page, form, self._head)
        return _Sheet(page, len(form.top), part)


@dataclass(slots=True)
class _Sheet:
    """A worksheet, its next row from 0, and which part of the list it is."""

    page: xlsxwriter.worksheet.Worksheet
    row: int
    part: int


def sheet_name(form: Form, part: int) -> str:
    """What a worksheet is called; the second and later parts of a long list are numbered."""
    ending = f"({part})" if part > 1 else ""
    return form.sheet[: 31 - len(ending)] + ending


def where(form: Form, lines: pl.Series) -> pl.DataFrame:
    """For lines of the list, counted from 0: `sheet`, the worksheet, and `line`, the row there."""
    top = len(form.top)
    part = lines // (_SHEET_ROWS - top)
    names = {each: sheet_name(form, each + 1) for each in part.unique().to_list()}
    row = lines % (_SHEET_ROWS - top) + top + 1
    sheet = part.replace_strict(names, return_dtype=pl.String)
    return pl.DataFrame({"sheet": sheet, "line": row.cast(pl.Int64)})


def write(
    file: BinaryIO, forms: Sequence[Form], parts: Iterable[tuple[Form, pl.DataFrame]]
) -> dict[str, Any]:
    """Write the workbook from the cells of its sheets; number and digest of its lines."""
    writer = Writer(file, forms)
    for form, cells in parts:
        writer.add(form, cells)
    return writer.close()


def _top(page: xlsxwriter.worksheet.Worksheet, form: Form, style: xlsxwriter.format.Format) -> None:
    """Title and header rows, merged as they were."""
    covered = set()
    for first_row, first, last_row, last in form.merged:
        if first < form.width and (first_row, first) != (last_row, last):
            # `merge_range` would write the rows below before the rest of this one, which a workbook
            # written row by row cannot take: its cells are written with the others.
            page.merge.append([first_row, first, last_row, last])
            covered |= {
                (row, place)
                for row in range(first_row, last_row + 1)
                for place in range(first, last + 1)
                if (row, place) != (first_row, first)
            }
    for number, row in enumerate(form.top):
        for place, cell in enumerate(row):
            if (number, place) in covered:
                page.write_blank(number, place, None, style)
            elif cell:
                page.write_string(number, place, plain_text(cell), style)


def _came(form: Form, found: pl.DataFrame) -> pl.DataFrame | None:
    """For every line the line of the file it was: its cells as they stood (`c<n>`), and whether a
    field (`same:<field>`) says there what the registers say. None where there is no file."""
    if form.lines.is_empty():
        return None
    both = paired(form.layout, found, _of(form.lines, found)).both
    same = both.select(
        "number",
        "number_before",
        *(_is_same(both, column.field) for column in form.layout.columns),
    )
    raw = form.cells.select(pl.exclude("number"), number_before="number")
    cells = same.join(raw, on="number_before", how="left").unique("number", keep="first")
    return found.select("number").join(cells, on="number", how="left", maintain_order="left")


def _of(lines: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The lines of a file that may be one of those found: of the same household or person, or of
    whom nobody knows."""
    owners = [name for name in ("household_id", "person_id") if name in lines.columns]
    shared = [name for name in owners if name in found.columns]
    if not shared:
        return lines
    theirs = [
        pl.col(name).is_in(found[name].drop_nulls().unique().implode()).fill_null(False)
        for name in shared
    ]
    nobody = pl.all_horizontal(pl.col(name).is_null() for name in owners)
    return lines.filter(pl.any_horizontal(*theirs, nobody))


def _is_same(both: pl.DataFrame, name: str) -> pl.Expr:
    """Whether a field says the same before and now."""
    now, before = (
        pl.col(each) if each in both.columns else pl.lit(None) for each in (name, f"{name}_before")
    )
    there = [each for each in (name, f"{name}_before") if each in both.columns]
    if len({both[each].dtype for each in there}) > 1:
        now, before = now.cast(pl.String), before.cast(pl.String)
    return now.eq_missing(before).alias(f"same:{name}")


def _told(
    form: Form,
    place: int,
    heading: str,
    found: pl.DataFrame,
    came: pl.DataFrame | None,
    masks: Masks,
) -> pl.Series:
    """The cells of one column: the very cell that came in, where it still says what the registers
    say; else the register's."""
    name = next((field for field, at in form.places.items() if at == place), "")
    column = form.layout.column(name) if name else None
    if masks.health and column is not None and column.field == "health":
        return pl.repeat("", found.height, dtype=pl.String, eager=True)
    values = _values(found, column, heading)
    own = values.cast(pl.String) if column is None else texts(form, column, values)
    told = own.fill_null("")
    if came is not None and f"c{place}" in came.columns:
        raw = came[f"c{place}"].fill_null("")
        keeps = own.is_null() if column is None else (raw != "") & came[f"same:{column.field}"]
        told = pl.select(pl.when(keeps.fill_null(False)).then(raw).otherwise(told)).to_series()
    mask = _mask(column, heading) if masks.numbers else None
    if mask is None:
        return told
    return pl.Series([mask(cell) if cell else "" for cell in told.to_list()], dtype=pl.String)


def _values(found: pl.DataFrame, column: Column | None, heading: str) -> pl.Series:
    """What the registers say there; nothing where they hold no such thing."""
    name = (
        column.field if column is not None else _ALSO.get(heading) or _ALSO.get(bare(heading), "")
    )
    if column is not None and column.kind is Kind.IDENTITY and "残疾" in column.label:
        # The number of a card begins with that of the person, which stands for one not known.
        return found["card"].fill_null(found["identity"])
    if name in found.columns:
        return found[name]
    return pl.repeat(None, found.height, dtype=pl.Null, eager=True).alias("nothing")


def _mask(column: Column | None, heading: str) -> Callable[[str], str] | None:
    kind = column.kind if column is not None else None
    if kind is Kind.IDENTITY or "证件号码" in heading:
        return mask_identity
    if kind is Kind.PHONE or "电话" in heading:
        return mask_phone
    if kind is Kind.ACCOUNT or "账号" in heading:
        return mask_account
    return None
