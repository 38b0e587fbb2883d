"""Who of one of the two towns was trained, and what they want."""

from typing import TYPE_CHECKING

from tests.factories.employment import LabourProfileFactory, TrainingFactory

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_labour(town: "Town") -> None:
    """A training of the last head, and an answer of theirs; both once a household."""
    home = town.households[-1]
    of = {"household": home, "person": home.memberships.first().person}
    TrainingFactory(
        **of, organiser=f"{town.people}培训学校", trade=f"{town.people}刺绣", subsidy=town.wage
    )
    LabourProfileFactory(**of, wished_trade=f"{town.people}刺绣", wished_wage=town.wage)
