"""One case for one viewer, and what a part of its page is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from anju.accounts.viewer import Viewer
from anju.casework import books, levels
from anju.casework.models import Case
from anju.casework.queries import mandate_of
from anju.casework.queries.recording import levels_recording
from anju.privacy import HEALTH_RISKS
from anju.procedures.model import Level
from anju.registry.queries.health import may_see_health


@dataclass(frozen=True)
class Asked:
    """One case for one viewer on a day."""

    viewer: Viewer
    case: Case
    on: date

    @property
    def may_act(self) -> bool:
        """Whether the viewer acts for some level where the household lives."""
        return levels.may_act(self.viewer, self.case.household)

    def may_record(self, requirement: str, *also: Level) -> bool:
        """Whether the present step asks for this, of a level (or one of `also`) the viewer acts for."""
        asked = levels_recording(self.case, requirement)
        return bool(asked and asked.union(also) & self._levels)

    def is_asked(self, *requirements: str) -> bool:
        """Whether some step of a procedure for this kind of case needs one of these."""
        return any(
            each in (*action.needs, *action.later)
            for procedure in books.book_of(self.case).procedures
            if procedure.kind == self.case.kind
            for step in procedure.steps
            for action in step.actions
            for each in requirements
        )

    def acts_for(self, *wanted: Level) -> bool:
        """Whether the viewer acts for one of these levels here, in person or for somebody away."""
        return bool(self._levels.intersection(wanted))

    @cached_property
    def _levels(self) -> frozenset[Level]:
        return mandate_of(self.viewer, self.case).levels

    @property
    def may_see_health(self) -> bool:
        """Whether the viewer may see health of this household."""
        return may_see_health(self.viewer, self.case.household)

    @cached_property
    def may_read_notes(self) -> bool:
        """Whether free text is shown: in a case about health it tells of illness."""
        return self.may_see_health or not self.case.risks.filter(risk__in=HEALTH_RISKS).exists()


@dataclass(frozen=True)
class Section:
    """A part of the story: its id (the anchor), title, template and what that is given.

    `context` may answer None: then the section is left out. `needs_pack`: it asks the policy pack.
    """

    id: str
    title: str | Promise
    template: str
    context: Callable[[Asked], dict[str, Any] | None]
    needs_pack: bool = True
