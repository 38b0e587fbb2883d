"""A month's facts written by hand, as a run would have written them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pytest_django.fixtures import Settings
from tests.factories.monitoring import RunFactory

from anju.monitoring.models import Run

NORTH, SOUTH = "529901101201", "529901102201"
HOUSEHOLD = {
    "village_code": NORTH,
    "class": "lifted_out",
    "members": 2,
    "labour": 1,
    "employed": 1,
    "out_of_school": 0,
    "uninsured": 0,
    "relocated": False,
    "monitored": False,
    "help_measures": 0,
    "on_dibao": False,
    "on_tekun": False,
    "housing_grade": "A",
}
_TYPES = {
    "village_code": pa.string(),
    "class": pa.string(),
    "housing_grade": pa.string(),
    **dict.fromkeys(("relocated", "monitored", "on_dibao", "on_tekun"), pa.bool_()),
}
Facts = Callable[..., Run]


@pytest.fixture
def facts(tmp_path: Path, settings: Settings) -> Facts:
    """Facts of the households given, each by what it differs in; the run of September 2023."""
    settings.RUN_DIR = tmp_path

    def write(*households: dict[str, Any], month: str = "2023-09") -> Run:
        run = RunFactory(month=month, folder=month)
        rows = [{"household_id": n, **HOUSEHOLD, **each} for n, each in enumerate(households)]
        names = ("household_id", *HOUSEHOLD)
        schema = pa.schema([(name, _TYPES.get(name, pa.int64())) for name in names])
        folder = tmp_path / month / "result"
        folder.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "facts.parquet")
        return run

    return write
