"""The list of households."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.monitoring import queries as monitoring
from anju.places import queries as places
from anju.registry import queries
from anju.registry.models.household import HouseholdClass, MonitoredKind
from anju.registry.queries.searching import TOO_MANY
from anju.registry.sides import Side
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import grid, site, town, village
from anju.web.registers import levels
from anju.web.registers.origins import side, the_origin_of


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Households, filtered by the address."""
    is_origin = request.GET.get("side") == Side.ORIGIN
    return lists.show(request, FROM_HERE if is_origin else HOUSEHOLDS)


def _rows(ask: Ask) -> Rows:
    return queries.households_for(ask.viewer).select_related("site", "grid")


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    match = queries.search(rows, text)
    note = gettext("符合的户太多，只列出前 %(limit)s 户。请多输几个字，或先选乡镇。") % {
        "limit": TOO_MANY
    }
    return Found(match.households, note if match.is_cut else "", match.number)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of the places, in one query."""
    names = places.names(
        [row.village_code for row in rows] + [row.origin_village_code for row in rows]
    )
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code
        origin = row.origin_village_code
        row.origin_name = (names.village(origin) or origin) if origin else ""
    run = levels.run_of(ask)
    found = monitoring.levels_of(ask.viewer, run, [row.pk for row in rows]) if run else {}
    for row in rows:
        row.level = found.get(row.pk, "")


def _classes(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in HouseholdClass.choices]


def _by_class(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(household_class=value)


def _yes_no(ask: Ask) -> Sequence[Choice]:
    return [Choice("1", _("是")), Choice("0", _("否"))]


def _by_relocated(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(relocated=value == "1")


def _monitored(ask: Ask) -> Sequence[Choice]:
    kinds = [Choice(value, label) for value, label in MonitoredKind.choices]
    return [Choice("any", _("所有监测对象")), *kinds]


def _by_monitored(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "any":
        return rows.filter(monitored_kind__isnull=False)
    return rows.filter(monitored_kind=value)


def _monitored_word(row: Any) -> Any:
    return row.get_monitored_kind_display() if row.monitored_kind else ""


HOUSEHOLDS = Register(
    id="households",
    title=_("农户"),
    noun=_("户"),
    rows=_rows,
    known=levels.known,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.code,
    empty=_("请先在“导入”中导入农户名册，导入后名单会出现在这里。"),
    search=Search(_("户编码、姓名、姓名首字母、证件号后四位"), _search),
    filters=(
        side(),
        town(),
        village(),
        Filter("class", _("户类型"), _classes, _by_class),
        Filter("relocated", _("易地搬迁"), _yes_no, _by_relocated),
        Filter("monitored", _("监测对象"), _monitored, _by_monitored),
        levels.level_filter(),
        narrowing.behind("households"),
        site(),
        grid(),
    ),
    sorts=(
        Sort("place", _("按村"), ("village_code", "code")),
        Sort("code", _("按户编码"), ("code",)),
    ),
    columns=(
        Column(
            "code",
            _("户编码"),
            lambda row: row.code,
            Kind.CODE,
            link=lambda row: reverse("web:household", args=[row.code]),
            fixed=True,
        ),
        Column("head", _("户主"), lambda row: row.head_name),
        Column("size", _("人口"), lambda row: row.size, Kind.NUMBER, unit=_("人")),
        Column("place", _("现住村（社区）"), lambda row: row.place_name),
        Column("class", _("户类型"), lambda row: row.get_household_class_display()),
        Column("relocated", _("易地搬迁"), lambda row: row.relocated, Kind.YES_NO),
        Column("monitored", _("监测对象"), _monitored_word),
        Column("level", _("预警等级"), lambda row: row.level, Kind.LEVEL),
        Column("site", _("安置点"), lambda row: row.site.name if row.site else ""),
        Column("grid", _("网格"), lambda row: row.grid.name if row.grid else "", shown=False),
        Column("origin", _("迁出村"), lambda row: row.origin_name, shown=False),
        Column("self_moved", _("自主迁徙"), lambda row: row.self_moved, Kind.YES_NO, shown=False),
        Column(
            "included", _("纳入日期"), lambda row: row.included_on or "", Kind.DATE, shown=False
        ),
        Column(
            "removed",
            _("风险消除日期"),
            lambda row: row.risk_removed_on or "",
            Kind.DATE,
            shown=False,
        ),
    ),
)

#: Households that moved away from the viewer's places, with what is still their business.
FROM_HERE = the_origin_of(HOUSEHOLDS)
