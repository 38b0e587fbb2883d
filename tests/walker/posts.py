"""A public-welfare post of a town: who holds it, a month that was paid, a row of the ledger to link."""

from datetime import date
from typing import TYPE_CHECKING

from tests.factories.employment import (
    EmploymentFactory,
    PostHoldingFactory,
    PostPayFactory,
    PostTermsFactory,
    WelfarePostFactory,
)

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_posts(town: "Town") -> None:
    """Everything that is text carries the town's mark."""
    mark, home = town.people, town.households[-1]
    post = WelfarePostFactory(
        division_code=home.village_code, name=f"{mark}保洁{home.pk}", unit=f"{mark}镇政府"
    )
    PostTermsFactory(post=post, paper=f"{mark}发1号", monthly_pay=town.wage)
    of = {"household": home, "person": home.memberships.first().person}
    held = PostHoldingFactory(**of, post=post, monthly_pay=town.wage, note=f"{mark}核实")
    pay = PostPayFactory(**of, post=post, amount=town.wage)
    row = EmploymentFactory(
        person=held.person, channel="welfare_post", started_on=date(2022, 1, 4),
        employer=f"{mark}村委会",
    )  # fmt: skip
    town.add_sample("welfare_post", post.pk)
    town.add_sample("post_holding", held.pk)
    town.add_sample("post_pay", pay.pk)
    town.add_sample("post_ledger", row.pk)
