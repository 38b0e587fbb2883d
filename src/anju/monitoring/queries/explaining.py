"""Why a household was found: value, threshold, clause, what would clear it, and the months before.

Everything comes from the run itself (its rows, its copy of the rules' words, its files), so that an
old finding explains itself even when the pack has changed or gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import get_language

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.monitoring.models import Finding, Run, WarningLevel
from anju.monitoring.queries.fact_files import facts_of
from anju.monitoring.queries.findings import may_see
from anju.monitoring.queries.runs import earlier_runs, folder_of
from anju.monitoring.readings import reading
from anju.registry.models import Household
from anju.registry.models.household import HouseholdClass
from anju.registry.queries import households_for

MONTHS_BEFORE: Final = 6
_ORDER: Final = {level: place for place, level in enumerate(WarningLevel.values)}


@dataclass(frozen=True)
class Clause:
    """What a rule rests on: a clause of a document, or a default that somebody must confirm."""

    document: str
    clause: str
    default: str

    @property
    def text(self) -> str:
        """The clause as it is cited."""
        return self.default or f"{self.document} {self.clause}".strip()


@dataclass(frozen=True)
class Reading:
    """A named value as it is shown: a fact, or the value of a month."""

    name: str
    text: str


@dataclass(frozen=True)
class Explained:
    """One finding in words."""

    finding: Finding
    name: str
    value: str
    threshold: str
    clears: str
    clauses: tuple[Clause, ...]
    evidence: tuple[Reading, ...]
    before: tuple[Reading, ...]  # the same observation in earlier months, the latest first

    @property
    def is_unknown(self) -> bool:
        """A gap in the data, not a warning."""
        return self.finding.status == "unknown"

    @property
    def level(self) -> WarningLevel:
        """The rule's level."""
        return WarningLevel(self.finding.level)


class Rulebook:
    """A run's copy of the words of its rules, in the reader's language."""

    def __init__(self, run: Run) -> None:
        self.rules: dict[str, dict[str, Any]] = {
            rule["id"]: rule for rule in run.rulebook.get("rules", [])
        }
        self.facts: dict[str, dict[str, Any]] = {
            fact["id"]: fact for fact in run.rulebook.get("facts", [])
        }

    def name(self, rule: str) -> str:
        """A rule's name; its id where the run is older than its words."""
        return _said(self.rules.get(rule, {}), "name") or rule

    def fact_name(self, fact: str) -> str:
        """A fact's name, without the explanation after the colon."""
        words = self.facts.get(fact, {})
        text = words.get("zh" if _is_chinese() else "en", "") or fact
        return str(text).split("：")[0].split(":")[0].split("(")[0].strip()

    def fact_value(self, fact: str, value: Any) -> str:
        """A fact's value with its unit."""
        if fact == "class" and value in HouseholdClass.values:
            return str(HouseholdClass(value).label)
        return reading(value, str(self.facts[fact]["unit"]))

    def value(self, finding: Finding) -> str:
        """What was observed, with its unit."""
        return self._reading(finding, finding.observed, finding.observed_text)

    def threshold(self, finding: Finding) -> str:
        """What it was measured against, with its unit."""
        return self._reading(finding, finding.threshold, finding.threshold_text)

    def _reading(self, finding: Finding, number: int | None, text: str) -> str:
        unit = str(self.rules.get(finding.rule, {}).get("unit", ""))
        return reading(text if number is None and text else number, unit)


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
    return [_explained(book, finding, facts, before) for finding in found]


def _visible(viewer: Viewer, household: Household) -> Any:
    scope = viewer.scope_for(Permission.VIEW_FINDINGS)
    return households_for(replace(viewer, scope=scope)).filter(pk=household.pk).values("pk")


def _facts_needed(book: Rulebook, found: Sequence[Finding]) -> list[str]:
    return [
        name for finding in found for name in book.rules.get(finding.rule, {}).get("evidence", [])
    ]


def _months_before(
    run: Run, household_id: int, book: Rulebook, found: Sequence[Finding]
) -> list[tuple[str, dict[str, Any]]]:
    """The observed facts of the household in the latest run of each earlier month."""
    observed = [
        rule["observe"]
        for finding in found
        if (rule := book.rules.get(finding.rule)) and rule["observe"] in book.facts
    ]
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
    rule = book.rules.get(finding.rule, {})
    observe = rule.get("observe", "")
    unit = str(rule.get("unit", ""))
    return Explained(
        finding=finding,
        name=book.name(finding.rule),
        value=book.value(finding),
        threshold=book.threshold(finding),
        clears=_said(rule, "clears"),
        clauses=tuple(Clause(**basis) for basis in rule.get("basis", [])),
        evidence=tuple(
            Reading(book.fact_name(name), book.fact_value(name, facts[name]))
            for name in rule.get("evidence", [])
            if name in facts and name in book.facts and name != observe
        ),
        before=tuple(
            Reading(month, reading(values[observe], unit))
            for month, values in before
            if observe in values
        ),
    )


def _said(words: Mapping[str, Any], key: str) -> str:
    """The Chinese words, or the English ones where English is read and there are any."""
    english = str(words.get(f"{key}_en", ""))
    return str(words.get(key, "")) if _is_chinese() or not english else english


def _is_chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")
