"""Figures over villages and assignments, each against a few places counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.casework import ClinicCaseFactory
from tests.factories.duties import AssignmentFactory, PlanFactory
from tests.factories.places import DivisionFactory, SiteFactory
from tests.factories.registry import ClinicReportFactory
from tests.factories.supervision import VillageAttainmentFactory, VillageClassFactory

from anju.accounts.scope import Scope
from anju.reporting.figures import FIGURES, Asked, Side, Why, compute

pytestmark = pytest.mark.django_db
ON = date(2023, 9, 30)
SEPTEMBER = Asked(ON)
NORTH = Asked(ON, Scope.of(["529901101000"]))
ONE, TWO, THREE, FOUR, FAR = (
    "529901101201", "529901101202", "529901101203", "529901101204", "529901102201",
)  # fmt: skip


@pytest.fixture(autouse=True)
def places():
    for code in (ONE, TWO, THREE, FOUR, FAR):
        DivisionFactory(code=code)


def behind(figure: str, side: Side, asked: Asked = SEPTEMBER) -> set[object]:
    """Keys of the rows of a side, as the list shows them."""
    rows = FIGURES[figure].behind.rows[side](asked)
    return {next(iter(row.values())) for row in rows}


def test_blank_spots_are_as_seen_last_by_the_day_and_unseen_villages_are_unknown():
    assert compute("medical_blank_spots", SEPTEMBER).why is Why.NEVER_SEEN
    before, after = date(2023, 8, 1), date(2023, 10, 3)
    ClinicReportFactory(village_code=ONE, seen_on=before, has_staff=False)
    ClinicReportFactory(village_code=ONE, seen_on=after)  # filled after the day
    ClinicReportFactory(village_code=TWO, seen_on=date(2023, 7, 1), has_clinic=False)
    ClinicReportFactory(village_code=TWO, seen_on=before)  # filled before it
    ClinicReportFactory(village_code=THREE, seen_on=before, has_clinic=False)
    ClinicCaseFactory(
        village_code=THREE, state="not_included", step="", holder="", closed_on=date(2023, 8, 20)
    )
    ClinicReportFactory(village_code=FAR, seen_on=before, has_clinic=False)
    made = compute("medical_blank_spots", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator, made.unknown) == (2, 2, 4, 1)
    assert behind("medical_blank_spots", Side.NUMERATOR) == {ONE, FAR}
    assert compute("medical_blank_spots", NORTH).value == 1
    assert compute("medical_blank_spots", Asked(date(2023, 10, 31))).value == 1


def test_key_villages_and_those_that_reached_the_model_standard():
    assert compute("key_villages", SEPTEMBER).why is Why.NO_CLASSES
    plan = PlanFactory()
    for code, class_ in ((ONE, "model"), (TWO, "upgrade"), (THREE, "repair"), (FAR, "upgrade")):
        VillageClassFactory(plan=plan, division_code=code, code=class_)
    VillageClassFactory(division_code=ONE)  # in another plan too: once
    VillageClassFactory(division_code=FOUR, valid_from=date(2023, 10, 1))
    reached = date(2023, 5, 6)
    VillageAttainmentFactory(plan=plan, division_code=ONE, reached_on=date(2022, 5, 6))
    VillageAttainmentFactory(plan=plan, division_code=TWO, code="upgrade", reached_on=reached)
    VillageAttainmentFactory(plan=plan, division_code=TWO, reached_on=reached)
    VillageAttainmentFactory(plan=plan, division_code=FAR, reached_on=date(2023, 10, 2))
    VillageAttainmentFactory(plan=plan, division_code=FOUR, reached_on=reached)  # no key village
    assert compute("key_villages", SEPTEMBER).value == 4
    share = compute("model_villages_share", SEPTEMBER)
    assert (share.value, share.numerator, share.denominator) == (Decimal("0.5"), 2, 4)
    assert behind("model_villages_share", Side.NUMERATOR) == {ONE, TWO}
    assert compute("model_villages_share", NORTH).denominator == 3
    assert compute("model_villages", SEPTEMBER).value == 3
    in_year = [
        compute(f"villages_improved_{each}", SEPTEMBER).value
        for each in ("model", "upgrade", "repair")
    ]
    assert in_year == [1, 1, 0]


def test_villages_are_paired_with_a_bureau_or_with_somebody_of_the_town():
    bureau, town = UnitFactory(), UnitFactory(kind="town")
    AssignmentFactory(division_code=ONE, leader=None, unit=bureau)
    AssignmentFactory(division_code=ONE, leader=UserFactory(unit=bureau))
    AssignmentFactory(division_code=TWO, leader=UserFactory(unit=town))
    AssignmentFactory(division_code=THREE, leader=None, unit=bureau, valid_to=date(2023, 9, 1))
    AssignmentFactory(
        division_code=FOUR, leader=None, unit=bureau, site=SiteFactory(village_code=FOUR)
    )
    AssignmentFactory(division_code="529901102000", leader=None, unit=bureau)  # a whole town
    made = compute("villages_with_bureau", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal("0.2"), 1, 5)
    assert len(behind("villages_with_bureau", Side.COUNTED)) == 1
    made = compute("villages_with_town_help", SEPTEMBER)
    assert (made.numerator, made.denominator) == (2, 5)
    assert len(behind("villages_with_town_help", Side.COUNTED)) == 3


def test_key_villages_are_counted_by_the_level_of_who_answers_for_them():
    plan = PlanFactory()
    for code in (ONE, TWO, FAR):
        VillageClassFactory(plan=plan, division_code=code)
    AssignmentFactory(division_code=ONE)
    assert compute("key_villages_of_city", SEPTEMBER).why is Why.NO_LEVELS
    AssignmentFactory.create_batch(2, division_code=ONE, level="city")
    AssignmentFactory(division_code=TWO, level="county")
    AssignmentFactory(division_code=FOUR, level="city")  # no key village
    found = {
        level: compute(f"key_villages_of_{level}", SEPTEMBER).value
        for level in ("province", "city", "county")
    }
    assert found == {"province": 0, "city": 1, "county": 1}
    assert behind("key_villages_of_city", Side.NUMERATOR) == {ONE}


def test_each_site_has_its_leaders_and_the_one_with_the_fewest_decides():
    assert compute("county_leaders_per_site", SEPTEMBER).why is Why.NOBODY
    one, two = SiteFactory(), SiteFactory()
    SiteFactory(kind="scattered")
    AssignmentFactory.create_batch(2, site=one, level="county")
    AssignmentFactory(
        site=two, level="county", leader=None, leader_post="管委副主任", unit=UnitFactory()
    )
    AssignmentFactory(site=two, level="division", leader=None, unit=UnitFactory())  # no leader
    made = compute("county_leaders_per_site", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (1, 3, 2)
    assert len(behind("county_leaders_per_site", Side.NUMERATOR)) == 3
    assert compute("division_leaders_per_site", SEPTEMBER).value == 0
