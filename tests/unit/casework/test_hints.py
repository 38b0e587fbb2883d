"""Hints of means: what the registers hold of a household, as reasons to ask."""

from datetime import date

import pytest
from tests.factories.casework import ComparisonFactory
from tests.factories.county import TODAY, County
from tests.factories.registry import HoldingFactory, PersonFactory

from anju.casework.queries import hints

pytestmark = pytest.mark.django_db


def test_what_a_member_or_the_household_holds_is_a_hint_with_its_source(county: County) -> None:
    household = county.households[0]
    person = household.memberships.first().person
    HoldingFactory(household=household, person=person, kind="vehicle", reference="小型客车",
                   valid_from=date(2022, 1, 1), source="车管名单")  # fmt: skip

    (found,) = hints.found(household, TODAY)

    assert (found.kind, found.what) == ("vehicle", f"{person.name} 小型客车")
    assert (found.source, found.on, found.matters, found.note) == (
        "车管名单",
        "2022-01-01",
        None,
        "",
    )


@pytest.mark.parametrize(
    "columns",
    [
        {"valid_from": date(2024, 1, 1)},
        {"valid_from": date(2022, 1, 1), "valid_to": date(2023, 1, 1)},
        {"known_to": date(2023, 9, 1)},
    ],
)
def test_what_is_not_held_that_day_is_none(county: County, columns: dict[str, date]) -> None:
    HoldingFactory(household=county.households[0], kind="vehicle", **columns)

    assert hints.found(county.households[0], TODAY) == []


def test_what_somebody_else_holds_is_none(county: County) -> None:
    HoldingFactory(household=county.households[0], person=PersonFactory(), kind="vehicle")

    assert hints.found(county.households[0], TODAY) == []


def test_one_of_unknown_beginning_is_still_a_reason_to_ask(county: County) -> None:
    HoldingFactory(household=county.households[0], kind="company", valid_from=None)

    assert [each.on for each in hints.found(county.households[0], TODAY)] == [""]


def test_a_comparison_gives_back_what_it_kept() -> None:
    hint = hints.Hint("vehicle", "货车", "车管名单", "2022-01-01", False, "租来的")
    comparison = ComparisonFactory(hints=[hint.stored, {"what": "旧记录"}])

    assert hints.of(comparison) == [hint, hints.Hint(hints.OTHER, "旧记录")]
