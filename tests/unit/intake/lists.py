"""Small workbooks like those of offices, and importing them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import xlsxwriter
from tests.factories.registry import identity_number

from anju.audit.actor import Actor
from anju.intake.actions import batches, processing
from anju.intake.models import Batch, Row

ON = date(2023, 7, 31)
AT = datetime(2023, 8, 1, 9, 0, tzinfo=UTC)
CLERK = Actor("clerk", "经办人")
COUNTY = "529901000000"

HOUSEHOLD_COLUMNS = (
    "乡(镇)", "行政村", "所属网格", "户编号", "人编号", "姓名", "性别", "出生日期", "证件号码",
    "与户主关系", "民族", "文化程度", "在校生状况", "健康状况", "劳动技能", "人联系电话",
    "人员识别时间", "户类型", "易返贫致贫户(监测对象)类型", "风险识别时间", "风险消除时间",
)  # fmt: skip

Cells = Mapping[str, str | float | None]


def workbook(
    columns: Sequence[str],
    rows: Sequence[Cells],
    *,
    sheet: str = "名单",
    title: str = "云某县名单",
    notes: Sequence[str] = ("注：本表由村填报。",),
) -> bytes:
    """A sheet with a title row, a line, the header in row 3, the rows, and notes at the foot."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet(sheet)
    page.write_string(0, 0, title)
    page.write_string(1, 0, "填报单位：某局　单位：户")
    page.write_row(2, 0, columns)
    for line, row in enumerate(rows, start=3):
        for place, column in enumerate(columns):
            value = row.get(column)
            if isinstance(value, str):
                page.write_string(line, place, value)
            elif value is not None:
                page.write_number(line, place, value)
    for place, note in enumerate(notes):
        page.write_string(len(rows) + 4 + place, 0, note)
    book.close()
    return file.getvalue()


def member(number: int, **changes: str | float | None) -> dict[str, str | float | None]:
    """A row of the household list: the head of household `number`, unless said otherwise."""
    born = date(1985, 5, 20) + timedelta(days=number // 1_000)
    return {
        "乡(镇)": "北枫镇",
        "行政村": "北枫二村",
        "户编号": f"5299011{number:09d}",
        "人编号": f"5299011{number:09d}01",
        "姓名": "甲乙丙丁戊己庚辛"[number % 8] + "秀英",
        "性别": "男" if int(identity_number(number, born)[16]) % 2 else "女",
        "出生日期": f"{born:%Y%m%d}",
        "证件号码": identity_number(number, born),
        "与户主关系": "户主",
        "民族": "汉族",
        "文化程度": "初中",
        "在校生状况": "不在校",
        "健康状况": "健康",
        "劳动技能": "普通劳动力",
        "人员识别时间": "20140101",
        "户类型": "一般农户",
        **changes,
    }


def households(*rows: Cells, **more: object) -> bytes:
    """A household list."""
    return workbook(HOUSEHOLD_COLUMNS, rows, **more)  # type: ignore[arg-type]


def bring_in(
    content: bytes,
    *,
    name: str = "名单.xlsx",
    on: date = ON,
    place: str = COUNTY,
    good_rows_only: bool = True,
    hold: bool = False,
) -> Batch:
    """Import a file as the command does."""
    batch = batches.receive(
        by=CLERK,
        at=AT,
        known_on=on,
        feed=processing.recognised_feed(file_name=name, content=content),
        file_name=name,
        content=content,
        division_code=place,
        good_rows_only=good_rows_only,
        hold=hold,
        queued=False,
    )
    return processing.commit_now(batch_id=batch.pk)


def the_row(batch: Batch, number: int) -> Row:
    """What became of one row."""
    return Row.objects.get(batch=batch, number=number)


def said(batch: Batch) -> list[tuple[int, str, str]]:
    """Row number, outcome and code of what is wrong, of every row."""
    return list(
        Row.objects.filter(batch=batch).order_by("id").values_list("number", "outcome", "code")
    )


def write(folder: Path, name: str, content: bytes) -> Path:
    """The workbook as a file."""
    path = folder / name
    path.write_bytes(content)
    return path
