"""The made-up plan, read back: everything that was planted, and nothing else."""

from collections import Counter
from pathlib import Path

import pytest

from anju.reader import Plan, read
from anju.reader.files import text_of
from anju.synth import county, plans
from anju.synth.plans import MadePlan, offices


@pytest.fixture(scope="module")
def made(hamlet: county.County) -> MadePlan:
    return plans.make(hamlet, first_year=2026)


@pytest.fixture(scope="module")
def found(made: MadePlan, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path = tmp_path_factory.mktemp("plan") / plans.FILE_NAME
    plans.write(made, path)
    return read(text_of(path))


def test_the_head_is_read(made: MadePlan, found: Plan) -> None:
    assert (found.title, found.number) == (made.title, made.number)
    assert (found.issuer, found.dated) == (made.issuer, made.dated)
    assert found.warnings == ()


def test_measures_guarantees_and_steps_are_all_found_and_no_others(
    made: MadePlan, found: Plan
) -> None:
    assert [(each.key, each.kind.value) for each in found.measures] == [
        (each.key, each.kind) for each in made.measures
    ]
    assert Counter(each.kind for each in made.measures) == {
        "measure": 25, "step": 3, "guarantee": 3,
    }  # fmt: skip


def test_each_office_is_found_with_its_role(made: MadePlan, found: Plan) -> None:
    assert [[(unit.name, unit.role.value) for unit in each.units] for each in found.measures] == [
        list(each.offices) for each in made.measures
    ]
    roles = {role for each in made.measures for _name, role in each.offices}
    assert roles == {"lead", "co-operating", "responsible", "implementing"}


def test_each_date_and_rhythm_is_found(made: MadePlan, found: Plan) -> None:
    for wanted, item in zip(made.measures, found.measures, strict=True):
        dated = [each for each in item.deadlines if each.date is not None]
        open_ones = [each for each in item.deadlines if each.date is None]
        assert tuple(each.date for each in dated) == wanted.dates
        assert tuple((each.every or each.kind).value for each in open_ones) == wanted.rhythms


def test_each_target_and_sum_is_found(made: MadePlan, found: Plan) -> None:
    for wanted, item in zip(made.measures, found.measures, strict=True):
        goals = [(each.operator.value, each.value, each.unit, each.by) for each in item.targets]
        assert goals == [(each.operator, each.value, each.unit, each.by) for each in wanted.goals]
        assert tuple((each.value, each.unit) for each in item.amounts) == wanted.sums


def test_targets_of_several_years_go_to_their_years(found: Plan) -> None:
    item = next(each for each in found.measures if each.number == "11")
    assert [(each.indicator, each.value, each.by.year) for each in item.targets if each.by] == [
        ("资产盘活率", 50, 2026),
        ("资产盘活率", 60, 2027),
        ("资产盘活率", 80, 2028),
    ]


def test_the_same_county_gets_the_same_file(hamlet: county.County, tmp_path: Path) -> None:
    for name in ("one.docx", "other.docx"):
        plans.write(plans.make(hamlet), tmp_path / name)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "other.docx").read_bytes()


def test_every_office_of_the_plan_is_known_in_full(made: MadePlan, hamlet: county.County) -> None:
    named = {name for each in made.measures for name, _role in each.offices}
    town = f"{hamlet.places.town_name[0]}人民政府"

    assert named == {*offices.FULL_NAMES, offices.TOWNS, town}
