"""What cannot be so of a payment; asked of lists and of forms alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anju.projects.models import PaymentKind


def problem_of(values: Mapping[str, Any], entered_on: date | None) -> str | None:
    """The code of the first problem of a payment: `paid_on`, `kind`, `amount` (fen), `workers`,
    `relocated_workers`. `entered_on`: when its project entered the library, if that is known."""
    if values["amount"] <= 0:
        return "amount_zero"
    if entered_on is not None and values["paid_on"] < entered_on:
        return "paid_before_entry"
    workers, relocated = values.get("workers"), values.get("relocated_workers")
    if values["kind"] != PaymentKind.LABOUR and (workers is not None or relocated is not None):
        return "workers_of_no_labour"
    if relocated is not None and (workers is None or relocated > workers):
        return "relocated_above_workers"
    return None
