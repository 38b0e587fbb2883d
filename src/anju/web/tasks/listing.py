"""The list of tasks, which is the task ledger as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.duties.lights import Light
from anju.duties.models import ProgressState, Task, TaskKind, TaskState, UnitRole
from anju.duties.queries import listing, plans_for, standing, task_desk
from anju.duties.queries.limits import warning_days
from anju.web import lights, lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.spans import span
from anju.web.tasks import wording


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Tasks, filtered by the address; without more those that are open."""
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_add": viewer.may(Permission.MANAGE_PLANS)}
    return lists.show(request, TASKS, template="web/tasks/list.html", context=context)


def _rows(ask: Ask) -> Rows:
    """Open ones, unless another state or light is asked for; wholes are told by their parts."""
    rows = listing.leaves_for(ask.viewer).select_related("plan", "measure", "parent")
    state, light = ask.chosen("state"), ask.chosen("light")
    if state == "all" or light == Light.DONE:
        return rows
    return rows.filter(state=state if state in TaskState.values else TaskState.OPEN)


def prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Units and the latest report of each task: a fixed number of queries."""
    units = listing.units_of(rows)
    reports = listing.latest_reports(ask.viewer, rows)
    warn = warning_days(ask.on)
    for row in rows:
        row.units_named = units.get(row.pk, ())
        row.names = wording.names_by_role(row.units_named)
        row.report = reports.get(row.pk)
        row.light = standing.light_of(row, ask.on, warn) or ""


def _states(ask: Ask) -> Sequence[Choice]:
    return [
        Choice(TaskState.DONE, TaskState.DONE.label),
        Choice(TaskState.ENDED, TaskState.ENDED.label),
        Choice("all", _("全部")),
    ]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _lights(ask: Ask) -> Sequence[Choice]:
    return [Choice(each, lights.WORDS[each]) for each in Light]


def _by_light(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(standing.where(Light(value), ask.on, warning_days(ask.on)))


def _plans(ask: Ask) -> Sequence[Choice]:
    return [Choice(str(each.pk), each.short_title) for each in plans_for(ask.viewer)]


def _by_plan(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(plan=value)


def _units(ask: Ask) -> Sequence[Choice]:
    return [Choice(str(pk), name) for pk, name in listing.units_with_tasks(ask.viewer)]


def _by_unit(rows: Rows, value: str, ask: Ask) -> Rows:
    role = ask.chosen("role")
    return rows.filter(listing.of_unit(int(value), role if role in UnitRole.values else ""))


def _roles(ask: Ask) -> Sequence[Choice]:
    return [Choice(each, each.label) for each in UnitRole] if ask.chosen("unit") else []


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice("own", _("不含交办")), *(Choice(each, each.label) for each in TaskKind)]


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind__in=standing.OWN if value == "own" else [value])


def _months(ask: Ask) -> Sequence[Choice]:
    """A year back and a year ahead."""
    first = ask.on.year * 12 + ask.on.month - 13
    months = (divmod(first + step, 12) for step in range(25))
    return [Choice(f"{y}-{m + 1:02}", f"{y}-{m + 1:02}") for y, m in months]


def _by_month(rows: Rows, value: str, ask: Ask) -> Rows:
    year, month = int(value[:4]), int(value[5:])
    after = date(year + month // 12, month % 12 + 1, 1)
    return rows.filter(next_due_on__gte=date(year, month, 1), next_due_on__lt=after)


def _lacks(ask: Ask) -> Sequence[Choice]:
    is_asked = ask.viewer.may(Permission.MANAGE_PLANS)
    return [Choice("1", _("缺期限或单位"))] if is_asked else []


def _by_lack(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(task_desk.lacking())


def _waits(ask: Ask) -> Sequence[Choice]:
    found = [Choice("1", _("已报送待审核"))]
    return [Choice("mine", _("待我审核")), *found] if task_desk.checks(ask.viewer) else found


def _by_waits(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "1":
        return rows.filter(next_reported_on__isnull=False)
    return rows.filter(pk__in=task_desk.to_check(ask.viewer).order_by().values("due__task"))


def _due_in(rows: Rows, first: date, last: date) -> Rows:
    return rows.filter(standing.with_due("due_on", first, last))


def _settled_in(rows: Rows, first: date, last: date) -> Rows:
    return rows.filter(standing.with_due("settled_on", first, last))


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    found, number = listing.named(rows, text)
    return Found(found, number=number)


def address_of(row: Any) -> str:
    """The page of a task."""
    return reverse("web:task", args=[row.number])


def of_role(role: UnitRole) -> Callable[[Any], str]:
    """The names of the units that have a role, as the plan says it."""
    return lambda row: row.names.get(role, "")


def _answering(row: Any) -> str:
    """Who leads and who answers, each unit once."""
    return wording.named_once(row.units_named, (UnitRole.LEAD, UnitRole.RESPONSIBLE))


def _whole(row: Task) -> str:
    """What a part is a part of; the measure of a task handed down."""
    if row.kind == TaskKind.PROMISE and row.measure is not None:
        return row.measure.title
    return ""


def _words(row: Any) -> str:
    return row.report.words if row.report else ""


def _value(row: Any) -> str:
    return wording.value(row.report, row) if row.report else ""


def _report_state(row: Any) -> Any:
    return ProgressState(row.report.state).label if row.report else ""


TASKS = Register(
    id="tasks",
    title=_("任务台账"),
    noun=_("项"),
    rows=_rows,
    prepare=prepare,
    export_permission=Permission.VIEW_DUTIES,
    empty=_("没有符合条件的任务。方案确认生效后，每项措施成为任务，列在这里。"),
    search=Search(_("任务名称、措施、编号、条款"), _search),
    filters=(
        Filter("light", _("灯况"), _lights, _by_light),
        Filter("plan", _("方案"), _plans, _by_plan),
        Filter("unit", _("单位"), _units, _by_unit),
        Filter("role", _("职责"), _roles, _unchanged),
        Filter("month", _("到期月份"), _months, _by_month),
        Filter("kind", _("来源"), _kinds, _by_kind),
        Filter("lack", _("待完善"), _lacks, _by_lack),
        Filter("waits", _("审核"), _waits, _by_waits),
        span("due", _("到期时间"), _due_in),
        span("settled", _("认定时间"), _settled_in),
        span("closed", _("办结时间"), "closed_on"),
        Filter("state", _("状态"), _states, _unchanged, TaskState.OPEN.label),
    ),
    sorts=(
        Sort("due", _("按期限（早的在前）"), ("next_due_on", "id")),
        Sort("plan", _("按方案"), ("plan_id", "id")),
        Sort("latest", _("新的在前"), ("-id",)),
    ),
    columns=(
        Column("light", _("灯况"), lambda row: row.light, Kind.LIGHT, fixed=True),
        Column("title", _("任务名称"), lambda row: row.title, link=address_of, fixed=True),
        Column("whole", _("所属措施"), _whole),
        Column("lead", _("牵头（责任）单位"), _answering),
        Column("help", _("配合单位"), of_role(UnitRole.COOPERATING), shown=False),
        Column("do", _("落实单位"), of_role(UnitRole.IMPLEMENTING), shown=False),
        Column("due", _("到期日期"), lambda row: wording.next_due(row) or "", Kind.DATE),
        Column("every", _("期限要求"), wording.when, shown=False),
        Column("goal", _("目标"), wording.goal),
        Column("value", _("完成值"), _value),
        Column("words", _("最新进展"), _words, shown=False),
        Column("reported", _("填报状态"), _report_state, shown=False),
        Column("plan", _("方案"), lambda row: row.plan.short_title),
        Column("clause", _("条款"), lambda row: row.clause),
        Column("kind", _("来源"), lambda row: row.get_kind_display(), shown=False),
        Column("state", _("状态"), lambda row: row.get_state_display(), shown=False),
        Column("number", _("任务编号"), lambda row: row.number, Kind.CODE, shown=False),
        Column("closed", _("办结日期"), lambda row: row.closed_on or "", Kind.DATE, shown=False),
    ),
)
