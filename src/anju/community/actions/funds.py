"""The maintenance fund of a site: opened, paid into, paid from by the owners' decision, put right.

Whatever is written leaves no day on which less than nothing stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.community import book
from anju.community.ledger import Line, Vote, lowest, wrong_with
from anju.community.models import OUT, EntryKind, FundEntry, MaintenanceFund
from anju.community.queries import fund_for, may_keep
from anju.community.refusals import CommunityRefused
from anju.places.models import Site
from anju.places.queries import sites_in
from anju.privacy.masking import holds_a_number
from anju.registry.models import Household
from anju.registry.queries import household_for

MOST_FEN: Final = 10**13
_RECEIPTS: Final = (EntryKind.LEVY, EntryKind.SUBSIDY, EntryKind.INTEREST)


@dataclass(frozen=True)
class Written:
    """One receipt or refund as somebody wrote it; fen."""

    kind: EntryKind
    on: date
    amount: int
    purpose: str = ""
    homes: int | None = None
    household: Household | None = None


@dataclass(frozen=True)
class Decided:
    """The owners' decision on a payment: when they voted, and how."""

    on: date
    vote: Vote


@transaction.atomic
def open_fund(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    site: Site,
    held_at: str,
    opened_on: date,
    levy_per_home: int | None,
    watched_by: str,
) -> MaintenanceFund:
    """Begin the account of a site, or put right what is said of it. Refused: an account number in it."""
    _refuse_others(viewer, site)
    bank, watching = _words(held_at)[:80], _words(watched_by)[:80]
    if len(bank) < 2:
        raise CommunityRefused(_("请填写专户开户银行。不要写账号。"))
    if opened_on > on:
        raise CommunityRefused(_("日期不能晚于今天。"))
    if levy_per_home is not None and not 0 < levy_per_home < MOST_FEN:
        raise CommunityRefused(_("请填写大于零的金额。"))
    fund, is_new = MaintenanceFund.objects.select_for_update().get_or_create(
        site=site, defaults={"held_at": bank, "opened_on": opened_on}
    )
    if not is_new and fund.entries.filter(withdrawn_on__isnull=True, on__lt=opened_on).exists():
        raise CommunityRefused(_("已有更早的收支，开户日期不能晚于它。"))
    fund.held_at, fund.opened_on = bank, opened_on
    fund.levy_per_home, fund.watched_by = levy_per_home, watching
    fund.save()
    _audit(by, "open" if is_new else "change", fund)
    return fund


@transaction.atomic
def write(
    *, by: Actor, on: date, viewer: Viewer, fund: MaintenanceFund, line: Written
) -> FundEntry:
    """A receipt (levied, subsidy, interest) or a refund to an owner.

    Refused: a levy that says neither how many homes nor whose, a refund to nobody, nothing or less, a
    day before the account or to come, and a refund of more than stands there.
    """
    held = _held(viewer, fund)
    if line.kind == EntryKind.PAYMENT:
        raise CommunityRefused(_("维修支出要登记业主的决定。"))
    if line.kind == EntryKind.LEVY and not line.homes and line.household is None:
        raise CommunityRefused(_("请填写缴存的户数，或选缴存的农户。"))
    if line.kind == EntryKind.REFUND and line.household is None:
        raise CommunityRefused(_("退还业主要选退给哪一户。"))
    if line.homes is not None and not 0 < line.homes <= 100_000:
        raise CommunityRefused(_("户数填大于零的整数。"))
    household = household_for(viewer, line.household.code) if line.household else None
    named = {"household": household, "homes": None if household else line.homes}
    return _write(by, on, held, line.kind, line.on, line.amount, line.purpose, **named)


@transaction.atomic
def pay(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    fund: MaintenanceFund,
    paid_on: date,
    amount: int,
    purpose: str,
    decided: Decided | None,
) -> FundEntry:
    """A payment that the owners decided on. Refused: no decision, or one that decides nothing by the
    pack's rule, one made after the payment, nothing said of what it is for, more than stands there."""
    held = _held(viewer, fund)
    if decided is None:
        raise CommunityRefused(_("没有业主的决定不能支出：请填写表决日期、户数和同意的户数。"))
    problem = wrong_with(decided.vote, book.own_book().use_of_fund)
    if problem is not None:
        raise CommunityRefused(_why(problem))
    if decided.on > paid_on:
        raise CommunityRefused(_("表决日期不能晚于支出日期。"))
    if len(purpose.strip()) < 4:
        raise CommunityRefused(_("请写明用途，至少 4 个字。"))
    return _write(
        by,
        on,
        held,
        EntryKind.PAYMENT,
        paid_on,
        amount,
        purpose,
        decided_on=decided.on,
        homes_all=decided.vote.homes,
        homes_present=decided.vote.present,
        homes_in_favour=decided.vote.favour,
    )


