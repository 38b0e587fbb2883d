"""What is remembered of checked rules is what reading them gives, or nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from anju.rules import checked_rules, expressions, packs

PACKS = packs.names()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "anju" / "rules"


@pytest.mark.parametrize("name", PACKS)
def test_what_is_remembered_is_what_was_read(name: str, folder: Path) -> None:
    pack = packs.load(name)
    read = tuple(expressions.check(rule, pack.parameters) for rule in pack.rules)

    assert checked_rules.checked(pack.rules, pack.parameters) == read
    assert len(list(folder.glob("*.json"))) == 1
    assert checked_rules.checked(pack.rules, pack.parameters) == read


def test_a_warm_start_does_not_import_the_parser(folder: Path) -> None:
    code = (
        "import sys; from anju.rules import checked_rules, packs; p = packs.load('national'); "
        "checked_rules.checked(p.rules, p.parameters); print('sqlglot' in sys.modules)"
    )
    printed = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]

    assert [found.stdout.strip() for found in printed] == ["True", "False"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("<", ">", 1),
        lambda text: "\x00" + text,
    ],
)
def test_a_damaged_file_is_read_anew_and_mended(damage, folder: Path) -> None:
    pack = packs.load("national")
    expected = checked_rules.checked(pack.rules, pack.parameters)
    (file,) = folder.glob("*.json")
    whole = file.read_text()
    file.write_text(damage(whole))

    assert checked_rules.checked(pack.rules, pack.parameters) == expected
    assert file.read_text() == whole


def test_another_threshold_or_text_is_another_entry(folder: Path) -> None:
    import dataclasses

    pack = packs.load("national")
    changed = dataclasses.replace(pack.rules[0], when="members >= 1")
    first = checked_rules.checked(pack.rules[:1], pack.parameters)

    assert checked_rules.checked([changed], pack.parameters) != first
    assert len(list(folder.glob("*.json"))) == 2


def test_where_nothing_can_be_written_rules_are_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    pack = packs.load("national")

    assert len(checked_rules.checked(pack.rules, pack.parameters)) == len(pack.rules)


def test_only_the_newest_files_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked_rules, "_KEPT", 3)
    pack = packs.load("national")
    for number in range(1, 6):
        checked_rules.checked(pack.rules[:number], pack.parameters)

    assert len(list(folder.glob("*"))) == 3
