"""Columns beside the number that tell whose row it is, for lists without numbers or with wrong ones."""

from dataclasses import replace

from anju.intake import labels
from anju.intake.columns import Column, Kind, household
from anju.intake.layout import Feed

_HEAD_IDENTITY = Column(
    "head_identity",
    "户主证件号码",
    Kind.IDENTITY,
    also=("户主身份证号码", "户主身份证号"),
    witness=True,
)
WITNESSES = (
    Column("sex", "性别", Kind.CHOICE, choices=labels.SEX, witness=True),
    Column("born_on", "出生日期", Kind.DATE, also=("出生年月", "出生年月日"), witness=True),
    Column("village", "行政村", also=("村", "所在村", "村(社区)"), witness=True),
    Column("head_name", "户主姓名", Kind.NAME, also=("户主",), witness=True),
    Column("phone", "联系电话", Kind.PHONE, also=("手机号码", "电话"), witness=True),
    Column("relation", "与户主关系", Kind.CHOICE, choices=labels.RELATION, witness=True),
    replace(household(), needed=False, filled=False, witness=True),
    _HEAD_IDENTITY,
)
"""Of a person; the last two, like the name of the head, tell the household of somebody not yet known."""

HEAD_WITNESSES = (
    Column("village", "行政村", also=("村", "所在村", "村(社区)"), witness=True),
    _HEAD_IDENTITY,
    Column(
        "phone", "户主联系电话", Kind.PHONE, also=("联系电话", "手机号码", "电话"), witness=True
    ),
)
"""Columns that tell which household a row is of where it has no code, beside the name of its head."""


def by_head(feed: Feed) -> Feed:
    """A list of households that may name them by head and village instead of by code."""
    sheets = []
    for sheet in feed.sheets:
        columns = [
            replace(column, instead=("head_name", "village"))
            if column.field == "household_code"
            else column
            for column in sheet.columns
        ]
        sheets.append(replace(sheet, columns=(*columns, *HEAD_WITNESSES)))
    return replace(feed, sheets=tuple(sheets))


def with_witnesses(feed: Feed) -> Feed:
    """The list with these columns, where it has none of its own; none of them is needed.

    A column counts as a witness only if the list does not read it for itself.
    """
    sheets = []
    for sheet in feed.sheets:
        own = {column.field for column in sheet.columns}
        headings = {heading for column in sheet.columns for heading in column.headings}
        added = [
            column
            for column in WITNESSES
            if column.field not in own and not headings & set(column.headings)
        ]
        sheets.append(replace(sheet, columns=(*sheet.columns, *added)))
    return replace(feed, sheets=tuple(sheets))
