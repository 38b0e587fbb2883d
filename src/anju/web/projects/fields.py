"""The fields of the forms about projects, and between them and what the library holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.places import queries as places
from anju.places.models import Level
from anju.projects.facts import Held, Told
from anju.projects.models import FundSource, LabourBase, PaymentKind, ProjectKind, Step
from anju.projects.queries.units import units_by_name
from anju.web.lists.declaration import Choice, Text
from anju.web.registers.editing.fields import Field, Input

_DESCRIBED: Final = (
    "name", "kind", "subkind", "is_key", "content", "division_code", "unit_name", "builder",
    "entered_year", "plan_year", "planned_start", "planned_finish", "households",
    "is_work_relief", "labour_percent", "labour_base",
)  # fmt: skip
_STEPS: Final = {f"step_{step}": step for step in Step}
_FUNDS: Final = {f"fund_{fund}": fund for fund in FundSource}


@dataclass(frozen=True)
class Group:
    """Fields that stand together under a heading."""

    title: Text
    fields: tuple[Field, ...]


def of_project(viewer: Viewer, *, is_new: bool) -> list[Group]:
    """The form of a project; of a new one also its code."""
    scope = viewer.scope_for(Permission.EDIT_REGISTERS)
    divisions, sites = _divisions(scope), _sites(scope)
    yes_no = _of((("1", _("是")), ("0", _("否"))))
    code = (
        Field("code", _("项目编号"), is_required=True, most=40, note=_("字母、数字、“-”和“_”。")),
    )
    return [
        Group(_("基本情况"), (
            *(code if is_new else ()),
            Field("name", _("项目名称"), is_required=True, most=200),
            Field("kind", _("项目类型"), Input.CHOICE, _of(ProjectKind.choices), is_required=True),
            Field("subkind", _("项目二级类型"), most=60),
            Field("division_code", _("建设地点"), Input.CHOICE, lambda _asked: divisions, is_required=True,
                  note=_("全乡镇的选乡镇，全县的选县。")),
            Field("site", _("安置点"), Input.CHOICE, lambda _asked: sites, is_nullable=True,
                  note=_("不在安置点的不选。")),
            Field("unit_name", _("责任单位"), most=80),
            Field("builder", _("施工（实施）单位"), most=120),
            Field("households", _("受益户数"), Input.NUMBER),
            Field("is_key", _("重点项目"), Input.YES_NO, yes_no, is_required=True),
            Field("content", _("建设内容"), Input.LONG, most=500),
        )),
        Group(_("年度和工期"), (
            Field("entered_year", _("入库年度"), Input.NUMBER),
            Field("plan_year", _("实施年度"), Input.NUMBER, note=_("列入哪一年的实施计划。")),
            Field("planned_start", _("计划开工日期"), Input.DATE),
            Field("planned_finish", _("计划完工日期"), Input.DATE),
        )),
        Group(_("批复资金（元）"), tuple(
            Field(name, fund.label, Input.MONEY) for name, fund in _FUNDS.items()
        )),
        Group(_("以工代赈"), (
            Field("is_work_relief", _("以工代赈"), Input.YES_NO, yes_no, is_required=True),
            Field("labour_percent", _("劳务报酬应占比例（%）"), Input.NUMBER),
            Field("labour_base", _("劳务报酬计算基数"), Input.CHOICE, _of(LabourBase.choices),
                  is_required=True),
        )),
        Group(_("到达各环节的日期（没有到的不填）"), tuple(
            Field(name, step.label, Input.DATE) for name, step in _STEPS.items()
        )),
        Group(_("最近一次形象进度"), (
            Field("progress", _("形象进度（%）"), Input.NUMBER),
            Field("seen_on", _("统计日期"), Input.DATE, note=_("不填为今天。")),
        )),
    ]  # fmt: skip


def of_payment() -> tuple[Field, ...]:
    """The form of a payment."""
    only = _("只有劳务报酬才填。")
    return (
        Field("voucher", _("凭证号"), is_required=True, most=60),
        Field("paid_on", _("支付日期"), Input.DATE, is_required=True),
        Field("kind", _("支付类别"), Input.CHOICE, _of(PaymentKind.choices), is_required=True),
        Field("amount", _("支付金额（元）"), Input.MONEY, is_required=True),
        Field("payee", _("收款单位"), most=120),
        Field("workers", _("领取劳务报酬人数"), Input.NUMBER, note=only),
        Field("relocated_workers", _("其中搬迁群众人数"), Input.NUMBER, note=only),
    )


def blank() -> dict[str, Any]:
    """What stands in the form of a new project."""
    return {"is_key": False, "is_work_relief": False, "labour_base": LabourBase.TOTAL}


def values_of(held: Held) -> dict[str, Any]:
    """What the library holds, field by field."""
    described = held.description.value
    values: dict[str, Any] = {name: described[name] for name in _DESCRIBED}
    values["site"] = None if described["site_id"] is None else str(described["site_id"])
    values |= {name: _value(held.steps, step) for name, step in _STEPS.items()}
    values |= {name: _value(held.funds, fund) for name, fund in _FUNDS.items()}
    values["seen_on"] = max(held.progress, default=None)
    values["progress"] = _value(held.progress, values["seen_on"])
    return values


def told(
    county: str, code: str, changes: Mapping[str, Any], present: Mapping[str, Any], on: date
) -> Told:
    """What somebody says who changed these fields of what is held."""
    described: dict[str, Any] = {name: changes[name] for name in _DESCRIBED if name in changes}
    if "site" in changes:
        described["site_id"] = int(changes["site"]) if changes["site"] else None
    if "unit_name" in changes:
        name = changes["unit_name"]
        described["unit_id"] = units_by_name([name]).get(name) if name else None
    progress: dict[date, int | None] = {}
    if "progress" in changes or "seen_on" in changes:
        day = changes.get("seen_on", present.get("seen_on")) or on
        progress[day] = changes.get("progress", present.get("progress"))
    return Told(
        county,
        code,
        described,
        {step: changes[name] for name, step in _STEPS.items() if name in changes},
        {fund: changes[name] for name, fund in _FUNDS.items() if name in changes},
        progress,
    )


def _value(facts: Mapping[Any, Any], name: Any) -> Any:
    return facts[name].value if name in facts else None


def _of(pairs: Sequence[tuple[str, Text]]) -> Any:
    fixed = [Choice(value, label) for value, label in pairs]
    return lambda _asked: fixed


def _divisions(scope: Scope) -> list[Choice]:
    """Places where the viewer may edit: the county, then towns and villages by code."""
    rows = [each for each in places.divisions() if scope.covers(each.code)]
    names = {each.code: each.name for each in rows}
    found = []
    for each in rows:
        if each.ended_on is None:
            town = names.get(f"{each.code[:9]}000", "") if each.level == Level.VILLAGE else ""
            found.append(Choice(each.code, f"{town}{each.name}"))
    return found


def _sites(scope: Scope) -> list[Choice]:
    return [Choice(str(each.pk), each.name) for each in places.sites_in(scope)]
