"""求职人员: who wants work and has none, households in which nobody works among them; and on desks, how
many of those households an opening suits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.employment import limits
from anju.employment.models import Residence
from anju.employment.queries import offers
from anju.employment.queries import seekers as queries
from anju.web import lists
from anju.web.access import requires
from anju.web.labour import shared
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Who looks for work in the viewer's places."""
    return lists.show(request, SEEKERS, template="web/labour/seekers.html")


def _rows(ask: Ask) -> Rows:
    return queries.seekers_for(ask.viewer, ask.on)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Places in words, and the openings each was offered this year; three queries."""
    shared.prepare(rows, ask)
    had = offers.openings_had([row.person_id for row in rows], ask.on)
    promised = limits.openings_owed(ask.on)
    for row in rows:
        row.had = had.get(row.person_id)
        row.owed = max(promised - (row.had or 0), 0)


def _homes(ask: Ask) -> Sequence[Choice]:
    return [Choice("1", _("全家没有人就业")), Choice("0", _("家里有人就业"))]


def _by_home(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(is_household_without_work=value == "1")


SEEKERS = Register(
    id="seekers",
    title=_("求职人员"),
    noun=_("人"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("没有想就业而未就业的人；没有摸底结果的，请先导入劳动力意愿名册。"),
    search=shared.SEARCH,
    filters=(
        *shared.PLACES,
        Filter("home", _("全家就业"), _homes, _by_home),
        shared.chosen("residence", _("常住情况"), Residence.choices, "residence"),
        *shared.HOMES,
    ),
    sorts=(Sort("place", _("按村"), shared.BY_PLACE),),
    columns=(
        *shared.WHOSE,
        Column(
            "without", _("全家没有人就业"), lambda row: row.is_household_without_work, Kind.YES_NO
        ),
        Column("trade", _("意向工种"), lambda row: row.wished_trade or None),
        Column("wage", _("期望月工资"), lambda row: row.wished_wage, Kind.MONEY, unit=_("元")),
        Column("skill", _("技能特长"), lambda row: row.skill or None),
        Column("residence", _("常住情况"), lambda row: row.get_residence_display()),
        Column("had", _("当年已推荐"), lambda row: row.had, Kind.NUMBER, unit=_("个")),
        Column("owed", _("还差"), lambda row: row.owed, Kind.NUMBER, unit=_("个")),
        Column("told", _("摸底日期"), lambda row: row.told_on, Kind.DATE),
        *shared.HOME,
    ),
)
