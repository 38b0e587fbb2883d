"""Files and functions stay small. What is too big stands in a list that may only shrink."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.repository.sources import PACKAGE, ROOT, name_of, python_files, tree

FILE_LINES, FUNCTION_LINES = 400, 60
LIST = Path(__file__).with_name("too_big.toml")


def _files() -> Iterator[Path]:
    for folder in (PACKAGE, ROOT / "tests", ROOT / "benchmarks"):
        yield from python_files(folder)


def _big_files() -> dict[str, int]:
    lines = {name_of(path): path.read_text("utf-8").count("\n") for path in _files()}
    return {name: count for name, count in lines.items() if count > FILE_LINES}


def _big_functions() -> dict[str, int]:
    big = {}
    for path in _files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    big[f"{name_of(path)}:{node.name}"] = lines
    return big


def _compare(found: dict[str, int], allowed: dict[str, int]) -> list[str]:
    """What is bigger than allowed, and what is allowed more than it needs."""
    grown = [f"{name}: {n} lines" for name, n in found.items() if n > allowed.get(name, 0)]
    shrunk = [
        f"{name}: now {found.get(name)}" for name, n in allowed.items() if found.get(name) != n
    ]
    return grown + [line for line in shrunk if line.split(": ")[0] not in " ".join(grown)]


def test_files_are_small() -> None:
    allowed = tomllib.loads(LIST.read_text("utf-8"))["files"]

    assert _compare(_big_files(), allowed) == []


def test_functions_are_small() -> None:
    allowed = tomllib.loads(LIST.read_text("utf-8"))["functions"]

    assert _compare(_big_functions(), allowed) == []


def test_the_comparison_notices_growth_and_shrinking() -> None:
    assert _compare({"a": 500}, {}) == ["a: 500 lines"]
    assert _compare({"a": 500}, {"a": 450}) == ["a: 500 lines"]
    assert _compare({"a": 420}, {"a": 450}) == ["a: now 420"]
    assert _compare({}, {"a": 450}) == ["a: now None"]
    assert _compare({"a": 450}, {"a": 450}) == []
