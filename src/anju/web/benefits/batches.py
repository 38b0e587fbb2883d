"""发放批次: what was handed to finance, and what came back."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.benefits.models import BatchState
from anju.benefits.queries import batches_for
from anju.web import lists
from anju.web.access import requires
from anju.web.benefits import claims, words
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.VIEW_BENEFITS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Batches of the county, for who sees all of it."""
    return lists.show(request, BATCHES, template="web/benefits/list.html")


def _rows(ask: Ask) -> Rows:
    return batches_for(ask.viewer).select_related("scheme")


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("failed", _("有发放失败")), *(Choice(each, each.label) for each in BatchState)]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(failed__gt=0) if value == "failed" else rows.filter(state=value)


BATCHES = Register(
    id="benefit-batches",
    title=_("发放批次"),
    noun=_("批"),
    rows=_rows,
    empty=_("还没有发放批次。县级审定后，发放单位在补贴项目里编制批次。"),
    filters=(
        Filter("scheme", _("补贴项目"), claims.scheme_choices, claims.by_scheme),
        Filter("state", _("状态"), _states, _by_state),
    ),
    sorts=(Sort("latest", _("新编制的在前"), ("-id",)),),
    columns=(
        Column("number", _("批次号"), lambda row: row.number, Kind.CODE, link=words.batch_address, fixed=True),
        Column("scheme", _("补贴项目"), lambda row: row.scheme.title),
        Column("state", _("状态"), lambda row: row.get_state_display()),
        Column("claims", _("笔数"), lambda row: row.claims, Kind.NUMBER, unit=_("笔")),
        Column("total", _("总金额"), lambda row: row.total_fen, Kind.MONEY, unit=_("元")),
        Column("drawn", _("编制日期"), lambda row: row.drawn_on, Kind.DATE),
        Column("sent", _("送财政日期"), lambda row: row.sent_on or "", Kind.DATE),
        Column("recorded", _("登记结果日期"), lambda row: row.recorded_on or "", Kind.DATE),
        Column("paid", _("已发放金额"), lambda row: row.paid_fen, Kind.MONEY, unit=_("元")),
        Column("failed", _("失败笔数"), lambda row: row.failed, Kind.NUMBER, unit=_("笔")),
    ),
)  # fmt: skip
