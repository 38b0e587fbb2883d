"""The papers on the page of a case: those of the present step first."""

from dataclasses import dataclass
from typing import Any

from anju.casework.models import Case, CaseKind, CaseState
from anju.language import in_language
from anju.papers.catalogue import PAPERS, Paper
from anju.web.casework.asked import Asked

#: What a step asks to be signed, by the end of the step's id: removal_review reviews as review does.
_OF_STEP = {
    "authorisation": ("authorisation", "application"),
    "home_check": ("home_check",),
    "review": ("minutes",),
    "publicity": ("notice",),
    "town_check": ("town_report",),
    "decision": ("decision",),
    "removal_check": ("removal",),
}
_ON_PAPER = frozenset({"authorisation", "application", "home_check", "minutes"})
"""Those that are also handed out empty, to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A paper to download."""

    paper: Paper
    title: str
    use: str
    is_due: bool
    has_blank: bool


def papers(asked: Asked) -> dict[str, Any]:
    """All papers of the case; the clearing of a list has a plan only."""
    due = _due(asked.case)
    wanted = [
        each
        for each in PAPERS.values()
        if asked.case.kind == CaseKind.RELAPSE or each.id == "help_plan"
    ]
    offered = [
        Offered(each, *in_words(each), each.id in due, each.id in _ON_PAPER) for each in wanted
    ]
    return {"papers": sorted(offered, key=lambda each: not each.is_due)}


def in_words(paper: Paper) -> tuple[str, str]:
    """The title of a paper and what it is for, in the reader's language."""
    return in_language(paper.title, paper.title_en), in_language(paper.use, paper.use_en)


def _due(case: Case) -> tuple[str, ...]:
    if not case.step:
        return ("help_plan",) if case.state == CaseState.INCLUDED else ()
    ends = sorted((end for end in _OF_STEP if case.step.endswith(end)), key=len)
    return _OF_STEP[ends[-1]] if ends else ()
