"""The county's calendar: days that are off, or worked, other than published."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework.actions import holidays
from anju.casework.queries.holidays import holidays_for
from anju.procedures.calendars import Calendar, is_published
from anju.web import lists, words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows

_YEARS_AHEAD = 2


@requires(Permission.MANAGE_CALENDAR)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """The days set by the county, and setting one."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method == "POST":
        return _set(request, viewer)
    years = range(viewer.on.year, viewer.on.year + _YEARS_AHEAD)
    context = {"unpublished": [year for year in years if not is_published(year)]}
    return lists.show(request, HOLIDAYS, template="web/casework/holidays.html", context=context)


@requires(Permission.MANAGE_CALENDAR)
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take a day back."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    day = _day(request.POST.get("day", ""))
    try:
        if day is not None:
            holidays.remove_day(by=viewer.actor(address_of(request)), viewer=viewer, day=day)
            messages.success(request, gettext("已恢复为公布的安排。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:holidays"))


def _set(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    day, kind = _day(request.POST.get("day", "")), request.POST.get("kind", "")
    if day is None or kind not in ("work", "off"):
        messages.error(request, gettext("请填写日期（例如 2023-10-08），并选择上班或放假。"))
        return HttpResponseRedirect(reverse("web:holidays"))
    try:
        holidays.set_day(
            by=viewer.actor(address_of(request)),
            viewer=viewer,
            day=day,
            is_workday=kind == "work",
            name=request.POST.get("name", ""),
        )
    except Refusal as refused:
        messages.error(request, refused.zh)
    else:
        messages.success(request, gettext("已设置。以后新算的期限按它计算，已定的期限不变。"))
    return HttpResponseRedirect(reverse("web:holidays"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _rows(ask: Ask) -> Rows:
    return holidays_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    people, published = accounts.names_of({row.set_by for row in rows}), Calendar()
    for row in rows:
        row.who = words.user(row.set_by, people.get(row.set_by, ""))
        row.usual = _said(published.is_workday(row.day))


def _said(is_workday: bool) -> str:
    return pgettext("calendar", "上班") if is_workday else pgettext("calendar", "放假")


def _years(ask: Ask) -> Sequence[Choice]:
    years = holidays_for(ask.viewer).order_by().values_list("day__year", flat=True).distinct()
    return [Choice(str(year), str(year)) for year in sorted(years, reverse=True)]


def _of_year(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(day__year=int(value))


HOLIDAYS = Register(
    id="holidays",
    title=_("工作日历"),
    noun=_("天"),
    rows=_rows,
    prepare=_prepare,
    empty=_("工作日按国务院公布的放假安排计算。本县另有放假或调休的，在上面逐日设置。"),
    filters=(Filter("year", _("年份"), _years, _of_year),),
    sorts=(Sort("day", _("按日期"), ("-day", "-id")),),
    columns=(
        Column("day", _("日期"), lambda row: row.day, Kind.DATE, fixed=True),
        Column("kind", _("本县"), lambda row: _said(row.is_workday)),
        Column("usual", _("公布的安排"), lambda row: row.usual),
        Column("name", _("说明"), lambda row: row.name),
        Column("by", _("经办人"), lambda row: row.who),
    ),
)
