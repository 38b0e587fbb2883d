"""A plain list of insured persons, laid out badly, and the files it may come in."""

import io
from collections.abc import Callable
from datetime import date, datetime, time

import xlwt
from hypothesis import strategies as st
from tests.factories.registry import identity_number

from anju.synth.nasty import Grid, Mess
from anju.synth.nasty import grid as files
from anju.synth.nasty.laying import DATE_STYLES

HEADINGS = ("姓名", "证件号码", "参保日期", "停保日期")
KNOWN_ON = date(2023, 8, 31)
BORN = date(1985, 5, 20)
NAMES = ("王小明", "阿依古丽·买买提", "欧阳秀英", "李Ａ", "𠮷田", "张 三")


def persons(count: int) -> list[dict[str, files.Value | None]]:
    """Rows as they are meant."""
    return [
        {
            "姓名": "甲乙丙丁戊己庚辛"[number % 8] + "秀英",
            "证件号码": identity_number(number, BORN),
            "参保日期": date(2020 + number % 3, 1 + number % 12, 1),
            "停保日期": date(2023, 7, 1) if number % 3 == 0 else None,
        }
        for number in range(1, count + 1)
    ]


MESSES = st.builds(
    Mess,
    titles=st.integers(0, 3),
    header=st.integers(1, 3),
    date_style=st.sampled_from(DATE_STYLES),
    full_width=st.booleans(),
    spaced=st.booleans(),
    upper_case=st.booleans(),
    shuffled=st.booleans(),
    strange_columns=st.integers(0, 3),
    hidden=st.booleans(),
    blank_rows=st.booleans(),
    repeated_header=st.booleans(),
    totals=st.sampled_from(["", "plain", "numbered"]),
    foot_notes=st.integers(0, 2),
    side_notes=st.booleans(),
    starred=st.booleans(),
    seed=st.integers(0, 1_000),
)


def xls(grid: Grid) -> bytes:
    """The sheet as a workbook of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(grid.name)
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    merged = {(first_row, first): rest for first_row, first, *rest in grid.merged}
    for (row, column), value in grid.cells.items():
        if (row, column) in merged:
            last_row, last = merged[row, column]
            sheet.write_merge(row, last_row, column, last, value)
        elif isinstance(value, date):
            sheet.write(row, column, datetime.combine(value, time()), day)
        else:
            sheet.write(row, column, value)
    for row in grid.hidden_rows:
        sheet.row(row).hidden = True
    for column in grid.hidden_columns:
        sheet.col(column).hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(encoding: str, separator: str) -> Callable[[Grid], bytes]:
    return lambda grid: files.text(grid, encoding=encoding, separator=separator)


FORMATS: dict[str, Callable[[Grid], bytes]] = {
    "xlsx": lambda grid: files.xlsx(grid),
    "xlsx, a second sheet": lambda grid: files.xlsx(
        Grid("填表说明", {(0, 0): "请如实填写", (1, 0): "联系人", (1, 1): "某某"}), grid
    ),
    "xls": xls,
    "csv UTF-8": _text("utf-8", ","),
    "csv UTF-8 with a mark": _text("utf-8-sig", ","),
    "csv GB18030": _text("gb18030", ","),
    "Unicode text": _text("utf-16", "\t"),
    "csv with semicolons": _text("gb18030", ";"),
}
