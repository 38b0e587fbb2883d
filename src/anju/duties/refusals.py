"""What may not be done with plans and duties: why, and what next."""

from __future__ import annotations

from anju.audit.refusal import Refusal


class DutyRefused(Refusal):
    """This may not be done with a plan, task or assignment as it stands; `field` names what to put right."""

    def __init__(self, words: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(words)


class AlreadyThere(DutyRefused):
    """The same file was uploaded before: the version it is."""

    def __init__(self, words: str, *, plan_id: int, sequence: int) -> None:
        self.plan_id, self.sequence = plan_id, sequence
        super().__init__(words)
