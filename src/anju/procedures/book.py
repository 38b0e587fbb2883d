"""All procedures of a pack: which one begins, and what leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from anju.procedures.calendars import Calendar, Clock
from anju.procedures.model import Measure, MonitoredClass, Purpose, Reason
from anju.procedures.procedure import Procedure
from anju.procedures.refusals import BookError
from anju.procedures.standing import Outcome, Standing


@dataclass(frozen=True)
class ProcedureBook:
    """The procedures of a pack with its measures, classes and limits, clocks as they hold on `on`."""

    pack: str
    on: date
    procedures: tuple[Procedure, ...]
    measures: tuple[Measure, ...]
    classes: tuple[MonitoredClass, ...]
    reasons: Mapping[str, tuple[Reason, ...]]
    limits: Mapping[str, Clock]

    def of(self, kind: str, purpose: Purpose) -> Procedure:
        """The procedure that begins on the book's day; a `BookError` where there is none."""
        for found in self.procedures:
            if (found.kind, found.purpose) == (kind, purpose) and found.holds_on(self.on):
                return found
        raise BookError(
            f"政策包 {self.pack} 在 {self.on} 没有“{kind}”类案件的“{purpose}”程序。",
            f"pack {self.pack} has no procedure for {kind}, {purpose} on {self.on}.",
        )

    def procedure(self, procedure_id: str) -> Procedure:
        """One procedure by id, also one that no longer begins: running cases keep theirs."""
        for found in self.procedures:
            if found.id == procedure_id:
                return found
        raise BookError(
            f"政策包 {self.pack} 没有程序 {procedure_id}。",
            f"pack {self.pack} has no procedure '{procedure_id}'.",
        )

    def take(
        self,
        procedure_id: str,
        standing: Standing,
        action_id: str,
        *,
        reason: str = "",
        note: str = "",
        calendar: Calendar,
    ) -> Outcome:
        """`Procedure.take`, and the start of the next procedure where the action begins one."""
        procedure = self.procedure(procedure_id)
        found = procedure.take(standing, action_id, reason=reason, note=note, calendar=calendar)
        if not found.begins:
            return found
        begun = self.of(procedure.kind, found.begins).start(
            on=standing.on, opened_on=standing.on, calendar=calendar, state=found.state
        )
        return replace(begun, is_return=found.is_return)

    @property
    def reasons_no_risk(self) -> tuple[Reason, ...]:
        """Why a lead may end without a case."""
        return self.reasons["no_risk"]

    @property
    def open_classes(self) -> tuple[MonitoredClass, ...]:
        """The classes households may enter on the book's day; `classes` has the old ones too."""
        return tuple(found for found in self.classes if found.holds_on(self.on))

    def measures_for(self, risk: str) -> tuple[Measure, ...]:
        """The measures that answer a risk."""
        return tuple(measure for measure in self.measures if risk in measure.fits)

    def limit(self, limit_id: str) -> Clock:
        """A time limit of the pack as a clock; a `BookError` where the pack has none."""
        try:
            return self.limits[limit_id]
        except KeyError:
            raise BookError(
                f"政策包 {self.pack} 在 {self.on} 没有时限 {limit_id}。",
                f"pack {self.pack} has no limit '{limit_id}' on {self.on}.",
            ) from None
