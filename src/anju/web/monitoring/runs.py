"""The list of runs, and the form that starts one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.audit.refusal import Refusal
from anju.language import in_language
from anju.monitoring import queries
from anju.monitoring.actions import runs
from anju.monitoring.models import WarningLevel
from anju.rules import packs
from anju.rules.months import Month
from anju.web import lists, words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.VIEW_FINDINGS)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """All runs; who may start one has the form above the list."""
    if request.method == "POST":
        return _start(request)
    may_run = request.viewer.may(Permission.RUN_MONITORING)  # type: ignore[attr-defined]
    form = _blank_form() if may_run and not request.htmx else None  # type: ignore[attr-defined]
    return lists.show(request, RUNS, template="web/monitoring/runs.html", context={"form": form})


@dataclass(frozen=True)
class Form:
    """What is asked to start a run, as given, and what is wrong with it."""

    month: str
    pack: str
    known_on: str
    today: date
    problem: str = ""

    @property
    def packs(self) -> list[Choice]:
        """All packs, by their names."""
        return [Choice(id_, pack_name(id_)) for id_ in packs.names()]


def pack_name(pack_id: str) -> str:
    """A pack's name in the reader's language; its id where it is no longer there."""
    if pack_id not in packs.names():
        return pack_id
    pack = packs.load(pack_id)
    return in_language(pack.name, pack.name_en)


def _blank_form() -> Form:
    """The month after the latest run (at most the one that ended last), its pack, known today."""
    today = timezone.localdate()
    month, pack = Month.of(today).shift(-1), settings.POLICY_PACK
    latest = queries.latest_run()
    if latest is not None:
        month, pack = min(month, Month.parse(latest.month).shift(1)), latest.pack
    return Form(str(month), pack, today.isoformat(), today)


def _start(request: HttpRequest) -> HttpResponseBase:
    viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.may(Permission.RUN_MONITORING):
        raise PermissionDenied
    at = timezone.now()
    given = {name: request.POST.get(name, "").strip() for name in ("month", "pack", "known_on")}
    try:
        run = runs.start(
            by=viewer.actor(address_of(request)),
            at=at,
            month=given["month"],
            pack=given["pack"],
            known_on=_day(given["known_on"]),
        )
    except Refusal as refused:
        form = Form(**given, today=timezone.localdate(at), problem=refused.zh)
        return render(request, "web/monitoring/start.html", {"form": form}, status=422)
    return HttpResponseRedirect(reverse("web:run", args=[run.pk]))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise runs.RunRefused(gettext("请填写掌握日期，例如 2023-10-08。")) from None


def _rows(ask: Ask) -> Rows:
    return queries.runs_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Where each stands, and the levels in the viewer's places: two queries for the page."""
    standings = queries.standings(rows)
    levels = queries.levels_of_runs(ask.viewer, rows)
    for row in rows:
        row.standing = standings[row.pk]
        row.by_level = levels.get(row.pk, {})
        row.has_result = row.standing.state == "done"


def _households(level: WarningLevel) -> Any:
    def value(row: Any) -> Any:
        return row.by_level.get(level, 0) if row.has_result else ""

    return value


def _packs(ask: Ask) -> Sequence[Choice]:
    used = queries.runs_for(ask.viewer).order_by("pack").values_list("pack", flat=True).distinct()
    return [Choice(id_, pack_name(id_)) for id_ in used]


def _by_pack(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(pack=value)


def _months(ask: Ask) -> Sequence[Choice]:
    months = queries.runs_for(ask.viewer).order_by("-month").values_list("month", flat=True)
    return [Choice(month, month) for month in months.distinct()[:60]]


def _by_month(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(month=value)


RUNS = Register(
    id="runs",
    title=_("监测研判"),
    noun=_("次"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有研判过。导入当月的名单后，在上面选月份和政策包，点“开始研判”。"),
    filters=(
        Filter("month", _("月份"), _months, _by_month),
        Filter("pack", _("政策包"), _packs, _by_pack),
    ),
    sorts=(Sort("month", _("按月份"), ("-month", "-id")),),
    columns=(
        Column(
            "month",
            _("月份"),
            lambda row: row.month,
            Kind.CODE,
            link=lambda row: reverse("web:run", args=[row.pk]),
            fixed=True,
        ),
        Column("pack", _("政策包"), lambda row: pack_name(row.pack)),
        Column("known_on", _("掌握日期"), lambda row: row.known_on, Kind.DATE),
        Column("state", _("状态"), lambda row: row.standing.label),
        *(
            Column(level.value, level.label, _households(level), Kind.NUMBER, unit=_("户"))
            for level in WarningLevel
        ),
        Column("by", _("发起人"), lambda row: words.user(row.created_by), shown=False),
        Column("at", _("发起时间"), lambda row: row.created_at, Kind.MOMENT),
    ),
)
