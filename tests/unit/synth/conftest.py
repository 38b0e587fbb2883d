"""One small county for all tests of this folder, made once."""

from pathlib import Path

import pytest

from anju.synth import county, workbooks
from anju.synth.county import County


@pytest.fixture(scope="session")
def hamlet() -> County:
    """Nine hundred households, three months."""
    made = county.make(households=900, seed=11)
    assert made.whole
    return made


@pytest.fixture(scope="session")
def hamlet_books(hamlet: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks of the small county."""
    folder = tmp_path_factory.mktemp("county") / "workbooks"
    workbooks.write(hamlet, folder)
    return folder


@pytest.fixture(scope="session")
def tiny_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks of forty households."""
    folder = tmp_path_factory.mktemp("tiny") / "workbooks"
    workbooks.write(county.make(households=40, seed=2), folder)
    return folder
