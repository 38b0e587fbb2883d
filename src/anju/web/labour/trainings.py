"""就业培训名册: every training of the people of a place."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.employment.models import VOCATIONAL, Category, Certificate
from anju.employment.queries import trainings as queries
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.labour import shared
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows

_ANY = "any"


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Trainings, filtered by the address."""
    return lists.show(request, TRAININGS)


def _rows(ask: Ask) -> Rows:
    return queries.trainings_for(ask.viewer)


def _by_year(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(started_on__year=int(value))


def _categories(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in Category.choices]


def _certificates(ask: Ask) -> Sequence[Choice]:
    known = [Choice(value, label) for value, label in Certificate.choices]
    return [Choice(_ANY, _("有证书")), *known, Choice(shared.UNKNOWN, _("未掌握"))]


def _by_certificate(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == _ANY:
        return rows.filter(certificate__isnull=False).exclude(certificate=Certificate.NONE)
    if value == shared.UNKNOWN:
        return rows.filter(certificate__isnull=True)
    return rows.filter(certificate=value)


def _counted(ask: Ask) -> Sequence[Choice]:
    return [Choice("1", _("计入培训指标"))]


def _by_counted(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(category__in=VOCATIONAL)


TRAININGS = Register(
    id="trainings",
    title=_("就业培训"),
    noun=_("人次"),
    rows=_rows,
    prepare=shared.prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("请先在“导入”中导入就业培训名册，也可以在户档案的“就业”页登记。"),
    search=shared.SEARCH,
    filters=(
        *shared.PLACES,
        shared.year(_by_year, _("全部")),
        Filter(
            "category",
            _("培训类别"),
            _categories,
            lambda rows, value, ask: rows.filter(category=value),
        ),
        Filter("certificate", _("取得证书"), _certificates, _by_certificate),
        *shared.HOMES,
        Filter("counted", _("指标口径"), _counted, _by_counted),
        narrowing.behind("trainings"),
    ),
    sorts=(
        Sort("latest", _("按开班日期，新的在前"), ("-started_on", "-pk")),
        Sort("place", _("按村"), shared.BY_PLACE),
    ),
    columns=(
        *shared.WHOSE,
        Column("category", _("培训类别"), lambda row: row.get_category_display()),
        Column("trade", _("工种或内容"), lambda row: row.trade),
        Column("started", _("开班日期"), lambda row: row.started_on, Kind.DATE),
        Column("ended", _("结业日期"), lambda row: row.ended_on, Kind.DATE),
        Column(
            "certificate",
            _("取得证书"),
            lambda row: row.get_certificate_display(),
        ),
        Column("level", _("证书等级"), lambda row: row.get_level_display(), shown=False),
        Column("subsidy", _("培训补贴"), lambda row: row.subsidy, Kind.MONEY, unit=_("元")),
        Column("organiser", _("培训机构"), lambda row: row.organiser or None),
        *shared.HOME,
    ),
)
