"""A sheet's rows and the folder they belong in: what every list hands to the writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from anju.synth.columns import Table, take
from anju.synth.workbooks.layouts import Layout
from anju.synth.workbooks.register import Register

Columns = dict[str, pa.Array]


@dataclass(frozen=True)
class Filled:
    """Rows of one sheet in one folder; `file` differs from the layout's only for quarters."""

    folder: str
    layout: Layout
    rows: pa.Table
    file: str

    @staticmethod
    def of(folder: str, layout: Layout, columns: Columns, file: str | None = None) -> Filled:
        """Checks that all columns of the layout are there."""
        wanted = [heading for heading in layout.headings if heading != "序号"]
        return Filled(
            folder,
            layout,
            pa.table([columns[name] for name in wanted], names=wanted),
            file or layout.file,
        )


def once(
    register: Register, layout: Layout, rows: Table, day: str, columns: Callable[[Table], Columns]
) -> Iterator[Filled]:
    """Sheets of rows that have no end, by the folder of their day."""
    for folder, at in register.folders.once(rows[day]):
        yield Filled.of(folder, layout, columns(take(rows, at)))


def lasting(
    register: Register, layout: Layout, rows: Table, columns: Callable[[Table], Columns]
) -> Iterator[Filled]:
    """Sheets of intervals, listed when they begin and again when their end is known."""
    for folder, at, end in register.folders.lasting(rows["started_on"], rows["ended_on"]):
        chosen = take(rows, at)
        chosen["ended_on"] = end
        yield Filled.of(folder, layout, columns(chosen))
