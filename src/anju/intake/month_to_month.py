"""A list against the list of the month before of the same feed: new, gone, changed.

Their lines were kept when they came in; whose line it is stands in the outcomes of their rows.
Where less than half of the list before comes again, the list names changes only: then nobody is gone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl
from django.conf import settings

from anju.intake import kept_lines, profiles, storing
from anju.intake.columns import Kind
from anju.intake.layout import SheetLayout
from anju.intake.lines import changed_fields, paired
from anju.intake.models import Batch, BatchState, DifferenceKind
from anju.intake.reading import Step, read
from anju.intake.recognising import recognise
from anju.intake.showing import label_of
from anju.intake.touching import rules_over, touched
from anju.intake.workbook import Workbook

_CANDIDATES: Final = 12
_ENDS: Final = {
    "number": pl.Int64,
    "outcome": pl.String,
    "household_id": pl.Int64,
    "person_id": pl.Int64,
    "village_code": pl.String,
}


@dataclass(frozen=True, slots=True)
class Read:
    """One sheet of a list as it was read: its good lines with whose they are, and who could not be read."""

    sheet: str
    layout: SheetLayout
    lines: pl.DataFrame
    unread: frozenset[str]


@dataclass(slots=True)
class Found:
    """What is different, as rows of `Difference`; how many lines are the same."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    same: int = 0
    names_changes_only: bool = False


def earlier(batch: Batch) -> Batch | None:
    """The list before of the same feed and place: of the same name but for dates, else the newest."""
    before = Batch.objects.filter(
        feed=batch.feed, division_code=batch.division_code, state=BatchState.DONE
    ).exclude(pk=batch.pk)
    known = before.filter(known_on__lt=batch.known_on).order_by("-known_on", "-id")
    found = list(known[:_CANDIDATES])
    same_name = [each for each in found if file_stem(each.file_name) == file_stem(batch.file_name)]
    return next(iter(same_name or found), None)


def lines_of(batch: Batch, step: Step) -> list[Read]:
    """The lines of a batch that could be read, each with what became of it.

    `BatchRefused` when neither they nor the original are kept any longer.
    """
    kept = kept_lines.fetch(batch)
    ends = _ends(batch)
    found = []
    for each in _read_again(batch, step) if kept is None else kept:
        of_sheet = ends.filter(pl.col("sheet") == each.sheet).drop("sheet")
        rows = each.rows.drop("household_id", "person_id", "village_code", strict=False)
        lines = rows.join(of_sheet, on="number", how="inner")
        found.append(Read(each.sheet, each.layout, lines, each.unread))
    return found


def _read_again(batch: Batch, step: Step) -> list[kept_lines.Lines]:
    """From the original."""
    workbook = Workbook(storing.fetch(batch.pk), batch.file_name, largest=settings.UPLOAD_MAX_BYTES)
    recognised = recognise(workbook, batch.feed, profiles.by_hand())
    sheets = read(workbook, recognised, batch.known_on, step)
    return kept_lines.of(workbook, recognised, sheets)


def compared(batch: Batch, now: list[Read], before: list[Read]) -> Found:
    """What is new, gone and changed, each with the rules it may trigger."""
    found = Found()
    for sheet in now:
        others = [each.lines for each in before if each.layout.id == sheet.layout.id]
        if others:
            _compare_sheet(batch, sheet, pl.concat(others, how="vertical_relaxed"), found)
    return found


def _compare_sheet(batch: Batch, sheet: Read, before: pl.DataFrame, found: Found) -> None:
    layout = sheet.layout
    pairs = paired(layout, sheet.lines, before)
    changed = list(_changed(batch, sheet, pairs.both))
    found.rows += changed
    found.rows += _whole(batch, sheet, pairs.new, DifferenceKind.NEW)
    found.same += pairs.both.height - len(changed)
    if pairs.both.height * 2 < before.height:
        found.names_changes_only = True
        return
    who = "name" if "name" in before.columns else "household_code"
    gone = pairs.gone.filter(~pl.col(who).is_in(list(sheet.unread)).fill_null(False))
    found.rows += _whole(batch, sheet, gone, DifferenceKind.GONE)


def _changed(batch: Batch, sheet: Read, both: pl.DataFrame) -> Iterator[dict[str, Any]]:
    layout = sheet.layout
    told = [column.field for column in layout.columns if not column.witness]
    if not told or both.is_empty():
        return
    unlike = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in told)
    for row in both.filter(unlike).iter_rows(named=True):
        fields = changed_fields(layout, row)
        labelled = {label_of(layout, name): values for name, values in fields.items()}
        yield _row(batch, sheet, row, DifferenceKind.CHANGED, labelled, fields)


def _whole(
    batch: Batch, sheet: Read, lines: pl.DataFrame, kind: DifferenceKind
) -> list[dict[str, Any]]:
    """Lines that one of the lists does not have at all, with what tells them apart."""
    shown = [
        column
        for column in sheet.layout.columns
        if not column.witness and column.kind in (Kind.CHOICE, Kind.DATE, Kind.QUARTER)
    ]
    side = 1 if kind is DifferenceKind.NEW else 0
    rows = []
    for row in lines.iter_rows(named=True):
        own = {f"{c.field}{'' if side else '_before'}": row[c.field] for c in shown}
        told = changed_fields(sheet.layout, own)
        labelled = {label_of(sheet.layout, name): values for name, values in told.items()}
        rows.append(_row(batch, sheet, row, kind, labelled, None))
    return rows


def _row(
    batch: Batch,
    sheet: Read,
    row: dict[str, Any],
    kind: DifferenceKind,
    fields: dict[str, list[Any]],
    names: dict[str, list[Any]] | None,
) -> dict[str, Any]:
    tokens = touched(sheet.layout, row.get("kind"), names)
    return {
        "kind": kind.value,
        "sheet": sheet.sheet,
        "number": row["number"],
        "outcome": "" if kind is DifferenceKind.GONE else row["outcome"],
        "household_id": row["household_id"],
        "person_id": row["person_id"],
        "village_code": row["village_code"] or "",
        "fields": json.dumps(fields, ensure_ascii=False),
        "rules": json.dumps(rules_over(tokens, batch.known_on)),
    }


def _ends(batch: Batch) -> pl.DataFrame:
    """What became of the rows of a batch, and whose they are."""
    rows = batch.lines.order_by().values_list("sheet", *_ENDS)
    return pl.DataFrame(
        list(rows.iterator(chunk_size=5_000)), schema={"sheet": pl.String, **_ENDS}, orient="row"
    )


def file_stem(file_name: str) -> str:
    """A file's name without what changes from month to month."""
    return re.sub(r"[0-9年月日第季度Qq._()（）\- ]", "", file_name.rsplit(".", 1)[0])
