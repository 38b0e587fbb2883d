"""People of supervision: who inspects, and a town that puts things right."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.factories.accounts import UnitFactory
from tests.factories.county import COUNTY, NORTH, TODAY, Cast

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.supervision.actions.problems import NewProblem, find
from anju.supervision.models import FoundProblem

BUREAU = Actor("bureau")


@dataclass(frozen=True)
class Units:
    """The lead bureau's unit and those of both towns."""

    bureau: Unit
    north: Unit
    south: Unit


@pytest.fixture
def units(cast: Cast, tmp_path: Path, settings: Any) -> Units:
    settings.FILES_DIR = tmp_path
    made = Units(
        UnitFactory(name="枫溪县乡村振兴局", division_code=COUNTY),
        UnitFactory(name="北枫镇人民政府", kind="town", division_code=NORTH),
        UnitFactory(name="南枫镇人民政府", kind="town", division_code="529901102000"),
    )
    for user, unit in (
        (cast.bureau, made.bureau),
        (cast.north_town, made.north),
        (cast.south_town, made.south),
    ):
        user.unit = unit
        user.save()
    return made


def found(viewer: Viewer, *units: Unit, on: date = TODAY, **given: Any) -> FoundProblem:
    """A problem as an inspector writes it down."""
    new = {
        "source": "supervision",
        "title": "培训台账不全",
        "words": "抽查三期，两期没有签到册。",
        "seriousness": "common",
        "found_on": on,
        "due_on": date(2023, 10, 20),
        "division_code": COUNTY,
        "units": units,
        **given,
    }
    return find(by=BUREAU, on=on, viewer=viewer, new=NewProblem(**new))
