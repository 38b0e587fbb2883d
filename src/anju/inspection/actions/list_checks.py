"""The rows of a list that is to go out, checked as they will stand in the file.

The list is written in memory with its numbers in full, read back as whoever receives it would, and
asked every check that touches one of its columns. Nothing of this is kept: neither the file nor the
tables, which lie in a folder of their own as long as the checks run.
"""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
from django.conf import settings

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.keys import provider
from anju.inspection import lists
from anju.inspection.actions import case_tables
from anju.inspection.actions.list_tables import Said, tables
from anju.intake import profiles
from anju.intake.models import Batch
from anju.intake.outgoing import filling
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.lists import Offer, forms_of, lines_of
from anju.intake.outgoing.writing import Filled, Masks, filled, write
from anju.intake.reading import read
from anju.intake.recognising import recognise
from anju.intake.refusals import FileRefused
from anju.intake.workbook import Workbook
from anju.quality import running
from anju.quality.checks import Check, check
from anju.registry import queries as registry


@dataclass(frozen=True, slots=True)
class ListProblem:
    """One row of the list named by one check; without a check: it cannot be read back."""

    sheet: str
    line: int  # row of the worksheet, from 1
    household_code: str
    person_code: str
    name: str
    check: Check | None
    found: str

    @property
    def is_must(self) -> bool:
        """Whether it is to be mended before the list is sent."""
        return self.check is None or self.check.level == "must"


@dataclass(frozen=True, slots=True)
class ListChecked:
    """What was found in a list: its rows in all, how many checks were asked, problems."""

    rows: int
    asked: int
    problems: list[ListProblem] = field(default_factory=list)

    @property
    def must(self) -> int:
        """How many are to be mended before the list is sent."""
        return sum(each.is_must for each in self.problems)


def checked(
    *,
    viewer: Viewer,
    scope: Scope,
    offer: Offer,
    batch: Batch | None,
    on: date,
    span: Span | None = None,
) -> ListChecked:
    """Check the rows that would go out; what tells of health or cases only for who may see these."""
    ids = list(
        registry.households_for(viewer)
        .filter(scope.q("village_code", None))
        .values_list("pk", flat=True)
    )
    known = filling.known(ids, provider())
    sheets, lines = [], {}
    for form in forms_of(offer.feed, batch):
        own = lines_of(form, known, span)
        if own is not None:
            sheet = filled(form, own, Masks(numbers=False, health=False))
            first = len(form.top) + 1
            lines[form.sheet[:31]] = (
                form.layout,
                own.with_columns(number=pl.int_range(first, first + own.height, dtype=pl.Int64)),
            )
            sheets.append(sheet)
    total = sum(len(sheet.rows) for sheet in sheets)
    if not total:
        return ListChecked(0, 0)
    said, problems = _read_back(sheets, lines, offer, on)
    found_rows, asked = _asked(known, said, offer, on)
    places = _lines_of(said)
    problems += [each for row in found_rows if (each := _problem(row, places, viewer)) is not None]
    problems.sort(key=lambda each: (not each.is_must, each.sheet, each.line))
    return ListChecked(total, asked, _once(problems))


def _once(problems: list[ListProblem]) -> list[ListProblem]:
    """A household of two groups is named by one check under two numbers: told once a line."""
    found = {
        (each.sheet, each.line, each.check.zh if each.check else each.found): each
        for each in reversed(problems)
    }
    return list(reversed(found.values()))


def _read_back(
    sheets: list[Filled], lines: Said, offer: Offer, on: date
) -> tuple[dict[str, tuple], list[ListProblem]]:
    """Sheet id → layout and its lines with the values of the file; rows that cannot be read."""
    content = io.BytesIO()
    write(content, sheets)
    name = f"{offer.feed.name}.xlsx"
    workbook = Workbook(content.getvalue(), name, largest=settings.UPLOAD_MAX_BYTES)
    problems: list[ListProblem] = []
    try:
        back = read(
            workbook, recognise(workbook, offer.feed.id, profiles.by_hand()), on, lambda *_: None
        )
    except FileRefused as refused:
        return {}, [ListProblem("", 0, "", "", "", None, refused.zh)]
    said = {}
    for sheet in back:
        layout, own = lines[sheet.sheet]
        fields = [column.field for column in layout.columns if not column.witness]
        new = sheet.checked.rows.select("number", *(f for f in fields if f in sheet.checked.rows))
        kept = own.drop([f for f in fields if f in new.columns], strict=False)
        said[layout.id] = (layout, kept.join(new, on="number", how="inner"))
        for part in sheet.checked.outcomes.parts:
            for row in part.join(_who(own), on="number", how="left").iter_rows(named=True):
                problems.append(_unread(sheet.sheet, row))
    return said, problems


def _who(lines: pl.DataFrame) -> pl.DataFrame:
    """Whose line each is."""
    plain = {"household_code": pl.String, "person_code": pl.String, "name": pl.String}
    return lines.select(
        "number",
        *(
            pl.col(name).alias(f"_{name}")
            if name in lines.columns
            else pl.lit("").alias(f"_{name}")
            for name in plain
        ),
    )


def _unread(sheet: str, row: dict) -> ListProblem:
    return ListProblem(
        sheet, row["number"], row["_household_code"] or "", row["_person_code"] or "",
        row["_name"] or "", None, row.get("message") or "",
    )  # fmt: skip


def _asked(
    known: filling.Known, said: dict[str, tuple], offer: Offer, on: date
) -> tuple[list[dict], int]:
    """Rows the checks name, and how many checks could be asked."""
    codes = lists.touching(offer.feed.id)
    if not codes:
        return [], 0
    folder = Path(settings.RUN_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="list-", dir=folder) as made:
        snapshot = Path(made) / "snapshot"
        snapshot.mkdir()
        for name, rows in tables(known, said).items():
            pq.write_table(rows.to_arrow(), snapshot / f"{name}.parquet")
        case_tables.write(snapshot, on)
        report = running.run(
            snapshot, Path(made) / "result", on, only=lambda each: each.code in codes
        )
        return pq.read_table(report.out / "problems.parquet").to_pylist(), len(report.problems)


def _lines_of(said: dict[str, tuple]) -> dict[tuple[str, int], tuple[str, dict]]:
    """The first line of each person and household, with its sheet."""
    found: dict[tuple[str, int], tuple[str, dict]] = {}
    shown = (
        "number", "household_id", "person_id", "household_code", "person_code", "name", "head_name",
    )  # fmt: skip
    for layout, lines in said.values():
        for line in lines.select(name for name in shown if name in lines.columns).to_dicts():
            for key in ("person_id", "household_id"):
                if line.get(key) is not None:
                    found.setdefault((key, line[key]), (layout.name, line))
    return found


def _problem(
    row: dict, lines: dict[tuple[str, int], tuple[str, dict]], viewer: Viewer
) -> ListProblem | None:
    """Where in the list the person or household stands; None for what the viewer may not see, or
    for who is not in the list at all."""
    named = check(row["code"])
    if named.is_health and not viewer.may(Permission.VIEW_HEALTH):
        return None
    if named.is_of_case and not viewer.may(Permission.VIEW_CASES):
        return None
    there = lines.get(("person_id", row["person_id"])) or lines.get(
        ("household_id", row["household_id"])
    )
    if there is None:
        return None
    sheet, line = there
    return ListProblem(
        sheet, line["number"], line.get("household_code") or "", line.get("person_code") or "",
        line.get("name") or line.get("head_name") or "", named, row["found"],
    )  # fmt: skip
