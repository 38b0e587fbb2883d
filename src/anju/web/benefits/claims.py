"""申领: every line of every roll, filtered by the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.benefits.models import Eligibility
from anju.benefits.queries import claims_for, schemes_for
from anju.benefits.states import WAITING_AT, Refused, State, Step
from anju.web import lists
from anju.web.access import requires
from anju.web.benefits import words
from anju.web.casework.columns import search as by_household
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village

STEPS = {
    Step.VILLAGE: _("村（社区）"),
    Step.TOWN: _("乡镇"),
    Step.COUNTY: _("县级责任单位"),
    Step.PAYER: _("发放单位"),
}


@requires(Permission.VIEW_BENEFITS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Claims of the viewer's places."""
    return lists.show(request, CLAIMS, template="web/benefits/list.html")


def _rows(ask: Ask) -> Rows:
    return claims_for(ask.viewer).select_related("scheme", "household", "person")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    words.add_places(rows)


def scheme_choices(ask: Ask) -> Sequence[Choice]:
    """Schemes by name."""
    return [Choice(str(each.pk), each.title) for each in schemes_for(ask.viewer).order_by("-pk")]


def by_scheme(rows: Rows, value: str, ask: Ask) -> Rows:
    """Of one scheme."""
    return rows.filter(scheme=int(value))


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("live", _("在办和已发放")), *(Choice(each, each.label) for each in State)]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "live":
        return rows.exclude(state__in=[State.REFUSED, State.WITHDRAWN])
    return rows.filter(state=value)


def waiting_choices(ask: Ask) -> Sequence[Choice]:
    """At whom something waits."""
    return [Choice(each, label) for each, label in STEPS.items()]


def _by_waiting(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(state__in=WAITING_AT[Step(value)])


def _eligibilities(ask: Ask) -> Sequence[Choice]:
    return [Choice(each, each.label) for each in Eligibility]


def _by_eligibility(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(eligibility=value)


def _payments(ask: Ask) -> Sequence[Choice]:
    return [Choice("failed", _("发放失败过")), Choice("recovered", _("有追回"))]


def _by_payment(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "recovered":
        return rows.filter(recovered_fen__gt=0)
    return rows.filter(payouts__result="failed").distinct()


def _objections(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("open", _("有未答复的异议")),
        Choice("any", _("有过异议")),
        Choice("none", _("没有异议")),
    ]


def _by_objection(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "none":
        return rows.filter(objections__isnull=True)
    kept = {"objections__isnull": False}
    return rows.filter(
        **kept, **({"objections__settled_on": None} if value == "open" else {})
    ).distinct()


def _reasons(ask: Ask) -> Sequence[Choice]:
    return [Choice(each, each.label) for each in Refused]


def _by_reason(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(reason=value)


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    own = rows.filter(Q(number__startswith=text) | Q(organisation__contains=text))
    return Found(own) if own.exists() else by_household(rows, text, ask)


def _household(row: Any) -> str:
    return reverse("web:household", args=[row.household.code]) if row.household else ""


CLAIMS = Register(
    id="benefit-claims",
    title=_("补贴申领"),
    noun=_("笔"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="claim",
    row_id=lambda row: row.number,
    empty=_("还没有申领。村（社区）在补贴项目里编制花名册后，每户一笔列在这里。"),
    search=Search(_("申领号、户编码、姓名、单位名称"), _search),
    filters=(
        Filter("scheme", _("补贴项目"), scheme_choices, by_scheme),
        town(),
        village(),
        Filter("state", _("状态"), _states, _by_state),
        Filter("waiting", _("在谁手上"), waiting_choices, _by_waiting),
        Filter("eligibility", _("资格"), _eligibilities, _by_eligibility),
        Filter("payment", _("发放"), _payments, _by_payment),
        Filter("objection", _("异议"), _objections, _by_objection),
        Filter("reason", _("不予补贴原因"), _reasons, _by_reason),
    ),
    sorts=(
        Sort("place", _("按村"), ("village_code", "id")),
        Sort("latest", _("新登记的在前"), ("-id",)),
    ),
    columns=(
        Column("number", _("申领号"), lambda row: row.number, Kind.CODE, link=words.claim_address, fixed=True),
        Column("name", _("领取人"), words.recipient, fixed=True),
        Column("household", _("户编码"), lambda row: row.household.code if row.household else "", Kind.CODE,
               link=_household),
        Column("place", _("村（社区）"), lambda row: row.place_name),
        Column("scheme", _("补贴项目"), lambda row: row.scheme.title),
        Column("item", _("事项"), lambda row: row.item, shown=False),
        Column("measured", _("数量或基数"), words.measured),
        Column("amount", _("补贴金额"), lambda row: row.amount_fen, Kind.MONEY, unit=_("元")),
        Column("state", _("状态"), lambda row: row.get_state_display()),
        Column("since", _("进入现状态日期"), lambda row: row.state_on, Kind.DATE, shown=False),
        Column("eligibility", _("资格"), lambda row: row.get_eligibility_display()),
        Column("paid_on", _("到账日期"), lambda row: row.paid_on or "", Kind.DATE, shown=False),
        Column("recovered", _("已追回金额"), lambda row: row.recovered_fen, Kind.MONEY, unit=_("元"), shown=False),
        Column("reason", _("不予补贴原因"), lambda row: row.get_reason_display() if row.reason else "", shown=False),
    ),
)  # fmt: skip
