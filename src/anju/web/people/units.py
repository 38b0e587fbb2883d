"""The list of units, and one unit with its members."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts import queries
from anju.accounts.actions import units
from anju.accounts.models import Unit, UnitKind
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.places import queries as places
from anju.projects.actions.linking import link_units
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.people import choices
from anju.web.people.user import actor


@requires(Permission.MANAGE_USERS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """All units."""
    return lists.show(request, UNITS, template="web/people/units.html")


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    if request.method == "GET":
        return _form(request, None)
    try:
        unit = units.create(by=actor(request), **_given(request))
    except units.UnitRefused as refused:
        return _form(request, None, refused.zh)
    _link(request)
    messages.success(request, _("单位已登记。"))
    return HttpResponseRedirect(reverse("web:unit", args=[unit.pk]))


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: its members, and correcting it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    unit = queries.units_for(viewer).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    if request.method == "GET":
        return _form(request, unit)
    try:
        units.change(by=actor(request), unit=unit, **_given(request))
    except units.UnitRefused as refused:
        unit.refresh_from_db()
        return _form(request, unit, refused.zh)
    _link(request)
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(reverse("web:unit", args=[unit.pk]))


def _link(request: HttpRequest) -> None:
    """Projects that name the unit are linked to it."""
    link_units(by=actor(request), on=timezone.localdate(), source=_("单位名称对照"))


def _given(request: HttpRequest) -> dict[str, Any]:
    """What was typed; an unknown kind is refused like an empty one."""
    kind = request.POST.get("kind", "")
    if kind not in UnitKind.values:
        raise units.UnitRefused(_("请选择单位类型。"))
    return {
        "name": request.POST.get("name", "")[:80],
        "kind": UnitKind(kind),
        "division_code": request.POST.get("place", ""),
        "office": _office(request.POST.get("office", "")),
    }


def _office(wanted: str) -> str:
    """One of the offices whose lists are read, or none."""
    if wanted and wanted not in choices.offices():
        raise units.UnitRefused(_("没有名为“%(name)s”的数据部门。") % {"name": wanted[:20]})
    return wanted


def _form(request: HttpRequest, unit: Unit | None, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    shown = (
        {
            "name": unit.name,
            "kind": unit.kind,
            "place": unit.division_code,
            "office": unit.office,
        }
        if unit
        else {}
    )
    context = {
        "unit": unit,
        "problem": problem,
        "given": request.POST if problem else shown,
        "kinds": choices.kinds(),
        "places": choices.all_places(),
        "offices": choices.offices(),
        "members": queries.users_for(viewer).filter(unit=unit) if unit else [],
    }
    return render(request, "web/people/unit.html", context, status=422 if problem else 200)


def _rows(ask: Ask) -> Rows:
    return queries.units_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    names = places.names([row.division_code for row in rows])
    members = queries.members_of(ask.viewer, rows)
    for row in rows:
        row.place_name = names.village(row.division_code) or row.division_code
        row.members = members.get(row.pk, 0)


def _kinds(ask: Ask) -> Sequence[Choice]:
    return choices.kinds()


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind=value)


def _find(rows: Rows, words: str, ask: Ask) -> Found:
    return Found(rows.filter(name__contains=words))


UNITS = Register(
    id="units",
    title=gettext_lazy("单位"),
    noun=gettext_lazy("个"),
    rows=_rows,
    prepare=_prepare,
    empty=gettext_lazy("点“登记单位”登记县直部门、乡镇、村、学校、医疗机构和企业。"),
    export_permission=Permission.MANAGE_USERS,
    search=Search(gettext_lazy("单位名称"), _find),
    filters=(Filter("kind", gettext_lazy("类型"), _kinds, _by_kind),),
    sorts=(
        Sort("place", gettext_lazy("按区域"), ("division_code", "name")),
        Sort("name", gettext_lazy("按名称"), ("name",)),
    ),
    columns=(
        Column(
            "name",
            gettext_lazy("单位名称"),
            lambda row: row.name,
            link=lambda row: reverse("web:unit", args=[row.pk]),
            fixed=True,
        ),
        Column("kind", gettext_lazy("类型"), lambda row: row.get_kind_display()),
        Column("place", gettext_lazy("所在区域"), lambda row: row.place_name),
        Column("office", gettext_lazy("数据部门"), lambda row: row.office),
        Column(
            "members",
            gettext_lazy("用户"),
            lambda row: row.members,
            Kind.NUMBER,
            unit=gettext_lazy("人"),
        ),
    ),
)
