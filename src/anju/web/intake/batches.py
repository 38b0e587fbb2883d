"""The files that were imported, and the form that sends one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.intake import queries
from anju.intake.actions import batches, processing
from anju.intake.feeds import BY_ID, FEEDS
from anju.intake.models import BatchState
from anju.intake.refusals import BatchRefused, FileRefused
from anju.web import lists, words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.spans import span


@requires(Permission.IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """Files of the viewer's places, under the form that sends one."""
    if request.method == "POST":
        return _send(request)
    form = None if request.htmx else _blank(request.viewer)  # type: ignore[attr-defined]
    return lists.show(request, BATCHES, template="web/intake/batches.html", context={"form": form})


@dataclass(frozen=True)
class Form:
    """What is asked with a file, as given, and what is wrong with it."""

    places: list[Choice]
    today: date
    known_on: str
    feed: str = ""
    place: str = ""
    at_once: bool = False
    whole: bool = False
    problem: str = ""

    @property
    def feeds(self) -> list[Choice]:
        """Every list, by its name and office."""
        return [Choice(feed.id, f"{feed.name}（{feed.office}）") for feed in FEEDS]

    @property
    def most(self) -> int:
        """The largest file, in MB."""
        return settings.UPLOAD_MAX_BYTES // 1024 // 1024


def feed_name(feed_id: str) -> str:
    """The name of a list; its id where the list is no longer read."""
    return BY_ID[feed_id].name if feed_id in BY_ID else feed_id or gettext("待核对")


def _blank(viewer: Viewer) -> Form:
    today = timezone.localdate()
    return Form(_places(viewer), today, today.isoformat())


def _places(viewer: Viewer) -> list[Choice]:
    return [Choice(place.code, place.name) for place in queries.places_for(viewer)]


def _send(request: HttpRequest) -> HttpResponseBase:
    """Take a file; a refusal shows the form again with what was given."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    given = {name: request.POST.get(name, "").strip() for name in ("known_on", "feed", "place")}
    at_once = request.POST.get("way") == "at_once"
    try:
        batch = _receive(request, viewer, given, at_once)
    except Refusal as refused:
        form = Form(
            _places(viewer),
            timezone.localdate(),
            **given,
            at_once=at_once,
            whole=request.POST.get("rows") == "whole",
            problem=refused.zh,
        )
        return render(request, "web/intake/send.html", {"form": form}, status=422)
    return HttpResponseRedirect(reverse("web:import", args=[batch.pk]))


def _receive(request: HttpRequest, viewer: Viewer, given: dict[str, str], at_once: bool) -> Any:
    file = request.FILES.get("file")
    if file is None:
        raise BatchRefused(gettext("请选择要导入的文件。"))
    known_on = _day(given["known_on"])
    name, content = file.name or "", file.read()
    feed = given["feed"] or _recognised(name, content)
    return batches.receive(
        by=viewer.actor(address_of(request)),
        at=timezone.now(),
        known_on=known_on,
        feed=feed,
        file_name=name,
        content=content,
        division_code=_place(viewer, given["place"], feed),
        hold=not at_once,
        good_rows_only=request.POST.get("rows") != "whole",
        asks=True,
    )


def _recognised(name: str, content: bytes) -> str:
    """The list the file is; empty where a person will be asked what its columns are."""
    try:
        return processing.recognised_feed(file_name=name, content=content)
    except FileRefused as refused:
        if refused.code not in processing.UNKNOWN:
            raise
        return ""


def _day(text: str) -> date:
    try:
        known_on = date.fromisoformat(text)
    except ValueError:
        raise BatchRefused(gettext("请填写数据日期，例如 2023-07-31。")) from None
    if known_on > timezone.localdate():
        raise BatchRefused(gettext("数据日期不能晚于今天。"))
    return known_on


def _place(viewer: Viewer, wanted: str, feed: str) -> str:
    """The place whose rows are taken: the chosen one of the viewer's, or their only one."""
    codes = [place.code for place in queries.places_for(viewer)]
    if wanted in codes:
        return wanted
    if codes:
        return codes[0]
    if feed == "places":
        return ""  # the first file of a county: nothing is known yet
    raise BatchRefused(gettext("还没有行政区划。请先导入“行政区划与安置点”。"))


def _rows(ask: Ask) -> Rows:
    return queries.batches_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    standings = queries.standings(rows)
    for row in rows:
        row.standing = standings[row.pk]


def _count(*outcomes: str) -> Any:
    def value(row: Any) -> Any:
        return sum(row.counts.get(outcome, 0) for outcome in outcomes) if row.counts else ""

    return value


def _feeds(ask: Ask) -> Sequence[Choice]:
    used = queries.batches_for(ask.viewer).order_by("feed").values_list("feed", flat=True)
    return [Choice(feed, feed_name(feed)) for feed in used.distinct()]


def _by_feed(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(feed=value)


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice(state.value, state.label) for state in BatchState]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(state=value)


BATCHES = Register(
    id="batches",
    title=_("导入"),
    noun=_("个文件"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有导入过文件。先导入“行政区划与安置点”，再导入户信息名单，然后是各部门名单。"),
    filters=(
        Filter("feed", _("名单"), _feeds, _by_feed),
        Filter("state", _("状态"), _states, _by_state),
        span("known", _("数据时间"), "known_on"),
    ),
    sorts=(Sort("new", _("新的在前"), ("-id",)),),
    columns=(
        Column(
            "file",
            _("文件"),
            lambda row: row.file_name,
            link=lambda row: reverse("web:import", args=[row.pk]),
            fixed=True,
        ),
        Column("feed", _("名单"), lambda row: feed_name(row.feed)),
        Column("known_on", _("数据日期"), lambda row: row.known_on, Kind.DATE),
        Column("state", _("状态"), lambda row: row.standing.label),
        Column("rows", _("行数"), lambda row: row.rows, Kind.NUMBER),
        Column("created", _("新增"), _count("created"), Kind.NUMBER),
        Column("updated", _("更新"), _count("updated"), Kind.NUMBER),
        Column("unchanged", _("无变化"), _count("unchanged"), Kind.NUMBER, shown=False),
        Column("bad", _("需处理"), _count("conflict", "waiting", "rejected"), Kind.NUMBER),
        Column("by", _("上传人"), lambda row: words.user(row.created_by)),
        Column("holder", _("经办人"), lambda row: words.user(row.held_by), shown=False),
        Column("at", _("上传时间"), lambda row: row.created_at, Kind.MOMENT),
    ),
)
