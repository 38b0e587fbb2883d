"""Why a household was found: value, threshold, clause, what would clear it, and the months before.

Everything comes from the run itself (its rows, its copy of the rules' words, its files), so that an
old finding explains itself even when the pack has changed or gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.monitoring.models import Finding, Run, WarningLevel
from anju.monitoring.queries.fact_files import facts_of
from anju.monitoring.queries.findings import HIDDEN, may_see
from anju.monitoring.queries.rulebook import Clause, Rulebook
from anju.monitoring.queries.runs import earlier_runs, folder_of
from anju.privacy import HEALTH_FACTS, HEALTH_RISKS
from anju.registry.models import Household
from anju.registry.queries import households_for
from anju.registry.queries.health import may_see_health

MONTHS_BEFORE: Final = 6
_ORDER: Final = {level: place for place, level in enumerate(WarningLevel.values)}


@dataclass(frozen=True)
class Reading:
    """A named value as it is shown: a fact, or the value of a month."""

    name: str
    text: str
    fact: str = ""


@dataclass(frozen=True)
class Explained:
    """One finding in words."""

    finding: Finding
    name: str
    value: str
    threshold: str
    assumed: tuple[str, ...]  # why, where a value read is a default to be confirmed
    clears: str
    clauses: tuple[Clause, ...]
    evidence: tuple[Reading, ...]
    before: tuple[Reading, ...]  # the same observation in earlier months, the latest first
    is_hidden: bool = False  # about health, and the viewer may not see health here

    @property
    def is_unknown(self) -> bool:
        """A gap in the data, not a warning."""
        return self.finding.status == "unknown"

    @property
    def level(self) -> WarningLevel:
        """The rule's level."""
        return WarningLevel(self.finding.level)


def findings_of_household(viewer: Viewer, household: Household, run: Run) -> list[Explained]:
    """The findings of one household in a run, highest level first, gaps last.

    Empty for a household outside the viewer's places. Two queries, and one small read of a file for
    each month shown.
    """
    if not may_see(viewer, run):
        return []
    found = list(Finding.objects.filter(run=run, household__in=_visible(viewer, household)))
    if not found:
        return []
    book = Rulebook(run)
    facts = facts_of(folder_of(run), household.pk, _facts_needed(book, found))
    before = _months_before(run, household.pk, book, found)
    found.sort(key=lambda f: (f.status == "unknown", _ORDER.get(f.level, 9), f.rule))
    explained = [_explained(book, finding, facts, before) for finding in found]
    if may_see_health(viewer, household):
        return explained
    return [_without_health(each) for each in explained]


def _without_health(each: Explained) -> Explained:
    """That there is a warning, and of which level; of health itself nothing."""
    if each.finding.risk not in HEALTH_RISKS:
        kept = tuple(reading for reading in each.evidence if reading.fact not in HEALTH_FACTS)
        return replace(each, evidence=kept)
    return Explained(each.finding, str(HIDDEN), "", "", (), "", (), (), (), is_hidden=True)


def _visible(viewer: Viewer, household: Household) -> Any:
    scope = viewer.scope_for(Permission.VIEW_FINDINGS)
    return households_for(replace(viewer, scope=scope)).filter(pk=household.pk).values("pk")


def _facts_needed(book: Rulebook, found: Sequence[Finding]) -> list[str]:
    return [name for finding in found for name in book.evidence(finding.rule)]


def _months_before(
    run: Run, household_id: int, book: Rulebook, found: Sequence[Finding]
) -> list[tuple[str, dict[str, Any]]]:
    """The observed facts of the household in the latest run of each earlier month."""
    observed = [fact for finding in found if (fact := book.observed_fact(finding.rule))]
    if not observed:
        return []
    return [
        (earlier.month, values)
        for earlier in earlier_runs(run, limit=MONTHS_BEFORE)
        if (values := facts_of(folder_of(earlier), household_id, observed))
    ]


def _explained(
    book: Rulebook,
    finding: Finding,
    facts: Mapping[str, Any],
    before: Sequence[tuple[str, Mapping[str, Any]]],
) -> Explained:
    observed = book.observed_fact(finding.rule)
    return Explained(
        finding=finding,
        name=book.name(finding.rule),
        value=book.value(finding) or _of_fact(book, observed, facts),
        threshold=book.threshold(finding),
        assumed=tuple(book.assumed(finding.rule)),
        clears=book.clears(finding.rule),
        clauses=book.clauses(finding.rule),
        evidence=tuple(
            Reading(book.fact_name(name), book.fact_value(name, facts[name]), name)
            for name in book.evidence(finding.rule)
            if name in facts and name != observed
        ),
        before=tuple(
            Reading(month, _of_fact(book, observed, values))
            for month, values in before
            if observed in values
        ),
    )


def _of_fact(book: Rulebook, fact: str, values: Mapping[str, Any]) -> str:
    return book.fact_value(fact, values[fact]) if fact in values else ""
