"""What came back of a batch, row by row: whether it fits what was sent. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from anju.audit.rows import summary
from anju.benefits.models import Batch, PayoutLine
from anju.benefits.refusals import Problem, RowsRefused
from anju.benefits.states import Failure


@dataclass(frozen=True, slots=True)
class Result:
    """One line of what came back: paid on a day, or failed for a reason. `row` is for messages."""

    row: int
    number: str
    amount_fen: int
    is_paid: bool
    paid_on: date | None = None
    failure: str = ""
    note: str = ""


def digest(given: Iterable[Result]) -> str:
    """SM3 of the results in the order of the claims: the same ones again have the same."""
    rows = (
        (each.number, each.amount_fen, each.is_paid, each.paid_on, each.failure)
        for each in sorted(given, key=lambda each: (each.number, each.row))
    )
    return str(summary(rows)["sm3"])


def refuse_misfits(
    batch: Batch, lines: Mapping[str, PayoutLine], given: Sequence[Result], on: date
) -> None:
    """`RowsRefused` unless every line of the batch has exactly one result that fits it."""
    problems: dict[int, Problem] = {}
    seen: dict[str, int] = {}
    for each in given:
        found = _problem(batch, lines.get(each.number), each, on)
        if found is None and each.number in seen:
            said = _("与第 %(row)s 行重复，一笔只能有一个结果。") % {"row": seen[each.number]}
            found = Problem(_("申领号"), said)
        if found is not None:
            problems[each.row] = found
        seen.setdefault(each.number, each.row)
    missing = sorted(set(lines) - set(seen))
    if missing:
        problems[0] = Problem(
            _("申领号"),
            _("批次里有 %(count)s 笔没有结果，例如 %(number)s。请补齐后整份上传。")
            % {"count": len(missing), "number": missing[0]},
        )
    if problems:
        raise RowsRefused(problems)


def _problem(batch: Batch, line: PayoutLine | None, given: Result, on: date) -> Problem | None:
    """What is wrong with a row, if anything is."""
    if line is None:
        said = _("“%(number)s”不在批次 %(batch)s 里，请核对申领号。")
        return Problem(_("申领号"), said % {"number": given.number, "batch": batch.number})
    if given.amount_fen != line.amount_fen:
        said = _("应为 %(wanted)s 元，表里是 %(given)s 元，请核对。")
        told = {"wanted": _yuan(line.amount_fen), "given": _yuan(given.amount_fen)}
        return Problem(_("金额"), said % told)
    if given.is_paid:
        return _day_problem(batch, given.paid_on, on)
    if given.paid_on is not None:
        return Problem(_("支付日期"), _("没有发放的不能有支付日期，请清除，或改支付结果。"))
    if given.failure not in Failure.values:
        return Problem(_("失败原因"), _("请写明失败原因，例如“户名不符”。"))
    return None


def _day_problem(batch: Batch, paid_on: date | None, on: date) -> Problem | None:
    column = _("支付日期")
    if paid_on is None:
        return Problem(column, _("已发放的要有支付日期。"))
    if paid_on > on:
        return Problem(column, _("%(day)s 还没有到，请核对。") % {"day": paid_on})
    if batch.sent_on is not None and paid_on < batch.sent_on:
        said = _("%(day)s 早于送财政的日期 %(sent)s，请核对。")
        return Problem(column, said % {"day": paid_on, "sent": batch.sent_on})
    return None


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
