"""Real processes, killed with SIGKILL in the middle of a run, and two runs at the same time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """The data folder of an empty office."""
    (tmp_path / "anju.sqlite3").write_bytes(sqlite_template.read_bytes())
    return tmp_path


def in_processes(what: str, folder: Path) -> dict[str, Any]:
    """Run `dying.py` over a database in a file of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.monitoring.dying", what],
        cwd=REPOSITORY,
        env={
            **os.environ,
            "ANJU_DATA": str(folder),
            "DATABASE_URL": f"sqlite:///{folder}/anju.sqlite3",
            "DJANGO_SETTINGS_MODULE": "anju.config.settings",
            "PYTHONPATH": str(REPOSITORY),
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.long
def test_a_run_killed_at_any_time_shows_nothing_and_is_finished_by_the_next_attempt(
    folder: Path,
) -> None:
    told = in_processes("killed", folder)

    assert told["seen"] == [["running", 0, 0, 0]]
    assert told["state"] == "done"
    assert told["rows"] == told["counts"]["hits"] + told["counts"]["unknown"] > 0
    assert told["left_over"] == []
    assert told["files"]
    assert told["snapshot"]


def test_two_runs_at_the_same_time_are_both_whole(folder: Path) -> None:
    told = in_processes("two", folder)

    assert told == {
        "statuses": [0, 0],
        "states": ["done", "done"],
        "snapshots": 1,
        "whole": [True, True],
        "left_over": [],
    }
