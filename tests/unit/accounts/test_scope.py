"""The part of the county somebody may see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.county import COUNTY, NORTH, NORTH_1, NORTH_2, SOUTH, SOUTH_1, County

from anju.accounts.scope import Scope, prefix_of, range_of
from anju.registry.models import Household


def seen(scope: Scope) -> set[str]:
    return set(Household.objects.filter(scope.q()).values_list("code", flat=True))


def codes(county: County, prefix: str) -> set[str]:
    return {household.code for household in county.households_in(prefix)}


def test_the_whole_county_is_seen(county: County) -> None:
    assert seen(Scope.whole("529901")) == seen(Scope.whole(COUNTY)) == codes(county, "529901")


def test_a_town_sees_its_villages_and_not_the_other_town(county: County) -> None:
    assert seen(Scope.of([NORTH])) == codes(county, "529901101")


def test_a_village_sees_itself(county: County) -> None:
    assert seen(Scope.of([NORTH_2])) == codes(county, NORTH_2)


def test_a_grid_sees_its_households_and_not_the_rest_of_the_village(county: County) -> None:
    assert seen(Scope.of([], ["WG0002"])) == {"H000000007", "H000000008"}
    assert seen(Scope.of([], ["WG9999"])) == set()


def test_places_and_grids_add_up(county: County) -> None:
    both = Scope.of([NORTH_2]) | Scope.of([SOUTH_1], ["WG0001"])

    assert seen(both) == codes(county, NORTH_2) | codes(county, SOUTH_1) | codes(county, NORTH_1)


def test_what_two_scopes_share_is_seen_by_both(county: County) -> None:
    town, villages = Scope.of([NORTH]), Scope.of([NORTH_2, SOUTH_1])

    assert seen(town & villages) == seen(town) & seen(villages) == codes(county, NORTH_2)
    assert (town & Scope.of([SOUTH])).is_empty
    assert Scope.whole(COUNTY) & town == town & Scope.whole(COUNTY) == town


def test_what_scopes_with_grids_share_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="grids"):
        Scope.of([NORTH]) & Scope.of([], ["WG0001"])


def test_an_empty_scope_sees_nothing(county: County) -> None:
    assert Scope().is_empty
    assert seen(Scope()) == set()
    assert not Scope().covers(NORTH_1)


def test_rows_without_a_grid_are_hidden_from_a_scope_of_grids(county: County) -> None:
    scope = Scope.of([], ["WG0001"])

    assert not Household.objects.filter(scope.q(grid=None)).exists()


@pytest.mark.parametrize(
    ("code", "is_inside"),
    [
        (NORTH, True),
        (NORTH_1, True),
        ("529901101", True),
        (COUNTY, False),
        (SOUTH, False),
        (SOUTH_1, False),
        ("529900000000", False),
        ("", False),
        ("5299011", False),
        ("52990110120Ⅰ", False),
        ("５２９９０１１０１２０１", False),
    ],
)
def test_a_town_covers_what_lies_wholly_inside(code: str, is_inside: bool) -> None:
    assert Scope.of([NORTH]).covers(code) is is_inside


def test_a_grid_covers_its_own_households_only() -> None:
    scope = Scope.of([], ["WG0001"])

    assert scope.covers(NORTH_1, "WG0001")
    assert not scope.covers(NORTH_1, "WG0002")
    assert not scope.covers(NORTH_1)


def test_a_whole_county_covers_itself_and_not_its_neighbour() -> None:
    assert Scope.whole("529901").covers(COUNTY)
    assert not Scope.whole("529901").covers("529902000000")


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("520000000000", "52"),
        ("529900000000", "5299"),
        (COUNTY, "529901"),
        (NORTH, "529901101"),
        (NORTH_1, NORTH_1),
        ("529901", "529901"),
        ("529901101", "529901101"),
        ("529901101200", "529901101200"),
    ],
)
def test_the_significant_digits_of_a_code(code: str, prefix: str) -> None:
    assert prefix_of(code) == prefix


@pytest.mark.parametrize("code", ["", "5", "529", "52990", "5299011012011", "52990110120a", "-1"])
def test_what_is_not_a_place_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="place code"):
        range_of(code)


villages = st.integers(min_value=10**11, max_value=9 * 10**11).map(str)
places = st.tuples(villages, st.sampled_from((2, 4, 6, 9, 12))).map(
    lambda pair: pair[0][: pair[1]].ljust(12, "0")
)


@given(st.lists(places, max_size=6), villages)
def test_a_village_is_inside_exactly_when_it_begins_with_one_of_the_prefixes(
    divisions: list[str], village: str
) -> None:
    scope = Scope.of(divisions)

    inside = any(low <= village < high for low, high in scope.ranges)

    assert inside == any(village.startswith(prefix_of(code)) for code in divisions)


@given(st.lists(places, max_size=6))
def test_ranges_are_sorted_and_do_not_touch(divisions: list[str]) -> None:
    ranges = Scope.of(divisions).ranges

    assert all(low < high for low, high in ranges)
    assert all(before[1] < after[0] for before, after in zip(ranges, ranges[1:], strict=False))
