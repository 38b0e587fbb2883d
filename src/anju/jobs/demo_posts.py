"""Public-welfare posts in the demo county: agreements renewed, some who left, pay of the last months.

Holders and posts came in by the county's lists; what follows is told through the actions of the pages.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

#: Every so many-th line was paid late, in part, or not yet.
_LATE, _SHORT, _NOT_YET = 41, 57, 83
_MONTHS: Final = 3
_SOURCE: Final = "岗位补贴发放表"


def make(*, today: date) -> dict[str, int]:
    """Tell the town's last months and the county's last one; renew and end some agreements."""
    from anju.rules.months import Month

    town, last = _town(), Month.of(today).shift(-1)
    holdings = _held(today)
    paid = 0
    for back in range(_MONTHS - 1, -1, -1):
        month = last.shift(-back)
        for place, rows in groupby(holdings, key=lambda row: row.household.village_code[:9]):
            # The last town has not told of its pay yet.
            if place == town or (back == 0 and place != holdings[-1].household.village_code[:9]):
                paid += _pay(month, list(rows), today)
    ours = [row for row in holdings if row.household.village_code.startswith(town)]
    return {"paid": paid, **_turn(ours, today)}


def _town() -> str:
    from anju.accounts.models import Post

    return str(Post.objects.get(user__username="town").division_code)[:9]


def _held(today: date) -> list[Any]:
    from anju.employment.models import PostHolding
    from anju.employment.queries.post_facts import holds_post

    rows = PostHolding.objects.filter(holds_post(today)).select_related(
        "household", "person", "post"
    )
    return sorted(rows, key=lambda row: (row.household.village_code[:9], row.pk))


def _pay(month: Any, rows: list[Any], today: date) -> int:
    """One list of a town: most in full and in time."""
    from anju.audit.actor import SYSTEM
    from anju.employment.actions import post_pays

    day = min(month.last_day + timedelta(days=6), today)
    late = min(month.last_day + timedelta(days=19), today)
    lines = []
    for at, row in enumerate(rows):
        due = row.monthly_pay
        if due is None or at % _NOT_YET == 5:
            lines.append(post_pays.Line(row, due))
        else:
            amount = due // 2 if at % _SHORT == 7 else due
            lines.append(post_pays.Line(row, due, amount, late if at % _LATE == 3 else day))
    return post_pays.record_month(by=SYSTEM, on=today, month=month, lines=lines, source=_SOURCE)


def _turn(rows: list[Any], today: date) -> dict[str, int]:
    """Of the town's: one agreement that ends soon, one renewed, two who left."""
    from anju.audit.actor import SYSTEM
    from anju.employment.actions import holdings
    from anju.employment.models import EndReason

    how = {"by": SYSTEM, "source": "公益性岗位花名册"}
    soon, renewed, *left = rows[:4]
    holdings.correct(
        **how, on=today, holding=soon, changes={"agreed_until": today + timedelta(days=12)}
    )
    if renewed.agreed_until is None or renewed.agreed_until < date(today.year + 1, 12, 31):
        holdings.renew(**how, on=today, holding=renewed, agreed_until=date(today.year + 1, 12, 31))
    for row, reason in zip(left, (EndReason.OTHER_WORK, EndReason.MOVED), strict=False):
        holdings.leave(
            **how, on=today, holding=row, ended_on=today - timedelta(days=20), reason=reason
        )
    return {"left": len(left)}
