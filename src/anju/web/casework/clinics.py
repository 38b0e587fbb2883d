"""村卫生室空白点: the villages that have none or nobody to staff it, a list that must reach zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.queries import clinics as queries
from anju.casework.queries.clinic_cases import cases_for
from anju.casework.queries.clinics import STANDINGS, Standing
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.casework import columns
from anju.web.casework.wording import Wording
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The villages, blank spots first asked for by the filter, with their number above."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    is_page = not request.htmx  # type: ignore[attr-defined]
    tally = queries.tally(viewer) if is_page else None
    address = f"{reverse('web:clinics')}?standing="
    context = {
        "tally": tally,
        "standings": [
            (STANDINGS[each], number, f"{address}{each.value}")
            for each, number in (tally.by_standing.items() if tally else ())
        ],
    }
    return lists.show(request, CLINICS, template="web/casework/clinics.html", context=context)


def _rows(ask: Ask) -> Rows:
    return queries.villages_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names with their towns, since when each is blank, and the step of its case: three queries."""
    codes = [row.code for row in rows]
    names, since = places.names(codes), queries.blank_since(ask.viewer, codes)
    numbers = [row.case_number for row in rows if row.case_step]
    open_ones = {each.number: each for each in cases_for(ask.viewer).filter(number__in=numbers)}
    wording = Wording(ask.on)
    for row in rows:
        case = open_ones.get(row.case_number)
        row.place_name = names.village(row.code)
        row.standing = Standing(row.standing)
        row.blank_since = since.get(row.code)
        row.step_text = wording.step(case.pack, case.procedure, case.step) if case else ""
        row.left = columns.left_in_words(case.due_on, ask.on) if case else ""


def _standings(ask: Ask) -> Sequence[Choice]:
    return [Choice(each.value, STANDINGS[each]) for each in Standing]


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    return queries.of_standing(rows, Standing(value))


CLINICS = Register(
    id="clinics",
    title=_("村卫生室空白点"),
    noun=_("个村"),
    rows=_rows,
    prepare=_prepare,
    empty=_("您负责的区域里没有村。"),
    filters=(
        Filter("standing", _("进展"), _standings, _by_standing),
        town("code"),
        narrowing.behind("clinics"),
    ),
    sorts=(Sort("place", _("按村"), ("code",)),),
    columns=(
        Column(
            "place",
            _("村（社区）"),
            lambda row: row.place_name,
            link=lambda row: reverse("web:clinic", args=[row.code]),
            fixed=True,
        ),
        Column("standing", _("进展"), lambda row: STANDINGS[row.standing]),
        Column("since", _("从哪天起是空白点"), lambda row: row.blank_since or "", Kind.DATE),
        Column("number", _("案件编号"), lambda row: row.case_number or "", Kind.CODE),
        Column("step", _("当前环节"), lambda row: row.step_text),
        Column("left", _("剩余时间"), lambda row: row.left),
        Column("seen", _("最近核实"), lambda row: row.seen_on or "", Kind.DATE),
    ),
)
