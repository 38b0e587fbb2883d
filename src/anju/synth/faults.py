"""Files an import must refuse, or take in part, with a message that names row, column and remedy.

Each file is one of the good lists of the county's base folder with one thing broken. `faults.json`
says what is wrong with each: the file, the sheet, the row as a spreadsheet numbers it, the column, and
whether the other rows of the file are good.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from anju.synth.county import County
from anju.synth.identity import check_digit
from anju.synth.workbooks import layouts
from anju.synth.workbooks.filled import Filled
from anju.synth.workbooks.known import BASE
from anju.synth.workbooks.layouts import Layout
from anju.synth.workbooks.sheets import Sheet
from anju.synth.workbooks.sheets import write as write_book
from anju.synth.workbooks.writing import filled

_ROWS = 40
_AT = 4
"""Position of the broken row, so that good rows stand before and after it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file. `row` 0: the whole file; `rest_is_good`: other rows can be taken."""

    file: str
    feed: str
    problem: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    rest_is_good: bool = True


def write(county: County, folder: Path) -> list[Fault]:
    """Writes the broken files and `faults.json`, and returns what is wrong with them."""
    folder.mkdir(parents=True, exist_ok=True)
    base = {sheet.layout: sheet for sheet in filled(county) if sheet.folder == BASE}
    faults = [_cell(base, folder, county, *case) for case in _cells()]
    faults += [
        _duplicate(base, folder, county),
        _totals(base, folder, county),
        _missing_column(base, folder, county),
        _wrong_sheet(base, folder, county),
        *_broken_bytes(folder),
    ]
    listed = [asdict(fault) for fault in faults]
    text = json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "faults.json").write_text(text + "\n", encoding="utf-8")
    return faults


def _wrong_check_digit(value: str) -> str:
    right = check_digit(value[:17])
    return value[:17] + ("0" if right != "0" else "1")


def _cells() -> list[tuple[str, str, Layout, str, Callable[[str], str]]]:
    """File, problem, layout, column, and how the value is spoilt."""
    return [
        ("校验码错误.xlsx", "check_digit", layouts.LIFTED_OUT, "证件号码", _wrong_check_digit),
        ("科学计数法.xlsx", "scientific_notation", layouts.LIFTED_OUT, "证件号码", lambda _: "5.29901E+17"),
        ("证件号码位数.xlsx", "identity_length", layouts.LIFTED_OUT, "证件号码", lambda v: v[:15]),
        ("不可能的日期.xlsx", "impossible_date", layouts.LIFTED_OUT, "出生日期", lambda _: "20230231"),
        ("未知关系.xlsx", "unknown_label", layouts.LIFTED_OUT, "与户主关系", lambda _: "之朋友"),
        ("未知户编号.xlsx", "unknown_household", layouts.INCOME, "户编号", lambda _: "5299019999990001"),
        ("金额不是数.xlsx", "not_a_number", layouts.INCOME, "工资性收入", lambda _: "约三千"),
        ("未知渠道.xlsx", "unknown_label", layouts.EMPLOYMENT, "就业渠道", lambda _: "打零工"),
        ("结束早于开始.xlsx", "end_before_start", layouts.EMPLOYMENT, "务工结束时间", lambda _: "1999-01-01"),
        ("未登记人员.xlsx", "unknown_person", layouts.CHRONIC, "证件号码", lambda _: "529999190001010018"),
        ("残疾等级不符.xlsx", "unknown_label", layouts.DISABILITY, "残疾等级", lambda _: "五级"),
        ("鉴定日期.xlsx", "impossible_date", layouts.HOUSING, "鉴定日期", lambda _: "2023年13月5日"),
    ]  # fmt: skip


def _sample(base: dict[Layout, Filled], layout: Layout) -> pa.Table:
    """A few dozen good rows; of the member lists only whole households."""
    rows = base[layout].rows
    if "人编号" in rows.column_names and rows.num_rows > _ROWS:
        codes = rows["户编号"].to_pylist()
        return rows.slice(0, codes.index(codes[_ROWS]))
    return rows.slice(0, _ROWS)


def _sheet(county: County, layout: Layout, rows: pa.Table) -> Sheet:
    return Sheet(
        layout, rows, f"填报单位：{county.places.county_names[0]}{layout.office}", "云岭县"
    )


def _save(path: Path, sheet: Sheet) -> None:
    write_book(path, [sheet], datetime(2023, 7, 1))


def _number(layout: Layout, position: int) -> int:
    """Row of the spreadsheet that holds a row of data."""
    return 2 + layout.header_rows + position + 1


def _cell(
    base: dict[Layout, Filled],
    folder: Path,
    county: County,
    file: str,
    problem: str,
    layout: Layout,
    column: str,
    spoil: Callable[[str], str],
) -> Fault:
    rows = _sample(base, layout)
    at = min(_AT, rows.num_rows - 1)
    values = rows[column].to_pylist()
    values[at] = spoil(values[at] or "")
    spoilt = rows.set_column(rows.column_names.index(column), column, pa.array(values, pa.string()))
    _save(folder / file, _sheet(county, layout, spoilt))
    return Fault(file, layout.feed, problem, layout.sheet, _number(layout, at), column)


def _duplicate(base: dict[Layout, Filled], folder: Path, county: County) -> Fault:
    layout = layouts.LIFTED_OUT
    rows = _sample(base, layout)
    again = pa.concat_tables([rows, rows.slice(_AT, 1)])
    _save(folder / "文件内重复.xlsx", _sheet(county, layout, again))
    row = _number(layout, rows.num_rows)
    return Fault("文件内重复.xlsx", layout.feed, "duplicate_in_file", layout.sheet, row, "证件号码")


def _totals(base: dict[Layout, Filled], folder: Path, county: County) -> Fault:
    """A row 合计 with a sum, as people add them under a list."""
    layout = layouts.INCOME
    rows = _sample(base, layout)
    totals = {"乡(镇)": "合计", "工资性收入": "123456"}
    summed = pa.concat_tables([rows, pa.Table.from_pylist([totals], schema=rows.schema)])
    _save(folder / "合计行.xlsx", _sheet(county, layout, summed))
    row = _number(layout, rows.num_rows)
    return Fault("合计行.xlsx", layout.feed, "totals_row", layout.sheet, row, "户编号")


def _missing_column(base: dict[Layout, Filled], folder: Path, county: County) -> Fault:
    layout = layouts.EMPLOYMENT
    paths = " ".join(path for path in layout.paths.split() if path != "证件号码")
    _save(
        folder / "缺少列.xlsx", _sheet(county, replace(layout, paths=paths), _sample(base, layout))
    )
    return Fault("缺少列.xlsx", layout.feed, "missing_column", layout.sheet, 0, "证件号码", False)


def _wrong_sheet(base: dict[Layout, Filled], folder: Path, county: County) -> Fault:
    layout = layouts.CHRONIC
    renamed = replace(layout, sheet="Sheet1", paths="序号 项目 数量 备注")
    rows = pa.table({"项目": ["合计"], "数量": ["12"], "备注": [""]})
    _save(folder / "工作表不对.xlsx", _sheet(county, renamed, rows))
    return Fault("工作表不对.xlsx", layout.feed, "wrong_sheet", "Sheet1", 0, "", False)


def _broken_bytes(folder: Path) -> list[Fault]:
    """A password-protected file (an OLE container, as Office writes them), a torn one, an empty one."""
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900")
    whole = (folder / "校验码错误.xlsx").read_bytes()
    contents = {
        "加密文件.xlsx": ("encrypted", ole + bytes(472) + "EncryptedPackage".encode("utf-16-le")),
        "损坏文件.xlsx": ("torn", whole[: len(whole) // 2]),
        "空文件.xlsx": ("empty", b""),
        "不是表格.xlsx": ("not_a_workbook", "姓名,证件号码\n".encode("gb18030")),
    }
    for file, (_, content) in contents.items():
        (folder / file).write_bytes(content)
    return [
        Fault(file, "households", problem, rest_is_good=False)
        for file, (problem, _) in contents.items()
    ]
