"""`run.json`: what was asked, which values were read, what came out; enough to explain a run later.

No clock times inside: equal input gives equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from anju.rules import catalogue
from anju.rules.engines import Engine
from anju.rules.errors import RunError
from anju.rules.evaluating import MonthRules
from anju.rules.pack_model import Basis, Rule, Value
from anju.rules.packs import Pack
from anju.rules.results import Counts, Stamp
from anju.rules.windows import Windows

FORMAT = 1


def record(
    *,
    pack: Pack,
    windows: Windows,
    rules: MonthRules,
    stamp: Stamp,
    counts: Counts,
    kept: Mapping[str, int],
    left_out: Mapping[str, int],
    engine: Engine,
) -> dict[str, Any]:
    """The content of `run.json`."""
    return {
        "format": FORMAT,
        "pack": {
            "id": pack.id,
            "name": pack.name,
            "name_en": pack.name_en,
            "hash": pack.hash,
            "documents": {
                key: {"title": document.title, "number": document.number}
                for key, document in sorted(pack.documents.items())
            },
        },
        "month": str(windows.month),
        "as_of": windows.as_of.isoformat(),
        "parameters": {name: _value(value, pack) for name, value in rules.values.items()},
        "rules": {
            checked.id: _rule(rules.rules[checked.id], checked.facts, checked.parameters)
            for checked in rules.running
        },
        "not_applicable": [
            {
                "rule": missing.rule.id,
                "name": missing.rule.name,
                "facts": list(missing.facts),
                "reason": "no quarter of the year has ended",
                "reason_zh": "本年还没有结束的季度",
            }
            for missing in rules.not_applicable
        ],
        "facts": {
            fact.id: {"zh": fact.name, "en": fact.name_en, "type": fact.type, "unit": fact.unit}
            for fact in catalogue.load().values()
        },
        "counts": {
            "rules": {
                rule: {"hits": hits, "unknown": unknown}
                for rule, (hits, unknown) in counts.rules.items()
            },
            "levels": dict(counts.levels),
            "hits": counts.hits,
            "unknown": counts.unknown,
        },
        "snapshot": {"hash": stamp.snapshot_hash, "rows": dict(kept), "left_out": dict(left_out)},
        "engine": {"name": engine.name, "versions": engine.versions()},
    }


def write(content: Mapping[str, Any], folder: Path) -> None:
    """Write `run.json`."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (folder / "run.json").write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, Any]:
    """The content of a run's `run.json`; a folder that holds no run is a `RunError`."""
    path = folder / "run.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(
            zh=f"{folder} 里没有可读的 run.json；请给出 anju rules run 的输出文件夹。",
            en=f"{folder} holds no readable run.json: give the output folder of 'anju rules run'.",
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise RunError(
            zh=f"{path} 不是本版本认识的运行记录；请重新运行。",
            en=f"{path} is no record this version reads: run it again.",
        )
    return content


def _value(value: Value, pack: Pack) -> dict[str, Any]:
    number = value.value
    return {
        "name": pack.parameters[value.id].name,
        "name_en": pack.parameters[value.id].name_en,
        "value": str(number) if isinstance(number, Fraction) else number,
        "unit": value.unit,
        "from": value.from_.isoformat(),
        "default": value.is_default,
        "basis": _basis(value.basis),
    }


def _rule(rule: Rule, facts: tuple[str, ...], parameters: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": rule.name,
        "name_en": rule.name_en,
        "when": rule.when,
        "observe": rule.observe,
        "threshold": rule.threshold,
        "unit": rule.unit,
        "level": rule.level,
        "risk": rule.risk,
        "clears": rule.clears,
        "clears_en": rule.clears_en,
        "basis": [_basis(basis) for basis in rule.basis],
        "facts": list(facts),
        "show": list(rule.show),
        "parameters": list(parameters),
        "hash": rule.hash,
    }


def _basis(basis: Basis) -> dict[str, str]:
    if basis.is_default:
        return {"default": basis.default, "default_en": basis.default_en}
    return {"doc": basis.doc, "clause": basis.clause}
