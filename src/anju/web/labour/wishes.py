"""What workers want, by their last answer; and who wants training and had none in the year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.employment.models import Answer, Residence
from anju.employment.queries import trainings as queries
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.labour import shared
from anju.web.lists import Ask, Column, Kind, Register, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Workers with what they said when they were asked last."""
    return lists.show(request, LABOUR)


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def owed(request: HttpRequest) -> HttpResponseBase:
    """Who wants training and had none in the year."""
    return lists.show(request, OWED, template="web/labour/owed.html")


def _rows(ask: Ask) -> Rows:
    return queries.profiles_for(ask.viewer, narrowing.day(ask))


def _owed(ask: Ask) -> Rows:
    if ask.chosen(narrowing.NAME):
        day = narrowing.day(ask)
        return queries.owed_for(ask.viewer, day.year, day)
    year = shared.year_of(ask)
    return queries.owed_for(ask.viewer, year, shared.end_of(year, ask))


_BY_PLACE = Sort("place", _("按村"), shared.BY_PLACE)
_RESIDENCE = shared.chosen("residence", _("常住情况"), Residence.choices, "residence")
_WANTS_WORK = shared.chosen("wants_work", _("就业意愿"), Answer.choices, "wants_work")
_SAID = (
    Column(
        "residence",
        _("常住情况"),
        lambda row: row.get_residence_display(),
    ),
    Column(
        "wants_work",
        _("就业意愿"),
        lambda row: row.get_wants_work_display(),
    ),
)
_WISHED = (
    Column("trade", _("意向工种"), lambda row: row.wished_trade or None),
    Column("wage", _("期望月工资"), lambda row: row.wished_wage, Kind.MONEY, unit=_("元")),
    Column("skill", _("技能特长"), lambda row: row.skill or None),
    Column("told", _("摸底日期"), lambda row: row.told_on, Kind.DATE),
)
_SERVED = (
    Column("talks", _("政策宣讲"), lambda row: row.talks, Kind.NUMBER, unit=_("次"), shown=False),
    Column(
        "openings", _("推荐岗位"), lambda row: row.openings, Kind.NUMBER, unit=_("个"), shown=False
    ),
    Column("offers", _("培训机会"), lambda row: row.offers, Kind.NUMBER, unit=_("次"), shown=False),
)

LABOUR = Register(
    id="labour",
    title=_("劳动力意愿"),
    noun=_("人"),
    rows=_rows,
    prepare=shared.prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("请先在“导入”中导入劳动力意愿名册，也可以在户档案的“就业”页登记。"),
    search=shared.SEARCH,
    filters=(
        *shared.PLACES,
        _WANTS_WORK,
        shared.chosen("wants_training", _("培训意愿"), Answer.choices, "wants_training"),
        _RESIDENCE,
        *shared.HOMES,
        narrowing.behind("labour"),
    ),
    sorts=(_BY_PLACE,),
    columns=(
        *shared.WHOSE,
        *_SAID,
        Column(
            "wants_training",
            _("培训意愿"),
            lambda row: row.get_wants_training_display(),
        ),
        *_WISHED,
        *_SERVED,
        *shared.HOME,
    ),
)
OWED = Register(
    id="training-owed",
    title=_("待培训"),
    noun=_("人"),
    rows=_owed,
    prepare=shared.prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("有培训意愿的人当年都已参加培训；没有摸底结果的，请先导入劳动力意愿名册。"),
    search=shared.SEARCH,
    filters=(
        *shared.PLACES,
        shared.year(lambda rows, value, ask: rows, _("最近一次摸底的年度")),
        _RESIDENCE,
        _WANTS_WORK,
        *shared.HOMES,
        narrowing.behind("training-owed"),
    ),
    sorts=(_BY_PLACE,),
    columns=(*shared.WHOSE, *_WISHED, *_SAID, *_SERVED, *shared.HOME),
)
