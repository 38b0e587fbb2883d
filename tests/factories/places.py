"""Factories of divisions, sites, buildings and grids."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from anju.places.models import Building, Division, Grid, Level, Site, SiteKind


class DivisionFactory(DjangoModelFactory):
    """A village; give `level` and `parent` for others."""

    class Meta:
        model = Division
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"529901199{201 + n % 799}")
    level = Level.VILLAGE
    name = factory.Sequence(lambda n: f"枫溪{n + 1}村")
    parent = factory.LazyAttribute(
        lambda village: DivisionFactory(
            code=f"{village.code[:9]}000", level=Level.TOWN, name="枫溪镇", parent=_county()
        )
    )


class SiteFactory(DjangoModelFactory):
    """A resettlement site."""

    class Meta:
        model = Site

    code = factory.Sequence(lambda n: f"AZ{n + 1:04d}")
    name = factory.Sequence(lambda n: f"枫溪安置点{n + 1}")
    kind = SiteKind.URBAN
    village_code = "529901101201"
    opened_on = date(2019, 12, 1)
    planned_households = 400


class BuildingFactory(DjangoModelFactory):
    """A building of a site."""

    class Meta:
        model = Building

    site = factory.SubFactory(SiteFactory)
    number = factory.Sequence(lambda n: f"{n + 1}号楼")


class GridFactory(DjangoModelFactory):
    """A grid in a village; give `site` for one at a site."""

    class Meta:
        model = Grid

    code = factory.Sequence(lambda n: f"WG{n + 1:04d}")
    name = factory.Sequence(lambda n: f"第{n + 1}网格")
    village_code = "529901101201"


def _county() -> Division:
    return DivisionFactory(code="529901000000", level=Level.COUNTY, name="枫溪县", parent=None)
