"""Figures over relief assets, each against a few assets counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.assets import AssetFactory, AssetStateFactory, YieldFactory
from tests.factories.places import SiteFactory

from anju.accounts.scope import Scope
from anju.assets.models import Asset
from anju.places.models import Site
from anju.reporting.figures import Asked, Why, compute

pytestmark = pytest.mark.django_db
SEPTEMBER = Asked(date(2023, 9, 30))
NORTH, SOUTH = "529901101201", "529901102201"


@pytest.fixture
def site() -> Site:
    return SiteFactory(village_code=NORTH)


def asset(use: str = "in_use", **said: object) -> Asset:
    """An asset in one state since it was built."""
    return AssetStateFactory(asset=AssetFactory(use=use, **said)).asset


def test_put_to_use_is_what_was_in_use_at_the_sites_on_the_day(site: Site) -> None:
    asset(site=site, original_value=30_000_000)
    was = asset(site=site)
    was.states.update(valid_to=date(2023, 9, 20))
    AssetStateFactory(asset=was, use="idle", valid_from=date(2023, 9, 20))
    asset("weak", site=site)
    asset("disposed", site=site)
    asset(site=site, kind="public")
    asset(site=site, built_on=date(2023, 10, 1))
    asset()  # not at a site

    now, before = (compute("site_assets_put_to_use", Asked(on)) for on in (
        SEPTEMBER.on, date(2023, 8, 31)
    ))  # fmt: skip

    assert (now.value, now.numerator, now.denominator) == (Decimal("0.3333"), 1, 3)
    assert now.parts == {"value": Decimal("130"), "value_counted": Decimal("30")}
    assert before.value == Decimal("0.6667")
    everywhere = compute("operating_assets_put_to_use", SEPTEMBER)
    assert (everywhere.numerator, everywhere.denominator) == (2, 4)
    south = compute("site_assets_put_to_use", Asked(SEPTEMBER.on, Scope.of([SOUTH])))
    assert (south.value, south.why) == (None, Why.NOBODY)


def test_registered_is_what_had_its_title_by_the_day(site: Site) -> None:
    asset(site=site, has_title=True, titled_on=date(2023, 9, 1))
    asset(site=site, has_title=True, titled_on=date(2023, 10, 1))
    asset(site=site, has_title=None)
    asset(site=site, category="equipment", has_title=False)

    made = compute("site_property_registered", SEPTEMBER)

    assert (made.value, made.denominator, made.unknown) == (Decimal("0.5"), 2, 1)
    assert compute("assets_registered", SEPTEMBER).denominator == 3


def test_who_looks_after_and_what_came_in() -> None:
    asset(kind="public")
    asset(kind="public", keeper="")
    YieldFactory(asset=asset(), year=2023, due=100_000, received=60_000)
    YieldFactory(asset=asset(), year=2023, due=100_000, received=None)
    YieldFactory(asset=asset(), year=2022)

    assert compute("public_assets_kept", SEPTEMBER).value == Decimal("0.5")
    received = compute("asset_yields_received", SEPTEMBER)
    assert (received.numerator, received.denominator, received.unknown) == (600, 1_000, 1)
