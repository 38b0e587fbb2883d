"""Who of one of the two towns was trained, and what they want."""

from typing import TYPE_CHECKING

from tests.factories.employment import (
    LabourProfileFactory,
    OfferFactory,
    TrainingFactory,
    VacancyFactory,
    WorkshopCountFactory,
    WorkshopFactory,
)

from anju.employment.models import Vacancy

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
    town.add_sample("offer", OfferFactory(**of, vacancy=_vacancy()).pk)
    workshop = WorkshopFactory(
        division_code=home.village_code, name=f"{town.people}车间{home.pk}",
        operator=f"{town.people}公司",
    )  # fmt: skip
    town.add_sample("workshop", workshop.pk)
    town.add_sample("workshop_count", WorkshopCountFactory(workshop=workshop).pk)


def _vacancy() -> Vacancy:
    """One for both towns: vacancies are public, so another town's would be everybody's."""
    known = Vacancy.objects.filter(employer="枫溪制衣厂").first()
    return known or VacancyFactory(employer="枫溪制衣厂")
