"""Data flow one way, in foreign keys and in what is written where (in imports: `lint-imports`)."""

import ast
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field
from pytest_socket import SocketConnectBlockedError
from tests.repository.sources import PACKAGE, layers, name_of, package_of, python_files, tree

# Writing is what these do for the worker, and how the audit trail refuses to be rewritten; and
# allauth's forms note that a second factor was used. This list may only become shorter.
WRITERS_BESIDE_ACTIONS = {
    "src/anju/audit/models.py",
    "src/anju/queue/progress.py",
    "src/anju/queue/work.py",
    "src/anju/web/account/mine.py",
    "src/anju/web/account/signing_in.py",
}
ALWAYS_WRITES = {
    "bulk_create", "bulk_update", "create", "delete", "executemany", "executescript",
    "get_or_create", "save", "update_or_create",
}  # fmt: skip
WRITING_SQL = re.compile(
    r"\s*(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|COPY\s+\S+\s*\(|TRUNCATE)\b",
    re.IGNORECASE,
)


def _relations() -> Iterator[tuple[str, Field, str, str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, Field) and field.is_relation and field.model is model:
                ends = (model.__module__, field.related_model.__module__)
                if all(end.startswith("anju.") for end in ends):
                    yield f"{model.__name__}.{field.name}", field, *(e.split(".")[1] for e in ends)


def test_foreign_keys_point_down_the_layers() -> None:
    floor = {package: number for number, row in enumerate(layers()) for package in row}

    upward = [
        name
        for name, _, source, target in _relations()
        if source != target and floor[source] >= floor[target]
    ]

    assert upward == []


def test_nothing_is_reached_backwards_from_a_package_below() -> None:
    seen = [
        name
        for name, field, source, target in _relations()
        if source != target and not field.remote_field.hidden
    ]

    assert seen == [], 'give these related_name="+"'


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def _is_write(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return False
    words = [keyword.arg for keyword in node.keywords]
    if node.func.attr == "update":
        # A queryset's update has names only; a dictionary's, here, never has.
        return not node.args and bool(words)
    # An action that is called, `users.create(by=…)`, is not a write.
    return node.func.attr in ALWAYS_WRITES and "by" not in words


def _writes(path: Path) -> Iterator[ast.Call | ast.Constant]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and _is_write(node):
            yield node
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if WRITING_SQL.match(node.value):
                yield node


def _is_action(path: Path) -> bool:
    return path.relative_to(PACKAGE).parts[1].removesuffix(".py") == "actions"


def _django_files() -> list[Path]:
    pure = {"config", "linkage", "papers", "policies", "reader", "rules", "sealing", "synth"}
    return [
        path
        for path in python_files(PACKAGE)
        if path.parent != PACKAGE and package_of(path) not in pure
    ]


def test_only_actions_write() -> None:
    writers = {
        name_of(path)
        for path in _django_files()
        if not _is_action(path) and any(True for _ in _writes(path))
    }

    assert writers - WRITERS_BESIDE_ACTIONS == set(), "write through an action of the package"
    assert WRITERS_BESIDE_ACTIONS - writers == set(), "take these off the list: they do not write"


def test_the_check_of_writes_sees_writes() -> None:
    code = """
Household.objects.create(code=1)
household.save()
Household.objects.filter(pk=1).update(size=3)
cursor.executemany(sql, rows)
cursor.execute("INSERT INTO registry_household (code) VALUES (1)")
users.create(by=actor, on=today)
context.update({"a": 1})
cursor.execute("SELECT 1")
"""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    texts = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]

    assert [node.lineno for node in calls if _is_write(node)] == [2, 3, 4, 5]
    assert [t.lineno for t in texts if WRITING_SQL.match(str(t.value))] == [6]


def test_actions_write_their_own_packages_tables_only() -> None:
    foreign = []
    for path in _django_files():
        own = package_of(path)
        models = {
            alias.asname or alias.name: node.module.split(".")[1]
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and node.module and ".models" in node.module
            for alias in node.names
            if node.module.startswith("anju.")
        }
        for node in _writes(path):
            root = _root(node) if isinstance(node, ast.Call) else None
            if isinstance(root, ast.Name) and models.get(root.id, own) != own:
                foreign.append(f"{name_of(path)}:{node.lineno} writes {root.id}")

    assert foreign == [], "call the action of the package that owns the table"


@pytest.mark.slow
def test_the_pure_packages_need_neither_django_nor_spark() -> None:
    code = """
import importlib, pkgutil, sys
import anju.rules, anju.sealing, anju.synth
for package in (anju.rules, anju.sealing, anju.synth):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("spark"):
            importlib.import_module(module.name)
print(sorted({"django", "pyspark"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_tests_cannot_talk_to_another_machine() -> None:
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))
