"""花名册: one a village and scheme; where its claims stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.benefits.queries import listing, rolls_for
from anju.benefits.states import Step
from anju.web import lists
from anju.web.access import requires
from anju.web.benefits import claims, words
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village


@requires(Permission.VIEW_BENEFITS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Rolls of the viewer's villages."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "may_check": viewer.may(Permission.CHECK_BENEFITS),
        "may_approve": viewer.may(Permission.APPROVE_BENEFITS),
        "query": request.GET.urlencode(),
    }
    return lists.show(request, ROLLS, template="web/benefits/rolls.html", context=context)


def _rows(ask: Ask) -> Rows:
    return rolls_for(ask.viewer).select_related("scheme")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of villages, and what stands in each roll: two queries."""
    words.add_places(rows)
    tallies = listing.of_rolls([row.pk for row in rows])
    for row in rows:
        row.tally = tallies.get(row.pk, listing.NOTHING)


def _by_waiting(rows: Rows, value: str, ask: Ask) -> Rows:
    return listing.waiting_at(rows, Step(value))


def _standing(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("posted", _("正在公示")),
        Choice("over", _("公示期满，还没有办结")),
        Choice("objected", _("有未答复的异议")),
    ]


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    return listing.of_publicity(rows, value, ask.on)


ROLLS = Register(
    id="benefit-rolls",
    title=_("补贴花名册"),
    noun=_("册"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有花名册。打开一个补贴项目，村（社区）在那里编制本村的花名册。"),
    filters=(
        Filter("scheme", _("补贴项目"), claims.scheme_choices, claims.by_scheme),
        town(),
        village(),
        Filter("waiting", _("在谁手上"), claims.waiting_choices, _by_waiting),
        Filter("standing", _("公示和异议"), _standing, _by_standing),
    ),
    sorts=(
        Sort("place", _("按村"), ("village_code", "id")),
        Sort("latest", _("新编的在前"), ("-id",)),
    ),
    columns=(
        Column("place", _("村（社区）"), lambda row: row.place_name, link=words.roll_address, fixed=True),
        Column("scheme", _("补贴项目"), lambda row: row.scheme.title, fixed=True),
        Column("sequence", _("第几批"), lambda row: str(row.sequence), shown=False),
        Column("lines", _("笔数"), lambda row: row.tally.count, Kind.NUMBER, unit=_("笔")),
        Column("amount", _("金额"), lambda row: row.tally.amount, Kind.MONEY, unit=_("元")),
        Column("check", _("待人工核实"), lambda row: row.tally.to_check, Kind.NUMBER, unit=_("笔")),
        Column("state", _("进展"), lambda row: words.states(row.tally.live)),
        Column("published", _("公示日期"), lambda row: row.published_on or "", Kind.DATE),
        Column("ends", _("公示期满日期"), lambda row: row.publicity_ends_on or "", Kind.DATE),
        Column("submitted", _("村级提交日期"), lambda row: row.submitted_on or "", Kind.DATE, shown=False),
        Column("checked", _("乡镇审核日期"), lambda row: row.checked_on or "", Kind.DATE, shown=False),
        Column("approved", _("县级审定日期"), lambda row: row.approved_on or "", Kind.DATE, shown=False),
    ),
)  # fmt: skip
