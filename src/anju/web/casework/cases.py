"""The list of cases: by step, place, kind and days left."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.casework import queries
from anju.casework.models import CaseKind, CaseState
from anju.casework.queries import assigning, listing
from anju.registry.models.household import MonitoredKind
from anju.web import lists, words
from anju.web.access import requires
from anju.web.casework import columns
from anju.web.casework.wording import Wording, level_word, state_word, states_in_words
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.lists.spans import span


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Cases, filtered by the address; without more those at some step."""
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_assign": assigning.may_assign(viewer)}
    return lists.show(request, CASES, template="web/casework/cases.html", context=context)


def _rows(ask: Ask) -> Rows:
    """What waits for somebody, unless another standing is asked for."""
    standing = ask.chosen("standing")
    is_mine = standing == "mine"
    rows = queries.on_desk(ask.viewer) if is_mine else queries.cases_for(ask.viewer)
    rows = rows.select_related("household__grid", "assigned_to")
    if ask.chosen("sort") == "due":
        rows = rows.filter(step_due_on__isnull=False)  # pages by position know no NULL
    if standing == "helped":
        return rows.filter(step="", closed_on__isnull=True)
    if standing == "closed":
        return rows.filter(closed_on__isnull=False)
    return rows if is_mine or standing == "all" else rows.exclude(step="")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Places, people, risks and words of the pack: a fixed number of queries."""
    columns.add_names(rows)
    risks = listing.risks_of(ask.viewer, rows)
    wording = Wording(ask.on)
    for row in rows:
        told = [words.risk(risk) if risk else listing.HIDDEN for risk in risks.get(row.pk, [])]
        row.risk_text = gettext("、").join(dict.fromkeys(str(each) for each in told))
        row.step_text = wording.step(row.pack, row.procedure, row.step) if row.step else ""
        row.holder_text = level_word(row.holder) if row.holder else ""
        row.left = columns.left_in_words(row.step_due_on, ask.on)
        row.left_in_all = "" if row.decided_on else columns.left_in_words(row.due_on, ask.on)


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    """By the number of a case, else as households are found."""
    by_number = rows.filter(number=text)
    return Found(by_number) if by_number.exists() else columns.search(rows, text, ask)


def _standings(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("mine", _("待我办理")),
        Choice("helped", _("帮扶中")),
        Choice("closed", _("已办结")),
        Choice("all", _("全部")),
    ]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _steps(ask: Ask) -> Sequence[Choice]:
    return [Choice(id_, name) for id_, name in Wording(ask.on).steps()]


def _by_step(rows: Rows, value: str, ask: Ask) -> Rows:
    procedure, _colon, step = value.partition(":")
    return rows.filter(procedure=procedure, step=step)


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(kind.value, kind.label) for kind in CaseKind]


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind=value)


def _states(ask: Ask) -> Sequence[Choice]:
    """In the words of the kind that is asked for; of all kinds together in the words of each."""
    kind = ask.chosen("kind")
    return [
        Choice(state.value, gettext("／").join(states_in_words(state, kind))) for state in CaseState
    ]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(state=value)


def _monitored(ask: Ask) -> Sequence[Choice]:
    return [Choice(kind.value, kind.label) for kind in MonitoredKind]


def _by_monitored(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(monitored_kind=value)


def _by_risk(rows: Rows, value: str, ask: Ask) -> Rows:
    return listing.cases_of_risk(ask.viewer, rows, value)


def _channels_of_help(ask: Ask) -> Sequence[Choice]:
    return [Choice("1", _("绿色通道"))]


def _by_channel(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(is_green_channel=True)


def _case(row: Any) -> str:
    return reverse("web:case", args=[row.number])


def _monitored_word(row: Any) -> Any:
    return row.get_monitored_kind_display() if row.monitored_kind else ""


CASES = Register(
    id="cases",
    title=_("案件"),
    noun=_("件"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("没有正在办理的案件。核实线索后立案，案件会出现在这里。"),
    search=Search(_("案件编号、户编码、姓名、姓名首字母、证件号后四位"), _search),
    filters=(
        Filter("standing", _("进展"), _standings, _unchanged, _("办理中")),
        narrowing.behind("cases"),
        Filter("step", _("环节"), _steps, _by_step),
        town(),
        village(),
        Filter("kind", _("案件类别"), _kinds, _by_kind),
        columns.due_filter("step_due_on"),
        columns.assigned_filter(),
        Filter("risk", _("风险"), columns.risk_choices, _by_risk),
        Filter("monitored", _("监测对象"), _monitored, _by_monitored),
        Filter("state", _("结果"), _states, _by_state),
        Filter("green", _("通道"), _channels_of_help, _by_channel),
        span("opened", _("立案时间"), "opened_on"),
        span("included", _("纳入时间"), "included_on"),
        span("removed", _("消除时间"), "removed_on"),
    ),
    sorts=(
        Sort("place", _("按村"), ("village_code", "id")),
        Sort("due", _("按期限（只列有期限的）"), ("step_due_on", "id")),
        Sort("latest", _("按立案先后（新的在前）"), ("-id",)),
    ),
    columns=(
        Column("number", _("案件编号"), lambda row: row.number, Kind.CODE, link=_case, fixed=True),
        Column("head", _("户主"), lambda row: row.household.head_name),
        columns.household_column(),
        Column("place", _("现住村（社区）"), lambda row: row.place_name),
        Column("kind", _("案件类别"), lambda row: row.get_kind_display(), shown=False),
        Column("risk", _("风险"), lambda row: row.risk_text),
        Column("step", _("当前环节"), lambda row: row.step_text),
        Column("holder", _("办理层级"), lambda row: row.holder_text),
        Column("due", _("环节期限"), lambda row: row.step_due_on or "", Kind.DATE),
        Column("left", _("剩余时间"), lambda row: row.left),
        Column("due_in_all", _("全程期限"), lambda row: row.due_on or "", Kind.DATE, shown=False),
        Column("left_in_all", _("全程剩余"), lambda row: row.left_in_all, shown=False),
        Column("assignee", _("承办人"), lambda row: row.assignee),
        Column("state", _("结果"), state_word),
        Column("monitored", _("监测对象"), _monitored_word, shown=False),
        Column("green", _("绿色通道"), lambda row: row.is_green_channel, Kind.YES_NO, shown=False),
        Column("opened", _("立案日期"), lambda row: row.opened_on, Kind.DATE, shown=False),
        Column(
            "included", _("纳入日期"), lambda row: row.included_on or "", Kind.DATE, shown=False
        ),
        Column(
            "removed", _("风险消除日期"), lambda row: row.removed_on or "", Kind.DATE, shown=False
        ),
        Column("closed", _("办结日期"), lambda row: row.closed_on or "", Kind.DATE, shown=False),
    ),
)
