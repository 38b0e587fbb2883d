"""Every action that writes is in the audit trail, in the same transaction; every action has words."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.repository.sources import PACKAGE, package_of, python_files, tree
from tests.repository.test_layers import _django_files, _is_action, _writes

from anju.web.audit import words

#: Whoever calls these writes the entry, or there is nothing of people in what they write.
WITHOUT_ENTRY = {
    "audit.actions": "it is the trail itself",
    "queue.actions": "the package a job belongs to writes the entry",
    "registry.actions.bulk": "how lists are written: the entry is the batch's",
    "registry.actions.ledger": "how lists are written: the entry is the batch's",
    "registry.actions.rolls": "how lists are written: the entry is the batch's",
    "registry.actions.numbers": "how lists are written: the entry is the batch's",
    "registry.actions.clinics": "the entry is the batch's, or that of whoever wrote down what was seen",
    "assets.actions.states:move_end_of_previous": "the entry is that of the action, or of the list",
    "employment.actions.post_rolls": "how lists are written: the entry is the batch's",
    "employment.actions.rolls": "how lists are written: the entry is the batch's",
    "employment.actions.resealing": "a change of keys: the entry is that of `anju keys rotate`",
    "assets.actions.rolls": "how lists are written: the entry is the batch's",
    "registry.actions.superseding": "the entry is that of the action, or of the list, that calls it",
    "projects.actions.library": "the entry is the batch's, or that of whoever corrected by hand",
    "places.actions.loading": "how lists are written: the entry is the batch's",
    "registry.actions.renewing": "a change of keys: the entry is that of `anju keys rotate`",
    "casework.actions.resealing": "a change of keys: the entry is that of `anju keys rotate`",
    "accounts.actions.resealing": "a change of keys: the entry is that of `anju keys rotate`",
    "benefits.actions.drafting": "new lines of a roll: the entry is that of the action that calls it",
    "benefits.actions.moving": "lines that move together: the entry is that of the action that calls it",
    "benefits.actions.pricing": "amounts within a cap: the entry is that of the action that calls it",
    "intake.actions.handing_over": "part of handing a post over, which writes the entry",
}


@dataclass
class Function:
    """A function of a module: what it calls, whether it writes, whether it records."""

    name: str
    is_public: bool
    is_atomic: bool
    writes: bool
    calls: set[str] = field(default_factory=set)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _names(module: ast.Module, own: str) -> dict[str, str]:
    """What each imported or defined name of a module stands for, as `module` or `module:name`."""
    known = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("anju."):
            base = (node.module or "").removeprefix("anju.")
            for alias in node.names:
                inner = PACKAGE.joinpath(*base.split("."), f"{alias.name}.py")
                folder = PACKAGE.joinpath(*base.split("."), alias.name, "__init__.py")
                is_module = inner.exists() or folder.exists()
                known[alias.asname or alias.name] = (
                    f"{base}.{alias.name}" if is_module else f"{base}:{alias.name}"
                )
    known.update(
        {
            node.name: f"{own}:{node.name}"
            for node in module.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
    )
    return known


def _called(node: ast.AST, known: dict[str, str], own: str) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            function = call.func
        elif isinstance(call, ast.Name):
            function = call  # handed on: partial(…), on_commit(…), a table of functions
        else:
            continue
        if isinstance(function, ast.Name) and function.id in known:
            yield known[function.id]
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            base = known.get(function.value.id)
            if base and ":" not in base:
                yield f"{base}:{function.attr}"


def _is_atomic(node: ast.FunctionDef) -> bool:
    text = [ast.unparse(each) for each in node.decorator_list]
    inside = [
        ast.unparse(item.context_expr)
        for each in ast.walk(node)
        if isinstance(each, ast.With)
        for item in each.items
    ]
    return any("transaction.atomic" in each for each in [*text, *inside])


@cache
def functions() -> dict[str, Function]:
    """All functions of the product outside the pure packages, by `module:name`."""
    found = {}
    for path in _django_files():
        module, own = tree(path), _module(path)
        known = _names(module, own)
        written = {id(node) for node in _writes(path)}
        for node in module.body:
            if isinstance(node, ast.FunctionDef):
                found[f"{own}:{node.name}"] = Function(
                    name=f"{own}:{node.name}",
                    is_public=not node.name.startswith("_"),
                    is_atomic=_is_atomic(node),
                    writes=any(id(each) in written for each in ast.walk(node)),
                    calls=set(_called(node, known, own)) - {f"{own}:{node.name}"},
                )
    return found


def _reaching(wanted: set[str]) -> set[str]:
    """Functions that call one of these, directly or through others."""
    reached = set(wanted)
    while True:
        more = {
            name
            for name, function in functions().items()
            if name not in reached and function.calls & reached
        }
        if not more:
            return reached
        reached |= more


def _unrecorded() -> list[str]:
    """Public actions that write, reach no entry, and are called by something that reaches none."""
    everything = functions()
    recording = _reaching({"audit.actions:record"})
    writing = _reaching({name for name, each in everything.items() if each.writes})
    callers: dict[str, set[str]] = {}
    for name, function in everything.items():
        for called in function.calls:
            callers.setdefault(called, set()).add(name)

    def is_recorded(name: str, seen: frozenset[str] = frozenset()) -> bool:
        if name in recording:
            return True
        above = callers.get(name, set()) - seen
        return bool(above) and all(is_recorded(each, seen | {name}) for each in above)

    actions = {_module(path) for path in _django_files() if _is_action(path)}
    return sorted(
        name
        for name, function in everything.items()
        if function.is_public
        and name.split(":")[0] in actions
        and name in writing
        and name not in WITHOUT_ENTRY
        and name.split(":")[0] not in WITHOUT_ENTRY
        and not is_recorded(name)
    )


def test_every_action_that_writes_ends_in_an_entry() -> None:
    assert _unrecorded() == [], (
        "call audit.actions.record last, or be called by an action that does"
    )


def test_what_writes_and_records_does_both_in_one_transaction() -> None:
    loose = sorted(
        name
        for name, function in functions().items()
        if function.is_public
        and function.writes
        and "audit.actions:record" in function.calls
        and not function.is_atomic
    )

    assert loose == []


def test_exceptions_are_still_there() -> None:
    modules = {name.split(":")[0] for name in functions()}

    assert [name for name in WITHOUT_ENTRY if name not in functions() and name not in modules] == []


def _codes() -> Iterator[str]:
    """Codes of actions as they stand in calls: record(action="…"), _note(by, "…", …)."""
    for path in python_files(PACKAGE):
        if package_of(path) in {"rules", "synth", "sealing", "policies", "reader", "linkage"}:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).split(".")[-1]
                given = [k.value for k in node.keywords if k.arg == "action"]
                given += node.args[1:2] if name == "_note" else []
                if name in {"record", "audit", "_note"}:
                    for value in given:
                        if isinstance(value, ast.Constant) and isinstance(value.value, str):
                            yield value.value


def test_every_action_can_be_told_in_words() -> None:
    codes = set(_codes())

    assert len(codes) > 40
    assert sorted(code for code in codes if not words.has_words(code)) == []
