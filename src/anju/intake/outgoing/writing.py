"""Writing a list in a source's form: its title and header rows, then text cells, a line a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import polars as pl
import xlsxwriter

from anju.audit.rows import Digest
from anju.exports.cells import plain_text
from anju.intake.columns import Column, Kind
from anju.intake.headings import bare, normal
from anju.intake.lines import paired
from anju.intake.outgoing.forms import Form, text_of
from anju.privacy.masking import mask_account, mask_identity, mask_phone

_NUMBERED: Final = "序号"
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


@dataclass(frozen=True, slots=True)
class Filled:
    """A form and the text of its cells, a list a line."""

    form: Form
    rows: list[list[str]]


def filled(form: Form, found: pl.DataFrame, masks: Masks) -> Filled:
    """The lines of the registers in a form. What the registers do not hold is as it came in, for
    lines that were in the file, and else empty."""
    numbered = found.with_row_index("number", offset=1).with_columns(
        pl.col("number").cast(pl.Int64)
    )
    came = _came(form, numbered)
    columns = [
        _column(form, place, heading, numbered, came, masks)
        for place, heading in enumerate(form.headings)
    ]
    return Filled(form, [list(row) for row in zip(*columns, strict=True)])


def write(file: BinaryIO, sheets: Sequence[Filled]) -> dict[str, Any]:
    """Write the workbook; number and digest of its lines."""
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    text = book.add_format({"num_format": "@", "border": 1})
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    digest = Digest()
    for each in sheets:
        page = book.add_worksheet(each.form.sheet[:31])
        _top(page, each.form, head)
        begin = len(each.form.top)
        page.set_column(0, each.form.width - 1, 14)
        page.freeze_panes(begin, 0)
        for line, row in enumerate(each.rows, start=begin):
            digest.add(row)
            for place, cell in enumerate(row):
                page.write_string(line, place, plain_text(cell), text)
        for place, note in enumerate(each.form.foot):
            page.write_string(begin + len(each.rows) + 1 + place, 0, plain_text(note))
    book.close()
    return digest.summary()


def _top(page: xlsxwriter.worksheet.Worksheet, form: Form, style: xlsxwriter.format.Format) -> None:
    """Title and header rows, merged as they were."""
    covered = set()
    for first_row, first, last_row, last in form.merged:
        if first < form.width and (first_row, first) != (last_row, last):
            text = form.top[first_row][first]
            page.merge_range(first_row, first, last_row, last, plain_text(text), style)
            covered |= {
                (row, place)
                for row in range(first_row, last_row + 1)
                for place in range(first, last + 1)
            }
    for number, row in enumerate(form.top):
        for place, cell in enumerate(row):
            if cell and (number, place) not in covered:
                page.write_string(number, place, plain_text(cell), style)


def _came(form: Form, found: pl.DataFrame) -> dict[int, Mapping[str, Any]]:
    """Line → the line of the file it was, with the number it had there."""
    if form.lines.is_empty():
        return {}
    both = paired(form.layout, found, form.lines).both
    raw = {row["number"]: row for row in form.cells.iter_rows(named=True)}
    return {
        row["number"]: {
            **raw[row["number_before"]],
            **{
                f"same:{column.field}": row.get(column.field) == row.get(f"{column.field}_before")
                for column in form.layout.columns
            },
        }
        for row in both.iter_rows(named=True)
    }


def _column(
    form: Form,
    place: int,
    heading: str,
    found: pl.DataFrame,
    came: Mapping[int, Mapping[str, Any]],
    masks: Masks,
) -> list[str]:
    """The cells of one column."""
    if heading == _NUMBERED:
        return [str(number) for number in found["number"].to_list()]
    name = next((field for field, at in form.places.items() if at == place), "")
    column = form.layout.column(name) if name else None
    if masks.health and _tells_health(column):
        return [""] * found.height
    values = _values(found, column, heading)
    cells = []
    for number, value in zip(found["number"].to_list(), values, strict=True):
        before = came.get(number)
        cells.append(_cell(form, place, column, value, before))
    if masks.numbers:
        cells = list(_masked(column, heading, cells))
    return cells


def _tells_health(column: Column | None) -> bool:
    return column is not None and column.field == "health"


def _values(found: pl.DataFrame, column: Column | None, heading: str) -> list[Any]:
    name = (
        column.field if column is not None else _ALSO.get(heading) or _ALSO.get(bare(heading), "")
    )
    if column is not None and column.kind is Kind.IDENTITY and column.label != normal("证件号码"):
        name = "card" if "card" in found.columns and "残疾" in column.label else name
    return found[name].to_list() if name in found.columns else [None] * found.height


def _cell(
    form: Form, place: int, column: Column | None, value: Any, before: Mapping[str, Any] | None
) -> str:
    """The very cell that came in, where it still says what the registers say; else the register's."""
    raw = str(before[f"c{place}"] or "") if before is not None else ""
    if column is None:
        return str(value) if value is not None else raw
    if before is not None and raw and before.get(f"same:{column.field}"):
        return raw
    return text_of(form, column, value)


def _masked(column: Column | None, heading: str, cells: Sequence[str]) -> Iterator[str]:
    kind = column.kind if column is not None else None
    for cell in cells:
        if kind is Kind.IDENTITY or "证件号码" in heading:
            yield mask_identity(cell) if cell else ""
        elif kind is Kind.PHONE or "电话" in heading:
            yield mask_phone(cell) if cell else ""
        elif kind is Kind.ACCOUNT or "账号" in heading:
            yield mask_account(cell) if cell else ""
        else:
            yield cell
