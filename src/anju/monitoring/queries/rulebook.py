"""A run's own record of its rules, in the reader's language.

Packs are files and change; a finding must still tell years later by which rule, clause and value it
was made. The engine copies all words into `run.json`, which stands in the run's row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.language import in_language, is_chinese
from anju.monitoring.models import Finding, Run, WarningLevel
from anju.monitoring.readings import reading
from anju.privacy import HEALTH_RISKS
from anju.registry.models.household import HouseholdClass

_ORDER: Final = {level: place for place, level in enumerate(WarningLevel.values)}
_FLAG: Final = "是否"


@dataclass(frozen=True)
class Clause:
    """What a rule or a value rests on: a clause of a document, or a default to be confirmed."""

    document: str
    clause: str
    default: str

    @property
    def text(self) -> str:
        """The clause as it is cited."""
        return self.default or f"《{self.document}》{self.clause}"


@dataclass(frozen=True)
class Parameter:
    """A value the run read, as it was then."""

    id: str
    name: str
    value: str
    since: str
    basis: Clause
    is_default: bool


class Rulebook:
    """The words of a run's rules, facts and parameters."""

    def __init__(self, run: Run) -> None:
        self._report: dict[str, Any] = run.report
        self.rules: dict[str, dict[str, Any]] = self._report.get("rules", {})
        self.facts: dict[str, dict[str, Any]] = self._report.get("facts", {})

    def in_order(self) -> list[str]:
        """The rules that ran, highest level first."""
        return sorted(self.rules, key=lambda r: (_ORDER.get(self.rules[r]["level"], 9), r))

    def name(self, rule: str) -> str:
        """A rule's name; its id where the run's record does not know it."""
        return _said(self.rules.get(rule, {}), "name") or rule

    def pack_name(self) -> str:
        """The pack's name at the time."""
        return _said(self._report.get("pack", {}), "name")

    def level(self, rule: str) -> str:
        """A rule's level."""
        return str(self.rules.get(rule, {}).get("level", ""))

    def is_about_health(self, rule: str) -> bool:
        """Whether finding it tells something of somebody's health."""
        return self.rules.get(rule, {}).get("risk", "") in HEALTH_RISKS

    def shown_to(self, viewer: Viewer) -> list[str]:
        """The rules in order; those that tell of health only to whoever may see health somewhere."""
        sees_health = viewer.may(Permission.VIEW_HEALTH)
        return [rule for rule in self.in_order() if sees_health or not self.is_about_health(rule)]

    def clears(self, rule: str) -> str:
        """What would clear a finding of the rule."""
        return _said(self.rules.get(rule, {}), "clears")

    def clauses(self, rule: str) -> tuple[Clause, ...]:
        """What the rule rests on."""
        return tuple(self._clause(basis) for basis in self.rules.get(rule, {}).get("basis", []))

    def evidence(self, rule: str) -> list[str]:
        """The facts that show why: those of the condition, then those the rule asks to show."""
        words = self.rules.get(rule, {})
        listed = [words.get("observe", ""), *words.get("facts", []), *words.get("show", [])]
        return [name for name in dict.fromkeys(listed) if name in self.facts]

    def observed_fact(self, rule: str) -> str:
        """The fact a rule observes; empty where it observes an expression."""
        observe = str(self.rules.get(rule, {}).get("observe", ""))
        return observe if observe in self.facts else ""

    def fact_name(self, fact: str) -> str:
        """A fact's short name, in the words of the run."""
        words = self.facts.get(fact, {})
        return str(words.get("zh" if is_chinese() else "en", "") or fact)

    def fact_value(self, fact: str, value: Any) -> str:
        """A fact's value with its unit."""
        if fact == "class" and value in HouseholdClass.values:
            return str(HouseholdClass(value).label)
        return reading(value, str(self.facts.get(fact, {}).get("unit", "")))

    def value(self, finding: Finding) -> str:
        """What was observed, with its unit; empty for an observation that is neither number nor grade."""
        if finding.status == "unknown" and finding.observed is None and not finding.observed_text:
            return reading(None, "")
        words = self.rules.get(finding.rule, {})
        if words.get("unit") == _FLAG and words.get("when") == words.get("observe"):
            return reading(True, _FLAG)  # the condition is the fact itself, and it was met
        return self._reading(finding, finding.observed, finding.observed_text)

    def threshold(self, finding: Finding) -> str:
        """What it was measured against, with its unit."""
        if self.rules.get(finding.rule, {}).get("threshold") == "TRUE":
            return reading(True, _FLAG)
        return self._reading(finding, finding.threshold, finding.threshold_text)

    def parameters(self) -> list[Parameter]:
        """The values the run read, with date and basis."""
        return [
            Parameter(
                id=id_,
                name=_said(words, "name"),
                value=reading(_number(words["value"], words["unit"]), words["unit"]),
                since=words["from"],
                basis=self._clause(words["basis"]),
                is_default=bool(words["default"]),
            )
            for id_, words in sorted(self._report.get("parameters", {}).items())
        ]

    def assumed(self, rule: str) -> list[str]:
        """Reasons of the values a rule reads that no plan states and somebody has to confirm."""
        read = self.rules.get(rule, {}).get("parameters", [])
        values = self._report.get("parameters", {})
        return [
            self._clause(values[name]["basis"]).text
            for name in read
            if name in values and values[name]["default"]
        ]

    def not_applicable(self) -> list[tuple[str, str]]:
        """Rules left out this month: name and reason."""
        return [
            (
                missing["name"],
                in_language(missing["reason_zh"], missing["reason"]),
            )
            for missing in self._report.get("not_applicable", [])
        ]

    def _clause(self, basis: Mapping[str, str]) -> Clause:
        documents = self._report.get("pack", {}).get("documents", {})
        key = basis.get("doc", "")
        return Clause(
            document=documents.get(key, {}).get("title", key),
            clause=basis.get("clause", ""),
            default=_said(basis, "default"),
        )

    def _reading(self, finding: Finding, number: int | None, text: str) -> str:
        unit = str(self.rules.get(finding.rule, {}).get("unit", ""))
        if number is None and not text:
            return "" if unit == _FLAG else reading(None, unit)
        return reading(text if number is None else number, unit)


def _number(value: Any, unit: str) -> Any:
    """Shares are exact fractions in the record; hundredths of a percent are what is shown."""
    if unit != "比例":
        return int(Fraction(value))
    return int(Fraction(value) * 10_000)


def _said(words: Mapping[str, Any], key: str) -> str:
    """The Chinese words, or the English ones where English is read and there are any."""
    return in_language(str(words.get(key, "")), str(words.get(f"{key}_en", "")))
