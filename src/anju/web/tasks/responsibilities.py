"""责任清单: every promise of one plan in the plan's order, as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.duties.models import Plan, TaskKind, TaskState, UnitRole
from anju.duties.queries import listing, plan_for
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.tasks import wording
from anju.web.tasks.listing import address_of, of_role, prepare


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """The list of a plan."""
    try:
        plan = plan_for(request.viewer, plan_id)  # type: ignore[attr-defined]
    except Plan.DoesNotExist:
        raise Http404 from None
    return lists.show(
        request,
        RESPONSIBILITIES,
        template="web/tasks/responsibilities.html",
        given={"plan": plan},
        context={"plan": plan},
    )


def _rows(ask: Ask) -> Rows:
    rows = listing.of_plan(ask.viewer, ask.given["plan"]).select_related("plan", "measure")
    return rows if ask.chosen("state") == "all" else rows.exclude(state=TaskState.ENDED)


def _units(ask: Ask) -> Sequence[Choice]:
    return [Choice(str(pk), name) for pk, name in listing.units_with_tasks(ask.viewer)]


def _by_unit(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(listing.of_unit(int(value)))


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("all", _("含已终止的"))]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _measure(row: Any) -> str:
    return row.measure.title if row.measure else row.title


def _promise(row: Any) -> str:
    """What of the measure this line is; nothing where it is the whole of it."""
    return row.title if row.kind == TaskKind.PROMISE else ""


RESPONSIBILITIES = Register(
    id="responsibilities",
    title=_("责任清单"),
    noun=_("项"),
    rows=_rows,
    prepare=prepare,
    export_permission=Permission.VIEW_DUTIES,
    page_size=100,
    empty=_("这份方案还没有任务。方案确认生效后，每项措施列在这里。"),
    filters=(
        Filter("unit", _("单位"), _units, _by_unit),
        Filter("state", _("状态"), _states, _unchanged, _("不含已终止的")),
    ),
    sorts=(Sort("plan", _("按方案条款"), ("place", "top", "id")),),
    columns=(
        Column("clause", _("条款"), lambda row: row.clause, fixed=True),
        Column("measure", _("措施"), _measure, link=address_of, fixed=True),
        Column("promise", _("分项"), _promise),
        Column("lead", _("牵头单位"), of_role(UnitRole.LEAD)),
        Column("help", _("配合单位"), of_role(UnitRole.COOPERATING)),
        Column("answer", _("责任单位"), of_role(UnitRole.RESPONSIBLE)),
        Column("do", _("落实单位"), of_role(UnitRole.IMPLEMENTING)),
        Column("when", _("完成时限"), wording.when),
        Column("goal", _("目标"), wording.goal),
        Column("light", _("灯况"), lambda row: row.light, Kind.LIGHT),
        Column("state", _("状态"), lambda row: row.get_state_display(), shown=False),
        Column("number", _("任务编号"), lambda row: row.number, Kind.CODE, shown=False),
    ),
)
