"""Whether a document that is out still holds, and what is known of the one that took its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.reporting.actions.writing import LONGEST_REASON
from anju.reporting.models import Replacing, Report
from anju.reporting.replacing import Sent, is_out, number_of
from anju.web.lists import Ask, Choice


def standing(row: Sent) -> str:
    """有效, 已更正, 已撤回; nothing of what is not out. One with `select_related("replacement")`."""
    if not is_out(row):
        return ""
    new = getattr(row, "replacement", None)
    if new is None or not is_out(new):
        return gettext("有效")
    is_withdrawn = new.replacing == Replacing.WITHDRAWAL
    return gettext("已撤回") if is_withdrawn else gettext("已更正")


def void_or_draft(row: Sent, new: Sent | None) -> str:
    """What the name of the file says of a document that does not hold."""
    if not is_out(row):
        return gettext("（草稿）")
    return gettext("（已作废）") if new is not None and is_out(new) else ""


def replacing(row: Sent, new: Sent | None, page: str, replace: str) -> dict[str, Any]:
    """What `_replaced.html` and `_replace.html` show: the addresses of a kind of document by name."""

    def at(each: Sent, name: str = page) -> str:
        return reverse(name, args=[each.pk if isinstance(each, Report) else each.number])

    old = row.replaces
    return {
        "replacement": new,
        "replacement_is_out": new is not None and is_out(new),
        "replacement_number": number_of(new) if new else "",
        "replacement_page": at(new) if new else "",
        "replaced_page": at(old) if old else "",
        "replaced_number": number_of(old) if old else "",
        "replace_at": at(row, replace),
        "ways": [each for each in Replacing if not each == row.replacing == Replacing.WITHDRAWAL],
        "most_reason": LONGEST_REASON,
    }


def standings(ask: Ask) -> Sequence[Choice]:
    """The choices of a filter."""
    return [Choice("valid", _("有效")), Choice("replaced", _("已更正或撤回"))]
