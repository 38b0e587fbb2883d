"""The heads of tables of tasks: which column holds the offices, the times, the values, the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from anju.reader.model import Role
from anju.reader.offices import looks_like_office
from anju.reader.zones import role_of_head

_LONGEST_HEAD = 18
_LONGEST_TITLE = 14  # signs that say something: brackets with a unit not counted
_MOST_COLUMNS = 16
_MOST_ROWS = 3
_NUMBER = re.compile(r"序 ?号|编 ?号")
_WHEN = re.compile(r"时[限间序]|期限|日期|节点|进度(?!情况)")
_YEAR = re.compile(
    r"(?:到|目标值?\(?|指标值?\(?)?(20\d\d)年?底?\)?(?:年?度?(?:目标|指标|任务|计划|工作)*[值数]?)?(?:\(.*\))?"
)
_VALUE = re.compile(
    r"(?:年度|本年度?|工作|计划|预期|任务|总)*(?:目标|指标|计划|任务|建设|完成)?(?:值|数量?|量)(?:\(.*\))?"
)
_MONEY = re.compile(
    r"(?:.*(?:投资|资金|金额|经费|标准|预算)[^(万亿元]*)?\(?(?:单位:)?([万亿]?元(?:/[人户亩年月]+)*)\)?"
)
_PAID = re.compile(r"\((?:单位:)?([万亿]?元)\)")
_OF_WHICH = re.compile(r"^其中:?")
_SUM_HEAD = re.compile(r"(?:其中:?)?[^来源]{0,8}(?:投资|资金|金额|经费|预算)(?:额|规模)?")
_SUM = re.compile(r"投资|资金|金额|经费|预算")
_UNIT = re.compile(r"(?:计[量算])?单位")
_IN_BRACKETS = re.compile(r"\((?:单位:)?([^()]{1,6})\)$")
_TASK = re.compile(r"任务|措施|举措|事项|要点|内容|项目")
_OFFICE = re.compile(r"(?!发布|发文|制发|制定)[^计量]{2}(?:单位|部门|科室|股室|机构|主体)$")
_IDLE = re.compile(
    r".*(?:领导|责任人|负责人|联系人|电话|备注|分管|类别|任务类|指标类|来源|依据|资金|投资).*"
)
_MAIN = re.compile(r"(?:主要|第一)责任")
_DIGITS = re.compile(r"[\d.,%]+")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds."""

    kind: str  # "number", "offices", "when", "value", "unit", "money", "idle" or "words"
    role: Role | None = None
    year: int = 0
    unit: str = ""
    head: str = ""


def with_sums(columns: Sequence[Column], unit: str) -> list[Column]:
    """Columns of sums whose unit stands above the table (单位:万元)."""
    return [
        replace(each, kind="money", unit=unit, head=_OF_WHICH.sub("", each.head))
        if each.kind == "idle" and _SUM_HEAD.fullmatch(each.head)
        else each
        for each in columns
    ]


def is_number_head(text: str) -> bool:
    """Whether a head says that the column numbers the rows."""
    return bool(_NUMBER.fullmatch(text))


def head_of(rows: Sequence[Sequence[str]]) -> tuple[list[Column], int]:
    """The columns of a table whose first rows these are, and how many rows its head has."""
    if not rows or not _is_short(rows[0]):
        return [], 0
    width = max(len(row) for row in rows[:_MOST_ROWS])
    above = _spread([*rows[0], *[""] * (width - len(rows[0]))])
    heads = [above]
    for row in rows[1:_MOST_ROWS]:
        cells = [*row, *[""] * (width - len(row))]
        if not _is_short(cells) or not _goes_on(above, cells):
            break
        heads.append(cells)
        above = [cell or up for cell, up in zip(cells, above, strict=True)]
    for count in range(len(heads), 0, -1):
        columns = columns_of([_said(column) for column in zip(*heads[:count], strict=True)])
        if columns:
            return columns, count
    return [], 0


