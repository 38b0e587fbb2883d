"""Resettlement sites: the list, and one site with its buildings, grids and households."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.monitoring import queries as monitoring
from anju.places import queries as places
from anju.places.models import Site, SiteKind
from anju.registry import queries
from anju.web import lists
from anju.web.access import requires
from anju.web.assignments import place as assignments
from anju.web.community import of_places as community
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Sites in the viewer's places."""
    return lists.show(request, SITES)


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One site."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        site = places.sites_in(viewer.scope).get(code=code)
    except Site.DoesNotExist:
        raise Http404 from None
    run = monitoring.latest_run() if viewer.may(Permission.VIEW_FINDINGS) else None
    by_grid = queries.households_by_grid(viewer, site)
    context = {
        "site": site,
        "place_name": places.names([site.village_code]).village(site.village_code),
        "buildings": queries.households_by_building(viewer, site),
        "grids": [(grid, by_grid.get(grid.pk, 0)) for grid in places.grids_of(site)],
        "without_grid": by_grid.get(None, 0),
        "households": sum(by_grid.values()),
        "run": run,
        "levels": _levels(viewer, run, site) if run else [],
        "answering": assignments.of_site_page(viewer, site),
        "community": community.of_site(viewer, site, viewer.on),
    }
    return render(request, "web/registers/site.html", context)


def _levels(viewer: Any, run: Any, site: Site) -> list[tuple[str, int]]:
    """Households of the site at each level."""
    living = queries.households_for(viewer).filter(site=site)
    levels = monitoring.levels_for(viewer, run).filter(household__in=living.values("pk"))
    return queries.counted(levels, "level", ("red", "orange", "yellow", "hint"))


def _rows(ask: Ask) -> Rows:
    return places.sites_in(ask.viewer.scope)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    names = places.names([row.village_code for row in rows])
    sizes = places.sizes_of(rows)
    living = queries.households_by_site(ask.viewer, rows)
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code
        row.buildings_count, row.grids_count = sizes[row.pk]
        row.households = living.get(row.pk, 0)


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in SiteKind.choices]


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind=value)


SITES = Register(
    id="sites",
    title=_("安置点"),
    noun=_("个"),
    rows=_rows,
    prepare=_prepare,
    empty=_("请先在“导入”中导入行政区划与安置点表，导入后安置点会出现在这里。"),
    filters=(town(), Filter("kind", _("安置方式"), _kinds, _by_kind)),
    sorts=(Sort("code", _("按编码"), ("code",)),),
    columns=(
        Column(
            "code",
            _("安置点编码"),
            lambda row: row.code,
            Kind.CODE,
            link=lambda row: reverse("web:site", args=[row.code]),
            fixed=True,
        ),
        Column("name", _("名称"), lambda row: row.name, fixed=True),
        Column("kind", _("安置方式"), lambda row: row.get_kind_display()),
        Column("place", _("所在村（社区）"), lambda row: row.place_name),
        Column("households", _("已入住"), lambda row: row.households, Kind.NUMBER, unit=_("户")),
        Column("planned", _("规划"), lambda row: row.planned_households, Kind.NUMBER, unit=_("户")),
        Column("buildings", _("楼栋"), lambda row: row.buildings_count, Kind.NUMBER, unit=_("栋")),
        Column("grids", _("网格"), lambda row: row.grids_count, Kind.NUMBER, unit=_("个")),
        Column("opened", _("建成日期"), lambda row: row.opened_on, Kind.DATE),
    ),
)
