"""The list behind every number of a quality check, with a link to where each is mended."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.inspection import queries
from anju.intake.feeds import BY_ID
from anju.places import queries as places
from anju.quality.checks import check, checks
from anju.registry import queries as registry
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.quality import before_sending, reading

_TABS = {"help": Permission.VIEW_CASES, "findings": Permission.VIEW_FINDINGS}


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Problems of the latest finished inspection."""
    return lists.show(
        request,
        PROBLEMS,
        template="web/quality/problems.html",
        given={"inspection": queries.latest()},
    )


def _rows(ask: Ask) -> Rows:
    found = queries.problems_for(ask.viewer, ask.given["inspection"])
    return found.select_related("household")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of places and persons in one query each."""
    names = places.names([row.village_code for row in rows])
    persons = queries.names_of_persons(ask.viewer, rows)
    for row in rows:
        row.check = check(row.code)
        row.tab = _tab(row.check.tab, ask)
        row.place_name = names.village(row.village_code) or row.village_code
        row.person = persons.get(row.person_id)


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    match = registry.search(registry.households_for(ask.viewer), text)
    return Found(rows.filter(household__in=match.households.order_by().values("pk")))


def _tab(tab: str, ask: Ask) -> str:
    """The tab of a field, or the first one where the viewer has none of it."""
    needed = _TABS.get(tab)
    return tab if needed is None or ask.viewer.may(needed) else "people"


def _mend(row: Any) -> str:
    """The tab that shows the field, at the person where there is one."""
    address = reverse("web:household-tab", args=[row.household.code, row.tab])
    is_there = row.person is not None and row.tab == "people"
    return f"{address}#person-{row.person.code}" if is_there else address


def _code_choices(ask: Ask) -> Sequence[Choice]:
    inspection = ask.given["inspection"]
    seen = queries.counts(ask.viewer, inspection) if inspection else {}
    return [
        Choice(each.code, f"{reading.title(each)}（{reading.GROUPS[each.group]}）")
        for each in checks()
        if each.code in seen
    ]


def _level_choices(ask: Ask) -> Sequence[Choice]:
    return [Choice(level, label) for level, label in reading.LEVELS.items()]


def _mender_choices(ask: Ask) -> Sequence[Choice]:
    return [Choice(mend, label) for mend, label in reading.MENDERS.items()]


def _by_code(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(code=value)


def _list_choices(ask: Ask) -> Sequence[Choice]:
    return [Choice(feed, BY_ID[feed].name) for feed in before_sending.FIELDS]


def _by_list(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(code__in=before_sending.codes_of(value))


def _by_level(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(code__in=[each.code for each in checks() if each.level == value])


def _by_mender(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(code__in=[each.code for each in checks() if each.mend == value])


PROBLEMS = Register(
    id="quality-problems",
    title=_("质检问题"),
    noun=_("条"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("没有质检问题，或者还没有质检过。请在“质检”中点“开始质检”。"),
    search=Search(_("户编码、姓名、姓名首字母、证件号后四位"), _search),
    filters=(
        Filter("list", _("报送的名单"), _list_choices, _by_list),
        Filter("code", _("检查项"), _code_choices, _by_code),
        Filter("level", _("要求"), _level_choices, _by_level),
        Filter("mend", _("由谁改"), _mender_choices, _by_mender),
        town(),
        village(),
    ),
    sorts=(Sort("place", _("按村"), ("village_code", "id")),),
    columns=(
        Column(
            "household",
            _("户编码"),
            lambda row: row.household.code,
            Kind.CODE,
            link=_mend,
            fixed=True,
        ),
        Column("head", _("户主"), lambda row: row.household.head_name),
        Column("place", _("现住村（社区）"), lambda row: row.place_name),
        Column("person", _("姓名"), lambda row: row.person.name if row.person else ""),
        Column("check", _("问题"), lambda row: reading.title(row.check)),
        Column("found", _("查到的内容"), lambda row: reading.found(row.found)),
        Column("level", _("要求"), lambda row: reading.LEVELS[row.check.level]),
        Column("mend", _("由谁改"), lambda row: reading.MENDERS[row.check.mend]),
        Column("code", _("检查项编号"), lambda row: row.code, Kind.CODE, shown=False),
    ),
)
