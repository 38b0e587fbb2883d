"""What a run's rules said, kept with the run.

Packs are files and change; a finding must still tell years later by which rule, clause and value it
was made. So the words are copied into the run: names, units, clauses, what would clear it, and the
names of the facts. The numbers stay in the run's output folder.
"""

from __future__ import annotations

import re
from typing import Any

from anju.rules import catalogue
from anju.rules.months import Month
from anju.rules.packs import Pack

_WORD = re.compile(r"(?<![:\w'])[a-z][a-z0-9_]*")


def written(pack: Pack, month: Month) -> dict[str, Any]:
    """The rules in force, as plain JSON; lists, because a database may reorder keys."""
    facts = catalogue.load()
    rules = []
    named: set[str] = set()
    for rule in pack.rules_in(month):
        used = [
            name
            for name in dict.fromkeys(
                [*_facts_in(rule.observe), *_facts_in(rule.when), *_facts_in(rule.threshold)]
            )
            if name in facts
        ]
        shown = list(dict.fromkeys([*used, *rule.show]))
        named.update(shown)
        rules.append(
            {
                "id": rule.id,
                "name": rule.name,
                "name_en": rule.name_en,
                "level": rule.level,
                "risk": rule.risk,
                "unit": rule.unit,
                "observe": rule.observe,
                "threshold": rule.threshold,
                "when": rule.when,
                "clears": rule.clears,
                "clears_en": rule.clears_en,
                "evidence": shown,
                "basis": [
                    {
                        "document": _title(pack, basis.doc),
                        "clause": basis.clause,
                        "default": basis.default,
                    }
                    for basis in rule.basis
                ],
            }
        )
    return {
        "pack": {"id": pack.id, "name": pack.name, "name_en": pack.name_en},
        "rules": rules,
        "parameters": [
            {"id": p.id, "name": p.name, "name_en": p.name_en, "unit": p.unit}
            for p in pack.parameters.values()
        ],
        "documents": [
            {"id": d.id, "title": d.title, "number": d.number} for d in pack.documents.values()
        ],
        "facts": [
            {"id": fact.id, "type": fact.type, "unit": fact.unit, "zh": fact.zh, "en": fact.en}
            for fact in facts.values()
            if fact.id in named
        ],
    }


def _facts_in(expression: str) -> list[str]:
    return _WORD.findall(expression)


def _title(pack: Pack, document: str) -> str:
    found = pack.documents.get(document)
    return found.title if found else document
