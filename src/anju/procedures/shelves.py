"""The tables a pack and those it extends write about cases, laid over one another, not yet read.

A pack's folder `procedures/` holds them; limits stand in `limits.toml`, stated once for rules and
procedures alike. An entry of a child replaces the parent's entry of the same kind and id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import anju.policies
from anju.policies import files
from anju.policies.files import PackFile, Problem
from anju.policies.tables import Table
from anju.procedures.calendars import Clock
from anju.procedures.refusals import BookError

KINDS: Final = ("procedure", "after", "reasons", "measure", "class")


@dataclass
class Shelf:
    """What a chain of packs writes, by kind and id, with the limits as they hold on a day."""

    limits: dict[str, Clock] = field(default_factory=dict)
    tables: dict[str, dict[str, Table]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )
    problems: list[Problem] = field(default_factory=list)


def fill(pack_id: str, on: date, folder: Path | None) -> Shelf:
    """The shelf of a pack, from `folder` (a folder of pack folders) before those shipped."""
    shelf = Shelf()
    for home in _chain(pack_id, _roots(folder), shelf.problems):
        _take_limits(home, on, shelf)
        for path in sorted((home / "procedures").glob("*.toml")):
            _take_tables(path, home.name, shelf)
    return shelf


def changes(pack_id: str) -> tuple[date, ...]:
    """The days on which some limit of a pack that is shipped changes, the earliest first."""
    days: set[date] = set()
    for home in _chain(pack_id, _roots(None), []):
        file = files.read(home / "limits.toml", f"{home.name}/limits.toml", [])
        values = [
            value
            for entry in (file.content.get("limit", []) if file else [])
            for value in entry["values"]
        ]
        days |= {value[key] for value in values for key in ("from", "until") if key in value}
    return tuple(sorted(days))


def names(folder: Path | None) -> tuple[str, ...]:
    """The ids of the packs there are, in alphabetical order."""
    found = {path.parent.name for root in _roots(folder) for path in root.glob("*/pack.toml")}
    return tuple(sorted(found))


def homes(pack_id: str, folder: Path | None, problems: list[Problem]) -> list[Path]:
    """The folders of a pack and of those it extends, the farthest ancestor first; `BookError` without."""
    return _chain(pack_id, _roots(folder), problems)


def _roots(folder: Path | None) -> tuple[Path, ...]:
    shipped = Path(anju.policies.__path__[0])
    return (shipped,) if folder is None else (folder, shipped)


def _chain(pack_id: str, roots: tuple[Path, ...], problems: list[Problem]) -> list[Path]:
    """The folders of a pack and of those it extends, the farthest ancestor first."""
    homes: list[Path] = []
    wanted = pack_id
    while wanted and wanted not in (home.name for home in homes):
        found = [root / wanted for root in roots if (root / wanted / "pack.toml").is_file()]
        if not found:
            raise BookError(f"没有政策包“{wanted}”。", f"there is no policy pack '{wanted}'.")
        homes.insert(0, found[0])
        header = files.read(found[0] / "pack.toml", f"{wanted}/pack.toml", problems)
        wanted = str(header.content.get("pack", {}).get("extends", "")) if header else ""
    return homes


def _take_limits(home: Path, on: date, shelf: Shelf) -> None:
    """The limits in days or months that hold; that they are well written is checked by the rules."""
    path = home / "limits.toml"
    file = files.read(path, f"{home.name}/limits.toml", shelf.problems) if path.is_file() else None
    for entry in file.content.get("limit", []) if file else []:
        shelf.limits.pop(entry["id"], None)
        for value in entry["values"]:
            until = value.get("until")
            if value["from"] <= on and (until is None or on < until) and "value" in value:
                _take_limit(shelf, entry, value["value"])


def _take_limit(shelf: Shelf, entry: dict[str, Any], amount: int) -> None:
    match entry["unit"]:
        case "天":
            shelf.limits[entry["id"]] = Clock(amount)
        case "工作日":
            shelf.limits[entry["id"]] = Clock(amount, counting="working")
        case "个月":
            shelf.limits[entry["id"]] = Clock(amount, unit="months")


def _take_tables(path: Path, pack_id: str, shelf: Shelf) -> None:
    file = files.read(path, f"{pack_id}/procedures/{path.name}", shelf.problems)
    if file is None:
        return
    seen: set[tuple[str, str]] = set()
    for kind, entries in file.content.items():
        if kind not in KINDS or not isinstance(entries, list):
            allowed = ", ".join(f"[[{name}]]" for name in KINDS)
            shelf.problems.append(
                Problem(
                    file.name,
                    file.line_of((kind,)),
                    kind,
                    f"这里不能有“{kind}”，可用：{allowed}。",
                    f"not allowed here; use {allowed}.",
                )  # fmt: skip
            )
            continue
        for number, entry in enumerate(entries):
            _take_table(file, kind, number, entry, shelf, seen)


def _take_table(
    file: PackFile, kind: str, number: int, entry: Any, shelf: Shelf, seen: set[tuple[str, str]]
) -> None:
    table = Table(file, (kind, number), entry, f"{kind}[{number}]", shelf.problems)
    identifier = table.identifier("id")
    if (kind, identifier) in seen:
        table.note("id", f"“{identifier}”写了两次。", f"'{identifier}' stands twice in this file.")
    elif identifier:
        seen.add((kind, identifier))
        table.title = f"{kind}[{identifier}]"
        shelf.tables[kind][identifier] = table
