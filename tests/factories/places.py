"""Factories of divisions, sites, buildings and grids."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from anju.places.models import Building, CodeChange, Division, Grid, Level, Recoding, Site, SiteKind


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


class RecodingFactory(DjangoModelFactory):
    """A change of villages that was checked."""

    class Meta:
        model = Recoding

    effective_on = date(2023, 9, 1)
    basis = "枫政发〔2023〕9号"
    created_by = "steward"
    created_at = datetime(2023, 10, 8, 1, tzinfo=UTC)


class CodeChangeFactory(DjangoModelFactory):
    """A village that went wholly into its neighbour."""

    class Meta:
        model = CodeChange

    recoding = factory.SubFactory(RecodingFactory)
    kind = "village"
    old_code = "529901101202"
    old_name = "北枫二村"
    new_code = "529901101201"
    new_name = "北枫一村"
    is_whole = True
    effective_on = date(2023, 9, 1)


def _county() -> Division:
    return DivisionFactory(code="529901000000", level=Level.COUNTY, name="枫溪县", parent=None)
