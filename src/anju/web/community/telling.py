"""The form in which somebody writes down what was told: all that is known stands there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.casework import books
from anju.community import book
from anju.community.actions import telling
from anju.community.actions.telling import SameMatter, Told
from anju.community.models import Channel, Request
from anju.community.refusals import CommunityRefused
from anju.places import queries as places
from anju.places.models import Building, Grid, Site
from anju.registry import queries as registry
from anju.registry.models import Household
from anju.registry.queries.homes import housing_of
from anju.registry.queries.people import holds
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.community import sheets, wording
from anju.web.doing import doing
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input

TEMPLATE = "web/community/tell.html"
ANOTHER: Final = "another"
_OFFERED: Final = 20
_SITE, _GRID, _VILLAGE = "site", "grid", "village"


def _places(viewer: Viewer) -> Sequence[Choice]:
    """Sites, villages, and for who holds grids those grids that are not at a site."""
    scope = viewer.scope_for(Permission.VIEW_REQUESTS)
    sites = [Choice(f"{_SITE}:{each.code}", each.name) for each in places.sites_in(scope)]
    villages = list(places.villages_in(scope))
    names = places.names(each.code for each in villages)
    found = [
        Choice(f"{_VILLAGE}:{each.code}", names.village(each.code) or each.name)
        for each in villages
    ]
    if scope.grid_codes:
        grids = places.grids_in(scope).filter(site__isnull=True, code__in=scope.grid_codes)
        found += [Choice(f"{_GRID}:{each.code}", each.name) for each in grids]
    return [*sites, *found]


FIELDS: Final = (
    Field(
        "kind", gettext_lazy("诉求类别"), Input.CHOICE,
        lambda viewer: wording.choices(book.own_book().kinds), is_required=True,
    ),
    Field(
        "words", gettext_lazy("反映的情况"), Input.LONG, is_required=True, most=2000,
        note=gettext_lazy("写清什么事、要什么。不写病情、证件号码、电话和银行账号，不要求拍照。"),
    ),
    Field("place", gettext_lazy("地点"), Input.CHOICE, _places, is_required=True),
    Field("building", gettext_lazy("楼栋"), most=20, note=gettext_lazy("安置点的楼号，例如“3号楼”；与楼栋无关的不填。")),
    Field("entrance", gettext_lazy("单元"), most=10),
    Field("room", gettext_lazy("房号"), most=20),
    Field(
        "household", gettext_lazy("反映的农户（户编码）"), most=20, offers="web:request-homes",
        note=gettext_lazy("输户主姓名、首字母或户编码，从列出的选。不是底册中的农户，或不愿说的，不填。"),
    ),
    Field("is_own", gettext_lazy("是这一户自己的事"), Input.YES_NO, note=gettext_lazy("楼道、小区公共的事选“否”。")),
    Field("told_by", gettext_lazy("反映人"), most=60, note=gettext_lazy("可以不填。不要写电话和证件号码。")),
    Field(
        "channel", gettext_lazy("怎样反映的"), Input.CHOICE,
        lambda viewer: [Choice(each.value, each.label) for each in Channel], is_required=True,
    ),
    Field("said_on", gettext_lazy("反映日期"), Input.DATE, is_required=True),
)  # fmt: skip


@dataclass(frozen=True)
class _Where:
    village_code: str
    site: Site | None = None
    grid: Grid | None = None


@requires(Permission.HANDLE_REQUESTS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; `?household=` or `?site=` says what it is about."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method != "POST":
        known = sheets.written(FIELDS, _known(request, viewer))
        return _shown(request, known, {})
    typed = sheets.read(viewer, FIELDS, request.POST)
    if typed.problems:
        return _shown(request, typed.texts, typed.problems)
    done = doing(request)
    chosen = request.POST.get("same", "")
    try:
        row = telling.tell(
            by=done.by,
            on=done.on,
            viewer=viewer,
            calendar=books.calendar(),
            told=_told(viewer, typed.values),
            joins="" if chosen == ANOTHER else chosen[:30],
            is_another=chosen == ANOTHER,
        )
    except SameMatter as found:
        return _shown(request, typed.texts, {"": found.zh}, found.rows)
    except Refusal as refused:
        return _shown(request, typed.texts, {"": refused.zh})
    is_joined = chosen not in ("", ANOTHER)
    said = _("已并入 %(number)s，不用再登记。") if is_joined else _("已登记 %(number)s。")
    messages.success(request, said % {"number": row.number})
    return HttpResponseRedirect(reverse("web:request", args=[row.number]))


@requires(Permission.HANDLE_REQUESTS)
@require_GET
def homes(request: HttpRequest) -> HttpResponse:
    """Households to choose from while the field is typed in, each look on the record."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    typed = request.GET.get("household", "").strip()[:20]
    found: list[Household] = []
    if len(typed) > 1:
        match = registry.search(registry.households_for(viewer), typed)
        found = list(match.households.order_by("code")[:_OFFERED])
    if found:
        record(
            by=viewer.actor(address_of(request)),
            action="register.read",
            kind="household",
            ids=[each.code for each in found],
            detail={"register": "request-homes"},
        )
    choices = [Choice(each.code, each.head_name) for each in found]
    return render(request, "web/supervision/_offers.html", {"choices": choices})


