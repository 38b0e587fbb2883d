"""`anju procedures`: the page of the documents is what the data says; refusals are one line."""

from pathlib import Path

import pytest

from anju.jobs.cli import main

ROOT = Path(__file__).parents[3]
HERE = str(Path(__file__).parent / "packs")


def test_the_page_of_the_documents_is_what_the_data_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = ROOT / "docs" / "procedures.md"
    stale = tmp_path / "procedures.md"

    assert main(["procedures", "docs", "--check", "--out", str(page)]) == 0
    assert main(["procedures", "docs", "--check", "--out", str(stale)]) == 1
    assert "run 'anju procedures docs'" in capsys.readouterr().err
    assert main(["procedures", "docs", "--out", str(stale)]) == 0
    assert stale.read_text(encoding="utf-8") == page.read_text(encoding="utf-8")


def test_show_tells_steps_with_holder_and_clock(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(
        ["procedures", "show", "--pack", "island-2021", "--packs", HERE, "--on", "2025-06-03"]
    )

    said = capsys.readouterr().out
    assert code == 0
    assert "In all: 20 working days (told 5 ahead)" in said
    assert "Held by the village, 8 working days (told 2 ahead), with publication." in said
    assert "from 2021-01-01 until 2026-01-01" in said


def test_check_names_every_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedures", "check", "--packs", HERE]) == 0

    said = capsys.readouterr().out
    assert "island-2021: sound" in said
    assert "national: sound" in said


def test_check_fails_and_tells_what_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "broken" / "procedures"
    home.mkdir(parents=True)
    (home.parent / "pack.toml").write_text('[pack]\nid = "broken"\nextends = "national"\n')
    (home / "own.toml").write_text("[[steps]]\n")

    assert main(["procedures", "check", "--pack", "broken", "--packs", str(tmp_path)]) == 2
    assert "own.toml:1: steps: not allowed here" in capsys.readouterr().out


def test_an_unknown_pack_is_one_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedures", "show", "--pack", "nowhere"]) == 2

    assert capsys.readouterr().err == "anju procedures: there is no policy pack 'nowhere'.\n"
