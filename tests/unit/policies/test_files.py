from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.policies import files
from anju.policies.files import KeyPath, PackFile

TEXT = '''\
# a comment with [brackets] and key = 1
title = "a # in a text, a ] and a }"
plain.dotted."quoted key" = 1

[table]
list = [
  1,  # one
  [2, 3],
  { inner = 4, other = { deep = 5 } },
]
literal = 'C:\\[x]'
escaped = "a \\" quote"
many = """
not_a_key = 1
[not.a.table]
"""
after = true

[[row]]
id = "first"

[[row]]
id = "second"
[row.sub]
key = 2023-01-01
'''


def _file(text: str) -> PackFile:
    return PackFile("p/f.toml", text, tomllib.loads(text))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("plain", "dotted", "quoted key"), 3),
        (("table",), 5),
        (("table", "list"), 6),
        (("table", "list", 0), 7),
        (("table", "list", 1, 1), 8),
        (("table", "list", 2, "inner"), 9),
        (("table", "list", 2, "other", "deep"), 9),
        (("table", "literal"), 11),
        (("table", "escaped"), 12),
        (("table", "many"), 13),
        (("table", "after"), 17),
        (("row", 0), 19),
        (("row", 0, "id"), 20),
        (("row", 1, "id"), 23),
        (("row", 1, "sub"), 24),
        (("row", 1, "sub", "key"), 25),
    ],
)
def test_every_key_has_the_line_it_stands_on(path: KeyPath, line: int) -> None:
    assert _file(TEXT).line_of(path) == line


def test_windows_line_ends_count_alike() -> None:
    assert _file(TEXT.replace("\n", "\r\n")).line_of(("row", 1, "sub", "key")) == 25


def test_a_key_that_is_not_there_has_the_line_of_the_table_around_it() -> None:
    file = _file(TEXT)

    assert file.line_of(("row", 1, "sub", "missing", 3, "deeper")) == 24
    assert file.line_of(("nothing",)) == 1


_texts = st.text(st.sampled_from("ab #[]{},=.'\\\"\n时"), max_size=8)
_values = st.recursive(
    st.integers() | st.booleans() | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=8,
)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[\n" + "".join(f"{_written(item)}, # x ]\n" for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_written(k)} = {_written(v)}" for k, v in value.items()) + "}"
    return str(value)


@settings(max_examples=40)
@given(st.lists(_values, min_size=1, max_size=5))
def test_keys_after_any_value_are_found_on_their_own_lines(values: list[object]) -> None:
    text = ""
    lines = {}
    for number, value in enumerate(values):
        lines[number] = text.count("\n") + 2
        text += f"[[t]]\nkey = {_written(value)}\n"

    file = _file(text)

    assert {number: file.line_of(("t", number, "key")) for number in lines} == lines


def test_reading_keeps_decimals_exact(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_text("share = 0.1", encoding="utf-8")
    problems: list[files.Problem] = []

    file = files.read(path, "p/f.toml", problems)

    assert file is not None
    assert str(file.content["share"]) == "0.1"
    assert problems == []
