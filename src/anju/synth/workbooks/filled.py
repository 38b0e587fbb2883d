"""A sheet's rows and the folder they belong in: what every list hands to the writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from anju.synth.columns import NULL, Array, Table, take
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
    for folder, at in register.folders.once(_listed_from(register, rows, day)):
        yield Filled.of(folder, layout, columns(take(rows, at)))


def lasting(
    register: Register, layout: Layout, rows: Table, columns: Callable[[Table], Columns]
) -> Iterator[Filled]:
    """Sheets of intervals, listed when they begin and again when their end is known."""
    listed = _listed_from(register, rows, "started_on")
    for folder, at, end in register.folders.lasting(listed, rows["ended_on"]):
        chosen = take(rows, at)
        chosen["ended_on"] = end
        yield Filled.of(folder, layout, columns(chosen))


def _listed_from(register: Register, rows: Table, day: str) -> Array:
    """The day from which the county can list a row: of a person, not before they are in a list."""
    if "person_id" not in rows:
        return rows[day]
    person = rows["person_id"]
    first = register.first_joined[np.where(person == NULL, 1, person) - 1]
    return np.where(person == NULL, rows[day], np.maximum(rows[day], first))
