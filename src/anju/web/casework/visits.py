"""The list of visits that are due, and those of them on somebody's desk."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.models import CaseState
from anju.casework.queries import visits
from anju.casework.queries.gates import follow_ups_for
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.casework import columns
from anju.web.casework.wording import state_word
from anju.web.desk.item import Item
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village

_ON_DESK, _DAYS_AHEAD = 10, 7


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Households to be visited, those due first."""
    return lists.show(request, VISITS)


def items(viewer: Viewer) -> Iterator[Item]:
    """Visits due within a week, for whoever comes to the homes."""
    if not viewer.may(Permission.CHECK_HOMES):
        return
    found = visits.on_desk(viewer, viewer.on + timedelta(days=_DAYS_AHEAD))
    for row in found.select_related("case__household")[:_ON_DESK]:
        yield Item(
            title=gettext("回访：%(name)s户") % {"name": row.case.household.head_name},
            detail=f"{columns.left_in_words(row.due_on, viewer.on)} · {row.case.number}",
            address=f"{reverse('web:case', args=[row.case.number])}#follow-ups",
            since=row.due_on,
            is_late=row.due_on < viewer.on,
            due_on=row.due_on,
        )


def _rows(ask: Ask) -> Rows:
    """The next visit of each case; behind a number those of its time, made or not."""
    wanted = follow_ups_for if ask.chosen(narrowing.NAME) else visits.due
    return wanted(ask.viewer).select_related("case__household__grid")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of the villages and the visit before: two queries."""
    names = places.names([row.village_code for row in rows])
    last = visits.last_visits(row.case_id for row in rows)
    for row in rows:
        row.household = row.case.household
        row.place_name = names.village(row.village_code) or row.village_code
        row.last_on = last.get(row.case_id)
        row.left = columns.left_in_words(row.due_on, ask.on)


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice(each.value, each.label) for each in (CaseState.INCLUDED, CaseState.REMOVED)]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(case__state=value)


def _case(row: Any) -> str:
    return f"{reverse('web:case', args=[row.case.number])}#follow-ups"


def _by_household(rows: Rows, text: str, ask: Ask) -> lists.Found:
    return columns.search(rows, text, ask, "case__household")


VISITS = Register(
    id="follow-ups",
    title=_("回访"),
    noun=_("户"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("没有要回访的监测户。纳入监测后和风险消除后，系统按政策包的间隔安排回访。"),
    search=Search(columns.SEARCHED, _by_household),
    filters=(
        Filter("state", _("状态"), _states, _by_state),
        narrowing.behind("follow-ups"),
        town(),
        village(),
        columns.due_filter("due_on"),
    ),
    sorts=(
        Sort("due", _("按期限"), ("due_on", "id")),
        Sort("place", _("按村"), ("village_code", "id")),
    ),
    columns=(
        Column("head", _("户主"), lambda row: row.household.head_name, link=_case, fixed=True),
        columns.household_column(),
        Column("place", _("现住村（社区）"), lambda row: row.place_name),
        Column("state", _("状态"), lambda row: state_word(row.case)),
        Column("included", _("纳入日期"), lambda row: row.case.included_on, Kind.DATE, shown=False),
        Column("last", _("上次回访"), lambda row: row.last_on or "", Kind.DATE),
        Column("due", _("应回访日期"), lambda row: row.due_on, Kind.DATE),
        Column("left", _("剩余时间"), lambda row: row.left),
        Column("case", _("案件"), lambda row: row.case.number, Kind.CODE, link=_case),
    ),
)
