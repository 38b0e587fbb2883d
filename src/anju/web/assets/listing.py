"""The list of assets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.assets import queries
from anju.assets.models import AssetKind, Category, Use
from anju.assets.queries import facts
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import site, town, village


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Assets in the viewer's places."""
    may_add = request.viewer.may(Permission.EDIT_REGISTERS)  # type: ignore[attr-defined]
    return lists.show(
        request, ASSETS, template="web/assets/list.html", context={"may_add": may_add}
    )


def _rows(ask: Ask) -> Rows:
    return queries.assets_for(ask.viewer).select_related("site", "household", "project")


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    return Found(facts.named(rows, text))


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Places in words, and the contract that runs; two queries."""
    names = places.names(_standing(row) for row in rows)
    leases = facts.running_leases([row.pk for row in rows], ask.on)
    for row in rows:
        code = _standing(row)
        row.place_name = names.village(code) or code
        row.lease = leases.get(row.pk)


def _standing(row: Any) -> str:
    """Where it is: of a household's, where the household lives now."""
    return str(row.household.village_code if row.household else row.division_code)


def _inside(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(queries.assets_inside(value))


def _equal(id_: str, title: Any, choices: Sequence[tuple[str, Any]], field: str) -> Filter:
    return Filter(
        id_,
        title,
        lambda ask: [Choice(value, label) for value, label in choices],
        lambda rows, value, ask: rows.filter(**{field: value}),
    )


def _uses(ask: Ask) -> Sequence[Choice]:
    several = [Choice("present", _("未处置的")), Choice("out_of_use", _("闲置、低效、损毁"))]
    return [*several, *(Choice(value, label) for value, label in Use.choices)]


def _by_use(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "present":
        return rows.exclude(use=Use.DISPOSED)
    if value == "out_of_use":
        return rows.filter(use__in=(Use.IDLE, Use.WEAK, Use.DAMAGED))
    return rows.filter(use=value)


def _titles(ask: Ask) -> Sequence[Choice]:
    return [Choice("1", _("已登记")), Choice("0", _("未登记")), Choice("unknown", _("未掌握"))]


def _by_title(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "unknown":
        return rows.filter(has_title__isnull=True)
    return rows.filter(has_title=value == "1")


def _contracts(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("30", _("30 天内到期")),
        Choice("90", _("90 天内到期")),
        Choice("over", _("已到期未续签")),
    ]


def _by_contract(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "over":
        return facts.with_lease_over(rows, ask.on)
    return facts.with_lease_ending(rows, ask.on, int(value))


def _at_sites(ask: Ask) -> Sequence[Choice]:
    return [Choice("1", _("在安置点")), Choice("0", _("不在安置点"))]


def _by_at_site(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(site__isnull=value == "0")


def _owner(row: Any) -> str:
    return str(row.household.head_name) if row.household else str(row.title_holder)


ASSETS = Register(
    id="assets",
    title=_("扶贫项目资产"),
    noun=_("项"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="asset",
    row_id=lambda row: row.code,
    empty=_("请先在“导入”中导入扶贫项目资产台账，或点“登记资产”逐项登记。"),
    search=Search(_("资产编号、名称、产权或管护主体"), _search),
    filters=(
        Filter("town", _("乡镇"), town().choices, _inside, is_place=True),
        Filter("village", _("村（社区）"), village().choices, _inside, is_place=True),
        site(),
        Filter("at_site", _("位置"), _at_sites, _by_at_site),
        _equal("kind", _("资产类型"), AssetKind.choices, "kind"),
        _equal("category", _("资产类别"), Category.choices, "category"),
        Filter("use", _("使用状况"), _uses, _by_use),
        Filter("title", _("确权登记"), _titles, _by_title),
        Filter("contract", _("合同"), _contracts, _by_contract),
        narrowing.behind("assets"),
    ),
    sorts=(
        Sort("place", _("按所在地"), ("division_code", "code", "id")),
        Sort("code", _("按编号"), ("code", "id")),
        Sort("value", _("按原值"), ("original_value", "id")),
    ),
    columns=(
        Column(
            "code",
            _("资产编号"),
            lambda row: row.code,
            Kind.CODE,
            link=lambda row: reverse("web:asset", args=[row.pk]),
            fixed=True,
        ),
        Column("name", _("名称"), lambda row: row.name, fixed=True),
        Column("kind", _("类型"), lambda row: row.get_kind_display()),
        Column("category", _("类别"), lambda row: row.get_category_display()),
        Column("place", _("所在地"), lambda row: row.place_name),
        Column("use", _("使用状况"), lambda row: row.get_use_display()),
        Column(
            "value", _("原值"), lambda row: row.original_value, Kind.MONEY, unit=_("元")
        ),
        Column("title", _("确权登记"), lambda row: row.has_title, Kind.YES_NO),
        Column("operator", _("经营主体"), lambda row: row.lease.operator if row.lease else ""),
        Column(
            "ends", _("合同到期"), lambda row: row.lease.ends_on if row.lease else "", Kind.DATE
        ),
        Column("site", _("安置点"), lambda row: row.site.name if row.site else "", shown=False),
        Column("owner", _("产权主体"), _owner, shown=False),
        Column("keeper", _("管护主体"), lambda row: row.keeper, shown=False),
        Column("built", _("建成（购置）"), lambda row: row.built_on, Kind.DATE, shown=False),
        Column(
            "present", _("现值"), lambda row: row.present_value, Kind.MONEY, unit=_("元"),
            shown=False,
        ),
        Column("fund", _("资金来源"), lambda row: row.get_fund_display(), shown=False),
        Column(
            "project", _("项目编号"), lambda row: row.project.code if row.project else "",
            Kind.CODE, shown=False,
        ),
        Column(
            "household", _("户编号"), lambda row: row.household.code if row.household else "",
            Kind.CODE, shown=False,
        ),
    ),
)  # fmt: skip
