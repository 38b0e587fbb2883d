"""Drop-downs of towns, villages, sites and grids, limited to the viewer's places."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from anju.places import queries
from anju.web.lists.declaration import Ask, Choice, Filter, Rows

_MOST_SITES = 200


def town(field: str = "village_code") -> Filter:
    """Towns; with a single town there is nothing to choose."""
    return Filter("town", _("乡镇"), _towns, _inside(field), is_place=True)


def village(field: str = "village_code") -> Filter:
    """Villages of the chosen town, or of the viewer's only one."""
    return Filter("village", _("村（社区）"), _villages, _inside(field), is_place=True)


def site(field: str = "site__code") -> Filter:
    """Resettlement sites."""
    return Filter("site", _("安置点"), _sites, _equal(field))


def grid(field: str = "grid__code") -> Filter:
    """Grids of the chosen village or site."""
    return Filter("grid", _("网格"), _grids, _equal(field))


def _towns(ask: Ask) -> Sequence[Choice]:
    found = _choices(queries.towns_in(ask.viewer.scope))
    return found if len(found) > 1 else []


def _villages(ask: Ask) -> Sequence[Choice]:
    chosen = ask.chosen("town")
    towns = queries.towns_in(ask.viewer.scope)
    if not chosen or not towns.filter(code=chosen).exists():
        if len(towns.values_list("code")[:2]) > 1:
            return []
        chosen = ""
    return _choices(queries.villages_in(ask.viewer.scope, chosen))


def _choices(places: Rows) -> list[Choice]:
    """Names by code; a county's towns are listed on every page, so without making objects."""
    return [Choice(code, name) for code, name in places.values_list("code", "name")]


def _sites(ask: Ask) -> Sequence[Choice]:
    """All of them, or where there are very many those of the chosen town."""
    sites = queries.sites_in(ask.viewer.scope)
    if ask.chosen("town").isdigit():
        sites = sites.filter(queries.inside("village_code", ask.chosen("town")))
    found = _choices(sites[: _MOST_SITES + 1])
    return found if len(found) <= _MOST_SITES else []


def _grids(ask: Ask) -> Sequence[Choice]:
    """Too many for a county: asked for once a village or a site is chosen."""
    grids = queries.grids_in(ask.viewer.scope)
    if ask.chosen("site"):
        grids = grids.filter(site__code=ask.chosen("site"))
    elif ask.chosen("village").isdigit():
        grids = grids.filter(village_code=ask.chosen("village"))
    else:
        return []
    return _choices(grids)


def _inside(field: str):  # type: ignore[no-untyped-def]
    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        return rows.filter(queries.inside(field, value))

    return apply


def _equal(field: str):  # type: ignore[no-untyped-def]
    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        return rows.filter(**{field: value})

    return apply
