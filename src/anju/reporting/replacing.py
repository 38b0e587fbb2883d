"""Corrections and withdrawals, told the same of reports and of notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from anju.papers.official.document import arabic
from anju.reporting.models import Replacing, Report, ReportState
from anju.supervision.models import SupervisionNotice

Sent = Report | SupervisionNotice
"""What goes out as an official document."""

CORRECTED = "（更正）"


def is_out(row: Sent) -> bool:
    """Whether it was sent, so that it never changes."""
    return row.state == ReportState.ISSUED if isinstance(row, Report) else row.is_out


def number_of(row: Sent) -> str:
    """Its 发文字号; empty for what has none."""
    return row.number if isinstance(row, Report) else row.document_number


def last_that_said(row: Any) -> Any:
    """The document itself, or what a withdrawal took back."""
    is_withdrawal = row.replacing == Replacing.WITHDRAWAL and row.replaces is not None
    return last_that_said(row.replaces) if is_withdrawal and row.replaces else row


def in_place_of(row: Sent, named: str, dated: date | None) -> str:
    """The sentence of what corrects or withdraws a document that is `named`, of a day; empty for others."""
    if not row.replacing:
        return ""
    why = row.replacing_reason.strip().rstrip("。；;.")
    if row.replacing == Replacing.CORRECTION:
        return f"本文更正并替代{named}，原文自本文印发之日起作废。更正原因：{why}。"
    since = f"{arabic(dated)}印发的" if dated else ""
    rest = "所列数字和文字请勿引用" if isinstance(row, Report) else "其中的要求不再执行"
    return f"{since}{named}，因{why}，现予撤回。原文自本文印发之日起作废，{rest}。"


def called(title: str, number: str) -> str:
    """A document as another one names it: 《…》（字号）."""
    return f"《{title}》（{number}）" if number else f"《{title}》"
