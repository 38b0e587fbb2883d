"""The rows of a checked list that have problems, each with a link to where it is mended."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.inspection.lists import is_must
from anju.inspection.models import ListCheck
from anju.inspection.queries import list_checks as queries
from anju.intake.feeds import BY_ID
from anju.places import queries as places
from anju.quality.checks import check as check_of
from anju.quality.checks import checks
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.quality import reading

#: What stands for the missing code of a row that cannot be read, in addresses and in words.
UNREAD = "unread"
UNREAD_TITLE = _("照样读不回")
_TABS = {"help": Permission.VIEW_CASES, "findings": Permission.VIEW_FINDINGS}


@requires(Permission.EXPORT_LISTS)
@require_GET
def index(request: HttpRequest, check_id: int) -> HttpResponseBase:
    """What one check of a list found, row by row."""
    try:
        check = queries.check_for(request.viewer, check_id)  # type: ignore[attr-defined]
    except ListCheck.DoesNotExist:
        raise Http404 from None
    return lists.show(
        request,
        PROBLEMS,
        template="web/intake/list_problems.html",
        given={"check": check},
        context={"check": check, "title": BY_ID[check.feed].name},
    )


def _rows(ask: Ask) -> Rows:
    return queries.problems_of(ask.viewer, ask.given["check"])


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Households, persons and names of places in one query each."""
    homes, people = queries.owners_of(ask.viewer, rows)
    names = places.names([row.village_code for row in rows])
    for row in rows:
        row.check = check_of(row.code) if row.code else None
        row.household = homes.get(row.household_id)
        row.person = people.get(row.person_id)
        row.tab = _tab(row.check.tab, ask) if row.check else "people"
        row.place_name = names.village(row.village_code) or names.of(row.village_code)


def _tab(tab: str, ask: Ask) -> str:
    """The tab of a field, or the first one where the viewer has none of it."""
    needed = _TABS.get(tab)
    return tab if tab and (needed is None or ask.viewer.may(needed)) else "people"


def _mend(row: Any) -> str:
    """The tab that shows the field, at the person where there is one."""
    if row.household is None:
        return ""
    address = reverse("web:household-tab", args=[row.household.code, row.tab])
    is_there = row.person is not None and row.tab == "people"
    return f"{address}#person-{row.person.code}" if is_there else address


def _name(row: Any) -> str:
    if row.person is not None:
        return str(row.person.name)
    return str(row.household.head_name) if row.household is not None else ""


def _code_choices(ask: Ask) -> Sequence[Choice]:
    found = queries.codes_of(ask.viewer, ask.given["check"])
    named = [Choice(each.code, reading.title(each)) for each in checks() if each.code in found]
    return [*([Choice(UNREAD, UNREAD_TITLE)] if "" in found else []), *named]


def _level_choices(ask: Ask) -> Sequence[Choice]:
    return [Choice(level, label) for level, label in reading.LEVELS.items()]


def _mender_choices(ask: Ask) -> Sequence[Choice]:
    return [Choice(mend, label) for mend, label in reading.MENDERS.items()]


def _village_choices(ask: Ask) -> Sequence[Choice]:
    villages = queries.villages_of(ask.viewer, ask.given["check"])
    names = places.names(each.code for each in villages)
    return [
        Choice(each.code, names.village(each.code) or names.of(each.code) or each.code)
        for each in villages
    ]


def _by_code(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(code="" if value == UNREAD else value)


def _by_level(rows: Rows, value: str, ask: Ask) -> Rows:
    codes = ["", *(each.code for each in checks())]
    return rows.filter(code__in=[code for code in codes if is_must(code) == (value == "must")])


def _by_mender(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(code__in=[each.code for each in checks() if each.mend == value])


def _by_village(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(village_code=value)


PROBLEMS = Register(
    id="list-check",
    title=_("逐行检查"),
    noun=_("条"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code if row.household else row.village_code,
    empty=_("没有查出问题，可以报送。"),
    filters=(
        Filter("code", _("检查项"), _code_choices, _by_code),
        Filter("level", _("要求"), _level_choices, _by_level),
        Filter("mend", _("由谁改"), _mender_choices, _by_mender),
        Filter("village", _("村（社区）"), _village_choices, _by_village),
    ),
    sorts=(Sort("row", _("先必须改的，按行"), ("id",)),),
    columns=(
        Column("sheet", _("工作表"), lambda row: row.sheet),
        Column("line", _("行号"), lambda row: row.line, Kind.NUMBER, fixed=True),
        Column(
            "household",
            _("户编码"),
            lambda row: row.household.code if row.household else "",
            Kind.CODE,
            link=_mend,
            fixed=True,
        ),
        Column("name", _("姓名"), _name),
        Column("place", _("现住村（社区）"), lambda row: row.place_name),
        Column(
            "check",
            _("问题"),
            lambda row: reading.title(row.check) if row.check else UNREAD_TITLE,
        ),
        Column(
            "found",
            _("查到的内容"),
            lambda row: reading.found(row.found) if row.check else row.found,
        ),
        Column(
            "level",
            _("要求"),
            lambda row: reading.LEVELS[row.check.level if row.check else "must"],
        ),
        Column(
            "mend", _("由谁改"), lambda row: reading.MENDERS[row.check.mend] if row.check else ""
        ),
        Column("code", _("检查项编号"), lambda row: row.code, Kind.CODE, shown=False),
    ),
)
