"""Factories of relief assets, with their states, leases and yields."""

from datetime import date

import factory
from factory.django import DjangoModelFactory
from tests.factories.registry import KNOWN_FROM

from anju.assets import aspects
from anju.assets.models import (
    Asset,
    AssetKind,
    AssetState,
    Category,
    HolderLevel,
    Lease,
    Title,
    Upkeep,
    Use,
    Valuation,
    Yield,
)


class AssetFactory(DjangoModelFactory):
    """A market hall of a village, in use, without a state row of its own."""

    class Meta:
        model = Asset
        skip_postgeneration_save = True

    code = factory.Sequence(lambda number: f"ZC{number:05}")
    county_code = factory.LazyAttribute(lambda asset: asset.division_code[:6])
    name = "农贸市场门面"
    kind = AssetKind.OPERATING
    category = Category.HOUSE
    division_code = "529901101201"
    built_on = date(2019, 6, 1)
    original_value = 50_000_000
    holder_level = HolderLevel.VILLAGE
    title_holder = "股份经济合作社"
    keeper = "村民委员会"
    use = Use.IN_USE
    known_on = KNOWN_FROM
    source = "测试名单"

    @factory.post_generation
    def aspects(self, create: bool, extracted: object, **more: object) -> None:
        """Whose it is, who keeps it and what it is worth, as the asset itself says."""
        for row in aspects.begun(self) if create else ():
            row.known_from, row.source = self.known_on, self.source
            row.save()


class AssetStateFactory(DjangoModelFactory):
    """The state its asset is in, since it was built."""

    class Meta:
        model = AssetState

    asset = factory.SubFactory(AssetFactory)
    use = factory.LazyAttribute(lambda state: state.asset.use)
    paper = factory.LazyAttribute(lambda state: "县函1号" if state.use == Use.DISPOSED else "")
    valid_from = factory.LazyAttribute(lambda state: state.asset.built_on)
    known_from = KNOWN_FROM
    source = "测试名单"


class TitleFactory(DjangoModelFactory):
    """Whose its asset was until the county began to ask."""

    class Meta:
        model = Title

    asset = factory.SubFactory(AssetFactory)
    title_holder = "村民小组"
    valid_to = KNOWN_FROM
    known_from = KNOWN_FROM
    source = "测试名单"


class UpkeepFactory(DjangoModelFactory):
    """Who kept its asset until then."""

    class Meta:
        model = Upkeep

    asset = factory.SubFactory(AssetFactory)
    keeper = "村民小组"
    valid_to = KNOWN_FROM
    known_from = KNOWN_FROM
    source = "测试名单"


class ValuationFactory(DjangoModelFactory):
    """What its asset was worth until then."""

    class Meta:
        model = Valuation

    asset = factory.SubFactory(AssetFactory)
    present_value = 60_000_000
    valid_to = KNOWN_FROM
    known_from = KNOWN_FROM
    source = "测试名单"


class LeaseFactory(DjangoModelFactory):
    """A contract of three years."""

    class Meta:
        model = Lease

    asset = factory.SubFactory(AssetFactory)
    operator = "绿野合作社"
    starts_on = date(2021, 1, 1)
    ends_on = date(2023, 12, 31)
    yearly_rent = 1_200_000
    known_from = KNOWN_FROM
    source = "测试名单"


class YieldFactory(DjangoModelFactory):
    """What last year brought, shared out in part."""

    class Meta:
        model = Yield

    asset = factory.SubFactory(AssetFactory)
    year = 2022
    due = 1_200_000
    received = 1_000_000
    posts = 400_000
    hardship = 300_000
    known_from = KNOWN_FROM
    source = "测试名单"
