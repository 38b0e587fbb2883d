"""What waits on desks about public-welfare posts: who should leave, pay not told of, rows to link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.employment.queries import posts as queries
from anju.employment.queries.post_facts import at_work, holds_post
from anju.employment.queries.post_limits import notice_days, pay_days
from anju.rules.months import Month
from anju.web.desk.item import Item


def items(viewer: Viewer) -> Iterator[Item]:
    """A line of each sort for who may write; nothing where nobody holds a post."""
    if not viewer.may(Permission.EDIT_REGISTERS):
        return
    if not queries.holdings_for(viewer).filter(holds_post(viewer.on)).exists():
        return
    yield from _to_leave(viewer)
    yield from _unpaid(viewer)
    yield from _unlinked(viewer)


def _to_leave(viewer: Viewer) -> Iterator[Item]:
    """Agreements and ages that end, and what the registers say against staying."""
    found = queries.holdings_for(viewer).filter(holds_post(viewer.on))
    found = found.filter(reduce(or_, queries.to_leave(viewer.on).values()))
    number = found.count()
    if not number:
        return
    first = found.aggregate(day=Min("agreed_until"))["day"]
    said = ngettext(
        "%(count)s 人的公益性岗位要续签或退岗",
        "%(count)s 人的公益性岗位要续签或退岗",
        number,
    )
    yield Item(
        title=said % {"count": number},
        detail=_("协议到期（提前 %(days)s 天）、到龄，或底册显示已不符合条件；名单上逐人写明原因。")
        % {"days": notice_days(viewer.on)},
        address=f"{reverse('web:post-holders')}?state=on&need=any",
        since=min(first, viewer.on) if first else viewer.on,
        is_late=first is not None and first < viewer.on,
        due_on=first if first is not None and first >= viewer.on else None,
    )


def _unpaid(viewer: Viewer) -> Iterator[Item]:
    """Last month's pay that nobody has told of, or that was not paid, once it is late."""
    month = Month.of(viewer.on).shift(-1)
    due_on = month.last_day + timedelta(days=pay_days(month.last_day))
    if viewer.on <= due_on:
        return
    states = queries.pay_states(month)
    found = queries.month_pay(viewer, month).filter(states["untold"] | states["unpaid"])
    number = found.count()
    if not number:
        return
    said = ngettext(
        "%(count)s 人 %(month)s 的岗位补贴没有发，或没有登记",
        "%(count)s 人 %(month)s 的岗位补贴没有发，或没有登记",
        number,
    )
    yield Item(
        title=said % {"count": number, "month": month},
        detail=_("已发的，在名单上登记发放日期和金额；没有发的，及时发放。"),
        address=f"{reverse('web:post-pays')}?month={month}&state=open",
        since=month.last_day + timedelta(days=1),
        is_late=True,
        due_on=due_on,
    )


def _unlinked(viewer: Viewer) -> Iterator[Item]:
    """Rows of the labour ledger that go on and that no holding stands behind."""
    rows = queries.ledger_for(viewer).filter(at_work(viewer.on, posts_too=True), is_linked=False)
    number = rows.count()
    if not number:
        return
    said = ngettext(
        "劳动力台账有 %(count)s 条公益性岗位没有聘用登记",
        "劳动力台账有 %(count)s 条公益性岗位没有聘用登记",
        number,
    )
    yield Item(
        title=said % {"count": number},
        detail=_("逐条关联到岗位，两本账说一样的话。"),
        address=f"{reverse('web:post-ledger')}?link=no&state=on",
        since=viewer.on,
        is_late=False,
    )
