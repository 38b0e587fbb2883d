"""Maintenance funds: the list, the ledger of one, and what is written into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.community import book, queries
from anju.community.actions import funds
from anju.community.actions.funds import Decided, Written
from anju.community.ledger import Vote
from anju.community.models import EntryKind, MaintenanceFund
from anju.community.queries import funds as reading
from anju.community.refusals import CommunityRefused
from anju.places import queries as places
from anju.places.models import Site
from anju.registry import queries as registry
from anju.registry.models import Household
from anju.web import lists
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.community import sheets
from anju.web.community.sheets import Sheet
from anju.web.doing import Doing, carry_out
from anju.web.lists import Ask, Choice, Column, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town
from anju.web.registers.editing.fields import Field, Input

_RECEIPTS: Final = (EntryKind.LEVY, EntryKind.SUBSIDY, EntryKind.INTEREST, EntryKind.REFUND)
_EDIT: Final = ["GET", "POST"]

OPEN: Final = (
    Field("held_at", gettext_lazy("专户开户银行"), is_required=True, most=80, note=gettext_lazy("只写银行名称，不写账号。")),
    Field("opened_on", gettext_lazy("开户日期"), Input.DATE, is_required=True),
    Field("levy_per_home", gettext_lazy("每户缴存标准（元）"), Input.MONEY),
    Field("watched_by", gettext_lazy("监督单位"), most=80),
)  # fmt: skip
WRITE: Final = (
    Field("kind", gettext_lazy("类别"), Input.CHOICE,
          lambda viewer: [Choice(each.value, each.label) for each in _RECEIPTS], is_required=True),
    Field("on", gettext_lazy("日期"), Input.DATE, is_required=True),
    Field("amount", gettext_lazy("金额（元）"), Input.MONEY, is_required=True),
    Field("homes", gettext_lazy("缴存户数"), Input.NUMBER, most=6, note=gettext_lazy("一笔缴存若干户的填户数；一户的填户编码。")),
    Field("household", gettext_lazy("农户（户编码）"), most=20, note=gettext_lazy("退还业主必填。")),
    Field("purpose", gettext_lazy("来源或说明"), most=200),
)  # fmt: skip
PAY: Final = (
    Field("on", gettext_lazy("支出日期"), Input.DATE, is_required=True),
    Field("amount", gettext_lazy("金额（元）"), Input.MONEY, is_required=True),
    Field("purpose", gettext_lazy("用途"), is_required=True, most=200),
    Field("decided_on", gettext_lazy("业主表决日期"), Input.DATE, is_required=True),
    Field("homes_all", gettext_lazy("应参加表决的户数"), Input.NUMBER, is_required=True, most=6),
    Field("homes_present", gettext_lazy("参加表决的户数"), Input.NUMBER, is_required=True, most=6),
    Field("homes_in_favour", gettext_lazy("同意的户数"), Input.NUMBER, is_required=True, most=6),
)  # fmt: skip


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Funds of the sites in the viewer's places."""
    return lists.show(request, FUNDS)


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """How the fund of a site stands, and its ledger."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    site = site_or_404(viewer, code)
    return _shown(request, site)


@requires(Permission.KEEP_COMMUNITY)
@require_http_methods(_EDIT)
def open_(request: HttpRequest, code: str) -> HttpResponse:
    """Open the account, or put right what is said of it."""
    site = _kept(request, code)
    fund = _fund(request.viewer, site)  # type: ignore[attr-defined]
    values = {each.name: getattr(fund, each.name) for each in OPEN} if fund else {}
    title = _("修改维修基金专户") if fund else _("开立维修基金专户")

    def do(who: Doing, typed: dict[str, Any]) -> str:
        funds.open_fund(by=who.by, on=who.on, viewer=who.viewer, site=site, **typed)
        messages.success(request, _("已保存。"))
        return _address(site)

    return sheets.answer(request, _sheet(title, OPEN, values, site), do)


@requires(Permission.KEEP_COMMUNITY)
@require_http_methods(_EDIT)
def write(request: HttpRequest, code: str) -> HttpResponse:
    """A receipt, or what an owner got back."""
    site = _kept(request, code)
    fund = _fund_or_404(request, site)
    values = {"on": timezone.localdate(), "kind": EntryKind.LEVY}

    def do(who: Doing, typed: dict[str, Any]) -> str:
        household = _household(who.viewer, typed.pop("household"))
        typed["kind"] = EntryKind(typed["kind"])
        line = Written(**typed, household=household)
        funds.write(by=who.by, on=who.on, viewer=who.viewer, fund=fund, line=line)
        messages.success(request, _("已登记。"))
        return _address(site)

    return sheets.answer(request, _sheet(_("登记收入或退还"), WRITE, values, site), do)


@requires(Permission.KEEP_COMMUNITY)
@require_http_methods(_EDIT)
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """A payment with the owners' decision."""
    site = _kept(request, code)
    fund = _fund_or_404(request, site)
    values = {"on": timezone.localdate(), "homes_all": site.planned_households}
    rule = book.own_book().use_of_fund
    note = _(
        "维修支出由业主决定：参加表决的不少于应参加的 %(present)s，同意的多于参加的 %(favour)s，才能支出。"
    ) % {"present": f"{rule.present}", "favour": f"{rule.favour}"}

    def do(who: Doing, typed: dict[str, Any]) -> str:
        vote = Vote(typed["homes_all"], typed["homes_present"], typed["homes_in_favour"])
        funds.pay(
            by=who.by, on=who.on, viewer=who.viewer, fund=fund, paid_on=typed["on"],
            amount=typed["amount"], purpose=typed["purpose"],
            decided=Decided(typed["decided_on"], vote),
        )  # fmt: skip
        messages.success(request, _("已登记支出和业主的决定。"))
        return _address(site)

    return sheets.answer(request, _sheet(_("登记维修支出"), PAY, values, site, note), do)


