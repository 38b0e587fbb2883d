"""The uploaded workbook again, with three columns more: what became of each row, why, what to do.

Built on request from the sealed file. Identity numbers and telephones are masked in every column;
rows of other places than the viewer's are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

import polars as pl
import xlsxwriter
from django.conf import settings
from django.db import transaction

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.exports.cells import plain_text
from anju.intake import profiles, queries, storing
from anju.intake.columns import Kind
from anju.intake.headings import Heading
from anju.intake.models import Batch, BatchState, Outcome
from anju.intake.recognising import recognise
from anju.intake.refusals import BatchRefused
from anju.intake.workbook import Workbook

HEADINGS = ("处理结果", "原因", "怎么改")
_NUMBER = r"([1-9][0-9]{5})(?:18|19|20)[0-9]{6}([0-9]{3}[0-9Xx])(?:[0-9]{2,4})?"
_PHONE = r"(?-u:\b)(1[0-9]{2})[- ]?[0-9]{4}[- ]?([0-9]{4})(?-u:\b)"
_BANK_CARD = r"(?-u:\b)(6[0-9]{3})[0-9]{8,11}([0-9]{4})(?-u:\b)"
_ENDS = r"^\s*(.{3}).*(.{4})\s*$"
_READY = (BatchState.CHECKED, BatchState.DONE, BatchState.REFUSED)


@transaction.atomic
def write(*, by: Actor, viewer: Viewer, batch: Batch, file: BinaryIO) -> None:
    """Write the report of a batch; leaves an audit entry. Refused before the rows are settled."""
    if batch.state not in _READY or not batch.rows:
        raise BatchRefused("这个文件还没有逐行结果，处理完毕后才能下载。")
    workbook = Workbook(storing.fetch(batch.pk), batch.file_name, largest=settings.UPLOAD_MAX_BYTES)
    recognised = recognise(workbook, batch.feed, profiles.by_hand())
    ends = _ends(viewer, batch)
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    shown = 0
    for name, heading in recognised.sheets:
        rows = ends.filter(pl.col("sheet") == name)
        shown += rows.height
        _write_sheet(book, name, heading, _joined(workbook, name, heading, rows))
    book.close()
    record(
        by=by,
        action="intake.report",
        kind="batch",
        ids=[batch.pk],
        count=shown,
        detail={"feed": batch.feed},
    )


def _ends(viewer: Viewer, batch: Batch) -> pl.DataFrame:
    """What became of the rows the viewer may see."""
    labels = dict(Outcome.choices)
    columns = ("sheet", "number", "outcome", "message", "sides")
    rows = queries.rows_for(viewer, batch).values_list(*columns)
    return pl.DataFrame(
        [
            (sheet, number, str(labels[outcome]), *_parted(message or _kept(sides)))
            for sheet, number, outcome, message, sides in rows.iterator(chunk_size=5_000)
        ],
        schema={
            "sheet": pl.String,
            "number": pl.Int64,
            "outcome": pl.String,
            "reason": pl.String,
            "remedy": pl.String,
        },
        orient="row",
    )


def _kept(sides: Mapping[str, Any]) -> str:
    """Of a row that was taken but for some columns: which, and who decides them."""
    if not sides.get("kept"):
        return ""
    labels = "、".join(f"“{label}”" for label in sides["kept"])
    return f"{labels}与底册不一致，底册未改。由{sides['decides']}认定。"


def _parted(message: str) -> tuple[str, str]:
    """A message is a reason and a remedy, each a sentence."""
    reason, _, remedy = message.partition("。")
    return reason, remedy.rstrip("。")


def _joined(workbook: Workbook, name: str, heading: Heading, ends: pl.DataFrame) -> pl.DataFrame:
    """Header rows as they were; below, the rows that have an end, with it; numbers masked."""
    cells = workbook.sheet(name).cells
    numbered = cells.with_row_index("number", offset=1).with_columns(
        pl.col("number").cast(pl.Int64)
    )
    is_head = pl.col("number") <= heading.end
    kinds = {
        f"c{place}": heading.layout.column(field).kind for field, place in heading.places.items()
    }
    masked = numbered.with_columns(
        _masked(name, kinds.get(name), is_head) for name in cells.columns
    )
    joined = masked.join(ends.drop("sheet"), on="number", how="left")
    return joined.filter(is_head | pl.col("outcome").is_not_null()).sort("number")


def _masked(name: str, kind: Kind | None, is_head: pl.Expr) -> pl.Expr:
    """A column without numbers of persons.

    By their look everywhere; whatever stands below the heading of a telephone or account is one. Codes of
    households and persons may look like a bank card, so these columns keep theirs.
    """
    text = pl.col(name).fill_null("").str.replace_all(_NUMBER, "${1}********${2}")
    text = text.str.replace_all(_PHONE, "${1}****${2}")
    if kind is not Kind.CODE:
        text = text.str.replace_all(_BANK_CARD, "${1}********${2}")
    if kind in (Kind.PHONE, Kind.ACCOUNT):
        text = pl.when(is_head).then(text).otherwise(text.str.replace(_ENDS, "${1}****${2}"))
    return text.alias(name)


def _write_sheet(
    book: xlsxwriter.Workbook, name: str, heading: Heading, rows: pl.DataFrame
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#E9EEF5", "border": 1, "text_wrap": True})
    bad = book.add_format({"bg_color": "#FDECEA"})
    width = len(rows.columns) - 1 - len(HEADINGS)
    sheet.set_column(0, width - 1, 14)
    sheet.set_column(width, width, 10)
    sheet.set_column(width + 1, width + 2, 44)
    sheet.freeze_panes(heading.end, 0)
    failed = {
        str(outcome.label) for outcome in (Outcome.CONFLICT, Outcome.WAITING, Outcome.REJECTED)
    }
    for line, row in enumerate(rows.iter_rows()):
        number, values = row[0], row[1:]
        is_head = number <= heading.end
        style = bold if heading.first < number <= heading.end else None
        if not is_head and values[width] in failed:
            style = bad
        texts = list(values)
        if number == heading.end:
            texts[width:] = HEADINGS
        _write_row(sheet, line, texts, style)


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet,
    line: int,
    texts: Iterable[str | None],
    style: xlsxwriter.format.Format | None,
) -> None:
    for place, text in enumerate(texts):
        if text:
            sheet.write_string(line, place, plain_text(text), style)
