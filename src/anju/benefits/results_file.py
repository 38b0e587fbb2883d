"""What finance sends back of a payment batch: a workbook, read like any list that comes in.

Nothing is written here: rows that could be read, and of every other its number, column and what to
do. Whether a row belongs to the batch is looked at when the results are recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from django.conf import settings

from anju.intake.checking import check
from anju.intake.columns import Column, Kind
from anju.intake.headings import SEARCHED_ROWS, Heading, find
from anju.intake.layout import SheetLayout
from anju.intake.refusals import FileRefused
from anju.intake.workbook import Workbook

_PAID, _FAILED = "paid", "failed"
_OUTCOMES: Final = {
    **dict.fromkeys(("成功", "已支付", "支付成功", "发放成功", "已发放", "已到账"), _PAID),
    **dict.fromkeys(("失败", "支付失败", "发放失败", "退回", "退票", "未支付"), _FAILED),
}


@dataclass(frozen=True, slots=True)
class ReadResult:
    """One row: which claim, how much, whether it was paid and when, or why it was not."""

    row: int
    claim: str
    household_code: str
    amount: int
    is_paid: bool
    paid_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row: where, and a sentence with what to do."""

    row: int
    column: str
    said: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A workbook of results: the rows that could be read, and what is wrong with the others."""

    rows: list[ReadResult]
    problems: list[RowProblem]


def _not_taken(rows: pl.DataFrame, context: Any) -> Any:
    raise NotImplementedError("results of payments are recorded by benefits, not by intake")


LAYOUT: Final = SheetLayout(
    "benefit_results",
    "补贴发放结果",
    (
        Column(
            "claim",
            "申领号",
            Kind.CODE,
            also=("申领编号", "编号"),
            needed=True,
            filled=True,
            limit=40,
        ),
        Column("household_code", "户编码", Kind.CODE, also=("户编号",), limit=20),
        Column(
            "amount",
            "金额",
            Kind.MONEY,
            also=("发放金额", "补贴金额", "支付金额"),
            needed=True,
            filled=True,
        ),
        Column(
            "result",
            "支付结果",
            Kind.CHOICE,
            also=("发放结果", "结果"),
            needed=True,
            filled=True,
            choices=_OUTCOMES,
        ),
        Column("paid_on", "支付日期", Kind.DATE, also=("发放日期", "到账日期"), day=True),
        Column("reason", "失败原因", also=("原因", "退回原因"), limit=100),
    ),
    take=_not_taken,
)


def read(content: bytes, file_name: str, *, on: date) -> ReadFile:
    """The rows of the first sheet that is such a list; `on` is today, no payment lies after it.

    `FileRefused` for a file that is no workbook, has no such sheet or no rows.
    """
    workbook = Workbook(content, file_name, largest=settings.UPLOAD_MAX_BYTES)
    name, heading = _sheet(workbook)
    checked = check(workbook, workbook.sheet(name), heading, on)
    rows = [
        ReadResult(
            row=each["number"],
            claim=each["claim"],
            household_code=each["household_code"] or "",
            amount=each["amount"],
            is_paid=each["result"] == _PAID,
            paid_on=each["paid_on"],
            reason=each["reason"] or "",
        )
        for each in checked.rows.iter_rows(named=True)
    ]
    refused = checked.outcomes.frame()
    problems = [
        RowProblem(each["number"], each["column"], each["message"])
        for each in refused.iter_rows(named=True)
    ]
    if not rows and not problems:
        raise FileRefused(
            "file_no_rows", f"文件“{file_name}”里没有数据行，请填好支付结果后再上传。"
        )
    found = sorted([*problems, *_beside(rows)], key=lambda each: each.row)
    return ReadFile(rows, found)


def _sheet(workbook: Workbook) -> tuple[str, Heading]:
    lacking = LAYOUT.needed
    for name in workbook.sheet_names:
        heading = find(workbook.sheet(name).cells.head(SEARCHED_ROWS), LAYOUT)
        if not heading.missing:
            return name, heading
        lacking = min(lacking, heading.missing, key=len)
    labels = "、".join(f"“{column.label}”" for column in lacking)
    raise FileRefused(
        "header_not_found",
        f"文件“{workbook.file_name}”缺少这些列：{labels}。"
        "请下载本批次的发放清单，在上面填支付结果。",
    )


def _beside(rows: list[ReadResult]) -> Iterator[RowProblem]:
    """What only shows when columns or rows are seen together."""
    first: dict[str, int] = {}
    for each in rows:
        if each.claim in first:
            told = f"与第 {first[each.claim]} 行是同一个申领号。请核对后只留一行。"
            yield RowProblem(each.row, "申领号", told)
        first.setdefault(each.claim, each.row)
        if each.is_paid and each.paid_on is None:
            yield RowProblem(each.row, "支付日期", "已支付的没有填日期。请填写支付日期。")
        if not each.is_paid and not each.reason:
            yield RowProblem(each.row, "失败原因", "未支付的没有填原因。请写明银行退回的原因。")