@requires(Permission.KEEP_COMMUNITY)
@require_POST
def withdraw(request: HttpRequest, code: str, entry_id: int) -> HttpResponse:
    """Take back a line that was noted wrongly."""
    site = _kept(request, code)
    fund = _fund_or_404(request, site)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    entry = queries.entries_for(viewer, fund).filter(pk=entry_id).first()
    if entry is None:
        raise Http404

    def do(who: Doing) -> str:
        reason = request.POST.get("reason", "")
        funds.withdraw(by=who.by, on=who.on, viewer=who.viewer, entry=entry, reason=reason)
        messages.success(request, _("已撤回，原来的记录留在审计中。"))
        return _address(site)

    return carry_out(request, do, lambda refused: _shown(request, site, refused))


def site_or_404(viewer: Viewer, code: str) -> Site:
    """A site of the viewer's places."""
    found = places.sites_in(viewer.scope).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, site: Site, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    fund = _fund(viewer, site)
    entries = list(queries.entries_for(viewer, fund)) if fund else []
    homes = reading.visible_homes(viewer, entries)
    paid = [each for each in entries if each.kind == EntryKind.PAYMENT]
    context = {
        "site": site,
        "fund": fund,
        "standing": reading.standing(viewer, fund, viewer.on) if fund else None,
        "homes_paid": reading.homes_paid(viewer, fund) if fund else 0,
        "entries": [(each, homes.get(each.household_id)) for each in entries],
        "repairs": reading.repairs_of(viewer, paid),
        "may_keep": queries.may_keep(viewer, site.village_code),
        "problem": problem,
    }
    if homes:
        record(
            by=viewer.actor(address_of(request)),
            action="fund.read",
            kind="household",
            ids=sorted(each.code for each in homes.values()),
            place=site.village_code,
        )
    return render(request, "web/community/fund.html", context, status=422 if problem else 200)


def _kept(request: HttpRequest, code: str) -> Site:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    site = site_or_404(viewer, code)
    if not queries.may_keep(viewer, site.village_code):
        raise PermissionDenied
    return site


def _fund(viewer: Viewer, site: Site) -> MaintenanceFund | None:
    try:
        return queries.fund_for(viewer, site.code)
    except MaintenanceFund.DoesNotExist:
        return None


def _fund_or_404(request: HttpRequest, site: Site) -> MaintenanceFund:
    fund = _fund(request.viewer, site)  # type: ignore[attr-defined]
    if fund is None:
        raise Http404
    return fund


def _household(viewer: Viewer, code: str) -> Household | None:
    try:
        return registry.household_for(viewer, code.strip()) if code.strip() else None
    except Household.DoesNotExist:
        raise CommunityRefused(_("没有这个户编码，或不在您负责的区域，请核对。")) from None


def _sheet(
    title: str, fields: Sequence[Field], values: Mapping[str, Any], site: Site, note: str = ""
) -> Sheet:
    said = _("%(site)s维修基金") % {"site": site.name}
    return Sheet(title, fields, values, _address(site), said, _address(site), note=note)


def _address(site: Site) -> str:
    return reverse("web:fund", args=[site.code])


def _rows(ask: Ask) -> Rows:
    return queries.funds_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    found = reading.standings(ask.viewer, [row.pk for row in rows], ask.on)
    names = places.names([row.site.village_code for row in rows])
    for row in rows:
        row.standing = found.get(row.pk, reading.Standing())
        row.place_name = names.village(row.site.village_code) or row.site.village_code


def _sum(kind: EntryKind) -> Any:
    return lambda row: row.standing.of(kind)


FUNDS = Register(
    id="funds",
    title=gettext_lazy("维修基金"),
    noun=gettext_lazy("个"),
    rows=_rows,
    prepare=_prepare,
    empty=gettext_lazy("还没有安置点开立维修基金专户。请在安置点页面的“维修基金”中开立。"),
    filters=(town("site__village_code"),),
    sorts=(Sort("site", gettext_lazy("按安置点"), ("site__code", "id")),),
    columns=(
        Column("site", gettext_lazy("安置点"), lambda row: row.site.name, link=lambda row: _address(row.site), fixed=True),
        Column("place", gettext_lazy("村（社区）"), lambda row: row.place_name),
        Column("levy", gettext_lazy("业主缴存"), _sum(EntryKind.LEVY), Kind.MONEY, unit=gettext_lazy("元")),
        Column("subsidy", gettext_lazy("补助和公共收益"), _sum(EntryKind.SUBSIDY), Kind.MONEY, unit=gettext_lazy("元")),
        Column("interest", gettext_lazy("利息"), _sum(EntryKind.INTEREST), Kind.MONEY, unit=gettext_lazy("元")),
        Column("payment", gettext_lazy("维修支出"), _sum(EntryKind.PAYMENT), Kind.MONEY, unit=gettext_lazy("元")),
        Column("refund", gettext_lazy("退还业主"), _sum(EntryKind.REFUND), Kind.MONEY, unit=gettext_lazy("元")),
        Column("balance", gettext_lazy("余额"), lambda row: row.standing.balance, Kind.MONEY, unit=gettext_lazy("元")),
        Column("opened_on", gettext_lazy("开户日期"), lambda row: row.opened_on, Kind.DATE, shown=False),
        Column("held_at", gettext_lazy("开户银行"), lambda row: row.held_at, shown=False),
        Column("watched_by", gettext_lazy("监督单位"), lambda row: row.watched_by, shown=False),
    ),
)  # fmt: skip
