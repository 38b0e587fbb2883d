"""数据报送: lists that departments handed in during the time, and what became of their rows."""

from __future__ import annotations

from collections import Counter

from anju.accounts.models import User
from anju.intake import queries as intake
from anju.intake.models import BatchState
from anju.reporting.queries.asked import Asked
from anju.reporting.told import Figure, Part

TITLE = "数据报送情况"
_REFUSED = ("rejected", "conflict")


def tell(asked: Asked) -> Part | None:
    """None where the unit handed nothing in."""
    batches = intake.batches_for(asked.reader).filter(
        state=BatchState.DONE, known_on__range=(asked.period.first, asked.period.last)
    )
    if asked.unit is not None:
        people = User.objects.filter(unit=asked.unit).values("username")
        batches = batches.filter(created_by__in=people)
    feeds, rows = set(), Counter[str]()
    files = 0
    for feed, counts in batches.order_by().values_list("feed", "counts"):
        files += 1
        feeds.add(feed)
        rows.update({name: count for name, count in counts.items() if isinstance(count, int)})
    if not files:
        return None
    refused = sum(rows[name] for name in _REFUSED)
    written = sum(rows.values()) - refused
    query = {"state": BatchState.DONE.value, "known": asked.span}
    told = [
        Figure("imports.files", "导入名单", files, "份", "imports", query),
        Figure("imports.feeds", "数据来源", len(feeds), "类", "imports", query),
        Figure("imports.rows", "写入或核对一致", written, "行", "imports", query),
        Figure("imports.refused", "退回待改", refused, "行", "imports", query),
    ]
    sentence = (
        f"本期导入名单{files}份（{len(feeds)}类来源），写入或核对一致{written}行，"
        f"退回待改{refused}行。"
    )
    return Part("imports", TITLE, [sentence], told)
