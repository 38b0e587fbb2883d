"""A list against the list of the month before of the same feed: new, gone, changed.

Their lines were kept when they came in; whose line it is stands in the outcomes of their rows.
Where less than half of the list before comes again, the list names changes only: then nobody is gone.
"""

from __future__ import annotations

import json
import re
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
from anju.intake.touching import rules_over, touched
from anju.intake.workbook import Workbook
from anju.registry.columns import fetch_by

_CANDIDATES: Final = 12
_json: Final = json.JSONEncoder(ensure_ascii=False).encode
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

    parts: list[pl.DataFrame] = field(default_factory=list)
    same: int = 0
    names_changes_only: bool = False

    def add(self, rows: pl.DataFrame) -> None:
        """Take some more."""
        if not rows.is_empty():
            self.parts.append(rows)


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
    pairs = paired(sheet.layout, sheet.lines, before)
    changed = _changed(batch, sheet, pairs.both)
    found.add(changed)
    found.add(_whole(batch, sheet, pairs.new, DifferenceKind.NEW))
    found.same += pairs.both.height - changed.height
    if pairs.both.height * 2 < before.height:
        found.names_changes_only = True
        return
    who = "name" if "name" in before.columns else "household_code"
    gone = pairs.gone.filter(~pl.col(who).is_in(list(sheet.unread)).fill_null(False))
    found.add(_whole(batch, sheet, gone, DifferenceKind.GONE))


def _changed(batch: Batch, sheet: Read, both: pl.DataFrame) -> pl.DataFrame:
    """Lines of both lists that say something else now."""
    told = [column for column in sheet.layout.columns if not column.witness]
    if not told or both.is_empty():
        return both.clear()
    rows = both.filter(
        pl.any_horizontal(
            pl.col(column.field).ne_missing(pl.col(f"{column.field}_before")) for column in told
        )
    )
    fields = changed_fields(told, sheet.layout, rows)
    return _rows(batch, sheet, rows, DifferenceKind.CHANGED, fields)


def _whole(batch: Batch, sheet: Read, lines: pl.DataFrame, kind: DifferenceKind) -> pl.DataFrame:
    """Lines that one of the lists does not have at all, with what tells them apart."""
    shown = [
        column
        for column in sheet.layout.columns
        if not column.witness and column.kind in (Kind.CHOICE, Kind.DATE, Kind.QUARTER)
    ]
    ending = "_before" if kind is DifferenceKind.GONE else ""
    own = lines.select(pl.col(column.field).alias(f"{column.field}{ending}") for column in shown)
    fields = changed_fields(shown, sheet.layout, own) if shown else [{}] * lines.height
    return _rows(batch, sheet, lines, kind, fields)


def _rows(
    batch: Batch,
    sheet: Read,
    lines: pl.DataFrame,
    kind: DifferenceKind,
    fields: list[dict[str, list[Any]]],
) -> pl.DataFrame:
    """Lines as rows of `Difference`. Rules follow from the fields that changed; of a line that is
    new or gone from all of them."""
    labels = {column.field: column.label for column in sheet.layout.columns}
    kinds = lines["kind"].to_list() if "kind" in lines.columns else [None] * lines.height
    wholes = kind is not DifferenceKind.CHANGED
    named = [None if wholes else tuple(told) for told in fields]
    rules: dict[tuple[str | None, tuple[str, ...] | None], str] = {
        key: json.dumps(rules_over(touched(sheet.layout, *key), batch.known_on))
        for key in set(zip(kinds, named, strict=True))
    }
    said = [_json({labels[name]: pair for name, pair in told.items()}) for told in fields]
    return lines.select(
        "number",
        "household_id",
        "person_id",
        pl.col("village_code").fill_null(""),
        pl.lit(kind.value).alias("kind"),
        pl.lit(sheet.sheet).alias("sheet"),
        (pl.lit("") if kind is DifferenceKind.GONE else pl.col("outcome")).alias("outcome"),
        pl.Series("fields", said, dtype=pl.String),
        pl.Series("rules", [rules[key] for key in zip(kinds, named, strict=True)], dtype=pl.String),
    )


def _ends(batch: Batch) -> pl.DataFrame:
    """What became of the rows of a batch, and whose they are."""
    return fetch_by("intake_row", {"sheet": pl.String, **_ENDS}, "batch_id", [batch.pk])


def file_stem(file_name: str) -> str:
    """A file's name without what changes from month to month."""
    return re.sub(r"[0-9年月日第季度Qq._()（）\- ]", "", file_name.rsplit(".", 1)[0])
