"""A table of changed villages and grids: read from a workbook, and checked before anything moves."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from anju.audit.refusal import Refusal

HEADINGS = ("类别", "原代码", "新代码", "新名称", "只含网格", "只含户")
_KINDS = {"村": "village", "网格": "grid"}
_MOST = 2_000
_VILLAGE = re.compile(r"\d{12}")
_GRID = re.compile(r"[0-9A-Za-z-]{1,20}")


class ChangesRefused(Refusal):
    """The table cannot be carried out as it stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """All of a village or grid, or the part of it that is named, goes into another."""

    kind: str  # village | grid
    old: str
    new: str
    name: str
    grids: tuple[str, ...] = ()
    households: tuple[str, ...] = ()

    @property
    def is_part(self) -> bool:
        """Only some grids or households go there."""
        return bool(self.grids or self.households)

    def stored(self) -> dict[str, Any]:
        """As the database keeps it."""
        return asdict(self)


def restored(rows: Iterable[Mapping[str, Any]]) -> list[Change]:
    """What `stored` kept."""
    return [
        Change(
            **{**row, "grids": tuple(row["grids"]), "households": tuple(row["households"])}  # type: ignore[arg-type]
        )
        for row in rows
    ]


def read(content: bytes) -> list[Change]:
    """The rows of a workbook; refused with its row where one cannot be meant."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(nrows=_MOST + 50)
    except (CalamineError, ValueError) as error:
        raise ChangesRefused("读不出这个文件。请上传 .xlsx 格式的对照表。") from error
    cells = [[_text(cell) for cell in row] for row in rows]
    at = next((i for i, row in enumerate(cells[:15]) if "原代码" in row and "新代码" in row), None)
    if at is None:
        raise ChangesRefused(f"没有找到表头。第一行须有：{'、'.join(HEADINGS)}。请下载模板填写。")
    places = {name: cells[at].index(name) for name in HEADINGS if name in cells[at]}
    changes = [
        _change(row, places, number)
        for number, row in enumerate(cells[at + 1 :], start=at + 2)
        if any(row)
    ]
    if not changes:
        raise ChangesRefused("对照表里没有内容。")
    if len(changes) > _MOST:
        raise ChangesRefused(f"一次最多 {_MOST} 行，请分几次提交。")
    _check_together(changes)
    return changes


def template() -> bytes:
    """An empty table to fill in, its cells kept as text."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("对照表")
    text = book.add_format({"num_format": "@"})
    sheet.set_column(0, len(HEADINGS) - 1, 18, text)
    sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True}))
    book.close()
    return file.getvalue()


def _change(row: Sequence[str], places: Mapping[str, int], number: int) -> Change:
    given = {name: row[at] if at < len(row) else "" for name, at in places.items()}
    kind = _KINDS.get(given.get("类别", "") or "村")
    if kind is None:
        raise ChangesRefused(f"第 {number} 行“类别”只能写“村”或“网格”。")
    pattern = _VILLAGE if kind == "village" else _GRID
    for name in ("原代码", "新代码"):
        if not pattern.fullmatch(given[name]):
            wanted = "12 位村（社区）代码" if kind == "village" else "网格编码"
            raise ChangesRefused(f"第 {number} 行“{name}”须是{wanted}，请按文本格式填写。")
        if kind == "village" and given[name].endswith("000"):
            raise ChangesRefused(f"第 {number} 行“{name}”是乡镇代码；这里只能撤并村和网格。")
    if not given.get("新名称"):
        raise ChangesRefused(f"第 {number} 行缺少“新名称”。")
    grids, homes = (_several(given.get(name, "")) for name in ("只含网格", "只含户"))
    if kind == "grid" and grids:
        raise ChangesRefused(f"第 {number} 行是网格，不能再填“只含网格”。")
    return Change(kind, given["原代码"], given["新代码"], given["新名称"][:60], grids, homes)


def _check_together(changes: Sequence[Change]) -> None:
    """Each village or grid has one place for what is not named, and nothing is named twice."""
    for old, number in Counter((c.kind, c.old) for c in changes if not c.is_part).items():
        if number > 1:
            raise ChangesRefused(
                f"“{old[1]}”有 {number} 行都没有限定网格或户。拆分时只能有一行不限定，其余写明范围。"
            )
    for part, number in Counter(
        (c.kind, c.old, code) for c in changes for code in (*c.grids, *c.households)
    ).items():
        if number > 1:
            raise ChangesRefused(f"“{part[2]}”在“{part[1]}”的拆分中出现了 {number} 次。")
    names: dict[tuple[str, str], str] = {}
    for change in changes:
        if names.setdefault((change.kind, change.new), change.name) != change.name:
            raise ChangesRefused(f"新代码“{change.new}”有两个不同的名称，请核对。")
    moved = {(c.kind, c.old) for c in changes if c.old != c.new}
    for change in changes:
        if (change.kind, change.new) in moved and change.old != change.new:
            kept = any(c.old == c.new == change.new for c in changes)
            if not kept:
                raise ChangesRefused(f"“{change.new}”既要撤销又要并入别的村，请分两次提交。")


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,，、;；]+", text) if part))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
