"""Forms of the household page: how many of their fields are known when they open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from anju.accounts.viewer import Viewer
from anju.intake.outgoing.coverage import Counted, Coverage
from anju.web.registers.editing.forms import FORMS

_ONE_FACT = (
    "one fact of a kind that a department's list brings, counted there; by hand what no list has"
)
NOT_COUNTED: Final[Mapping[str, str]] = {
    "joining": "somebody no list has brought; from a row that waits, all the row says stands there",
    **dict.fromkeys(("income", "status", "event", "holding", "training", "labour"), _ONE_FACT),
}
"""Forms of the household page that add what is not known yet, each with why they are not counted."""


def editing(viewer: Viewer, found: Counted) -> Iterator[Coverage]:
    """The forms that put right what is known, on the sample of households."""
    for each in found.editing.values():
        yield replace(each, title=str(FORMS[each.id].title))
