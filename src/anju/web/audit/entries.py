"""The list of audit entries: who, what, when, where, with what it was about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.audit import queries
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.audit import words
from anju.web.audit.about import about_in, people_in
from anju.web.audit.standing import standing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.words import user

_MOST_PEOPLE = 300
_IDS_SHOWN = 3


@requires(Permission.VIEW_AUDIT)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Entries, filtered by the address; above them whether the chain is whole."""
    viewer = request.viewer  # type: ignore[attr-defined]
    # Places of the drop-downs are those the auditor answers for, not those whose households are seen.
    request.viewer = replace(viewer, scope=viewer.scope_for(Permission.VIEW_AUDIT))  # type: ignore[attr-defined]
    return lists.show(
        request, ENTRIES, template="web/audit/entries.html", context={"standing": standing()}
    )


def _rows(ask: Ask) -> Rows:
    return queries.entries()


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of people and places: two queries a page."""
    people = accounts.names_of({row.actor for row in rows})
    here = places.names([row.place for row in rows])
    told = people_in(rows)
    for row in rows:
        row.about = about_in(row, told)
        row.actor_name = people.get(row.actor, "")
        row.place_name = here.village(row.place) or row.place


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    """A sign-in name, a person's name, or the code of what it is about."""
    people = Q(actor=text) | Q(actor__in=accounts.usernames_of(text))
    users = (queries.about(str(number)) for number in accounts.numbers_of(text))
    about_users = reduce(or_, users, Q(pk__in=[]))
    return Found(rows.filter(people | queries.about(text) | (Q(kind="user") & about_users)))


def _people(ask: Ask) -> Sequence[Choice]:
    """Everybody who can sign in; too many are searched for instead."""
    found = accounts.everybody(_MOST_PEOPLE + 1)
    if len(found) > _MOST_PEOPLE:
        return []
    return [Choice(username, f"{name}（{username}）") for username, name in found]


def _by_actor(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(actor=value)


def _families(ask: Ask) -> Sequence[Choice]:
    return [Choice(code, label) for code, (label, _prefixes) in words.FAMILIES.items()]


def _by_family(rows: Rows, value: str, ask: Ask) -> Rows:
    _label, prefixes = words.FAMILIES[value]
    return rows.filter(reduce(or_, (Q(action__startswith=prefix) for prefix in prefixes)))


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(code, words.kind(code)) for code in queries.kinds()]


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind=value)


def _periods(ask: Ask) -> Sequence[Choice]:
    """The last days, then single months back for a year."""
    recent = [Choice("1", _("今天")), Choice("7", _("近 7 天")), Choice("30", _("近 30 天"))]
    months = []
    first = ask.on.replace(day=1)
    for _number in range(12):
        months.append(
            Choice(f"{first:%Y-%m}", gettext("%(month)s 月") % {"month": f"{first:%Y-%m}"})
        )
        first = (first - timedelta(days=1)).replace(day=1)
    return [*recent, *months]


def _by_period(rows: Rows, value: str, ask: Ask) -> Rows:
    if "-" not in value:
        return rows.filter(at__gte=_midnight(ask.on - timedelta(days=int(value) - 1)))
    first = date.fromisoformat(f"{value}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return rows.filter(at__gte=_midnight(first), at__lt=_midnight(after))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _ids(row: Any) -> str:
    """The first few of what it is about."""
    shown = "、".join(row.about[:_IDS_SHOWN])
    return f"{shown}…" if len(row.about) > _IDS_SHOWN else shown


def _who(row: Any) -> Any:
    return user(row.actor, row.actor_name)


ENTRIES = Register(
    id="audit",
    title=_("审计记录"),
    noun=_("条"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="audit",
    row_id=lambda row: row.sequence,
    export_permission=Permission.VIEW_AUDIT,
    empty=_("系统中的操作都会记在这里。"),
    search=Search(_("登录名、姓名、户编码或其他编号"), _search),
    filters=(
        Filter("period", _("时间"), _periods, _by_period),
        Filter("person", _("操作人"), _people, _by_actor),
        Filter("family", _("动作类别"), _families, _by_family),
        Filter("kind", _("对象"), _kinds, _by_kind),
        town("place"),
        village("place"),
    ),
    sorts=(Sort("sequence", _("最近的在前"), ("-sequence",)),),
    columns=(
        Column(
            "sequence",
            _("序号"),
            lambda row: row.sequence,
            Kind.CODE,
            link=lambda row: reverse("web:audit-entry", args=[row.sequence]),
            fixed=True,
        ),
        Column("at", _("时间"), lambda row: row.at, Kind.MOMENT, fixed=True),
        Column("actor", _("操作人"), _who),
        Column("action", _("动作"), lambda row: words.action(row.action)),
        Column("kind", _("对象"), lambda row: words.kind(row.kind)),
        Column("ids", _("对象编号"), _ids),
        Column("count", _("涉及条数"), lambda row: row.count, Kind.NUMBER, unit=_("条")),
        Column("place", _("区域"), lambda row: row.place_name, shown=False),
        Column("reason", _("理由"), lambda row: row.reason),
        Column("address", _("来源地址"), lambda row: row.address),
    ),
)
