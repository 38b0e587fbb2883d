"""The list of indicators: where each stands against its target, and who owes the next value."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.duties import lights
from anju.duties.models import IndicatorSource
from anju.duties.queries import indicators as queries
from anju.duties.queries import plans_for, unit_of
from anju.duties.queries.limits import warning_days
from anju.rules import packs
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import wording
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Indicators, filtered by the address; without more those still followed."""
    viewer = request.viewer  # type: ignore[attr-defined]
    may_manage = viewer.may(Permission.MANAGE_PLANS)
    context = {
        "may_manage": may_manage,
        "may_report": queries.of_unit(viewer).exists(),
        "packs": _pack_names() if may_manage else [],
    }
    return lists.show(request, INDICATORS, template="web/indicators/list.html", context=context)


def _pack_names() -> list[tuple[str, str]]:
    loaded = [packs.load(each) for each in packs.names()]
    return [(pack.id, pack.name) for pack in loaded if pack.indicators]


def _rows(ask: Ask) -> Rows:
    rows = queries.indicators_for(ask.viewer)
    state = ask.chosen("state")
    if state == "check":
        return rows.filter(pk__in=queries.to_check(ask.viewer).order_by().values("indicator"))
    if state == "ended":
        return rows.exclude(queries.current(ask.on))
    return rows if state == "all" else rows.filter(queries.current(ask.on))


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Values, targets and what is owed: two queries."""
    standings = queries.standings(rows, ask.on)
    days = warning_days(ask.on)
    for row in rows:
        standing = row.standing = standings[row.pk]
        row.badge = wording.Badge.of(standing.course)
        row.target_words = wording.target_words(standing.target, row)
        latest = standing.latest
        known = latest is not None and latest.value is not None
        row.latest_words = wording.number(latest.value, row.unit) if known else None
        row.owed = queries.next_report(row, standing.as_ofs, ask.on)
        row.light = lights.light(row.owed.due_on, ask.on, False, days) if row.owed else ""


def _states(ask: Ask) -> Sequence[Choice]:
    checks = ask.viewer.may(Permission.CHECK_PROGRESS)
    check = [Choice("check", _("待我审核"))] if checks else []
    return [*check, Choice("ended", _("已终止")), Choice("all", _("全部"))]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _plans(ask: Ask) -> Sequence[Choice]:
    plans = plans_for(ask.viewer).order_by("short_title", "pk")
    return [*(Choice(str(plan.pk), plan.short_title) for plan in plans), Choice("0", _("不属方案"))]


def _by_plan(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(plan__isnull=True) if value == "0" else rows.filter(plan=int(value))


def _units(ask: Ask) -> Sequence[Choice]:
    found = queries.indicators_for(ask.viewer).filter(reporting_unit__isnull=False).order_by()
    names = found.values_list("reporting_unit", "reporting_unit__name").distinct()
    choices = [Choice(str(pk), name) for pk, name in sorted(names, key=lambda pair: pair[1])]
    return [Choice("mine", _("本单位")), *choices, Choice("0", _("没有指定"))]


def _by_unit(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "0":
        return rows.filter(reporting_unit__isnull=True)
    if value == "mine":
        unit = unit_of(ask.viewer)
        return rows.filter(reporting_unit=unit) if unit else rows.none()
    return rows.filter(reporting_unit=int(value))


def _sources(ask: Ask) -> Sequence[Choice]:
    return [Choice(source.value, source.label) for source in IndicatorSource]


def _by_source(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(source=value)


def _courses(ask: Ask) -> Sequence[Choice]:
    return [Choice(course.value, words) for course, words in wording.COURSES.items()]


def _by_course(rows: Rows, value: str, ask: Ask) -> Rows:
    """Where each stands follows from its values and targets: worked out, not asked of the database."""
    standings = queries.standings(rows, ask.on)
    return rows.filter(pk__in=[pk for pk, each in standings.items() if each.course == value])


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    return Found(rows.filter(Q(name__contains=text) | Q(name_en__icontains=text)))


def _page(row: Any) -> str:
    return reverse("web:indicator", args=[row.pk])


def _clause(row: Any) -> str:
    return row.standing.target.clause if row.standing.target else ""


def _latest_day(row: Any) -> Any:
    return row.standing.latest.as_of if row.standing.latest else ""


def _due(row: Any) -> Any:
    return row.standing.target.due_on if row.standing.target else ""


INDICATORS = Register(
    id="indicators",
    title=_("指标"),
    noun=_("项"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有指标。方案确认生效后，指标和目标值会自动列出；也可以直接采用政策包的指标。"),
    search=Search(_("指标名称"), _search),
    filters=(
        Filter("state", _("状态"), _states, _unchanged, _("跟踪中")),
        Filter("plan", _("方案"), _plans, _by_plan),
        Filter("unit", _("填报单位"), _units, _by_unit),
        Filter("source", _("取数方式"), _sources, _by_source),
        Filter("course", _("进度"), _courses, _by_course),
    ),
    sorts=(Sort("order", _("按方案顺序"), ("id",)), Sort("name", _("按名称"), ("name", "id"))),
    columns=(
        Column("name", _("指标"), wording.name_of, link=_page, fixed=True),
        Column("course", _("进度"), lambda row: row.badge),
        Column("latest", _("最近数值"), lambda row: row.latest_words),
        Column("as_of", _("截至"), _latest_day, Kind.DATE),
        Column("target", _("目标"), lambda row: row.target_words),
        Column("due", _("目标期限"), _due, Kind.DATE),
        Column("plan", _("方案"), lambda row: row.plan.short_title if row.plan else ""),
        Column("clause", _("条款"), _clause, shown=False),
        Column("source", _("取数方式"), lambda row: row.get_source_display()),
        Column(
            "unit", _("填报单位"), lambda row: row.reporting_unit.name if row.reporting_unit else ""
        ),
        Column("every", _("频次"), lambda row: row.get_every_display(), shown=False),
        Column(
            "owed", _("下次填报期限"), lambda row: row.owed.due_on if row.owed else "", Kind.DATE
        ),
        Column("light", _("填报"), lambda row: row.light, Kind.LIGHT),
        Column("pack", _("政策包"), lambda row: row.pack, Kind.CODE, shown=False),
    ),
)
