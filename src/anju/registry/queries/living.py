"""How many households live where, counted within the viewer's places."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, QuerySet

from anju.accounts.viewer import Viewer
from anju.places.models import Building, Site
from anju.registry.models import Housing
from anju.registry.queries.gates import households_for


def households_by_site(viewer: Viewer, sites: Iterable[Site]) -> dict[int, int]:
    """Site → households."""
    rows = households_for(viewer).filter(site__in=[site.pk for site in sites])
    return dict(rows.values_list("site").annotate(n=Count("pk")).order_by())


def households_by_grid(viewer: Viewer, site: Site) -> dict[int | None, int]:
    """Grid (None: not in a grid) → households, at one site."""
    rows = households_for(viewer).filter(site=site)
    return dict(rows.values_list("grid").annotate(n=Count("pk")).order_by())


def households_by_building(viewer: Viewer, site: Site) -> list[tuple[Building, int]]:
    """Buildings of a site with the households whose open housing row names them."""
    homes = Housing.objects.filter(
        household__in=households_for(viewer).filter(site=site).values("pk"),
        known_to__isnull=True,
        valid_to__isnull=True,
        building__site=site,
    )
    counts = dict(
        homes.values_list("building").annotate(n=Count("household", distinct=True)).order_by()
    )
    buildings = Building.objects.filter(site=site).order_by("number")
    return [(building, counts.get(building.pk, 0)) for building in buildings]


def counted(rows: QuerySet, field: str, values: Sequence[str]) -> list[tuple[str, int]]:
    """How many rows have each of these values of a field, in the order given."""
    counts = dict(rows.values_list(field).annotate(n=Count("pk")).order_by())
    return [(value, counts.get(value, 0)) for value in values]
