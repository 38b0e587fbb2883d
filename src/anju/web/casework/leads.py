"""The list of leads: what was raised, by whom, and until when it is to be looked at."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.casework import queries
from anju.casework.models import Channel, LeadState
from anju.casework.queries import assigning, listing
from anju.monitoring.models import WarningLevel
from anju.web import lists, words
from anju.web.access import requires
from anju.web.casework import columns
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.lists.spans import span

_ALL, _MINE = "all", "mine"
_WITH = ("household__grid", "assigned_to", "case")


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Leads, filtered by the address; without a state those that wait."""
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_assign": assigning.may_assign(viewer)}
    return lists.show(request, LEADS, template="web/casework/leads.html", context=context)


def _rows(ask: Ask) -> Rows:
    """Those that wait, unless a state is asked for: the indexes begin with the state."""
    rows = queries.leads_for(ask.viewer).select_related(*_WITH)
    state = ask.chosen("state")
    if state == _MINE:
        return queries.leads_on_desk(ask.viewer).select_related(*_WITH)
    if state == _ALL:
        return rows
    return rows.filter(state=state if state in LeadState.values else LeadState.OPEN)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Places, people, channels, and what may not be told: a fixed number of queries."""
    columns.add_names(rows)
    hidden = listing.hidden_leads(ask.viewer, rows)
    channels = listing.channels_of(ask.viewer, rows)
    for row in rows:
        row.risk_text = listing.HIDDEN if row.pk in hidden else words.risk(row.risk)
        labels = [str(Channel(each).label) for each in channels.get(row.pk, [])]
        row.channel_text = _now("、").join(labels)
        is_open = row.state == LeadState.OPEN
        row.left = columns.left_in_words(row.due_on, ask.on) if is_open else ""


def _states(ask: Ask) -> Sequence[Choice]:
    ended = [Choice(state.value, state.label) for state in LeadState if state != LeadState.OPEN]
    return [Choice(_MINE, _("待我核实")), *ended, Choice(_ALL, _("全部"))]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it: the indexes begin with the state


def _by_risk(rows: Rows, value: str, ask: Ask) -> Rows:
    return listing.leads_of_risk(ask.viewer, rows, value)


def _levels(ask: Ask) -> Sequence[Choice]:
    return [Choice(level.value, level.label) for level in WarningLevel]


def _by_level(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(level=value)


def _channels(ask: Ask) -> Sequence[Choice]:
    return [Choice(channel.value, channel.label) for channel in Channel]


def _by_channel(rows: Rows, value: str, ask: Ask) -> Rows:
    return listing.leads_by_channel(ask.viewer, rows, value)


def _lead(row: Any) -> str:
    return reverse("web:lead", args=[row.pk])


def _case(row: Any) -> str:
    return reverse("web:case", args=[row.case.number]) if row.case else ""


LEADS = Register(
    id="leads",
    title=_("线索"),
    noun=_("条"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("没有等待核实的线索。研判产生预警、有人上报或农户申报后，线索会出现在这里。"),
    search=Search(columns.SEARCHED, columns.search),
    filters=(
        Filter("state", _("状态"), _states, _unchanged, LeadState.OPEN.label),
        narrowing.behind("leads"),
        town(),
        village(),
        Filter("risk", _("风险"), columns.risk_choices, _by_risk),
        Filter("level", _("等级"), _levels, _by_level),
        Filter("channel", _("来源"), _channels, _by_channel),
        columns.due_filter("due_on"),
        columns.assigned_filter(),
        span("first", _("发现时间"), "first_on"),
    ),
    sorts=(
        Sort("due", _("按期限"), ("due_on", "id")),
        Sort("place", _("按村"), ("village_code", "id")),
    ),
    columns=(
        Column("head", _("户主"), lambda row: row.household.head_name, link=_lead, fixed=True),
        columns.household_column(),
        Column("place", _("现住村（社区）"), lambda row: row.place_name),
        Column("risk", _("风险"), lambda row: row.risk_text),
        Column("level", _("等级"), lambda row: row.level, Kind.LEVEL),
        Column("channels", _("来源"), lambda row: row.channel_text),
        Column("first", _("首次发现"), lambda row: row.first_on, Kind.DATE),
        Column("last", _("最近一次"), lambda row: row.last_on, Kind.DATE, shown=False),
        Column("due", _("核实期限"), lambda row: row.due_on, Kind.DATE),
        Column("left", _("剩余时间"), lambda row: row.left),
        Column("assignee", _("核实人"), lambda row: row.assignee),
        Column(
            "expires", _("逾期未核实即过期"), lambda row: row.expires_on, Kind.DATE, shown=False
        ),
        Column("state", _("状态"), lambda row: row.get_state_display(), shown=False),
        Column(
            "case",
            _("案件"),
            lambda row: row.case.number if row.case else "",
            Kind.CODE,
            link=_case,
            shown=False,
        ),
        Column("ended", _("办结日期"), lambda row: row.ended_on or "", Kind.DATE, shown=False),
    ),
)
