"""Folders of snapshots and results of their own for every test, and short ways to run."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from anju.audit.actor import Actor
from anju.monitoring.actions import runs
from anju.monitoring.models import Run

BY = Actor("bureau", "县局工作人员")
AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
KNOWN_ON = date(2023, 10, 8)
Perform = Callable[..., Run]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Settings) -> Path:
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    settings.RUN_DIR = tmp_path / "runs"
    return tmp_path


@pytest.fixture
def perform() -> Perform:
    """Make a run and carry it out at once."""

    def run(month: str = "2023-09", pack: str = "shiquan-2023", known_on: date = KNOWN_ON) -> Run:
        return runs.perform_now(by=BY, at=AT, month=month, pack=pack, known_on=known_on)

    return run
