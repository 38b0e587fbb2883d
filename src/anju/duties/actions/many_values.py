"""Many reported values of one day at once: all of them are kept, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.audit.attachments import Attachment
from anju.duties.actions import values
from anju.duties.models import Indicator
from anju.duties.refusals import DutyRefused


@dataclass(frozen=True)
class Said:
    """One value of one indicator, where it comes from, and its proof."""

    indicator: Indicator
    value: Decimal
    words: str
    proofs: Sequence[Attachment] = ()


class SomeRefused(DutyRefused):
    """Some values cannot be kept, and so none was; `problems` says why, by indicator."""

    def __init__(self, problems: Mapping[int, str]) -> None:
        told = {"count": len(problems)}
        super().__init__(_("有 %(count)s 项没有通过，全部没有保存。请按提示改正后再提交。") % told)
        self.problems = dict(problems)


@transaction.atomic
def report_many(*, by: Actor, on: date, viewer: Viewer, as_of: date, said: Sequence[Said]) -> int:
    """Say several values of one day for one's unit; how many.

    Each is checked as if it were said alone; `SomeRefused` names all that may not be said.
    """
    if not said:
        raise DutyRefused(_("还没有填数。请至少填一项。"))
    problems = {}
    for each in said:
        try:
            values.refuse_value(
                on=on,
                viewer=viewer,
                indicator=each.indicator,
                as_of=as_of,
                value=each.value,
                words=each.words,
                proofs=each.proofs,
            )
        except DutyRefused as refused:
            problems[each.indicator.pk] = refused.zh
    if problems:
        raise SomeRefused(problems)
    for each in said:
        values.report(
            by=by,
            on=on,
            viewer=viewer,
            indicator=each.indicator,
            as_of=as_of,
            value=each.value,
            words=each.words,
            proofs=each.proofs,
        )
    return len(said)
