"""What finance sends back of a payment batch: a workbook, read like any list that comes in.

Nothing is written here: results of the rows that could be read, and of every other its number, column
and what to do. Whether they fit the batch is looked at when they are recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import polars as pl
from django.conf import settings

from anju.benefits.actions.results import Result, refuse_misfits
from anju.benefits.models import Batch
from anju.benefits.refusals import Problem, RowsRefused
from anju.benefits.states import Failure
from anju.intake.checking import check
from anju.intake.columns import Column, Kind
from anju.intake.headings import SEARCHED_ROWS, Heading, find
from anju.intake.layout import SheetLayout
from anju.intake.refusals import FileRefused
from anju.intake.workbook import SheetText, Workbook

_PAID, _FAILED = "paid", "failed"
_RESULTS: Final = {
    **dict.fromkeys(("成功", "已支付", "支付成功", "发放成功", "已发放", "已到账"), _PAID),
    **dict.fromkeys(("失败", "支付失败", "发放失败", "退回", "退票", "未支付"), _FAILED),
}
_REASONS: Final[Mapping[str, str]] = {
    "没有一卡通账户": Failure.NO_CARD,
    "账户信息有误": Failure.ACCOUNT,
    "户名不符": Failure.NAME,
    "账户已销户或冻结": Failure.CLOSED,
    "收款人已死亡": Failure.DEAD,
}
#: What our own list writes where it knows nothing: left standing, it says nothing.
_NOTHING: Final = ("无", "未掌握")


@dataclass(frozen=True, slots=True)
class Read:
    """A workbook of results: those that could be read, and what is wrong with the other rows."""

    given: list[Result]
    problems: dict[int, Problem]


def _not_taken(rows: pl.DataFrame, context: Any) -> Any:
    raise RuntimeError("Results of payments are recorded by benefits, not by intake.")


LAYOUT: Final = SheetLayout(
    "benefit_results",
    "补贴发放结果",
    (
        Column("claim", "申领号", Kind.CODE, also=("申领编号",), needed=True, filled=True, limit=30),
        Column("amount", "金额", Kind.MONEY, also=("发放金额", "补贴金额"), needed=True, filled=True),
        Column("result", "支付结果", Kind.CHOICE, also=("发放结果", "结果"), needed=True, filled=True,
               choices=_RESULTS),
        Column("paid_on", "支付日期", Kind.DATE, also=("到账日期", "发放日期"), day=True),
        Column("reason", "失败原因", also=("退回原因",), limit=100),
    ),
    take=_not_taken,
)  # fmt: skip


def read(content: bytes, file_name: str, *, batch: Batch, on: date) -> Read:
    """The rows of the first sheet that is such a list; `on` is today.

    Where some row cannot be read the others are compared with the batch all the same, so that
    everything is told at once. `FileRefused` for a file that is no workbook, has no such sheet or no
    rows.
    """
    workbook = Workbook(content, file_name, largest=settings.UPLOAD_MAX_BYTES)
    name, heading = _sheet(workbook)
    sheet = workbook.sheet(name)
    cells = sheet.cells.with_columns(pl.all().replace(dict.fromkeys(_NOTHING)))
    checked = check(workbook, SheetText(name, cells), heading, on)
    given = [_result(each) for each in checked.rows.iter_rows(named=True)]
    problems = {
        each["number"]: Problem(each["column"], each["message"])
        for each in checked.outcomes.frame().iter_rows(named=True)
    }
    if not given and not problems:
        raise FileRefused(
            "file_no_rows", f"文件“{file_name}”里没有数据行，请填好支付结果后再上传。"
        )
    if problems:
        problems |= _misfits(batch, given, on)
    return Read(given, dict(sorted(problems.items())))


def _result(row: Mapping[str, Any]) -> Result:
    """One row; a reason that has no code of its own is kept as it was written."""
    reason = row["reason"] or ""
    result = Result(
        row=row["number"],
        number=row["claim"],
        amount_fen=row["amount"],
        is_paid=row["result"] == _PAID,
        paid_on=row["paid_on"],
    )
    if result.is_paid or not reason:
        return result
    code = _REASONS.get(reason)
    return replace(result, failure=code or Failure.OTHER, note="" if code else reason)


def _misfits(batch: Batch, given: list[Result], on: date) -> dict[int, Problem]:
    """What of the rows that could be read does not fit; that others are missing is known already."""
    lines = {line.claim.number: line for line in batch.lines.select_related("claim")}
    try:
        refuse_misfits(batch, lines, given, on)
    except RowsRefused as refused:
        return {row: each for row, each in refused.problems.items() if row}
    return {}


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
        f"文件“{workbook.file_name}”缺少这些列：{labels}。请导出本批次的发放清单，在上面填支付结果。",
    )
