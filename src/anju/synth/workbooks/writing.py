"""Writes all workbooks of a county."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from anju.synth.county import County
from anju.synth.periods import as_date
from anju.synth.workbooks import (
    assets,
    departments,
    livelihood,
    members,
    places,
    posts,
    projects,
    training,
    vacancies,
)
from anju.synth.workbooks.filled import Filled
from anju.synth.workbooks.known import BASE
from anju.synth.workbooks.register import Register
from anju.synth.workbooks.sheets import Sheet
from anju.synth.workbooks.sheets import write as write_book

MOST_HOUSEHOLDS = 250_000


def filled(county: County) -> Iterator[Filled]:
    """All sheets, also those without rows."""
    register = Register(county)
    for lists in (
        places, members, livelihood, departments, projects, training, assets, vacancies,
        posts,
    ):  # fmt: skip
        yield from lists.sheets(register)


def check(county: County) -> None:
    """Raises ValueError for counties whose lists would not fit into sheets."""
    if county.size > MOST_HOUSEHOLDS:
        raise ValueError(f"workbooks hold at most {MOST_HOUSEHOLDS} households: use --no-workbooks")


def write(county: County, folder: Path) -> dict[str, int]:
    """Writes `places.xlsx`, `base/` and a folder a month; returns data rows by file.

    A file without any rows is not written; one with rows has all its sheets.

    Raises ValueError for counties whose lists would not fit into sheets. The folder is replaced.
    """
    check(county)
    books: dict[tuple[str, str], list[Filled]] = {}
    for sheet in filled(county):
        books.setdefault((sheet.folder, sheet.file), []).append(sheet)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    created = datetime.combine(as_date(county.period.start), datetime.min.time())
    rows = {}
    for (name, file), sheets in books.items():
        if not any(sheet.rows.num_rows for sheet in sheets):
            continue
        pages = [page(county, sheet) for sheet in sheets]
        rows[f"{name}/{file}".lstrip("/")] = write_book(unfinished / name / file, pages, created)
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    return rows


def page(county: County, sheet: Filled) -> Sheet:
    """A sheet as it is written: who filled it in, and of which day it speaks."""
    layout = sheet.layout
    day = as_date(county.period.start - 1)
    if sheet.folder not in ("", BASE):
        month = next(m for m in county.period.months if str(m) == sheet.folder)
        day = as_date(month.next_day - 1)
    place = county.places.county_names[0]
    line = (
        f"填报单位：{place}{layout.office}　"
        f"数据时间：{day.year}年{day.month}月{day.day}日　{layout.unit}"
    )
    return Sheet(layout, sheet.rows, line, place)
