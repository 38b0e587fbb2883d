"""附件 of a document: words of the unit's own, or a list, whose rows are kept once it is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from anju.reporting.told import Grid
from anju.supervision.models import SupervisionNotice

TASKS, PROBLEMS = "tasks", "problems"
#: The lists that a document can take along: their titles in it, and on the page.
LISTS = {TASKS: "本期到期任务清单", PROBLEMS: "问题整改清单"}
LIST_TITLES = {TASKS: _("本期到期任务清单"), PROBLEMS: _("问题整改清单")}


def lists_of(row: object) -> Mapping[str, str]:
    """The lists a document can take along: a notice only that of the problems of whom it goes to."""
    return {PROBLEMS: LISTS[PROBLEMS]} if isinstance(row, SupervisionNotice) else LISTS


@dataclass(frozen=True, slots=True)
class Attached:
    """`source` names a list of `LISTS`; else `words` are what stands in it. `beyond` rows of a long list
    are left out of `grid` and told in a sentence."""

    title: str
    words: str = ""
    source: str = ""
    grid: Grid | None = None
    beyond: int = 0


def kept(attached: Sequence[Attached]) -> list[dict[str, Any]]:
    """As JSON."""
    return [asdict(each) for each in attached]


def read(rows: Sequence[Mapping[str, Any]]) -> list[Attached]:
    """From JSON."""
    return [
        Attached(**{**row, "grid": Grid(**row["grid"]) if row.get("grid") else None})
        for row in rows
    ]


def without_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """As JSON, lists empty again: they are of the day until the report is submitted."""
    return [{**row, "grid": None, "beyond": 0} for row in rows]
