"""When reports are due, as the policy pack says."""

from __future__ import annotations

from datetime import date

from anju.casework.queries.lines import limit

#: Where a pack says nothing at all: a pack that extends nothing.
_DUE, _AHEAD = 5, 7


def due_days(on: date) -> int:
    """How many days after the end of its time a report is due."""
    found = limit("report_due", on)
    return _DUE if found is None else found


def ahead_days(on: date) -> int:
    """How many days before it is due a report is begun and comes to the desk."""
    found = limit("report_ahead", on)
    return _AHEAD if found is None else found
