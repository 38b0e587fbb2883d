"""The people of a subsidy: the bureau that opens and approves, finance that pays, town and village."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, NORTH_1, Cast, County

from anju.accounts.models import Unit, User
from anju.accounts.queries import viewer_of
from anju.benefits.actions import schemes
from anju.benefits.actions.schemes import About
from anju.benefits.models import Roll, Scheme

SPRING, AUTUMN = date(2023, 4, 10), date(2023, 9, 1)


@dataclass(frozen=True)
class People:
    """Who acts; `act` gives the arguments of an action."""

    cast: Cast
    farming: Unit
    finance: Unit
    payer: User

    def act(self, who: str, on: date = AUTUMN) -> dict[str, Any]:
        """by, on and viewer of one of them on a day."""
        user = self.payer if who == "payer" else getattr(self.cast, who)
        viewer = viewer_of(user, on=on)
        return {"by": viewer.actor(), "on": on, "viewer": viewer}

    def now(self, who: str, on: date = AUTUMN) -> dict[str, Any]:
        """The same without the day, for actions that know none."""
        given = self.act(who, on)
        return {"by": given["by"], "viewer": given["viewer"]}


@pytest.fixture
def people(county: County, cast: Cast) -> People:
    farming, finance = UnitFactory(name="县农业农村局"), UnitFactory(name="县财政局")
    cast.bureau.unit = farming
    cast.bureau.save()
    payer = UserFactory(username="payer", name="财政工作人员", unit=finance)
    PostFactory(user=payer, role="department", division_code=COUNTY)
    return People(cast, farming, finance, payer)


def opened(people: People, benefit: str, **about: Any) -> Scheme:
    """A scheme of the Shiquan pack for 2023, paid by finance."""
    given = {
        "title": f"{benefit}·2023年度",
        "every": "year",
        "period": "2023",
        "unit": people.farming,
        "payer": people.finance,
        "opens_on": SPRING,
        "closes_on": date(2023, 12, 20),
    }
    return schemes.set_up(
        **people.act("bureau", SPRING),
        county_code="529901",
        benefit=benefit,
        pack="shiquan-2023",
        about=About(**{**given, **about}),
    )


def roll_of(scheme: Scheme, village: str = NORTH_1) -> Roll:
    """The village's latest roll, as it is now."""
    return Roll.objects.filter(scheme=scheme, village_code=village).latest("sequence")
