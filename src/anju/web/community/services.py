"""Services that sites and villages have: the list behind every such figure, entered and put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.community import book, queries
from anju.community.actions import services
from anju.community.models import ServicePoint
from anju.community.queries.services import in_use
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.community import sheets, wording
from anju.web.community.sheets import Sheet
from anju.web.doing import Doing, carry_out
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import site, town, village
from anju.web.registers.editing.fields import Field, Input

_SITE, _VILLAGE = "site", "village"


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Services in the viewer's places."""
    context = {"may_add": request.viewer.may(Permission.KEEP_COMMUNITY)}  # type: ignore[attr-defined]
    return lists.show(request, SERVICES, template="web/community/services.html", context=context)


def _places(viewer: Viewer) -> Sequence[Choice]:
    """Sites and villages whose services the viewer writes down."""
    scope = viewer.scope_for(Permission.KEEP_COMMUNITY)
    villages = list(places.villages_in(scope))
    names = places.names(each.code for each in villages)
    return [
        *(Choice(f"{_SITE}:{each.code}", each.name) for each in places.sites_in(scope)),
        *(
            Choice(f"{_VILLAGE}:{each.code}", names.village(each.code) or each.name)
            for each in villages
        ),
    ]


_FACTS: Final = (
    Field("is_there", gettext_lazy("有没有"), Input.YES_NO, is_required=True,
          note=gettext_lazy("核实过没有的选“否”，日期填核实那天。")),
    Field("name", gettext_lazy("名称"), most=80),
    Field("address", gettext_lazy("地点"), most=120),
    Field("hours", gettext_lazy("开放时间"), most=80),
    Field("keeper", gettext_lazy("负责单位"), most=80, note=gettext_lazy("填单位，不填个人。")),
    Field("staff", gettext_lazy("工作人员（联络员）人数"), Input.NUMBER, most=3),
    Field("since", gettext_lazy("启用日期"), Input.DATE, is_required=True),
    Field("until", gettext_lazy("停用日期"), Input.DATE, note=gettext_lazy("还在用的不填。")),
)  # fmt: skip
NEW: Final = (
    Field("place", gettext_lazy("安置点或村（社区）"), Input.CHOICE, _places, is_required=True),
    Field("kind", gettext_lazy("服务类别"), Input.CHOICE,
          lambda viewer: wording.choices(book.own_book().services), is_required=True),
    *_FACTS,
)  # fmt: skip