def columns_of(heads: Sequence[tuple[str, str]]) -> list[Column]:
    """The columns, if these are the heads of a table of tasks; nothing otherwise.

    A head is what stands right above the rows, and all that stands above it from the top.
    """
    if not 3 <= len(heads) <= _MOST_COLUMNS:
        return []
    named = any(role_of_head(_bare(part)) for head in heads for part in head)
    columns: list[Column] = []
    for head in heads:
        columns.append(_column(head, named) if head[1] or not columns else columns[-1])
    columns = _leading(columns, heads)
    kinds = {column.kind for column in columns}
    timed = {"number", "when"} <= kinds and any(_TASK.search(whole) for _, whole in heads)
    return columns if "words" in kinds and ("offices" in kinds or timed) else []


def _leading(columns: list[Column], heads: Sequence[tuple[str, str]]) -> list[Column]:
    """主要责任单位 beside 协同配合单位 leads."""
    roles = {column.role for column in columns}
    if Role.COOPERATING not in roles or Role.LEAD in roles:
        return columns
    return [
        replace(column, role=Role.LEAD)
        if column.role is Role.RESPONSIBLE and _MAIN.match(_bare(head[0]))
        else column
        for column, head in zip(columns, heads, strict=True)
    ]


def _is_short(cells: Sequence[str]) -> bool:
    """Whether the cells can be heads."""
    return not any(
        len(cell) > _LONGEST_HEAD
        or len(_IN_BRACKETS.sub("", cell)) > _LONGEST_TITLE
        or cell.endswith(":")
        for cell in cells
    )


def _spread(cells: Sequence[str]) -> list[str]:
    """A head that reaches across stands above each of its columns."""
    spread: list[str] = []
    for cell in cells:
        spread.append(cell or (spread[-1] if spread else ""))
    return spread


def _goes_on(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row belongs to the head: it parts heads that reach across, and says nothing else."""
    parts = 0
    for at, cell in enumerate(cells):
        if not cell or cell == above[at]:
            continue
        across = above[at] in (above[at - 1] if at else None, *above[at + 1 : at + 2])
        unit = cell.startswith("(") and cell.endswith(")")
        names = looks_like_office(cell) and role_of_head(cell) is None
        if names or _DIGITS.fullmatch(cell) or not (across or unit):
            return False
        parts += 1
    return parts > 0


def _said(column: Sequence[str]) -> tuple[str, str]:
    """What stands last in the head of a column, and all of it, each thing once."""
    parts = [part for n, part in enumerate(column) if part and part not in column[:n]]
    return (parts[-1] if parts else "", "".join(parts))


def _column(head: tuple[str, str], named: bool) -> Column:
    """What a column holds, by what stands last in its head, else by all of it."""
    last, whole = (_bare(part) for part in head)
    found = _kind(last, named)
    paid = _PAID.search(whole) if found.kind == "idle" and _SUM.search(last) else None
    if paid is not None:  # 总投资 under 投资(万元)
        return Column("money", unit=paid[1], head=_OF_WHICH.sub("", last))
    return found if found.kind != "words" or last == whole else _kind(whole, named)


def _kind(bare: str, named: bool) -> Column:
    """What a column with this head holds; `named`: another one says who answers for the tasks."""
    role = role_of_head(bare)
    bracket = _IN_BRACKETS.search(bare)
    unit = bracket[1] if bracket else ""
    if role is not None:
        return Column("offices", role)
    if _NUMBER.fullmatch(bare):
        return Column("number")
    year = _YEAR.fullmatch(bare)
    if year is not None:
        return Column("value", year=int(year[1]), unit=unit)
    if _UNIT.fullmatch(bare):
        return Column("unit")
    money = _MONEY.fullmatch(bare)
    if money is not None:
        return Column("money", unit=money[1], head=re.sub(r"\(.*", "", bare))
    if _VALUE.fullmatch(bare):
        return Column("value", unit=unit)
    if _OFFICE.search(bare):  # 归口部门: the only column of offices, or nothing that is known
        return Column("idle") if named else Column("offices", Role.RESPONSIBLE)
    if _IDLE.fullmatch(bare):
        return Column("idle", head=bare)
    return Column("when" if _WHEN.search(bare) else "words", head=bare)


def _bare(text: str) -> str:
    """A head without blanks."""
    return re.sub(r"\s", "", text)
