"""Who works: members of households with the work they do on a day, and on another where two are compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.employment.models import Channel
from anju.employment.queries import at_work as queries
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.labour import shared
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Members at work today, or those a number of an indicator is made of."""
    return lists.show(request, WORK)


def _rows(ask: Ask) -> Rows:
    rows = queries.members_for(ask.viewer, narrowing.day(ask))
    return rows if ask.chosen(narrowing.NAME) else rows.filter(queries.at_work(ask.on))


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Places, and what each does: two or three queries."""
    shared.prepare(rows, ask)
    found = narrowing.read(ask.chosen(narrowing.NAME))
    persons = [row.person_id for row in rows]
    now = queries.work_of(persons, narrowing.day(ask))
    behind = found.figure.behind if found else None
    then = behind.then(found.as_of) if found and behind and behind.then else None
    before = queries.work_of(persons, then) if then else {}
    for row in rows:
        row.work = now.get(row.person_id)
        row.before = before.get(row.person_id)


def _channels(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in Channel.choices]


def _by_channel(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(queries.at_work(narrowing.day(ask), [value]))


def _channel(row: Any) -> Any:
    """What they do now; of who does nothing what they did on the day compared with."""
    if row.work:
        return row.work.get_channel_display()
    if row.before:
        return gettext("不在业，对比日为%(channel)s") % {
            "channel": row.before.get_channel_display()
        }
    return _("不在业")


def _work(name: str) -> Any:
    return lambda row: getattr(row.work, name) if row.work else None


WORK = Register(
    id="labour-work",
    title=_("在业人员"),
    noun=_("人"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("没有符合条件的在业人员。就业情况由劳动力台账导入，也可以在户档案的“就业”页登记。"),
    search=shared.SEARCH,
    filters=(
        *shared.PLACES,
        Filter("channel", _("就业渠道"), _channels, _by_channel),
        *shared.HOMES,
        narrowing.behind("labour-work"),
    ),
    sorts=(Sort("place", _("按村"), shared.BY_PLACE),),
    columns=(
        *shared.WHOSE,
        Column("channel", _("就业渠道"), _channel),
        Column("since", _("开始日期"), _work("started_on"), Kind.DATE),
        Column("employer", _("用工单位"), lambda row: row.work.employer if row.work else ""),
        Column("county", _("务工地代码"), lambda row: row.work.county_code if row.work else "",
               Kind.CODE, shown=False),
        Column("wage", _("月工资"), _work("monthly_wage"), Kind.MONEY, unit=_("元")),
        Column(
            "before",
            _("对比日的就业渠道"),
            lambda row: row.before.get_channel_display() if row.before else "",
            shown=False,
        ),
        *shared.HOME[:2],
    ),
)  # fmt: skip
