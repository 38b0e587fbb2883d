"""村卫生室空白点: the villages that have none or nobody to staff it, a list that must reach zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.casework.actions import clinics as actions
from anju.casework.queries import clinics as queries
from anju.casework.queries.clinics import STANDINGS, Standing
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework.recording import typed
from anju.web.doing import Doing, carry_out
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town
from anju.web.registers.editing.fields import Field, Input, Shown, Wrong

FIELDS = (
    Field("seen_on", _("核实日期"), Input.DATE, is_required=True),
    Field("has_clinic", _("有无村卫生室"), Input.YES_NO, is_required=True),
    Field("has_staff", _("有无合格村医"), Input.YES_NO, is_required=True),
    Field(
        "source", _("来源"), is_required=True, most=80,
        note=_("例如实地查看、县卫生健康局名单。"),
    ),
    Field(
        "arrangement", _("空白期间的安排"), Input.LONG, most=200,
        note=_("是空白点的必填：群众现在到哪里看病，例如乡镇卫生院巡诊、邻村代管。"),
    ),
)  # fmt: skip


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The villages, blank spots first asked for by the filter, with their number above."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    is_page = not request.htmx  # type: ignore[attr-defined]
    tally = queries.tally(viewer) if is_page else None
    address = f"{reverse('web:clinics')}?standing="
    context = {
        "total": tally.total if tally else 0,
        "standings": [
            (STANDINGS[each], number, f"{address}{each.value}")
            for each, number in (tally.by_standing.items() if tally else ())
        ],
    }
    return lists.show(request, CLINICS, template="web/casework/clinics.html", context=context)


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, village_code: str) -> HttpResponse:
    """One village: what was seen so far, and writing down what is seen now."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not queries.villages_for(viewer).filter(code=village_code).exists():
        raise Http404
    if request.method != "POST":
        record(
            by=viewer.actor(address_of(request)),
            action="clinic.read",
            kind="division",
            ids=[village_code],
            place=village_code,
        )
        return _shown(request, village_code)
    texts = typed(FIELDS, request.POST)
    values, problems = _read(texts)
    if problems:
        return _shown(request, village_code, texts=texts, problems=problems)

    def do(doing: Doing) -> str:
        actions.record(
            by=doing.by, viewer=doing.viewer, on=doing.on, village_code=village_code, **values
        )
        messages.success(request, gettext("已登记。"))
        return reverse("web:clinic", args=[village_code])

    return carry_out(
        request, do, lambda why: _shown(request, village_code, texts=texts, problem=why)
    )


def _read(texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    values, problems = {}, {}
    for each in FIELDS:
        try:
            values[each.name] = each.read(texts[each.name])
        except Wrong as wrong:
            problems[each.name] = str(wrong)
    return values, problems


def _shown(
    request: HttpRequest,
    village_code: str,
    *,
    texts: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    given = texts or {"seen_on": viewer.on.isoformat()}
    yes_no = [Choice("1", gettext("是")), Choice("0", gettext("否"))]
    context = {
        "village_name": places.names([village_code]).village(village_code) or village_code,
        "reports": queries.reports_of(viewer, village_code),
        "may_report": queries.may_report(viewer, village_code),
        "fields": [
            Shown(
                each,
                given.get(each.name, ""),
                yes_no if each.input is Input.YES_NO else (),
                (problems or {}).get(each.name, ""),
            )
            for each in FIELDS
        ],
        "problem": problem,
    }
    status = 422 if problem or problems else 200
    return render(request, "web/casework/clinic.html", context, status=status)


def _rows(ask: Ask) -> Rows:
    return queries.villages_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names with their towns, and since when each is blank: two queries."""
    codes = [row.code for row in rows]
    names, since = places.names(codes), queries.blank_since(ask.viewer, codes)
    for row in rows:
        row.place_name = names.village(row.code)
        row.standing = queries.standing_of(row, ask.on)
        row.blank_since = since.get(row.code)


def _standings(ask: Ask) -> Sequence[Choice]:
    return [Choice(each.value, STANDINGS[each]) for each in Standing]


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    return queries.of_standing(rows, Standing(value), ask.on)


CLINICS = Register(
    id="clinics",
    title=_("村卫生室空白点"),
    noun=_("个村"),
    rows=_rows,
    prepare=_prepare,
    empty=_("您负责的区域里没有村。"),
    filters=(Filter("standing", _("进展"), _standings, _by_standing), town("code")),
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
        Column("seen", _("最近核实"), lambda row: row.seen_on or "", Kind.DATE),
    ),
)
