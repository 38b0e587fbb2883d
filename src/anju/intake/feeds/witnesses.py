"""Columns beside the number that tell whose row it is, for lists without numbers or with wrong ones."""

from dataclasses import replace

from anju.intake import labels
from anju.intake.columns import Column, Kind
from anju.intake.layout import Feed

WITNESSES = (
    Column("sex", "性别", Kind.CHOICE, choices=labels.SEX, witness=True),
    Column("born_on", "出生日期", Kind.DATE, also=("出生年月", "出生年月日"), witness=True),
    Column("village", "行政村", also=("村", "所在村", "村(社区)"), witness=True),
    Column("head_name", "户主姓名", Kind.NAME, also=("户主",), witness=True),
    Column("phone", "联系电话", Kind.PHONE, also=("手机号码", "电话"), witness=True),
    Column("relation", "与户主关系", Kind.CHOICE, choices=labels.RELATION, witness=True),
)


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
