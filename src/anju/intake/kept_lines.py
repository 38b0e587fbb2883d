"""The lines of a list as they were read when it came in, kept sealed beside its original.

The list of the next month is compared with them: reading a workbook anew takes thirty times as long.
What is kept says no more than the original and goes with it. Where it is missing, torn, or of columns
that were declared otherwise at the time, the original is read again.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from polars.exceptions import PolarsError

from anju.audit.sealed_files import sealed_folder
from anju.intake.feeds import BY_ID
from anju.intake.headings import Heading
from anju.intake.layout import SheetLayout
from anju.intake.models import Batch
from anju.intake.reading import SheetRows
from anju.intake.recognising import Recognised
from anju.intake.workbook import Workbook
from anju.sealing import CannotOpen

FOLDER: Final = sealed_folder("lines")
_CONTENTS: Final = "sheets.json"


@dataclass(frozen=True, slots=True)
class Lines:
    """The good lines of one sheet, typed, with `number`; and who the others are about."""

    sheet: str
    layout: SheetLayout
    rows: pl.DataFrame
    unread: frozenset[str]


def of(workbook: Workbook, recognised: Recognised, sheets: Sequence[SheetRows]) -> list[Lines]:
    """What to keep of a list that has just been read."""
    headings = dict(recognised.sheets)
    found = []
    for each in sheets:
        bad = [number for part in each.checked.outcomes.parts for number in part["number"]]
        cells = workbook.sheet(each.sheet).cells
        unread = _names(cells, headings[each.sheet], bad)
        found.append(Lines(each.sheet, each.layout, each.checked.rows, unread))
    return found


def keep(batch_id: int, lines: Sequence[Lines]) -> None:
    """Seal and write them; what an earlier attempt left is replaced."""
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w") as archive:
        contents = [
            {
                "sheet": each.sheet,
                "layout": each.layout.id,
                "columns": _declared(each.layout),
                "unread": sorted(each.unread),
            }
            for each in lines
        ]
        archive.writestr(_CONTENTS, json.dumps(contents, ensure_ascii=False))
        for place, each in enumerate(lines):
            table = io.BytesIO()
            each.rows.write_ipc(table, compression="zstd")
            archive.writestr(str(place), table.getvalue())
    FOLDER.store(batch_id, parcel.getvalue())


def fetch(batch: Batch) -> list[Lines] | None:
    """The lines of a batch as they were kept, or None where the original must be read again."""
    try:
        with zipfile.ZipFile(io.BytesIO(FOLDER.fetch(batch.pk))) as archive:
            contents = json.loads(archive.read(_CONTENTS))
            found = [
                _opened(batch, told, archive.read(str(place)))
                for place, told in enumerate(contents)
            ]
    except (OSError, CannotOpen, zipfile.BadZipFile, PolarsError):
        return None
    return None if None in found else [each for each in found if each is not None]


def _opened(batch: Batch, told: dict[str, Any], table: bytes) -> Lines | None:
    """One sheet; None where its columns are not declared as they were then."""
    layouts = {layout.id: layout for layout in BY_ID[batch.feed].sheets}
    layout = layouts.get(told["layout"])
    if layout is None or _declared(layout) != told["columns"]:
        return None
    rows = pl.read_ipc(io.BytesIO(table))
    return Lines(told["sheet"], layout, rows, frozenset(told["unread"]))


def _declared(layout: SheetLayout) -> list[list[str]]:
    """What the columns of the lines follow from."""
    return [[column.field, column.kind.value] for column in layout.columns]


def _names(cells: pl.DataFrame, heading: Heading, numbers: Sequence[int]) -> frozenset[str]:
    """Who or which household some rows are about, as it stands in the file."""
    wanted = (heading.places.get(field) for field in ("name", "household_code"))
    place = next((place for place in wanted if place is not None), None)
    if place is None:
        return frozenset()
    rows = [number - 1 for number in numbers]
    return frozenset(str(cell).strip() for cell in cells[f"c{place}"].gather(rows) if cell)
