"""What the registers know of a household: values, where they came from, and what stays unknown."""

from datetime import date

import pytest
from tests.factories.county import NORTH_1, Cast, County
from tests.factories.registry import (
    EventFactory,
    HouseholdFactory,
    IncomeFactory,
    MembershipFactory,
    PersonFactory,
    PersonRecordFactory,
    StatusFactory,
)

from anju.casework.queries import known, lines
from anju.registry.models import Household

pytestmark = pytest.mark.django_db

ON = date(2023, 10, 8)


@pytest.fixture
def home() -> Household:
    return HouseholdFactory(village_code=NORTH_1)


def member(home: Household, born_on: date = date(1985, 5, 20), **record: object) -> int:
    """Somebody of the household; their record says what is given."""
    person = PersonFactory(born_on=born_on)
    PersonRecordFactory(person=person, **record)
    MembershipFactory(household=home, person=person)
    return person.pk


def quarters(home: Household, *wages: int, first: int = 20224) -> None:
    """Quarters one after another, wages only, in fen."""
    for number, wage in enumerate(wages, start=first // 10 * 4 + first % 10 - 1):
        IncomeFactory(
            household=home, quarter=number // 4 * 10 + number % 4 + 1, wage=wage,
            business=0, business_cost=0, property=0, transfer=0, source=f"名单{number % 4 + 1}",
        )  # fmt: skip


def test_income_is_that_of_the_last_four_quarters_that_ended(home: Household) -> None:
    member(home), member(home)
    quarters(home, 100_000, 200_000, 300_000, 400_000, 999_000)

    found = known.of(home, ON)

    assert found["wage"].value == 1_000_000
    assert found["net_income"].value == 1_000_000
    assert found["net_income_per_capita"].value == 500_000
    assert found["net_income"].source == "名单3"
    assert found["net_income"].note == "2022年第4季度至2023年第3季度"


def test_a_list_that_comes_later_leaves_the_year_before_it(home: Household) -> None:
    member(home)
    quarters(home, 100_000, 100_000, 100_000, 100_000, first=20223)

    assert known.of(home, ON)["net_income"].note == "2022年第3季度至2023年第2季度"


def test_income_with_a_gap_is_unknown(home: Household) -> None:
    quarters(home, 100_000, 100_000, 100_000, first=20231)

    found = known.of(home, ON)

    assert not any(found[kind].is_known for kind in (*known.INCOME_KINDS, "net_income"))
    assert found["net_income_per_capita"].value is None


def test_spending_is_that_of_twelve_months(home: Household) -> None:
    EventFactory(household=home, amount=50_000, occurred_on=date(2022, 10, 8))
    EventFactory(household=home, amount=70_000, occurred_on=date(2022, 10, 9))
    EventFactory(household=home, kind="tuition", amount=30_000, occurred_on=ON)

    found = known.of(home, ON)

    assert (found["self_paid"].value, found["rigid_spending"].value) == (70_000, 100_000)


def test_spending_without_an_amount_is_unknown_and_none_at_all_is_nothing(home: Household) -> None:
    assert known.of(home, ON)["self_paid"].value == 0

    EventFactory(household=home, amount=None, occurred_on=ON)

    assert known.of(home, ON)["self_paid"].value is None


@pytest.mark.parametrize(
    ("born_on", "schooling", "guaranteed"),
    [
        (date(2013, 9, 1), "compulsory", True),
        (date(2013, 9, 1), "none", False),
        (date(2013, 9, 1), None, None),
        (date(2000, 1, 1), "none", True),
        (None, "none", None),
        (None, "upper_secondary", True),
    ],
)
def test_every_child_of_school_age_is_at_school(
    home: Household, born_on: date | None, schooling: str | None, guaranteed: bool | None
) -> None:
    person = PersonFactory(born_on=born_on, identity=None)
    PersonRecordFactory(person=person, schooling=schooling)
    MembershipFactory(household=home, person=person)

    assert known.of(home, ON)["education"].value is guaranteed


def test_a_child_who_is_ill_need_not_be_at_school(home: Household) -> None:
    child = member(home, date(2013, 9, 1), schooling="none")
    StatusFactory(household=home, person_id=child, kind="health_exempt_from_school")

    assert known.of(home, ON)["education"].value is True


def test_everybody_is_insured_or_somebody_is_not(home: Household) -> None:
    one, _two = member(home), member(home)
    StatusFactory(household=home, person_id=one, kind="medical_insured", source="医保名单")

    found = known.of(home, ON)["medical"]
    assert (found.value, found.source, found.note) == (False, "医保名单", "1人参保，共2人")

    StatusFactory(household=home, kind="medical_insured")
    assert known.of(home, ON)["medical"].value is True


@pytest.mark.parametrize(
    ("grade", "sound"), [("A", True), ("B", True), ("C", False), ("D", False), ("", None)]
)
def test_a_house_is_sound_by_its_grading(home: Household, grade: str, sound: bool | None) -> None:
    EventFactory(
        household=home,
        kind="housing_graded",
        level=grade,
        amount=None,
        occurred_on=date(2023, 3, 1),
    )

    assert known.of(home, ON)["housing"].value is sound


def test_a_house_that_nobody_graded_is_not_known_to_be_sound(home: Household) -> None:
    assert known.of(home, ON)["housing"].value is None


def test_water_is_safe_unless_a_list_says_otherwise(home: Household) -> None:
    one = member(home)
    assert known.of(home, ON)["water"].value is True

    StatusFactory(household=home, person_id=one, kind="unsafe_water")

    assert known.of(home, ON)["water"].value is False


@pytest.mark.parametrize(
    ("records", "able"),
    [
        ([{"labour": "ordinary"}], 1),
        ([{"labour": "lost"}], 0),
        ([{"labour": None}], None),
        ([{"labour": None}, {"labour": "weak"}], 1),
        ([{"labour": None, "schooling": "tertiary"}], 0),
    ],
)
def test_labour_is_counted_only_where_it_is_sure(
    home: Household, records: list[dict[str, str | None]], able: int | None
) -> None:
    for record in records:
        member(home, **record)

    assert known.of(home, ON)["labour"].value == able


def test_the_cost_of_illness_is_hidden_from_who_may_not_see_health(
    county: County, cast: Cast
) -> None:
    home = county.households_in(NORTH_1)[0]
    found = known.of(home, ON)

    assert "self_paid" in known.shown_to(cast.viewer("village"), home, found)
    assert "self_paid" not in known.shown_to(cast.viewer("grid"), home, found)


def test_a_household_costs_few_queries(
    county: County, django_assert_max_num_queries: object
) -> None:
    home = county.households_in(NORTH_1)[0]

    with django_assert_max_num_queries(11):  # type: ignore[operator]
        known.of(home, ON)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, after: date) -> None:
    assert lines.months_after(day, months) == after


def test_a_limit_is_read_from_the_pack() -> None:
    assert lines.limit("risk_removal_wait", ON) == 6
    assert lines.limit("risk_removal_wait", date(2019, 1, 1)) is None
    assert lines.limit("nothing_of_the_kind", ON) is None
