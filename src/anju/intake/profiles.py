"""How sources lay out their lists: what is remembered, and what is different this month."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from anju.intake.headings import Heading, normal
from anju.intake.models import Profile
from anju.intake.recognising import Recognised
from anju.intake.saved import SavedLayout, fingerprint

_ALIKE = 0.5


def by_hand() -> tuple[SavedLayout, ...]:
    """The layouts that people explained, the newest first: by them files are told apart."""
    return _layouts(explained())


def seen(feed: str) -> tuple[SavedLayout, ...]:
    """Every layout of a list that was seen or explained, the newest first."""
    return _layouts(Profile.objects.filter(feed=feed))


def _layouts(found: QuerySet[Profile]) -> tuple[SavedLayout, ...]:
    return tuple(
        SavedLayout(
            feed=each.feed,
            sheet=each.sheet,
            headings=tuple(each.headings),
            columns=each.columns,
            fingerprint=each.fingerprint,
            by_hand=each.by_hand,
        )
        for each in found.order_by("-id")
    )


def explained() -> QuerySet[Profile]:
    """The layouts that people explained, by list; they hold headings and nobody's data."""
    return Profile.objects.filter(by_hand=True)


def question(recognised: Recognised) -> dict[str, Any]:
    """What is not as in any month before, of the first sheet that differs; empty if nothing is.

    `{"sheet", "new": [heading], "missing": [heading], "renamed": [[before, now]]}`
    """
    known = seen(recognised.feed.id)
    for name, heading in recognised.sheets:
        before = [each for each in known if each.sheet == heading.layout.id]
        mark = fingerprint(heading.names.values())
        if before and all(each.fingerprint != mark for each in before):
            return {"sheet": name, **_different(heading, before)}
    return {}


def _different(heading: Heading, before: Iterable[SavedLayout]) -> dict[str, Any]:
    """Against the layout that shares most headings."""
    now = {normal(name): name for name in heading.names.values()}
    nearest = max(before, key=lambda each: len(now.keys() & set(map(normal, each.headings))))
    then = {normal(name): name for name in nearest.headings}
    new = [name for key, name in now.items() if key not in then]
    missing = [name for key, name in then.items() if key not in now]
    renamed = []
    for gone in list(missing):
        close = difflib.get_close_matches(gone, new, n=1, cutoff=_ALIKE)
        if close:
            renamed.append([gone, close[0]])
            missing.remove(gone)
            new.remove(close[0])
    return {"new": new, "missing": missing, "renamed": renamed}
