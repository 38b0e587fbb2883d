"""Floor areas from the grading of homes, and whose telephone a list of members tells."""

from datetime import date

import pytest
from tests.factories.county import NORTH_1, County
from tests.unit.intake.lists import bring_in, workbook

from anju.intake.feeds import BY_ID
from anju.intake.headings import match
from anju.intake.models import Batch, Row
from anju.registry.models import Household, Housing

AUGUST, SEPTEMBER = date(2023, 8, 31), date(2023, 9, 30)


def bring(home: Household, area: str, on: date) -> Batch:
    row = {"户编号": home.code, "户主姓名": "王小明", "鉴定等级": "A级", "鉴定日期": "2023-05-01",
           "建筑面积（㎡）": area}  # fmt: skip
    return bring_in(
        workbook(list(row), [row], title="住房安全鉴定表"), name="住房安全鉴定表.xlsx", on=on
    )


@pytest.mark.django_db
def test_the_grading_of_homes_brings_their_floor_area(county: County) -> None:
    home = county.households_in(NORTH_1)[0]
    Household.objects.filter(pk=home.pk).update(head_name="王小明")
    Housing.objects.filter(household=home).delete()

    first, same, other = (
        bring(home, "96", AUGUST), bring(home, "96.00", SEPTEMBER), bring(home, "120.5", SEPTEMBER),
    )  # fmt: skip

    assert [batch.feed for batch in (first, same, other)] == ["housing_grading"] * 3
    assert (first.counts["created"], same.counts["unchanged"], other.counts["updated"]) == (1, 1, 1)
    assert Row.objects.get(batch=other).changes == {"建筑面积": ["96", "120.50"]}
    rows = Housing.objects.filter(household=home).order_by("known_from")
    assert [(row.area_dm2, row.known_to) for row in rows] == [(9_600, SEPTEMBER), (12_050, None)]


def test_beside_a_persons_own_telephone_that_of_the_household_is_not_taken() -> None:
    layout = BY_ID["households"].sheets[0]
    both = match({0: "户联系电话", 1: "人联系电话"}, (0, 1), layout)
    only = match({0: "户联系电话"}, (0, 1), layout)

    assert (both.labels["phone"], only.labels["phone"]) == ("人联系电话", "户联系电话")
