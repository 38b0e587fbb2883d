"""The lists that can be imported, in the order in which several are loaded together."""

from anju.intake.feeds import (
    help_lists,
    household_lists,
    labour_lists,
    person_lists,
    population,
    post_holders,
    residence,
    schooling,
)
from anju.intake.feeds.asset_yields import YIELDS
from anju.intake.feeds.assets import ASSETS
from anju.intake.feeds.clinics import CLINICS
from anju.intake.feeds.households import HOUSEHOLDS
from anju.intake.feeds.places import PLACES
from anju.intake.feeds.project_payments import PAYMENTS
from anju.intake.feeds.projects import PROJECTS
from anju.intake.feeds.vacancies import VACANCIES
from anju.intake.feeds.workshops import WORKSHOPS
from anju.intake.layout import Feed

FEEDS: tuple[Feed, ...] = tuple(
    sorted(
        (
            PLACES,
            HOUSEHOLDS,
            CLINICS,
            ASSETS,
            YIELDS,
            PROJECTS,
            PAYMENTS,
            WORKSHOPS,
            VACANCIES,
            *residence.FEEDS,
            *population.FEEDS,
            *help_lists.FEEDS,
            *household_lists.FEEDS,
            *person_lists.FEEDS,
            *labour_lists.FEEDS,
            *post_holders.FEEDS,
            *schooling.FEEDS,
        ),
        key=lambda feed: feed.order,
    )
)
BY_ID = {feed.id: feed for feed in FEEDS}
