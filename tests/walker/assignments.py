"""Leaders assigned to one of the two towns, and what they said of it."""

from datetime import date
from typing import TYPE_CHECKING

from tests.factories.accounts import UserFactory
from tests.factories.duties import AssignmentFactory, OwedFactory

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_assignments(town: "Town") -> None:
    """A leader at the site, with a visit done and one that is owed."""
    number = len(town.samples.get("assignment", ()))
    leader = UserFactory(
        username=f"zq{town.letter.lower()}-assigned{number}", name=f"{town.people}包点领导"
    )
    row = AssignmentFactory(
        leader=leader,
        division_code=town.villages[0].code,
        site=town.site,
        clause=f"{town.people}条款",
        valid_from=date(2023, 1, 1),
    )
    OwedFactory(
        assignment=row, period="2022H2", due_on=date(2022, 12, 31), held_on=date(2022, 12, 20),
        words=f"{town.people}修缮排水沟",
    )  # fmt: skip
    owed = OwedFactory(assignment=row)
    town.add_sample("assignment", row.pk)
    town.add_sample("owed", owed.pk)
