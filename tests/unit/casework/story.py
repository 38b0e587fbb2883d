"""A household's way through the procedure, step by step, for tests that need a case somewhere on it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.factories.county import NORTH_1, TODAY, Cast
from tests.factories.places import GridFactory

from anju.accounts.viewer import Viewer
from anju.casework.actions import cases, checks, leads, moves
from anju.casework.models import Case, Channel, Lead, Notice, NoticeEntry
from anju.registry.models import Household

AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
GUARANTEES = {"education": True, "medical": True, "housing": True, "water": True}


@dataclass
class Story:
    """Who acts, and the day it is."""

    cast: Cast
    on: date = TODAY

    def viewer(self, who: str) -> Viewer:
        """One of the cast today."""
        return self.cast.viewer(who, self.on)

    def later(self, days: int) -> "Story":
        """The same some days on."""
        return replace(self, on=self.on + timedelta(days=days))

    def said(self, who: str) -> dict[str, Any]:
        """What each action is given."""
        viewer = self.viewer(who)
        return {"by": viewer.actor(), "on": self.on, "viewer": viewer}

    def raised(self, household: Household, *, risk: str = "income", who: str = "village") -> Lead:
        """Somebody told of a risk."""
        return leads.report(
            household=household,
            risk=risk,
            channel=Channel.GRID,
            told="家里主要劳力住院，收入没了",
            **self.said(who),
        )

    def opened(self, household: Household, *, who: str = "village") -> Case:
        """A case at its first step."""
        lead = self.raised(household, who=who)
        return cases.open_case(lead=lead, at=AT, **self.said(who))

    def move(self, case: Case, action: str, who: str = "village", **given: str) -> Case:
        """One action of the pack, as the case stands now."""
        case.refresh_from_db()
        return moves.take(
            case=case, action=action, seen=case.version, at=AT, **given, **self.said(who)
        )

    def authorised(self, case: Case) -> None:
        """The household signed."""
        checks.authorise(case=case, signed_on=self.on, signed_by="户主", **self.said("village"))

    def checked(self, case: Case, *, has_risk: bool = True) -> None:
        """Somebody was at the home."""
        checks.check_home(
            case=case,
            checked_on=self.on,
            met="户主",
            income_per_capita=520_000,
            rigid_spending=3_000_000,
            guarantees=GUARANTEES,
            own_means="无存款，亲友难以相助",
            has_risk=has_risk,
            **self.said("village"),
        )

    def compared(self, case: Case, hints: tuple[dict[str, Any], ...] = ()) -> None:
        """Data were compared."""
        checks.compare(case=case, compared_on=self.on, hints=hints, **self.said("bureau"))

    def reviewed(self, case: Case, *, in_favour: int = 24, against: int = 1) -> None:
        """The village met."""
        checks.review(
            case=case,
            held_on=self.on,
            entitled=30,
            present=25,
            in_favour=in_favour,
            against=against,
            minutes="大家同意推荐",
            **self.said("village"),
        )

    def kind_set(self, case: Case, kind: str = "unstable") -> Case:
        """The class it is to enter."""
        case.refresh_from_db()
        return cases.set_kind(case=case, seen=case.version, kind=kind, **self.said("village"))

    def published(self, case: Case) -> None:
        """A notice hung, and its days are over some days later."""
        notice = Notice.objects.create(
            village_code=case.village_code,
            kind=Notice.Kind.INCLUSION,
            posted_on=self.on,
            ends_on=self.on + timedelta(days=5),
            contact="村民委员会",
            posted_by="village",
        )
        NoticeEntry.objects.create(
            notice=notice, case=case, masked_name="搬*", members=2, proposed="脱贫不稳定户"
        )

    def to_publicity(self, case: Case) -> Case:
        """From the first step to the notice."""
        self.authorised(case)
        self.move(case, "to_home_check")
        self.checked(case)
        self.move(case, "to_comparison")
        self.compared(case)
        self.move(case, "to_review", "bureau")
        self.kind_set(case)
        self.reviewed(case)
        return self.move(case, "to_publicity")

    def included(self, household: Household) -> Case:
        """The whole way: nine days later the county has decided."""
        case = self.opened(household)
        self.to_publicity(case)
        self.published(case)
        later = self.later(6)
        later.move(case, "to_town_check")
        later.move(case, "to_decision", "north_town")
        return later.move(case, "include", "bureau")


def another_grid(village: str = NORTH_1) -> str:
    """The code of a grid nobody of the cast works in."""
    return str(GridFactory(village_code=village).code)
