"""The forms of the register of assets: which fields, which choices, and what was typed in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core import signing
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.assets.aspects import ASPECTS
from anju.assets.checking import SHARES
from anju.assets.models import (
    AssetKind,
    Category,
    Fund,
    HolderLevel,
    Title,
    Upkeep,
    Use,
    Valuation,
)
from anju.places import queries as places
from anju.projects.queries import projects_for
from anju.registry import queries as registry
from anju.registry.models import Household
from anju.web.assets import words
from anju.web.lists.declaration import Choice
from anju.web.registers.editing.fields import Field, Input, Shown, Wrong

_SALT: Final = "anju.assets"
#: Fields that name another row by its code.
_ROWS: Final = ("site", "household", "project")


def _of(pairs: Sequence[tuple[str, Any]]) -> Any:
    return lambda viewer: [Choice(value, label) for value, label in pairs]


def blank(request: HttpRequest) -> dict[str, Any]:
    """What stands in the form of a new asset: the place of who has only one, and what is so as a rule.

    `?project=` comes from the page of a project, whose asset it is.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    known: dict[str, Any] = {"use": Use.IN_USE}
    places_of = divisions(viewer)
    if len(places_of) == 1:
        known["division_code"] = places_of[0].value
    project = projects_for(viewer).filter(code=request.GET.get("project", "")[:40]).first()
    if project is not None:
        known |= {"project": project, "site": project.site, "name": project.name[:80]}
        known |= {"division_code": project.division_code, "fund": Fund.BRIDGING}
    return known


def scope_of(viewer: Viewer) -> Scope:
    """Where the viewer may write."""
    return viewer.scope_for(Permission.EDIT_REGISTERS)


def divisions(viewer: Viewer) -> Sequence[Choice]:
    """Villages, towns and the county itself, as far as they lie in the viewer's places."""
    scope = scope_of(viewer)
    rows = list(places.divisions_in(scope))
    names = places.names(row.code for row in rows)
    return [Choice(row.code, names.village(row.code) or row.name) for row in rows]


def sites(viewer: Viewer) -> Sequence[Choice]:
    """Resettlement sites in the places where the viewer may write."""
    rows = places.sites_in(scope_of(viewer)).values_list("code", "name")
    return [Choice(code, name) for code, name in rows]


_USE: Final = Field("use", _("使用状况"), Input.CHOICE, _of(Use.choices), is_required=True)
_REASON: Final = Field("reason", _("原因或说明"), most=200)
_PAPER: Final = Field(
    "paper", _("处置批准文号"), note=_("已处置的必填：批准处置的文件编号。其他状况不填。")
)
_CODE: Final = Field("code", _("资产编号"), is_required=True, most=40)

ASSET: Final = (
    Field("name", _("资产名称"), is_required=True, most=80),
    Field("kind", _("资产类型"), Input.CHOICE, _of(AssetKind.choices), is_required=True),
    Field("category", _("资产类别"), Input.CHOICE, _of(Category.choices), is_required=True),
    Field("division_code", _("所在地"), Input.CHOICE, divisions,
          note=_("到户类和安置点的资产随农户、安置点，可不选。")),
    Field("site", _("安置点"), Input.CHOICE, sites, note=_("不在安置点的不选。")),
    Field("household", _("户编号"), most=20, note=_("只有到户类资产才填。")),
    Field("address", _("坐落")),
    Field("project", _("项目编号"), most=40, note=_("形成这项资产的项目，在项目库中的编号。")),
    Field("fund", _("资金来源"), Input.CHOICE, _of(Fund.choices)),
    Field("built_on", _("建成（购置）日期"), Input.DATE, is_required=True),
    Field("original_value", _("原值（元）"), Input.MONEY, is_required=True),
    Field("present_value", _("现值（元）"), Input.MONEY),
    Field("holder_level", _("权属层级"), Input.CHOICE, _of(HolderLevel.choices)),
    Field("title_holder", _("产权主体"), most=80, note=_("填单位或集体；到户类不填。")),
    Field("has_title", _("是否确权登记"), Input.YES_NO),
    Field("titled_on", _("确权登记日期"), Input.DATE),
    Field("title_number", _("权证编号"), most=60),
    Field("keeper", _("管护主体"), most=80, note=_("填单位，不填个人。")),
    Field("keeper_duty", _("管护责任"), most=120, note=_("填岗位和职责，不填个人姓名。")),
    Field("handed_over_on", _("移交日期"), Input.DATE),
)  # fmt: skip
NEW: Final = (
    _CODE, *ASSET, _USE, Field("since", _("状况从哪天起"), Input.DATE), _REASON, _PAPER,
)  # fmt: skip
STATE: Final = (
    _USE,
    Field("since", _("从哪天起"), Input.DATE,
          note=_("状况是后来变的，填变化那天；原来就登记错了的，改成本来的起始日期。")),
    _REASON,
    _PAPER,
)  # fmt: skip
_SINCE: Final = Field(
    "since", _("从哪天起"), Input.DATE,
    note=_("后来变的，填变化那天，原来的情况留作记录；原来就登记错了的，不改这一栏。"),
)  # fmt: skip
TURNS: Final = {
    "title": tuple(each for each in ASSET if each.name in ASPECTS[Title]) + (_SINCE,),
    "upkeep": tuple(each for each in ASSET if each.name in ASPECTS[Upkeep]) + (_SINCE,),
    "value": tuple(each for each in ASSET if each.name in ASPECTS[Valuation]) + (_SINCE,),
}
RESTORE: Final = (
    Field("use", _("撤销后的状况"), Input.CHOICE, _of(Use.choices[:-1]), is_required=True),
    Field("since", _("从哪天起"), Input.DATE, is_required=True),
    Field("paper", _("同意撤销的文号"), is_required=True),
    Field("reason", _("为什么撤销处置"), is_required=True, most=80),
)
LEASE: Final = (
    Field("operator", _("承租（经营）主体"), is_required=True, most=80),
    Field("starts_on", _("合同起始日期"), Input.DATE, is_required=True),
    Field("ends_on", _("合同终止日期（含当日）"), Input.DATE, is_required=True),
    Field("yearly_rent", _("年租金（元）"), Input.MONEY),
)
YIELD: Final = (
    Field("due", _("应得收益（元）"), Input.MONEY),
    Field("received", _("实得收益（元）"), Input.MONEY),
    *(Field(name, words.SHARES[name], Input.MONEY) for name in SHARES),
    Field("published_on", _("分配公示日期"), Input.DATE),
)
NEW_YIELD: Final = (Field("year", _("年度"), Input.NUMBER, is_required=True, most=4), *YIELD)


