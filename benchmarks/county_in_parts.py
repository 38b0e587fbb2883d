"""The household lists of a large county as its towns would hand them in: one file for some rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from anju.synth import county
from anju.synth.workbooks import members, places, writing
from anju.synth.workbooks.known import BASE
from anju.synth.workbooks.register import Register
from anju.synth.workbooks.sheets import write as write_book

ROWS_A_FILE = 50_000


def write(folder: Path, households: int) -> int:
    """The places of a county and its household lists, each list in parts of whole households."""
    made = county.make(households=households, seed=7, months=("2023-07",))
    register, created = Register(made), datetime(2023, 6, 30)
    pages = [writing.page(made, each) for each in places.sheets(register)]
    write_book(folder / "places.xlsx", pages, created)
    number = 0
    for whole in members.sheets(register):
        if whole.folder != BASE or "人口名单" not in whole.file:
            continue
        for part in _in_parts(whole.rows):
            number += 1
            page = writing.page(made, replace(whole, rows=part))
            write_book(folder / f"{number:03d}-{whole.file}", [page], created)
    print(f"{number} lists in {folder}")
    return 0


def _in_parts(rows: pa.Table) -> Iterator[pa.Table]:
    """About `ROWS_A_FILE` rows at a time; no household lies in two parts."""
    codes = rows["户编号"].to_pylist()
    start = 0
    while start < len(codes):
        end = min(start + ROWS_A_FILE, len(codes))
        while end < len(codes) and codes[end] == codes[end - 1]:
            end += 1
        yield rows.slice(start, end - start)
        start = end
