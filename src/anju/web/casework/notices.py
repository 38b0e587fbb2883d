"""公示: what hangs in the villages, putting cases up, and taking a notice down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.casework import books
from anju.casework.actions import notices as actions
from anju.casework.models import Case, Notice, Objection
from anju.casework.queries import notices as queries
from anju.casework.queries import open_pages, publication
from anju.places import queries as places
from anju.privacy.masking import mask_name
from anju.web import lists
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework.asked import Asked
from anju.web.doing import Doing, carry_out
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village

_OVER, _ALL = "over", "all"


@dataclass(frozen=True)
class Line:
    """A case as its line on a notice would read."""

    case: Case
    masked_name: str
    proposed: str


@dataclass(frozen=True)
class Draft:
    """A notice that could be put up: one village and kind, and the cases that wait for it."""

    village_code: str
    place_name: str
    kind: str
    title: str
    lines: list[Line]
    last_day: date
    contact: str


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Notices of the viewer's villages; without a state those that hang."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_post": viewer.may(Permission.ACT_IN_VILLAGE)}
    return lists.show(request, NOTICES, template="web/casework/notices.html", context=context)


@requires(Permission.ACT_IN_VILLAGE)
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """The cases that wait to be published, as the village would read them; sent, they hang."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method != "POST":
        return _drafts(request, viewer)

    def do(doing: Doing) -> str:
        notice = actions.post(
            by=doing.by,
            on=doing.on,
            viewer=viewer,
            village_code=request.POST.get("village", ""),
            kind=request.POST.get("kind", ""),
            numbers=request.POST.getlist("case"),
            contact=request.POST.get("contact", "")[:80],
        )
        messages.success(request, gettext("已公示，期满自动撤下。"))
        return reverse("web:notice", args=[notice.pk])

    return carry_out(request, do, lambda why: _drafts(request, viewer, why))


@requires(Permission.VIEW_CASES)
@require_GET
def page(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice, with what was said against it for who may read that."""
    notice = notice_of(request, notice_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    record(
        by=viewer.actor(address_of(request)),
        action="notice.read",
        kind="notice",
        ids=[notice.pk],
        place=notice.village_code,
    )
    return shown(request, notice)


@requires(Permission.VIEW_CASES)
@require_POST
def take_down(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Off the board before its time, with a reason."""
    notice = notice_of(request, notice_id)

    def do(doing: Doing) -> str:
        actions.take_down(
            by=doing.by,
            on=doing.on,
            viewer=doing.viewer,
            notice=notice,
            reason=request.POST.get("reason", "")[:200],
        )
        messages.success(request, gettext("已撤下。这些户要重新公示。"))
        return reverse("web:notice", args=[notice.pk])

    return carry_out(request, do, lambda why: shown(request, notice_of(request, notice_id), why))


def notice_of(request: HttpRequest, notice_id: int) -> Notice:
    """A notice of the viewer's villages; Http404 for others."""
    try:
        return queries.notice_for(request.viewer, notice_id)  # type: ignore[attr-defined]
    except Notice.DoesNotExist:
        raise Http404 from None


def shown(request: HttpRequest, notice: Notice, problem: str = "") -> HttpResponse:
    """The page of a notice; with a problem after something that was refused."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    code = notice.village_code
    may_answer = queries.answerable(viewer).covers(code)
    said = queries.objections_for(viewer).filter(notice=notice).order_by("id")
    context = {
        "notice": notice,
        "place_name": places.names([code]).village(code) or code,
        "standing": _standing(notice),
        "hangs": _hangs(notice, viewer.on),
        "may_answer": may_answer,
        "may_take_down": open_pages.cared_for(viewer).covers(code),
        "objections": said if may_answer else [],
        "channels": [
            Choice(each.value, each.label)
            for each in (Objection.Channel.PAPER, Objection.Channel.SPOKEN)
        ],
        "page": open_pages.page_in(code),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "web/casework/notice.html", context, status=422 if problem else 200)


def published(asked: Asked) -> dict[str, Any] | None:
    """The section of the case page: what was published, or that it waits to be."""
    entries = queries.entries_of(asked.case)
    waits = publication.waits(asked.case)
    if not entries and not waits:
        return None
    may_post = asked.viewer.scope_for(Permission.ACT_IN_VILLAGE).covers(asked.case.village_code)
    return {
        "entries": entries,
        "waits": waits and publication.entry_of(asked.case) is None,
        "may_post": may_post,
    }


def _drafts(request: HttpRequest, viewer: Viewer, problem: str = "") -> HttpResponse:
    context = {
        "drafts": list(_waiting(viewer)),
        "today": viewer.on,
        "typed": request.POST,
        "chosen": set(request.POST.getlist("case")),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "web/casework/notice_new.html", context, status=status)


def _waiting(viewer: Viewer) -> Iterator[Draft]:
    """One draft a village and kind."""
    cases = publication.waiting(viewer)
    codes = {case.village_code for case in cases}
    names, pages, calendar = places.names(codes), open_pages.pages_in(codes), books.calendar()
    kinds = dict(Notice.Kind.choices)

    def key(case: Case) -> tuple[str, str]:
        return case.village_code, publication.kind_of(case)

    for (code, kind), group in groupby(sorted(cases, key=key), key=key):
        found = list(group)
        yield Draft(
            code,
            names.village(code) or code,
            kind,
            str(kinds[kind]),
            [_line(case) for case in found],
            max(publication.last_day(case, viewer.on, calendar) for case in found),
            pages[code].contact if code in pages else "",
        )


def _line(case: Case) -> Line:
    return Line(case, mask_name(case.household.head_name), publication.proposed(case))


def _hangs(notice: Notice, on: date) -> bool:
    return notice.taken_down_on is None and notice.ends_on >= on


def _standing(notice: Notice) -> Any:
    if notice.taken_down_on is not None:
        return _("已提前撤下")
    return _("公示中") if _hangs(notice, timezone.localdate()) else _("已期满")


def _rows(ask: Ask) -> Rows:
    rows = queries.notices_for(ask.viewer)
    state = ask.chosen("state")
    if state == _ALL:
        return rows
    hanging = {"ends_on__gte": ask.on, "taken_down_on__isnull": True}
    return rows.exclude(**hanging) if state == _OVER else rows.filter(**hanging)


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice(_OVER, _("已结束")), Choice(_ALL, _("全部"))]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    names = places.names([row.village_code for row in rows])
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code


NOTICES = Register(
    id="notices",
    title=_("公示"),
    noun=_("次"),
    rows=_rows,
    prepare=_prepare,
    empty=_("现在没有公示。案件办到公示环节后，由村里在“发布公示”中张榜。"),
    filters=(Filter("state", _("状态"), _states, _unchanged, _("公示中")), town(), village()),
    sorts=(
        Sort("place", _("按村"), ("village_code", "id")),
        Sort("latest", _("新的在前"), ("-id",)),
    ),
    columns=(
        Column(
            "place",
            _("村（社区）"),
            lambda row: row.place_name,
            link=lambda row: reverse("web:notice", args=[row.pk]),
            fixed=True,
        ),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("households", _("户数"), lambda row: row.households, Kind.NUMBER, unit=_("户")),
        Column("posted", _("开始日期"), lambda row: row.posted_on, Kind.DATE),
        Column("ends", _("截止日期"), lambda row: row.ends_on, Kind.DATE),
        Column("state", _("状态"), _standing),
        Column(
            "unanswered", _("未答复异议"), lambda row: row.unanswered, Kind.NUMBER, unit=_("条")
        ),
    ),
)
