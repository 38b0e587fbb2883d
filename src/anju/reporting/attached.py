"""附件 of a report: words of the unit's own, or one of its lists, whose rows are kept once submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from anju.reporting.told import Grid

TASKS, PROBLEMS = "tasks", "problems"
#: The lists that a report can take along: their titles in the document, and on the page.
LISTS = {TASKS: "本期到期任务清单", PROBLEMS: "问题整改清单"}
LIST_TITLES = {TASKS: _("本期到期任务清单"), PROBLEMS: _("问题整改清单")}


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
