"""Laying a plain table out badly, without changing what it says."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from anju.synth.nasty.grid import Grid, Value

DATE_STYLES = (
    "2023-08-01",
    "20230801",
    "2023.8.1",
    "2023年8月1日",
    "2023/8/1",
    "serial",
    "cell",
    "2023-08",
    "202308",
    "2023年8月",
    "2023.8",
)
_FULL_WIDTH = str.maketrans("0123456789-/.X", "０１２３４５６７８９－／．Ｘ")
_EXCEL_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Mess:
    """How badly a table is laid out; the defaults are a tidy sheet.

    `titles`: rows above the header. `header`: its rows, 1 to 3, the upper ones merged groups.
    `date_style`: one of `DATE_STYLES`; those without a day only for first days of months.
    `totals`: none, `plain` (合计 first) or `numbered` (a number before 合计). `seed`: of the order of
    columns and of which rows and columns are hidden.
    """

    titles: int = 0
    header: int = 1
    date_style: str = "2023-08-01"
    full_width: bool = False
    spaced: bool = False
    upper_case: bool = True
    shuffled: bool = False
    strange_columns: int = 0
    hidden: bool = False
    blank_rows: bool = False
    repeated_header: bool = False
    totals: str = ""
    foot_notes: int = 0
    side_notes: bool = False
    starred: bool = False
    seed: int = 0


def lay_out(
    headings: Sequence[str], rows: Sequence[Mapping[str, Value | None]], mess: Mess
) -> Grid:
    """The table on a sheet. Dates are given as dates, names and numbers as text."""
    chance = random.Random(mess.seed)  # noqa: S311 - which column is hidden is no secret
    grid = Grid()
    columns = list(headings) + [f"附加信息{n + 1}" for n in range(mess.strange_columns)]
    if mess.shuffled:
        chance.shuffle(columns)
    line = _titles(grid, len(columns), mess)
    line = _header(grid, line, columns, mess)
    for number, row in enumerate(rows):
        if mess.blank_rows and number == 1:
            line += 1
        if mess.repeated_header and number == 2:
            _header_row(grid, line, columns, mess)
            line += 1
        _row(grid, line, columns, row, mess)
        line += 1
    _foot(grid, line, columns, len(rows), mess)
    if mess.hidden:
        grid.hidden_rows = set(chance.sample(grid.data, k=min(2, len(grid.data))))
        grid.hidden_columns = {chance.randrange(len(columns))}
    return grid


def _titles(grid: Grid, width: int, mess: Mess) -> int:
    for row in range(mess.titles):
        grid.cells[row, 0] = ("云某县名单", "填报单位：某局　单位：元", "　")[row % 3]
        if width > 1:
            grid.merged.append((row, 0, row, width - 1))
    return mess.titles


def _header(grid: Grid, line: int, columns: Sequence[str], mess: Mess) -> int:
    """Groups above, merged over two columns each; the headings themselves in the lowest row."""
    for row in range(line, line + mess.header - 1):
        for first in range(0, len(columns) - 1, 2):
            grid.cells[row, first] = f"第{row - line + 1}层第{first // 2 + 1}组"
            grid.merged.append((row, first, row, first + 1))
    _header_row(grid, line + mess.header - 1, columns, mess)
    return line + mess.header


def _header_row(grid: Grid, line: int, columns: Sequence[str], mess: Mess) -> None:
    for place, heading in enumerate(columns):
        text = heading
        if mess.starred:
            text = f"* {heading[:1]}\n{heading[1:]}" if len(heading) > 2 else f"*{heading}"
        grid.cells[line, place] = text


def _row(
    grid: Grid,
    line: int,
    columns: Sequence[str],
    row: Mapping[str, Value | None],
    mess: Mess,
) -> None:
    for place, heading in enumerate(columns):
        value = row.get(heading)
        if heading.startswith("附加信息"):
            grid.cells[line, place] = "是"
        elif isinstance(value, date):
            grid.cells[line, place] = _day(value, mess)
        elif value is not None:
            grid.cells[line, place] = _text(value, mess) if isinstance(value, str) else value
    if mess.side_notes and not grid.data:
        grid.cells[line, len(columns) + 1] = "此列为备查说明"
    grid.data.append(line)


def _day(day: date, mess: Mess) -> Value:
    match mess.date_style:
        case "cell":
            return day
        case "serial":
            return float((day - _EXCEL_DAY_ZERO).days)
        case "20230801":
            text = f"{day:%Y%m%d}"
        case "2023.8.1":
            text = f"{day.year}.{day.month}.{day.day}"
        case "2023年8月1日":
            text = f"{day.year}年{day.month}月{day.day}日"
        case "2023/8/1":
            text = f"{day.year}/{day.month}/{day.day}"
        case "2023-08":
            text = f"{day:%Y-%m}"
        case "202308":
            text = f"{day:%Y%m}"
        case "2023年8月":
            text = f"{day.year}年{day.month}月"
        case "2023.8":
            text = f"{day.year}.{day.month}"
        case _:
            text = day.isoformat()
    return text.translate(_FULL_WIDTH) if mess.full_width else text


def _text(text: str, mess: Mess) -> str:
    is_number = any(sign.isdigit() for sign in text)
    if mess.full_width and is_number:
        text = text.translate(_FULL_WIDTH)
    if not mess.upper_case:
        text = text.lower()
    if mess.spaced and len(text) > 1:
        half = len(text) // 2
        text = f" {text[:half]}　{text[half:]}\u200b "
    return text


def _foot(grid: Grid, line: int, columns: Sequence[str], count: int, mess: Mess) -> None:
    """Totals and notes, which are no data."""
    if mess.totals == "plain":
        grid.cells[line, 0] = "合 计"
        grid.cells[line, len(columns) - 1] = float(count)
        line += 1
    elif mess.totals == "numbered":
        grid.cells[line, 0] = float(count)
        grid.cells[line, min(1, len(columns) - 1)] = "合计"
        line += 1
    for number in range(mess.foot_notes):
        grid.cells[line + 1 + number, 0] = ("注：本表由村填报。", "填表人：某某　审核人：某某")[
            number % 2
        ]
