"""Whether the village has read of it long enough, and nobody's objection stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from anju.casework.models import Case
from anju.casework.queries import publication
from anju.casework.queries.notices import objections_to
from anju.casework.requirements.evidence import Check, Evidence


def publicity_over(case: Case, on: date) -> Evidence:
    """A notice with the household hung its whole time; the day after the last one it is over."""
    entry = publication.entry_of(case)
    if entry is None:
        return Evidence(False, _("还没有公示。"))
    days = {"start": entry.notice.posted_on, "end": entry.notice.ends_on}
    if on <= entry.notice.ends_on:
        return Evidence(False, _("%(start)s 起公示，%(end)s 期满，次日起可以办理。") % days)
    return Evidence(True, _("%(start)s 至 %(end)s 已公示。") % days)


def no_open_objection(case: Case, on: date) -> Evidence:
    """Every objection is answered, and none to this household was found right."""
    entry = publication.entry_of(case)
    said = objections_to(entry) if entry else []
    unanswered = sum(each.answered_on is None for each in said)
    upheld = [each for each in said if each.is_upheld and each.entry_id is not None]
    if unanswered:
        return Evidence(False, _("有 %(count)s 条异议还没有答复。") % {"count": unanswered})
    if upheld:
        return Evidence(False, _("有异议成立，应退回重新评议，或不再纳入（消除）。"))
    if said:
        return Evidence(True, _("%(count)s 条异议均已答复，不成立。") % {"count": len(said)})
    return Evidence(True, _("没有收到异议。"))


PUBLICITY: Mapping[str, Check] = {
    "publicity_over": publicity_over,
    "no_open_objection": no_open_objection,
}
