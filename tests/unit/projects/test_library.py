"""What the library makes of what it is told: days, corrections, what is owed, merged villages."""

from datetime import date

import pytest
from tests.factories.accounts import UnitFactory
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, County
from tests.factories.places import RecodingFactory
from tests.factories.projects import FundingFactory, PaymentFactory, ProjectFactory

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.places.models import Division, Site
from anju.projects import facts, owing
from anju.projects.actions import library, linking, recoding
from anju.projects.facts import Told
from anju.projects.models import Project, ProjectRecord, ProjectStep, Step
from anju.projects.owing import Money, Owing
from anju.projects.queries import known, listing
from anju.projects.queries.units import units_by_name

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)


def told(code: str = "X1", place: str = NORTH_1, **said: object) -> Told:
    described = {"name": "路", "kind": "construction", "division_code": place}
    return Told("529901", code, described, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ({"proposed": MAY, "finished": JUNE}, "step_skipped"),
        ({"entered": JUNE, "started": MAY}, "step_order"),
        ({"proposed": JUNE, "entered": MAY}, "step_order"),
        ({"entered": JUNE, "dropped": MAY}, "step_order"),
        ({"entered": MAY, "started": MAY, "finished": MAY, "dropped": JUNE}, "dropped_finished"),
        ({"entered": MAY, "started": MAY, "dropped": JUNE}, None),
        ({"proposed": MAY}, None),
    ],
)
def test_steps_come_in_their_order(steps: dict[str, date], problem: str | None) -> None:
    found = facts.problem_of(told(steps=steps), None)

    assert (found.code if found else None) == problem


def test_a_project_stands_where_its_last_step_left_it() -> None:
    assert facts.standing({}) == (Step.PROPOSED, None)
    assert facts.standing({"entered": MAY, "started": JUNE}) == (Step.STARTED, JUNE)
    assert facts.standing({"started": JUNE, "dropped": JUNE}) == (Step.DROPPED, JUNE)


def test_labour_pay_is_owed_from_all_funds_or_from_the_central_one() -> None:
    project = Project(
        step=Step.STARTED, is_work_relief=True, labour_percent=15, planned_finish=JUNE
    )
    money = Money({"central": 60_001, "other": 40_000}, [])

    assert owing.labour_due(project, money) == 15_001  # fen are rounded up
    project.labour_base = "central"
    assert owing.labour_due(project, money) == 9_001
    owed = {each.what for each in owing.owed(project, money, MAY, has_progress=True)}
    assert owed == {Owing.LABOUR_PAY}
    project.step = Step.DROPPED
    assert owing.owed(project, money, JUNE, has_progress=True) == []


@pytest.mark.django_db
def test_what_is_learnt_the_same_day_is_set_right_in_place(county: County) -> None:
    (project,) = library.write(
        known_on=MAY, source="名单", entries=[(told(steps={"entered": MAY}), None)]
    )
    for day, on in ((date(2023, 4, 1), MAY), (date(2023, 4, 2), JUNE)):
        held = known.held_by_id([project.pk])[project.pk]
        library.write(known_on=on, source="更正", entries=[(told(steps={"entered": day}), held)])

    rows = ProjectStep.objects.order_by("id").values_list("reached_on", "known_from", "known_to")
    assert list(rows) == [(date(2023, 4, 1), MAY, JUNE), (date(2023, 4, 2), JUNE, None)]
    assert ProjectRecord.objects.count() == 1


@pytest.mark.django_db
def test_projects_follow_merged_villages(county: County) -> None:
    library.write(
        known_on=MAY,
        source="名单",
        entries=[(told("X1"), None), (told("X2", NORTH_2), None), (told("X3"), None)],
    )
    Project.objects.filter(code="X3").update(site=county.site)
    changes = [
        {"kind": "village", "name": "新村", "grids": [], "households": [], "old": old, "new": new}
        for old, new in ((NORTH_1, SOUTH_1), (NORTH_2, NORTH_2))
    ]
    merger = RecodingFactory(changes=changes)
    Division.objects.filter(code=NORTH_1).update(ended_on=JUNE)
    Site.objects.update(village_code=NORTH_2)

    assert recoding.follow(by=SYSTEM, on=JUNE, recoding_id=merger.pk) == 2
    assert recoding.follow(by=SYSTEM, on=JUNE, recoding_id=merger.pk) == 0
    places = Project.objects.order_by("code").values_list("division_code", flat=True)
    assert list(places) == [SOUTH_1, NORTH_2, NORTH_2]
    assert Entry.objects.get(action="project.recode").count == 2


@pytest.mark.django_db
def test_a_unit_is_found_by_its_name_or_the_end_of_it_if_only_one_fits() -> None:
    one, *_others = (UnitFactory(name=f"枫溪县{name}局") for name in ("水利", "交通", "农业农村"))
    UnitFactory(name="云岭县交通局")

    assert units_by_name(["水利局", "交通局", "枫溪县水利局", "财政局"]) == {
        "水利局": one.pk, "枫溪县水利局": one.pk,
    }  # fmt: skip


@pytest.mark.django_db
def test_money_is_counted_as_known_now(county: County) -> None:
    project = ProjectFactory()
    FundingFactory(project=project, amount=500, known_to=JUNE)
    FundingFactory(project=project, amount=900)
    PaymentFactory(project=project, amount=100, kind="labour")
    PaymentFactory(project=project, amount=700, known_to=JUNE)

    (row,) = listing.with_money(Project.objects.all())

    assert (row.approved, row.paid, row.labour) == (900, 100, 100)


@pytest.mark.django_db
def test_projects_are_linked_once_the_unit_they_name_is_there(county: County) -> None:
    (road,) = library.write(known_on=MAY, source="名单", entries=[(told_by("农业农村局"), None)])
    UnitFactory(name="云岭县水利局")
    given = {"by": SYSTEM, "on": JUNE, "source": "单位名称对照"}

    assert linking.link_units(**given) == 0
    bureau = UnitFactory(name="云岭县农业农村局")
    assert (linking.link_units(**given), linking.link_units(**given)) == (1, 0)

    assert Project.objects.get(pk=road.pk).unit == bureau
    records = ProjectRecord.objects.filter(project=road).order_by("known_from")
    assert [(row.known_from, row.unit) for row in records] == [(MAY, None), (JUNE, bureau)]
    assert Entry.objects.filter(action="project.link_units").count() == 1


def told_by(unit_name: str) -> Told:
    each = told()
    return Told(each.county_code, each.code, {**each.description, "unit_name": unit_name})
