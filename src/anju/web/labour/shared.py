"""What the lists of the labour ledger have in common: whose rows they are, and how they are narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.employment.queries import trainings as queries
from anju.places import queries as places
from anju.registry.models.household import HouseholdClass
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Search
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village

_VILLAGE: Final = "household__village_code"
_YEARS: Final = 6
UNKNOWN: Final = "unknown"


def prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of the places, in one query."""
    names = places.names([row.household.village_code for row in rows])
    for row in rows:
        code = row.household.village_code
        row.place_name = names.village(code) or code


def _by_name(rows: Rows, text: str, ask: Ask) -> Found:
    named = Q(person__name__startswith=text) | Q(person__initials__startswith=text.lower())
    return Found(rows.filter(named | Q(household__code=text)))


SEARCH = Search(_("姓名、姓名首字母、户编码"), _by_name)


def year_of(ask: Ask) -> int:
    """The year asked about: one of the list of years, else that of the last round."""
    wanted = ask.chosen("year")
    if wanted in {each.value for each in _years(ask)}:
        return int(wanted)
    return (queries.last_round(ask.viewer) or ask.on).year


def end_of(year: int, ask: Ask) -> date:
    """The last day of a year, or today while it goes on."""
    return min(date(year, 12, 31), ask.on)


def _years(ask: Ask) -> Sequence[Choice]:
    said = gettext("%(year)s年")
    last = ask.on.year
    return [Choice(str(each), said % {"year": each}) for each in range(last, last - _YEARS, -1)]


def year(apply: Any, unset: Any) -> Filter:
    """The year, of the last few."""
    return Filter("year", _("年度"), _years, apply, unset=unset)


def chosen(id_: str, title: Any, choices: Any, field: str) -> Filter:
    """One value of a field that may be unknown."""

    def offered(ask: Ask) -> Sequence[Choice]:
        known = [Choice(value, label) for value, label in choices]
        return [*known, Choice(UNKNOWN, _("未掌握"))]

    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        asked = {f"{field}__isnull": True} if value == UNKNOWN else {field: value}
        return rows.filter(**asked)

    return Filter(id_, title, offered, apply)


def _classes(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in HouseholdClass.choices]


def _yes_no(ask: Ask) -> Sequence[Choice]:
    return [Choice("1", _("是")), Choice("0", _("否"))]


PLACES: Final = (town(_VILLAGE), village(_VILLAGE))
HOMES: Final = (
    Filter(
        "class",
        _("户类型"),
        _classes,
        lambda rows, value, ask: rows.filter(household__household_class=value),
    ),
    Filter(
        "relocated",
        _("易地搬迁"),
        _yes_no,
        lambda rows, value, ask: rows.filter(household__relocated=value == "1"),
    ),
)
WHOSE: Final = (
    Column(
        "name",
        _("姓名"),
        lambda row: row.person.name,
        link=lambda row: reverse("web:household-tab", args=[row.household.code, "work"]),
        fixed=True,
    ),
    Column("household", _("户编码"), lambda row: row.household.code, Kind.CODE),
    Column("place", _("现住村（社区）"), lambda row: row.place_name),
)
HOME: Final = (
    Column(
        "class",
        _("户类型"),
        lambda row: row.household.get_household_class_display(),
        shown=False,
    ),
    Column(
        "relocated",
        _("易地搬迁"),
        lambda row: row.household.relocated,
        Kind.YES_NO,
        shown=False,
    ),
    Column("known", _("掌握日期"), lambda row: row.known_from, Kind.DATE, shown=False),
    Column("source", _("来源"), lambda row: row.source, shown=False),
)


BY_PLACE: Final = (_VILLAGE, "household__code", "pk")
