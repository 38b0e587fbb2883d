"""What may not be done with leads and cases: why, and what next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.utils.translation import gettext as _

from anju.audit.refusal import Refusal
from anju.casework.models import Case, ClinicCase, ClinicMove, Move
from anju.language import in_language
from anju.procedures.refusals import ProcedureError


class CaseRefused(Refusal):
    """This may not be done with a lead or a case as it stands."""

    @classmethod
    def by_procedure(cls, error: ProcedureError) -> Self:
        """What the policy pack says against it, in the reader's language."""
        return cls(in_language(error.zh, error.en))


class CaseMoved(CaseRefused):
    """Somebody acted since the page was opened: the case as it is now, and what they did."""

    def __init__(
        self, case: Case | ClinicCase, moves: Sequence[Move] | Sequence[ClinicMove]
    ) -> None:
        self.case = case
        self.moves: tuple[Any, ...] = tuple(moves)
        last = self.moves[-1] if self.moves else None
        super().__init__(
            _("%(who)s 已在您之前办理了这个案件（%(day)s），请刷新页面，看过新情况后再办理。")
            % {"who": last.by if last else _("另一位同事"), "day": last.moved_on if last else ""}
        )
