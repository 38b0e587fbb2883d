"""For whom and of what time figures are told: the viewer, held to the places of the unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from anju.accounts.models import Unit, UnitKind
from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework.queries.figures import Period
from anju.reporting.models import Report


@dataclass(frozen=True)
class Asked:
    """A report and a day. Households pass their gates as `viewer`, the work of units as `reader`."""

    report: Report
    reader: Viewer
    viewer: Viewer
    on: date

    @classmethod
    def of(cls, viewer: Viewer, report: Report, on: date) -> Asked:
        """The viewer held to the places of the report's unit."""
        ranges = Scope(viewer.scope.ranges) & Scope.of([report.unit.division_code])
        return cls(report, viewer, replace(viewer, scope=ranges), on)

    @property
    def unit(self) -> Unit | None:
        """Whose work is told; None for that of all units."""
        return None if self.report.is_whole else self.report.unit

    @property
    def period(self) -> Period:
        """Both days included."""
        return Period(self.report.first_day, self.report.last_day)

    @property
    def span(self) -> str:
        """Both days as lists read them in their address (`anju.web.lists.spans`)."""
        return f"{self.report.first_day}..{self.report.last_day}"

    @property
    def at(self) -> date:
        """The day that standings are told of: the last of the time, or today while it goes on."""
        return min(self.report.last_day, self.on)

    @cached_property
    def tells_households(self) -> bool:
        """Whether the registers of places belong into the report: the county's, and a town's."""
        if self.report.is_whole or self.report.unit.kind == UnitKind.TOWN:
            code = self.report.unit.division_code
            return all(
                self.viewer.scope_for(each).covers(code)
                for each in (Permission.VIEW_FINDINGS, Permission.VIEW_CASES)
            )
        return False
