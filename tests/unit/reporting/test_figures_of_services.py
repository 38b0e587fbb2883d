"""Figures over services of sites and villages: what is known counts, what nobody wrote down is told apart."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.community import ServicePointFactory
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, SOUTH_2, County
from tests.factories.places import SiteFactory
from tests.factories.supervision import VillageClassFactory

from anju.reporting.figures import Asked, Made, Side, Why, compute, figure

ON = date(2023, 9, 30)


def told(id_: str, on: date = ON) -> Made:
    return compute(id_, Asked(on))


def behind(id_: str, side: Side) -> int:
    found = figure(id_)
    assert found is not None
    assert found.behind is not None
    return len(list(found.behind.rows[side](Asked(ON))))


@pytest.fixture
def key(county: County) -> None:
    """Three key villages of one plan."""
    first = VillageClassFactory(division_code=NORTH_1)
    for code in (NORTH_2, SOUTH_1):
        VillageClassFactory(plan=first.plan, division_code=code)


def test_mediation_rooms_are_those_of_the_site_that_has_fewest(county: County) -> None:
    assert told("mediation_rooms_per_site").why is Why.NO_SERVICES
    other, _unseen = SiteFactory(village_code=SOUTH_1), SiteFactory(village_code=SOUTH_2)
    SiteFactory(village_code=SOUTH_1, kind="scattered")
    for _ in range(2):
        ServicePointFactory(site=county.site)
    none = ServicePointFactory(site=other, is_there=False, name="")

    found = told("mediation_rooms_per_site")
    assert (found.value, found.numerator, found.denominator, found.unknown) == (0, 2, 2, 1)
    assert behind("mediation_rooms_per_site", Side.NUMERATOR) == 2
    ServicePointFactory(site=none.site, since=date(2023, 9, 30))
    assert told("mediation_rooms_per_site").value == 1
    assert told("mediation_rooms_per_site", date(2023, 9, 29)).value == 0


def test_shares_of_villages_are_of_those_of_which_it_is_known(key: None) -> None:
    ServicePointFactory(site=None, village_code=NORTH_1, kind="civil_practice")
    ServicePointFactory(site=None, village_code=NORTH_2, kind="civil_practice", is_there=False)
    ServicePointFactory(site=None, village_code=SOUTH_2, kind="civil_practice")
    found = told("key_villages_with_civil_practice")
    assert (found.value, found.numerator, found.unknown) == (Decimal("0.5"), 1, 1)
    assert behind("key_villages_with_civil_practice", Side.COUNTED) == 1

    ServicePointFactory(site=None, village_code=SOUTH_2, kind="express")
    ServicePointFactory(site=None, village_code=SOUTH_1, kind="express", until=date(2023, 9, 1))
    assert (told("villages_with_express").value, told("villages_with_express").unknown) == (
        Decimal("0.5"), 2,
    )  # fmt: skip
    assert told("key_villages_with_express").value == 0
    ServicePointFactory(site=None, village_code=NORTH_1, kind="points_shop")
    assert told("key_villages_with_points_shop").value == 1


def test_liaisons_are_those_of_the_key_village_that_has_fewest(key: None) -> None:
    ServicePointFactory(site=None, village_code=NORTH_1, kind="labour_station", staff=2)
    ServicePointFactory(site=None, village_code=NORTH_2, kind="labour_station", staff=None)
    found = told("labour_liaisons_per_key_village")
    assert (found.value, found.denominator, found.unknown) == (2, 1, 2)
    ServicePointFactory(site=None, village_code=SOUTH_1, kind="labour_station", is_there=False)
    assert told("labour_liaisons_per_key_village").value == 0


def test_kindergartens_at_sites_are_inclusive_or_not(county: County) -> None:
    assert told("inclusive_kindergartens_at_sites").why is Why.NO_SERVICES
    ServicePointFactory(site=county.site, kind="kindergarten_inclusive")
    ServicePointFactory(site=county.site, kind="kindergarten_other")
    ServicePointFactory(site=None, village_code=NORTH_1, kind="kindergarten_other")
    assert told("inclusive_kindergartens_at_sites").value == Decimal("0.5")
    assert behind("inclusive_kindergartens_at_sites", Side.DENOMINATOR) == 2
