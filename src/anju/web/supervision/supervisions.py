"""The list of inspections, and opening one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import unit_of
from anju.places import queries as places
from anju.supervision import queries
from anju.supervision.actions import supervisions as actions
from anju.supervision.models import Supervision, SupervisionKind, SupervisionState
from anju.supervision.refusals import SupervisionRefused
from anju.web import lists
from anju.web.access import requires
from anju.web.doing import Doing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.registers.editing.fields import Field, Input
from anju.web.supervision import choosing
from anju.web.supervision.asking import Given, Sheet, answer


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Inspections; who organises them has a button for a new one."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_inspect": viewer.may(Permission.INSPECT)}
    return lists.show(
        request, SUPERVISIONS, template="web/supervision/supervisions.html", context=context
    )


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open an inspection."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    units = choosing.units(viewer)
    sheet = Sheet(
        title=_("新的督查"),
        back=reverse("web:supervisions"),
        back_title=_("督查"),
        fields=_FIELDS,
        done=_("已登记督查。接着可以抽取样本。"),
        button=_("登记督查"),
        choices={
            "kind": [Choice(each.value, each.label) for each in SupervisionKind],
            "plan": choosing.plans(viewer),
            "looks_back_at": choosing.look_backs(viewer),
            "division_code": choosing.divisions(viewer),
            "led_by": [Choice(str(unit.pk), unit.name) for unit in units],
            "checklist": choosing.checklists(settings.POLICY_PACK),
        },
        prefill=_prefill(viewer, request.GET.get("looks_back_at", "")),
    )

    def keep(who: Doing, given: Given) -> str:
        values = dict(given.values)
        values["led_by"] = next(unit for unit in units if str(unit.pk) == values["led_by"])
        values["plan"] = choosing.plan_of(viewer, values["plan"])
        values["looks_back_at"] = _looked_at(viewer, values["looks_back_at"])
        row = actions.open_supervision(
            by=who.by, on=who.on, viewer=viewer, new=actions.NewSupervision(**values)
        )
        return reverse("web:supervision", args=[row.number])

    return answer(request, sheet, keep)


def _prefill(viewer: Viewer, looked_at: str) -> dict[str, Any]:
    """What is known: of a look-back all that the inspection was."""
    own = unit_of(viewer)
    blank = {
        "kind": SupervisionKind.INSPECTION,
        "starts_on": viewer.on,
        "led_by": str(own.pk) if own else "",
        "checklist": "home",
    }
    try:
        before = queries.supervision_for(viewer, looked_at) if looked_at else None
    except Supervision.DoesNotExist:
        before = None
    if before is None:
        return blank
    return blank | {
        "kind": SupervisionKind.LOOK_BACK,
        "looks_back_at": before.number,
        "title": gettext("%(title)s回头看") % {"title": before.title},
        "plan": str(before.plan_id or ""),
        "division_code": before.division_code,
        "led_by": str(before.led_by_id),
        "team": before.team,
        "checklist": before.checklist,
    }


def _looked_at(viewer: Viewer, number: str) -> Supervision | None:
    if not number:
        return None
    try:
        return queries.supervision_for(viewer, number)
    except Supervision.DoesNotExist:
        raise SupervisionRefused(_("没有这次督查，请重新选择。")) from None


_FIELDS = (
    Field("title", _("督查名称"), is_required=True),
    Field("kind", _("类别"), Input.CHOICE, is_required=True),
    Field("looks_back_at", _("回头看的督查"), Input.CHOICE, note=_("“回头看”须选，督查不填。")),
    Field("plan", _("方案"), Input.CHOICE, note=_("按方案督查的须选；抽任务时只抽这个方案的。")),
    Field("division_code", _("督查范围"), Input.CHOICE, is_required=True),
    Field("led_by", _("组织单位"), Input.CHOICE, is_required=True),
    Field("starts_on", _("开始日期"), Input.DATE, is_required=True),
    Field("ends_on", _("结束日期"), Input.DATE, is_required=True),
    Field("checklist", _("检查表"), Input.CHOICE, note=_("检查项来自政策包。")),
    Field("team", _("督查组成员"), most=200),
    Field("purpose", _("督查内容"), Input.LONG, most=2000),
)


def _rows(ask: Ask) -> Rows:
    return queries.supervisions_for(ask.viewer).select_related("plan", "led_by")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of places, and how much of each sample was looked at: two queries."""
    names = places.names([row.division_code for row in rows])
    found = queries.sample_counts(ask.viewer, rows)
    for row in rows:
        row.place_name = names.village(row.division_code) or row.division_code
        row.sample, row.checked = found.get(row.pk, (0, 0))


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    return Found(rows.filter(Q(number=text) | Q(title__contains=text)))


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(each.value, each.label) for each in SupervisionKind]


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice(each.value, each.label) for each in SupervisionState]


def _plans(ask: Ask) -> Sequence[Choice]:
    return choosing.plans(ask.viewer)


def _by(field: str) -> Any:
    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        return rows.filter(**{field: value})

    return apply


def _page(row: Any) -> str:
    return reverse("web:supervision", args=[row.number])


SUPERVISIONS = Register(
    id="supervisions",
    title=_("督查"),
    noun=_("次"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有督查。组织督查的岗位可在这里登记。"),
    search=Search(_("督查编号、名称"), _search),
    filters=(
        Filter("kind", _("类别"), _kinds, _by("kind")),
        Filter("plan", _("方案"), _plans, _by("plan")),
        Filter("state", _("状态"), _states, _by("state")),
    ),
    sorts=(Sort("latest", _("新的在前"), ("-id",)),),
    columns=(
        Column("number", _("督查编号"), lambda row: row.number, Kind.CODE, link=_page, fixed=True),
        Column("title", _("督查名称"), lambda row: row.title),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("plan", _("方案"), lambda row: row.plan.short_title if row.plan else ""),
        Column("place", _("督查范围"), lambda row: row.place_name),
        Column("led_by", _("组织单位"), lambda row: row.led_by.name),
        Column("starts_on", _("开始日期"), lambda row: row.starts_on, Kind.DATE),
        Column("ends_on", _("结束日期"), lambda row: row.ends_on, Kind.DATE),
        Column("sample", _("样本"), lambda row: row.sample, Kind.NUMBER),
        Column("checked", _("已检查"), lambda row: row.checked, Kind.NUMBER),
        Column("state", _("状态"), lambda row: row.get_state_display()),
    ),
)
