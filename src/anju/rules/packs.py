"""Loading policy packs: a folder of TOML files a plan, resting on the packs it extends.

A child's entries replace the parent's of the same id; `[[drop]]` leaves a parent's rule out.
Everything wrong with a pack is reported at once, each with file, line, key and what is allowed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import anju.policies
from anju.policies.files import Problem
from anju.rules.errors import PackError
from anju.rules.months import Month
from anju.rules.pack_checks import check_parts
from anju.rules.pack_model import (
    Benefit,
    Document,
    Indicator,
    Limit,
    Parameter,
    Rule,
    SourceOrder,
    Unit,
)
from anju.rules.pack_parts import Part, known_in, merged, read_chain
from anju.rules.parameters import Values

_NOT_HASHED = frozenset({"hash", "pack"})


@dataclass(frozen=True)
class Pack:
    """A policy pack with all it inherits; `hash` is the SHA-256 of its merged content."""

    id: str
    name: str
    name_en: str
    extends: str
    place: str
    documents: Mapping[str, Document]
    parameters: Mapping[str, Parameter]
    rules: tuple[Rule, ...]
    benefits: tuple[Benefit, ...]
    indicators: tuple[Indicator, ...]
    limits: tuple[Limit, ...]
    units: tuple[Unit, ...]
    source_orders: tuple[SourceOrder, ...] = ()
    hash: str = ""

    def values(self, month: Month) -> Values:
        """The parameters as they hold on the month's last day.

        Asking for one before its first value (or after its last) is a `PackError`.
        """
        return Values(self.id, self.parameters, month)

    def rules_in(self, month: Month) -> tuple[Rule, ...]:
        """The rules in force on the month's last day, in the order of the files."""
        return tuple(rule for rule in self.rules if rule.holds_on(month.last_day))

    def rule(self, rule_id: str) -> Rule:
        """One rule by its id; a `PackError` where the pack has none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise PackError(
            zh=f"政策包 {self.id} 没有规则 {rule_id};可用 anju rules show 查看全部规则。",
            en=f"pack {self.id} has no rule {rule_id}; see all with 'anju rules show --pack {self.id}'.",
        )


def names(folder: Path | None = None) -> tuple[str, ...]:
    """The ids of the packs there are, in alphabetical order."""
    return known_in((folder or _shipped(),))


def load(pack_id: str, folder: Path | None = None) -> Pack:
    """The pack of that id, from `folder` (a folder of pack folders) before those shipped.

    Raises `PackError` listing every problem with file, line, key and what is allowed.
    """
    return _shipped_pack(pack_id) if folder is None else _read_pack(pack_id, _roots(folder))


def check(pack_id: str, folder: Path | None = None) -> list[Problem]:
    """Everything wrong with a pack and its parents: files, references, expressions, examples.

    An empty list is a sound pack. Raises `PackError` only where there is no such pack.
    """
    # Loading a pack for a run need not wait for the parser of expressions.
    from anju.rules.pack_examples import try_rules

    problems: list[Problem] = []
    chain = read_chain(pack_id, _roots(folder), problems)
    check_parts(chain)
    if not problems:
        try_rules(chain)
    return problems


@lru_cache(maxsize=32)
def _shipped_pack(pack_id: str) -> Pack:
    # What is shipped does not change while a process lives; a folder given by hand may.
    return _read_pack(pack_id, _roots(None))


def _read_pack(pack_id: str, roots: tuple[Path, ...]) -> Pack:
    problems: list[Problem] = []
    chain = read_chain(pack_id, roots, problems)
    check_parts(chain)
    if problems:
        raise PackError(
            zh=f"政策包 {pack_id} 有 {len(problems)} 处不对:\n"
            + "\n".join(problem.chinese for problem in problems),
            en=f"pack {pack_id} has {len(problems)} problem(s):\n"
            + "\n".join(str(problem) for problem in problems),
        )
    return _pack(chain)


def _pack(chain: list[Part]) -> Pack:
    whole, last = merged(chain), chain[-1]
    pack = Pack(
        id=last.id,
        name=last.name,
        name_en=last.name_en,
        extends=last.extends,
        place=last.place,
        documents=whole.documents,
        parameters=whole.parameters,
        rules=tuple(_finished(rule, last.cites) for rule in whole.rules.values()),
        benefits=tuple(whole.benefits.values()),
        indicators=tuple(whole.indicators.values()),
        limits=tuple(whole.limits.values()),
        units=tuple(whole.units.values()),
        source_orders=tuple(whole.source_orders.values()),
    )
    return dataclasses.replace(pack, hash=_digest(pack))


def _finished(rule: Rule, cites: tuple[str, ...]) -> Rule:
    """The rule with its hash, citing only the pack's own plan where that plan asks for it."""
    own = tuple(basis for basis in rule.basis if basis.is_default or basis.doc in cites)
    if any(not basis.is_default for basis in own):
        rule = dataclasses.replace(rule, basis=own)
    return dataclasses.replace(rule, hash=_digest(rule))


def _digest(thing: object) -> str:
    """SHA-256 of the content in a form that does not know the order of keys or entries in files."""
    text = json.dumps(_plain(thing), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(thing: object) -> Any:
    if dataclasses.is_dataclass(thing):
        fields = (field.name for field in dataclasses.fields(thing))
        return {name: _plain(getattr(thing, name)) for name in fields if name not in _NOT_HASHED}
    if isinstance(thing, Mapping):
        return {str(key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, tuple):
        if thing and all(hasattr(item, "id") for item in thing):
            return {item.id: _plain(item) for item in thing}
        return [_plain(item) for item in thing]
    if isinstance(thing, Decimal):
        return str(Fraction(thing))
    if isinstance(thing, (date, Fraction)):
        return str(thing)
    return thing


def _roots(folder: Path | None) -> tuple[Path, ...]:
    """Where packs are looked for, the given folder first."""
    return (_shipped(),) if folder is None else (folder.resolve(), _shipped())


def _shipped() -> Path:
    return Path(anju.policies.__path__[0])