@dataclass(frozen=True)
class Typed:
    """What came in: texts, values, the values they were typed over; `problems` by field."""

    texts: dict[str, str]
    values: dict[str, Any]
    seen: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)


def shown(
    viewer: Viewer,
    fields: Sequence[Field],
    texts: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
) -> list[Shown]:
    """The fields with what is in them."""
    return [
        Shown(
            each,
            texts.get(each.name, ""),
            each.choices(viewer) if each.choices else (),
            (problems or {}).get(each.name, ""),
        )
        for each in fields
    ]


def written(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, str]:
    """Values as they stand in the inputs; another row by its code."""
    return {each.name: each.write(_code(values.get(each.name))) for each in fields}


def sealed(texts: Mapping[str, str]) -> str:
    """What the person will have seen, signed."""
    return signing.dumps(dict(texts), salt=_SALT, compress=True)


def read(viewer: Viewer, fields: Sequence[Field], sent: Mapping[str, str]) -> Typed:
    """Read what was sent; what cannot be meant is told beside its field."""
    texts = {each.name: sent.get(each.name, "")[:500] for each in fields}
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for each in fields:
        try:
            values[each.name] = _value(viewer, each, texts[each.name])
        except Wrong as wrong:
            problems[each.name] = str(wrong)
    return Typed(texts, values, _seen(viewer, fields, sent.get("version", "")), problems)


def _value(viewer: Viewer, each: Field, text: str) -> Any:
    value = each.read(text)
    if each.name in _ROWS:
        return _row(viewer, each.name, str(value))
    if each.choices and value not in {"", None, *(c.value for c in each.choices(viewer))}:
        raise Wrong(gettext("请从列出的选项中选择。"))
    return value


def _seen(viewer: Viewer, fields: Sequence[Field], version: str) -> dict[str, Any]:
    try:
        texts = signing.loads(version, salt=_SALT) if version else {}
    except signing.BadSignature:
        return {}
    return {each.name: _again(viewer, each, texts.get(each.name, "")) for each in fields}


def _again(viewer: Viewer, each: Field, text: str) -> Any:
    """A value that stood there; of one that is no longer there, nothing."""
    try:
        return _row(viewer, each.name, text) if each.name in _ROWS else each.read(text)
    except Wrong:
        return None if each.name in _ROWS else ""


def _row(viewer: Viewer, name: str, code: str) -> Any:
    """The row a code means, if the viewer may write there."""
    if not code:
        return None
    if name == "site":
        found: Any = places.sites_in(scope_of(viewer)).filter(code=code).first()
    elif name == "project":
        found = projects_for(viewer).filter(code=code).first()
    else:
        found = _home(viewer, code)
    if found is None:
        raise Wrong(gettext("没有这个编号，或不在您负责的区域，请核对。"))
    return found


def _home(viewer: Viewer, code: str) -> Household | None:
    try:
        home = registry.household_for(viewer, code)
    except Household.DoesNotExist:
        return None
    grid = home.grid.code if home.grid else ""
    return home if scope_of(viewer).covers(home.village_code, grid) else None


def _code(value: Any) -> Any:
    return value.code if isinstance(value, Model) else value  # type: ignore[attr-defined]
