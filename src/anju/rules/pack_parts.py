"""What one pack's own folder says, the chain of packs it rests on, and the two laid together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from anju.policies import files
from anju.policies.files import PackFile, Problem
from anju.policies.tables import Table
from anju.rules import pack_promises, pack_reading
from anju.rules.errors import PackError
from anju.rules.pack_model import (
    Benefit,
    Document,
    Drop,
    Indicator,
    Limit,
    Parameter,
    Rule,
    SourceOrder,
    Unit,
)

_PACK_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass
class Part:
    """The content of one pack's folder, and the tables it came from (for messages)."""

    id: str
    name: str = ""
    name_en: str = ""
    extends: str = ""
    place: str = ""
    cites: tuple[str, ...] = ()
    documents: dict[str, Document] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    drops: dict[str, Drop] = field(default_factory=dict)
    benefits: dict[str, Benefit] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    limits: dict[str, Limit] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    source_orders: dict[str, SourceOrder] = field(default_factory=dict)
    tables: dict[tuple[str, str], Table] = field(default_factory=dict)


# What a file may hold: the TOML name of the entries, the place they go, and who reads one.
_ENTRIES: dict[str, str] = {
    "document": "documents", "parameter": "parameters", "rule": "rules", "drop": "drops",
    "benefit": "benefits", "indicator": "indicators", "limit": "limits", "unit": "units",
    "source_order": "source_orders",
}  # fmt: skip


def _readers(pack_id: str) -> dict[str, Callable[[Table], Any]]:
    return {
        "document": pack_reading.document,
        "parameter": pack_reading.parameter,
        "rule": partial(pack_reading.rule, pack=pack_id),
        "drop": pack_reading.drop,
        "benefit": pack_promises.benefit,
        "indicator": pack_promises.indicator,
        "limit": pack_promises.limit,
        "unit": pack_promises.unit,
        "source_order": pack_promises.source_order,
    }


def read_chain(pack_id: str, roots: tuple[Path, ...], problems: list[Problem]) -> list[Part]:
    """The pack and those it extends, the farthest ancestor first.

    Each is looked for in the roots in their order, so that a county's own folder of packs may
    extend one that is shipped.
    """
    root = _root_of(pack_id, roots)
    if root is None:
        known = ", ".join(known_in(roots)) or "none"
        wanted = roots[0] / pack_id / "pack.toml"
        raise PackError(
            zh=f"没有政策包“{pack_id}”(应有文件 {wanted});现有:{known}。",
            en=f"there is no policy pack '{pack_id}' (no file {wanted}); there are: {known}.",
        )
    chain = [_read_part(pack_id, root, problems)]
    seen = [pack_id]
    while chain[0].extends:
        part, parent = chain[0], chain[0].extends
        table = part.tables["pack", part.id]
        root = _root_of(parent, roots)
        if parent in seen:
            circle = " → ".join([*seen, parent])
            table.note(
                "extends",
                f"互相继承成圈:{circle}。",
                f"packs extend one another in a circle: {circle}.",
            )
            break
        if root is None:
            known = ", ".join(known_in(roots))
            table.note(
                "extends",
                f"没有政策包“{parent}”;现有:{known}。",
                f"no policy pack '{parent}'; there are: {known}.",
            )
            break
        chain.insert(0, _read_part(parent, root, problems))
        seen.append(parent)
    return chain


def known_in(roots: tuple[Path, ...]) -> tuple[str, ...]:
    """The ids of the packs in the roots, in alphabetical order."""
    return tuple(sorted({path.parent.name for root in roots for path in root.glob("*/pack.toml")}))


def _root_of(pack_id: str, roots: tuple[Path, ...]) -> Path | None:
    if not _PACK_ID.fullmatch(pack_id):
        return None
    return next((root for root in roots if (root / pack_id / "pack.toml").is_file()), None)


def merged(chain: list[Part]) -> Part:
    """The parts laid over one another: a child's entries replace those of its parents."""
    whole = Part(chain[-1].id)
    for part in chain:
        for dropped in part.drops:
            whole.rules.pop(dropped, None)
        for attribute in _ENTRIES.values():
            getattr(whole, attribute).update(getattr(part, attribute))
    return whole


def _read_part(pack_id: str, root: Path, problems: list[Problem]) -> Part:
    part = Part(pack_id)
    for path in sorted((root / pack_id).glob("*.toml")):
        file = files.read(path, f"{pack_id}/{path.name}", problems)
        if file is not None:
            _read_file(part, file, problems)
    return part


def _read_file(part: Part, file: PackFile, problems: list[Problem]) -> None:
    for key, content in file.content.items():
        if key == "pack" and file.name.endswith("/pack.toml"):
            _read_header(part, Table(file, ("pack",), content, "pack", problems))
        elif key in _ENTRIES and isinstance(content, list):
            for number, entry in enumerate(content):
                _read_entry(
                    part, key, Table(file, (key, number), entry, f"{key}[{number}]", problems)
                )
        else:
            allowed = ", ".join(f"[[{name}]]" for name in _ENTRIES)
            line = file.line_of((key,))
            problems.append(
                Problem(
                    file.name,
                    line,
                    key,
                    f"这里不能有“{key}”,可用:{allowed},以及 pack.toml 中的 [pack]。",
                    f"not allowed here; use {allowed}, and [pack] in pack.toml.",
                )  # fmt: skip
            )
    if file.name.endswith("/pack.toml") and "pack" not in file.content:
        problems.append(
            Problem(file.name, 1, "pack", "缺 [pack] 表。", "missing; write the table [pack].")
        )


def _read_header(part: Part, table: Table) -> None:
    part.tables["pack", part.id] = table
    written = table.text("id")
    if written and written != part.id:
        table.note(
            "id", f"应与文件夹同名({part.id})。", f"must be the name of its folder ({part.id})."
        )
    part.name, part.name_en = table.text("name"), table.text("name_en")
    part.extends = table.optional_text("extends")
    part.place = table.text("place")
    part.cites = table.texts("documents")
    table.close()


def _read_entry(part: Part, kind: str, table: Table) -> None:
    entry = _readers(part.id)[kind](table)
    identifier = entry.rule if kind == "drop" else entry.id
    entries = getattr(part, _ENTRIES[kind])
    if identifier in entries:
        key = "rule" if kind == "drop" else "id"
        table.note(key, f"“{identifier}”写了两次。", f"'{identifier}' stands twice in this pack.")
        return
    if identifier:
        entries[identifier] = entry
        part.tables[kind, identifier] = table
