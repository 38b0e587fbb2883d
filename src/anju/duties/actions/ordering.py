"""Where a measure stands among the others of its version, and what it is called at first.

Used by the actions that put measures right, which write the entry in the audit trail.
"""

from __future__ import annotations

import re

from anju.duties.models import PlanMeasure, PlanVersion
from anju.duties.spans import words_start

_TITLE = re.compile(r"[^。:：;；\n]{2,60}")


def put_in_order(version: PlanVersion, made: PlanMeasure) -> None:
    """Save a new measure with a key of its own, and number all by the order of the text."""
    rows = list(PlanMeasure.objects.filter(version=version).order_by("position", "id"))
    taken = {each.key for each in rows}
    base, number = made.key.partition("#")[0][:74], 1
    made.key = base
    while made.key in taken:
        number += 1
        made.key = f"{base}#{number}"
    rows.append(made)
    rows.sort(key=lambda each: (each.start, -each.end, each.pk or 0))
    for position, each in enumerate(rows, start=1):
        each.position = position
    made.save()
    PlanMeasure.objects.bulk_update([each for each in rows if each is not made], ["position"])


def title_in(text: str, start: int, end: int) -> str:
    """The first words of a stretch of text, without its number."""
    match = _TITLE.search(text, words_start(text, start, end), end)
    title = match[0].strip() if match else text[start:end].strip()[:60]
    return title if len(title) < 60 else re.split(r"[,，]", title)[0]