@transaction.atomic
def withdraw(*, by: Actor, on: date, viewer: Viewer, entry: FundEntry, reason: str) -> None:
    """Take back a line that was noted wrongly. Refused where less than nothing would stand there."""
    held = _held(viewer, entry.fund)
    row = FundEntry.objects.select_for_update().get(pk=entry.pk, fund=held)
    said = _words(reason)[:200]
    if row.withdrawn_on is not None:
        raise CommunityRefused(_("这一笔已经撤回，请刷新页面。"))
    if len(said) < 4:
        raise CommunityRefused(_("请写明原因，至少 4 个字。"))
    if row.requests.exists():
        raise CommunityRefused(_("有诉求关联着这笔支出，先在诉求上改选另一笔。"))
    _refuse_below_zero([line for pk, line in _lines(held) if pk != row.pk])
    row.withdrawn_on, row.withdrawn_reason = on, said
    row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    _audit(by, "withdraw", held, entry=row.pk, reason=said)


def _write(
    by: Actor,
    on: date,
    fund: MaintenanceFund,
    kind: EntryKind,
    day: date,
    amount: int,
    purpose: str,
    **said: Any,
) -> FundEntry:
    if not 0 < amount < MOST_FEN:
        raise CommunityRefused(_("请填写大于零的金额。"))
    if not fund.opened_on <= day <= on:
        raise CommunityRefused(_("日期要在开户以后、今天以前。"))
    signed = -amount if kind in OUT else amount
    _refuse_below_zero([*(line for _pk, line in _lines(fund)), (day, signed)])
    row = FundEntry.objects.create(
        fund=fund,
        kind=kind,
        on=day,
        amount=amount,
        purpose=_words(purpose)[:200],
        recorded_on=on,
        recorded_by=by.username,
        **said,
    )
    _audit(by, str(kind), fund, entry=row.pk)
    return row


def _refuse_below_zero(lines: list[Line]) -> None:
    day, worst = lowest(lines)
    if worst < 0 and day is not None:
        raise CommunityRefused(
            _("%(day)s 的余额会少于零，差 %(yuan)s 元。基金不能透支，请核对金额和日期。")
            % {"day": day.isoformat(), "yuan": f"{-worst / 100:,.2f}"}
        )


def _lines(fund: MaintenanceFund) -> list[tuple[int, Line]]:
    rows = FundEntry.objects.filter(fund=fund, withdrawn_on__isnull=True).order_by("on", "id")
    return [(row.pk, (row.on, row.signed)) for row in rows]


def _held(viewer: Viewer, fund: MaintenanceFund) -> MaintenanceFund:
    """The fund, locked: whoever writes waits for whoever is writing."""
    seen = fund_for(viewer, fund.site.code)
    _refuse_others(viewer, seen.site)
    return MaintenanceFund.objects.select_for_update().get(pk=seen.pk)


def _refuse_others(viewer: Viewer, site: Site) -> None:
    is_seen = sites_in(viewer.scope).filter(pk=site.pk).exists()
    if not is_seen or not may_keep(viewer, site.village_code):
        raise CommunityRefused(_("您的岗位不能登记这个安置点的维修基金。"))


def _words(text: str) -> str:
    if holds_a_number(text):
        raise CommunityRefused(_("不要写证件号码、电话和银行账号。"))
    return text.strip()


def _why(problem: str) -> str:
    return {
        "numbers": _("表决的户数不对：同意的不多于参加的，参加的不多于应参加的。"),
        "too_few": _("参加表决的户数不够，这次表决不能作为使用维修基金的依据。"),
        "not_agreed": _("同意的户数不够，业主没有同意这笔支出。"),
    }[problem]


def _audit(by: Actor, action: str, fund: MaintenanceFund, reason: str = "", **detail: Any) -> None:
    audit(
        by=by,
        action=f"fund.{action}",
        kind="fund",
        ids=[fund.site.code],
        reason=reason,
        detail=detail or None,
        place=fund.site.village_code,
    )
