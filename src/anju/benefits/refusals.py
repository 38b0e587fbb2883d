"""What may not be done with subsidies: why, and what next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from anju.audit.refusal import Refusal


class BenefitRefused(Refusal):
    """A change that contradicts what is held. The message names the row and says what next."""


class ChangedMeanwhile(BenefitRefused):
    """Somebody changed it since the page was opened: nothing that was not seen is decided."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("“%(what)s”在您打开页面之后有改动，请刷新页面，看过新情况后再办理。") % {"what": what}
        )


class Problem(NamedTuple):
    """What is wrong with a row: in which column, and what to do."""

    column: str
    said: str


class RowsRefused(BenefitRefused):
    """Rows that do not fit: nothing of them was taken. Row 0 is the file as a whole."""

    def __init__(self, problems: Mapping[int, Problem]) -> None:
        self.problems = dict(sorted(problems.items()))
        row, first = next(iter(self.problems.items()))
        where = _("第 %(row)s 行“%(column)s”：") % {"row": row, "column": first.column}
        told = {
            "count": len(self.problems),
            "where": where if row else "",
            "said": first.said,
        }
        super().__init__(_("没有登记，共 %(count)s 处不对。%(where)s%(said)s") % told)