def _shown(
    request: HttpRequest,
    texts: Mapping[str, str],
    problems: Mapping[str, str],
    same: Sequence[Request] = (),
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if same:
        wording.add_words(viewer, same, viewer.on)
    context = {
        "fields": sheets.shown(viewer, FIELDS, texts, problems),
        "problem": problems.get("", ""),
        "same": same,
        "another": ANOTHER,
    }
    return render(request, TEMPLATE, context, status=422 if problems else 200)


def _known(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """What stands in the form: today, the place of who has only one; of a household, all of its home."""
    offered = _places(viewer)
    known: dict[str, Any] = {"said_on": timezone.localdate(), "channel": Channel.CAME}
    if len(viewer.scope_for(Permission.VIEW_REQUESTS).grid_codes):
        known["channel"] = Channel.VISIT
    if offered:
        known["place"] = offered[0].value if len(offered) == 1 else ""
    site = places.sites_in(viewer.scope).filter(code=request.GET.get("site", "")[:20]).first()
    if site is not None:
        known["place"] = f"{_SITE}:{site.code}"
    household = _household(viewer, request.GET.get("household", ""))
    return known | _of_home(household, known["said_on"]) if household else known


def _of_home(household: Household, on: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"household": household.code, "is_own": True}
    known["told_by"] = household.head_name
    known["place"] = f"{_VILLAGE}:{household.village_code}"
    if household.site is not None:
        known["place"] = f"{_SITE}:{household.site.code}"
    home = next((row for row in housing_of(household) if holds(row, on)), None)
    if home is not None:
        known |= {"entrance": home.entrance, "room": home.room}
        known["building"] = home.building.number if home.building else ""
    return known


def _told(viewer: Viewer, values: Mapping[str, Any]) -> Told:
    household = _household(viewer, values["household"])
    if values["household"] and household is None:
        raise CommunityRefused(_("没有这个户编码，或不在您负责的区域，请核对。"))
    where = _where(viewer, values["place"])
    return Told(
        kind=values["kind"],
        village_code=where.village_code,
        site=where.site,
        building=_building(where.site, values["building"]),
        entrance=values["entrance"],
        room=values["room"],
        grid=_grid(viewer, where, household),
        household=household,
        is_own=bool(values["is_own"]),
        told_by=values["told_by"],
        channel=Channel(values["channel"]),
        said_on=values["said_on"],
        words=values["words"],
    )


def _where(viewer: Viewer, chosen: str) -> _Where:
    """The place that was chosen among those offered."""
    scope = viewer.scope_for(Permission.VIEW_REQUESTS)
    sort, _colon, code = chosen.partition(":")
    if sort == _SITE:
        site = places.sites_in(scope).get(code=code)
        return _Where(site.village_code, site)
    if sort == _GRID:
        grid = places.grids_in(scope).get(code=code)
        return _Where(grid.village_code, None, grid)
    return _Where(code)


def _building(site: Site | None, number: str) -> Building | None:
    if not number:
        return None
    found = places.buildings_of(site).filter(number=number).first() if site else None
    if found is None:
        raise CommunityRefused(
            _("这个地点没有“%(number)s”，请写登记的楼号，或不填。") % {"number": number}
        )
    return found


def _grid(viewer: Viewer, where: _Where, household: Household | None) -> Grid | None:
    """The grid it belongs to: that of the place or the household, else the viewer's own there."""
    if where.grid is not None:
        return where.grid
    if household is not None and household.grid and household.village_code == where.village_code:
        return household.grid
    scope = viewer.scope_for(Permission.VIEW_REQUESTS)
    if not scope.grid_codes:
        return None
    mine = places.grids_in(scope).filter(
        code__in=scope.grid_codes, village_code=where.village_code, site=where.site
    )
    return mine.first()


def _household(viewer: Viewer, code: str) -> Household | None:
    try:
        return registry.household_for(viewer, code.strip()) if code.strip() else None
    except Household.DoesNotExist:
        return None
