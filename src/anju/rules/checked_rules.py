"""Checked rules, remembered between processes: the same texts are parsed once.

Importing the parser and reading a pack's rules takes longer than a small county's facts. What came
of it is kept in a file named by the hash of everything it depends on: the rules, the parameters, the
catalogue of facts, and the code that reads them. Such a file can save time and nothing else: where
it is missing, damaged or unreadable the rules are read anew, and nobody notices where it cannot be
written.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from anju.rules import catalogue, expression_nodes
from anju.rules.expression_nodes import CheckedRule
from anju.rules.pack_model import Parameter, Rule

_KEPT: Final = 50  # files; a county uses a few, one a pack and set of rules
_KINDS: Final = {
    name: getattr(expression_nodes, name)
    for name in (
        "FactRef", "ParameterRef", "Number", "Code", "Truth", "Arithmetic", "Comparison", "OneOf",
        "Logic", "CheckedRule",
    )
}  # fmt: skip


def checked(rules: Sequence[Rule], parameters: Mapping[str, Parameter]) -> tuple[CheckedRule, ...]:
    """Every rule checked, in the order given; the first wrong one raises `ExpressionError`."""
    folder = _folder()
    file = folder / f"{_key(rules, parameters)}.json" if folder else None
    known = _read(file) if file else None
    if known is not None:
        return known
    from anju.rules import expressions

    found = tuple(expressions.check(rule, parameters) for rule in rules)
    if file:
        _write(file, found)
    return found


def packed(thing: object) -> Any:
    """A node, or a part of one, in the words of JSON."""
    if type(thing).__name__ in _KINDS:
        parts = (packed(getattr(thing, field.name)) for field in fields(thing))  # type: ignore[arg-type]
        return [type(thing).__name__, *parts]
    if isinstance(thing, tuple):
        return {"all": [packed(item) for item in thing]}
    return {"fraction": str(thing)} if isinstance(thing, Fraction) else thing


def unpacked(written: Any) -> Any:
    """What `packed` was given; anything else it meets raises one of Python's own errors."""
    if isinstance(written, list):
        return _KINDS[written[0]](*[unpacked(part) for part in written[1:]])
    if isinstance(written, dict):
        if "all" in written:
            return tuple(unpacked(item) for item in written["all"])
        return Fraction(written["fraction"])
    return written


def _folder() -> Path | None:
    """The user's own folder for what can be made again; None where there is no home."""
    try:
        root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(root) / "anju" / "rules"


def _key(rules: Sequence[Rule], parameters: Mapping[str, Parameter]) -> str:
    """The hash of all that the checked rules follow from."""
    texts = [[r.id, r.subject, r.when, r.observe, r.threshold] for r in rules]
    types = [[name, given.kind, given.unit] for name, given in parameters.items()]
    found = hashlib.sha256(json.dumps([texts, types], ensure_ascii=False).encode())
    here = Path(__file__).parent
    readers = [here / f"{name}.py" for name in ("expressions", "expression_nodes", "checked_rules")]
    for file in (*readers, catalogue.FOLDER / "catalogue.toml", *_parser_version()):
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _parser_version() -> tuple[Path, ...]:
    """The file of the parser that names its version, found without importing the parser."""
    spec = importlib.util.find_spec("sqlglot")
    if spec is None or spec.origin is None:
        return ()
    version = Path(spec.origin).parent / "_version.py"
    return (version if version.is_file() else Path(spec.origin),)


def _read(file: Path) -> tuple[CheckedRule, ...] | None:
    try:
        digest, _, text = file.read_text(encoding="utf-8").partition("\n")
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            return None
        return tuple(unpacked(rule) for rule in json.loads(text))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _write(file: Path, rules: tuple[CheckedRule, ...]) -> None:
    """Whole or not at all: two processes may write the same file at once."""
    text = json.dumps([packed(rule) for rule in rules], ensure_ascii=False, separators=(",", ":"))
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")
            os.replace(part, file)
        except OSError:
            Path(part).unlink(missing_ok=True)
            raise
        _sweep(file.parent)
    except OSError:
        return


def _sweep(folder: Path) -> None:
    """Keep the newest files only."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_KEPT:]:
        file.unlink(missing_ok=True)
