"""Whatever is written into a pack, loading it ends in a pack or in a refusal, never in a crash."""

from __future__ import annotations

import copy
import tempfile
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.rules import pack_texts

from anju.rules import packs
from anju.rules.errors import PackError

_CONTENT = {name: tomllib.loads(text) for name, text in pack_texts.FILES.items()}
_anything = st.recursive(
    st.integers(-(2**70), 2**70)
    | st.floats()
    | st.booleans()
    | st.dates(date(1, 1, 1))
    | st.datetimes(datetime(1900, 1, 1))
    | st.text(max_size=6)
    | st.sampled_from(["line", ":line", "child-2022", "2022-06", "1 / 0", "'", "(", "labour"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "from", "default", "doc", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    return [path, *(place for key, inner in steps for place in _places(inner, (*path, key)))]


_spots = [
    (name, place) for name, content in _CONTENT.items() for place in _places(content) if place
]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_spots), _anything, st.booleans())
def test_any_value_anywhere_is_taken_or_refused(
    spot: tuple[str, tuple[Any, ...]], value: Any, is_removed: bool
) -> None:
    name, path = spot
    content = copy.deepcopy(_CONTENT[name])
    inside: Any = content
    for step in path[:-1]:
        inside = inside[step]
    if is_removed:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    with tempfile.TemporaryDirectory() as folder:
        root = pack_texts.write(Path(folder), **{name: tomli_w.dumps(content)})

        try:
            packs.load("child-2022", root)
        except PackError:
            is_refused = True
        else:
            is_refused = False

        # What loads may still have examples that do not come out; what is refused says why.
        assert packs.check("child-2022", root) or not is_refused


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = " + "[" * 3000 + "]" * 3000, "nested too deeply"),
        ("x = " + "9" * 5000, "not valid TOML"),
        ("x = 2023-02-30", "not valid TOML"),
        ("a = 1\na = 2", "not valid TOML"),
        ("\x00", "not valid TOML"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, text: str, words: str) -> None:
    pack_texts.write(tmp_path, **{"parent/more.toml": text})

    with pytest.raises(PackError, match=words):
        packs.load("child-2022", tmp_path)


def test_a_folder_named_like_a_file_is_refused(tmp_path: Path) -> None:
    pack_texts.write(tmp_path)
    (tmp_path / "parent/more.toml").mkdir()

    with pytest.raises(PackError, match=r"parent/more\.toml:1: file: cannot be opened"):
        packs.load("parent", tmp_path)


@pytest.mark.parametrize(
    "number", ["1e999999", "1e-999999", "0.0000000001", "inf", "10000000000000000"]
)
def test_numbers_beyond_reason_are_refused(tmp_path: Path, number: str) -> None:
    pack_texts.spoilt(tmp_path, "parent/parameters.toml", "value = 0.3", f"value = {number}")

    with pytest.raises(PackError, match="with 9 decimals or fewer"):
        packs.load("parent", tmp_path)
