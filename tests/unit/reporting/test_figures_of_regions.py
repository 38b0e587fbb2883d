"""Incomes of the registers against published ones, and how these are written down."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.registry import (
    HouseholdFactory,
    HouseholdRecordFactory,
    IncomeFactory,
    MembershipFactory,
)
from tests.factories.reporting import RegionalIncomeFactory

from anju.accounts.queries import viewer_of
from anju.audit.models import Entry
from anju.reporting.actions import references
from anju.reporting.actions.references import Published
from anju.reporting.figures import FIGURES, Asked, Side, Why, compute
from anju.reporting.models import RegionalIncome
from anju.reporting.refusals import FigureRefused

pytestmark = pytest.mark.django_db
ON, TODAY = date(2023, 9, 30), date(2023, 10, 21)
SEPTEMBER = Asked(ON)
CITY = Published("city", 20233, 1_200_000, Decimal("8.0"), "市统计局", date(2023, 10, 20))


def relocated(*wages_by_year, quarters=(1, 2, 3)):
    home = HouseholdRecordFactory(
        household=HouseholdFactory(relocated=True, household_class="lifted_out")
    ).household
    MembershipFactory(household=home)
    for year, wage in wages_by_year:
        for number in quarters:
            IncomeFactory(
                household=home, quarter=year * 10 + number, wage=wage, business=0,
                business_cost=0, property=0, transfer=0,
            )  # fmt: skip
    return home


def officer(role="lead_bureau"):
    user = UserFactory()
    PostFactory(user=user, role=role, division_code="529901000000")
    return viewer_of(user, on=TODAY)


def test_growth_is_held_against_the_growth_published_for_the_same_quarters():
    home = relocated((2022, 100_000), (2023, 112_000))
    relocated((2023, 50_000))  # last year is not known
    assert compute("relocated_growth_above_city", SEPTEMBER).why is Why.NO_REFERENCE
    RegionalIncomeFactory(quarter=20232, growth=Decimal("3"))
    RegionalIncomeFactory(growth=Decimal("8.5"))
    RegionalIncomeFactory(area="county", growth=Decimal("14"))
    made = compute("relocated_growth_above_city", SEPTEMBER)
    assert (made.value, made.unknown) == (Decimal("3.5"), 1)  # 12 per cent against 8.5
    assert (made.parts["growth"], made.parts["compared"]) == (Decimal("0.12"), Decimal("0.085"))
    keys = FIGURES["relocated_growth_above_city"].behind.rows[Side.COUNTED](SEPTEMBER)
    assert [row["household"] for row in keys] == [home.pk]
    assert compute("lifted_out_growth_above_county", SEPTEMBER).value == Decimal("-2")


def test_income_is_held_against_the_income_published_to_the_same_quarter():
    relocated((2023, 300_000))
    relocated((2023, 500_000))
    RegionalIncomeFactory(area="province", amount=1_500_000, growth=None)
    made = compute("relocated_income_against_province", SEPTEMBER)
    # 3 × (3000 + 5000) yuan of two people: 12 000 a head against 15 000
    assert (made.value, made.parts["households"]) == (Decimal("0.8"), 2)
    assert compute("relocated_income_against_province", Asked(date(2024, 1, 31))).why is (
        Why.NO_QUARTER
    )


def test_the_countys_farmers_are_compared_by_what_is_published_of_both():
    RegionalIncomeFactory(area="county", growth=Decimal("8.2"))
    assert compute("farmers_growth_above_province", SEPTEMBER).why is Why.NO_REFERENCE
    RegionalIncomeFactory(area="province", growth=Decimal("7.9"))
    assert compute("farmers_growth_above_province", SEPTEMBER).value == Decimal("0.3")
    assert not FIGURES["farmers_growth_above_province"].of_places


def test_a_figure_is_written_down_once_put_right_and_taken_back():
    viewer = officer()
    by = viewer.actor("10.0.0.1")
    put = {"by": by, "on": TODAY, "viewer": viewer}
    row = references.put(**put, published=CITY)
    again = references.put(**put, published=replace(CITY, growth=Decimal("8.1")))
    assert (again.pk, RegionalIncome.objects.get().growth) == (row.pk, Decimal("8.1"))
    entry = Entry.objects.filter(action="regional_income.change").get()
    assert entry.ids == ["city-20233"]
    assert "growth" in str(entry.detail)
    references.remove(by=by, viewer=viewer, reference_id=row.pk)
    assert not RegionalIncome.objects.exists()
    with pytest.raises(FigureRefused, match="已经删除"):
        references.remove(by=by, viewer=viewer, reference_id=row.pk)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"area": "world"}, "请选择地区"),
        ({"quarter": 20235}, "年份和截至的季度"),
        ({"quarter": 20234}, "还没有结束"),
        ({"amount": None, "growth": None}, "至少填一项"),
        ({"amount": 0}, "大于0"),
        ({"growth": Decimal(800)}, "-100到100"),
        ({"source": " "}, "来源"),
        ({"published_on": date(2023, 10, 22)}, "发布日期"),
    ],
)
def test_what_cannot_be_is_refused(wrong, says):
    viewer = officer()
    with pytest.raises(FigureRefused, match=says):
        references.put(
            by=viewer.actor(""), on=TODAY, viewer=viewer, published=replace(CITY, **wrong)
        )


def test_who_does_not_set_indicators_writes_none_down():
    viewer = officer("department")
    with pytest.raises(FigureRefused, match="岗位"):
        references.put(by=viewer.actor(""), on=TODAY, viewer=viewer, published=CITY)