@requires(Permission.KEEP_COMMUNITY)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """What a place has, or was found not to have; `?site=` says where."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    offered = _places(viewer)
    wanted = f"{_SITE}:{request.GET.get('site', '')[:20]}"
    only = offered[0].value if len(offered) == 1 else ""
    place = wanted if wanted in {each.value for each in offered} else only
    sheet = _sheet(_("登记社区服务"), NEW, {"is_there": True, "place": place})

    def do(who: Doing, values: dict[str, Any]) -> str:
        sort, _colon, code = values.pop("place").partition(":")
        scope = who.viewer.scope_for(Permission.KEEP_COMMUNITY)
        at = places.sites_in(scope).get(code=code) if sort == _SITE else None
        services.record(
            by=who.by, on=who.on, viewer=who.viewer, kind=values.pop("kind"),
            village_code=at.village_code if at else code, site=at, values=values,
        )  # fmt: skip
        messages.success(request, _("已登记。"))
        return reverse("web:site", args=[at.code]) if at else reverse("web:services")

    return sheets.answer(request, sheet, do)


@requires(Permission.KEEP_COMMUNITY)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, service_id: int) -> HttpResponse:
    """Put right what is known of a service, or say since when it is no more."""
    row = _editable(request, service_id)

    def do(who: Doing, typed: dict[str, Any]) -> str:
        services.correct(by=who.by, on=who.on, viewer=who.viewer, row=row, values=typed)
        messages.success(request, _("已保存，原来的记录留在审计中。"))
        return reverse("web:services")

    return sheets.answer(request, _of_service(row), do)


@requires(Permission.KEEP_COMMUNITY)
@require_POST
def withdraw(request: HttpRequest, service_id: int) -> HttpResponse:
    """Take back what was never so."""
    row = _editable(request, service_id)

    def do(who: Doing) -> str:
        reason = request.POST.get("reason", "")
        services.withdraw(by=who.by, on=who.on, viewer=who.viewer, row=row, reason=reason)
        messages.success(request, _("已撤销。"))
        return reverse("web:services")

    return carry_out(request, do, lambda said: sheets.refused(request, _of_service(row), said))


def _of_service(row: ServicePoint) -> Sheet:
    values = {name: getattr(row, name) for name in services.FIELDS}
    address = reverse("web:service-withdraw", args=[row.pk])
    return _sheet(wording.service(row.kind), _FACTS, values, address)


def _sheet(
    title: Any, fields: Sequence[Field], values: Mapping[str, Any], withdraw: str = ""
) -> Sheet:
    address = reverse("web:services")
    area = _("社区服务")
    return Sheet(title, fields, values, address, area, address, withdraw=withdraw)


def _editable(request: HttpRequest, service_id: int) -> ServicePoint:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        row = queries.service_for(viewer, service_id)
    except ServicePoint.DoesNotExist:
        raise Http404 from None
    if not queries.may_keep(viewer, row.village_code):
        raise PermissionDenied
    return row


def _rows(ask: Ask) -> Rows:
    return queries.services_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    names = places.names([row.village_code for row in rows])
    may = ask.viewer.scope_for(Permission.KEEP_COMMUNITY)
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code
        row.may_edit = may.covers(row.village_code)


def _standings(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("there", gettext_lazy("在用")),
        Choice("ended", gettext_lazy("已停用")),
        Choice("none", gettext_lazy("核实没有")),
    ]


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    on = narrowing.day(ask)
    if value == "there":
        return rows.filter(in_use(on))
    if value == "none":
        return rows.filter(is_there=False, until__isnull=True)
    return rows.filter(is_there=True, until__lte=on)


def _link(row: Any) -> str:
    return reverse("web:service-edit", args=[row.pk]) if row.may_edit else ""


def _site_link(row: Any) -> str:
    return reverse("web:site", args=[row.site.code]) if row.site else ""


SERVICES = Register(
    id="services",
    title=gettext_lazy("社区服务"),
    noun=gettext_lazy("项"),
    rows=_rows,
    prepare=_prepare,
    empty=gettext_lazy("还没有登记社区服务。请点“登记社区服务”，逐项登记安置点和村里有什么。"),
    filters=(
        Filter(
            "kind",
            gettext_lazy("服务类别"),
            lambda ask: wording.choices(book.own_book().services),
            lambda rows, value, ask: rows.filter(kind=value),
        ),
        Filter("standing", gettext_lazy("状况"), _standings, _by_standing),
        town(),
        village(),
        site(),
        narrowing.behind("services"),
    ),
    sorts=(Sort("place", gettext_lazy("按所在地"), ("village_code", "kind", "id")),),
    columns=(
        Column("kind", gettext_lazy("服务类别"), lambda row: wording.service(row.kind), link=_link, fixed=True),
        Column("site", gettext_lazy("安置点"), lambda row: row.site.name if row.site else "", link=_site_link),
        Column("place", gettext_lazy("村（社区）"), lambda row: row.place_name),
        Column("is_there", gettext_lazy("有没有"), lambda row: row.is_there, Kind.YES_NO),
        Column("name", gettext_lazy("名称"), lambda row: row.name),
        Column("address", gettext_lazy("地点"), lambda row: row.address, shown=False),
        Column("hours", gettext_lazy("开放时间"), lambda row: row.hours),
        Column("keeper", gettext_lazy("负责单位"), lambda row: row.keeper, shown=False),
        Column("staff", gettext_lazy("人数"), lambda row: row.staff, Kind.NUMBER, unit=gettext_lazy("人")),
        Column("since", gettext_lazy("启用日期"), lambda row: row.since, Kind.DATE),
        Column("until", gettext_lazy("停用日期"), lambda row: row.until or "", Kind.DATE),
    ),
)  # fmt: skip
