"""What the lists of leads and of cases have in common: the household, places, people, and days left."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from anju.accounts import queries as accounts
from anju.casework.risks import CASE_RISKS
from anju.places import queries as places
from anju.registry import queries as registry
from anju.registry.queries.searching import TOO_MANY
from anju.web import words
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind
from anju.web.lists.declaration import Rows

SEARCHED = _("户编码、姓名、姓名首字母、证件号后四位")


def add_names(rows: Sequence[Any]) -> None:
    """Names of the villages, and of whom each row was given to: two queries for the page."""
    names = places.names([row.village_code for row in rows])
    people = accounts.names_of({row.assigned_to.username for row in rows if row.assigned_to})
    for row in rows:
        row.place_name = names.village(row.village_code) or row.village_code
        who = row.assigned_to.username if row.assigned_to else ""
        row.assignee = words.user(who, people.get(who, "")) if who else ""


def search(rows: Rows, text: str, ask: Ask, field: str = "household") -> Found:
    """Rows of the households (reached by `field`) that fit what was typed."""
    match = registry.search(registry.households_for(ask.viewer), text)
    note = gettext("符合的户太多，只列出前 %(limit)s 户。请多输几个字，或先选乡镇。")
    found = rows.filter(**{f"{field}__in": match.households.order_by().values("pk")})
    return Found(found, note % {"limit": TOO_MANY} if match.is_cut else "")


def days_left(day: date | None, on: date) -> int | None:
    """Days until a day; negative once it is over; None without one."""
    return None if day is None else (day - on).days


def left_in_words(day: date | None, on: date) -> str:
    """还剩 3 天, 今天到期, 已逾期 2 天; empty without a day."""
    left = days_left(day, on)
    if left is None:
        return ""
    if left == 0:
        return gettext("今天到期")
    if left < 0:
        return ngettext("已逾期 %(days)s 天", "已逾期 %(days)s 天", -left) % {"days": -left}
    return ngettext("还剩 %(days)s 天", "还剩 %(days)s 天", left) % {"days": left}


def due_filter(field: str) -> Filter:
    """By the days that are left until `field`."""

    def choices(ask: Ask) -> Sequence[Choice]:
        return [
            Choice("late", _("已逾期")),
            Choice("3", _("3 天内到期")),
            Choice("7", _("7 天内到期")),
            Choice("30", _("30 天内到期")),
        ]

    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        if value == "late":
            return rows.filter(**{f"{field}__lt": ask.on})
        return rows.filter(**{f"{field}__range": (ask.on, ask.on + timedelta(days=int(value)))})

    return Filter("due", _("期限"), choices, apply)


def assigned_filter() -> Filter:
    """By whether they were given to the viewer, or to anybody."""

    def choices(ask: Ask) -> Sequence[Choice]:
        return [Choice("me", _("分给我的")), Choice("none", _("还没有分派"))]

    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        if value == "me":
            return rows.filter(assigned_to=ask.viewer.user_id)
        return rows.filter(assigned_to__isnull=True)

    return Filter("assigned", _("承办"), choices, apply)


def risk_choices(ask: Ask) -> Sequence[Choice]:
    """What leads and cases may be about; of health the lists show only what the viewer may see."""
    return [Choice(risk, words.risk(risk)) for risk in CASE_RISKS]


def household_column() -> Column:
    """The code of the household, with its page behind it."""
    return Column(
        "household", _("户编码"), lambda row: row.household.code, Kind.CODE, link=household_link
    )


def household_link(row: Any) -> str:
    """The household's page."""
    return reverse("web:household", args=[row.household.code])
