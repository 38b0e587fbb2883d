"""What a project still owes on a day: computed from its facts, never kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from anju.projects.models import FundSource, LabourBase, Payment, PaymentKind, Project, Step

_BEFORE_WORKS = (Step.PROPOSED, Step.REVIEWED, Step.APPRAISED, Step.ENTERED)
_WORKS = (Step.STARTED, Step.FINISHED, Step.ACCEPTED, Step.HANDED_OVER)


class Owing(StrEnum):
    """One kind of thing that is owed."""

    START = "start"
    FINISH = "finish"
    ACCEPTANCE = "acceptance"
    HAND_OVER = "hand_over"
    FUNDS = "funds"
    OVERPAID = "overpaid"
    LABOUR_PAY = "labour_pay"
    HEADCOUNT = "headcount"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed: since which day, or how much (fen), or how many, where that can be said."""

    what: Owing
    since: date | None = None
    amount: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """Money of a project as known now, in fen."""

    funds: dict[str, int]
    payments: Sequence[Payment]

    @property
    def approved(self) -> int:
        """Of all sources."""
        return sum(self.funds.values())

    @property
    def paid(self) -> int:
        """All payments."""
        return sum(each.amount for each in self.payments)

    @property
    def labour(self) -> int:
        """Labour pay."""
        return sum(each.amount for each in self.payments if each.kind == PaymentKind.LABOUR)


def labour_due(project: Project, money: Money) -> int | None:
    """How much labour pay the project has to make, in fen; None where no share is set."""
    if not project.is_work_relief or project.labour_percent is None:
        return None
    is_total = project.labour_base == LabourBase.TOTAL
    base = money.approved if is_total else money.funds.get(FundSource.CENTRAL, 0)
    return -int(-Fraction(base * project.labour_percent, 100) // 1)


def owed(project: Project, money: Money, on: date, *, has_progress: bool) -> list[Owed]:
    """Everything it owes on a day, what is late first; nothing once it was dropped."""
    if project.step == Step.DROPPED:
        return []
    found = [*_late(project, on), *_after_works(project)]
    if project.step in _WORKS:
        if not money.approved:
            found.append(Owed(Owing.FUNDS))
        found.extend(_labour(project, money))
        if project.step == Step.STARTED and not has_progress:
            found.append(Owed(Owing.PROGRESS))
    if money.paid > money.approved:
        found.append(Owed(Owing.OVERPAID, amount=money.paid - money.approved))
    return found


def _late(project: Project, on: date) -> list[Owed]:
    finish, start = project.planned_finish, project.planned_start
    is_open = project.step in _BEFORE_WORKS
    if finish is not None and finish < on and (is_open or project.step == Step.STARTED):
        return [Owed(Owing.FINISH, since=finish)]
    if start is not None and start < on and is_open:
        return [Owed(Owing.START, since=start)]
    return []


def _after_works(project: Project) -> list[Owed]:
    if project.step == Step.FINISHED:
        return [Owed(Owing.ACCEPTANCE, since=project.reached_on)]
    if project.step == Step.ACCEPTED:
        return [Owed(Owing.HAND_OVER, since=project.reached_on)]
    return []


def _labour(project: Project, money: Money) -> list[Owed]:
    due = labour_due(project, money)
    found = []
    if due is not None and money.labour < due:
        found.append(Owed(Owing.LABOUR_PAY, amount=due - money.labour))
    uncounted = [
        each for each in money.payments if each.kind == PaymentKind.LABOUR and each.workers is None
    ]
    if uncounted:
        found.append(Owed(Owing.HEADCOUNT, count=len(uncounted)))
    return found
