"""The command `anju synth`."""

import argparse
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from anju.synth import cli


def synth(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli.register(parser.add_subparsers())
    arguments = parser.parse_args(["synth", *words])
    code: int = arguments.func(arguments)
    return code


@pytest.mark.slow
def test_it_writes_snapshot_workbooks_lists_and_broken_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "county"
    assert synth("--households", "60", "--seed", "4", "--out", str(out), "--faults") == 0

    assert pq.read_metadata(out / "snapshot" / "households.parquet").num_rows == 60
    assert {path.name for path in out.iterdir()} == {
        "snapshot", "workbooks", "plan.docx", "faults", "planted.parquet", "near_misses.parquet",
    }  # fmt: skip
    months = {path.name for path in (out / "workbooks").iterdir()}
    assert months == {"places.xlsx", "base", "2023-07", "2023-08", "2023-09"}
    assert "60 households" in capsys.readouterr().out


def test_it_leaves_out_what_is_not_wanted(tmp_path: Path) -> None:
    out = tmp_path / "county"
    words = ("--households", "60", "--seed", "4", "--out", str(out), "--no-workbooks")
    assert synth(*words, "--months", "2024-03") == 0

    assert (out / "snapshot").is_dir()
    assert not (out / "workbooks").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--households", "5", "--seed", "1"), "between 20 and"),
        (("--households", "300000", "--seed", "1"), "--no-workbooks"),
        (("--households", "60", "--seed", "1", "--months", "2023-99"), "not within the months"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_message(
    words: tuple[str, ...], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert synth(*words, "--out", str(tmp_path / "county")) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "county").exists()
