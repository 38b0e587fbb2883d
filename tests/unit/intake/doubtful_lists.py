"""A list with a row that may be either of two namesakes."""

from datetime import date

from tests.factories.registry import identity_number
from tests.unit.intake.lists import bring_in, households, member, workbook

from anju.intake.models import Batch

NAMESAKES = (
    (2, "谭小燕", date(1980, 4, 1)),
    (4, "谭小燕", date(1983, 9, 9)),
    (6, "陆文芳", date(1966, 1, 17)),
    (8, "陆文芳", date(1971, 5, 23)),
)


def doubtful_batch(*names: str) -> Batch:
    """Register four women, two and two of one name, and import a list of these names alone."""
    known = [
        member(number, 姓名=name, 出生日期=f"{born:%Y%m%d}")
        | {"证件号码": identity_number(number, born), "性别": "女"}
        for number, name, born in NAMESAKES
    ]
    bring_in(households(*known), name="户信息名单.xlsx")
    columns = "姓名 证件号码 性别 出生日期 行政村 户主姓名 参保日期"
    rows = [
        {"姓名": name, "性别": "女", "行政村": "北枫二村", "参保日期": "2023-01-01"}
        for name in names
    ]
    return bring_in(workbook(columns.split(), rows), name="参保.xlsx", on=date(2023, 8, 31))


def newcomer_batch() -> Batch:
    """An allowance of a child whose number and name nobody in the household has."""
    born = date(2022, 4, 6)
    row = {
        "户编号": member(2)["户编号"],
        "姓名": "谭小宝",
        "证件号码": identity_number(902, born),
        "救助类型": "农村低保",
        "保障范围": "单人",
        "起始年月": "202301",
        "与户主关系": "之子",
    }
    return bring_in(workbook(list(row), [row]), name="低保.xlsx", on=date(2023, 8, 31))
