"""Units of a task in words: each is named once, with all its roles."""

from types import SimpleNamespace
from typing import Any

from anju.duties.models import UnitRole
from anju.web.tasks.wording import named_once, roles

_NAMES = {1: "县人社局", 2: "县财政局", 3: "北枫镇"}


def _units(*held: tuple[int, UnitRole]) -> list[Any]:
    return [
        SimpleNamespace(unit_id=pk, role=role, unit=SimpleNamespace(name=_NAMES[pk]))
        for pk, role in held
    ]


def test_a_unit_that_leads_and_also_answers_is_named_once() -> None:
    units = _units(
        (2, UnitRole.RESPONSIBLE), (1, UnitRole.RESPONSIBLE), (1, UnitRole.LEAD),
        (3, UnitRole.IMPLEMENTING),
    )  # fmt: skip
    lead, answer, do = (
        str(each.label) for each in (UnitRole.LEAD, UnitRole.RESPONSIBLE, UnitRole.IMPLEMENTING)
    )
    assert roles(units) == [
        (f"{lead}、{answer}", "县人社局"), (answer, "县财政局"), (do, "北枫镇"),
    ]  # fmt: skip
    asked = (UnitRole.LEAD, UnitRole.RESPONSIBLE)
    assert named_once(units, asked) == f"县人社局（{lead}、{answer}）、县财政局"
