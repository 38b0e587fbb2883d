"""What each tab of the household page shows."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.assets import queries as assets
from anju.employment import queries as employment
from anju.employment.models import Channel
from anju.employment.queries import offers, trainings
from anju.monitoring import queries as monitoring
from anju.registry import queries, sides
from anju.registry.models import Household
from anju.registry.queries import history, homes, money, people
from anju.registry.queries.health import may_see_health, without_health
from anju.registry.sides import Side
from anju.web import words
from anju.web.benefits import of_household as benefits
from anju.web.casework import of_household as casework
from anju.web.community import of_places as community
from anju.web.labour import of_household as openings
from anju.web.labour.posts import of_household as posts
from anju.web.registers import timeline

Context = dict[str, Any]


@dataclass(frozen=True)
class Tab:
    """One tab: its address part, title, context, and the permission beyond seeing households."""

    id: str
    title: str | Promise
    context: Callable[[Viewer, Household, date], Context]
    permission: Permission = Permission.VIEW_HOUSEHOLDS

    @property
    def template(self) -> str:
        """The tab's own part of the page."""
        return f"web/registers/tabs/{self.id}.html"


def _members(viewer: Viewer, household: Household, on: date) -> list[people.Member]:
    """Members, with health details only for whoever may see them there."""
    return people.members(
        people.memberships_of(household), on=on, with_health=may_see_health(viewer, household)
    )


def _people(viewer: Viewer, household: Household, on: date) -> Context:
    members = _members(viewer, household, on)
    present = [each for each in members if people.is_member(each.membership, on)]
    left = [each for each in members if each.membership.left_on is not None]
    grid_code = household.grid.code if household.grid else ""
    scope = viewer.scope_for(Permission.REVEAL_IDENTITY)
    return {
        "present": present,
        "left": [each for each in left if each not in present],
        "may_reveal": scope.covers(household.village_code, grid_code),
        "may_see_health": may_see_health(viewer, household),
    }


def _income(viewer: Viewer, household: Household, on: date) -> Context:
    quarters = money.quarters_of(household)
    return {"quarters": quarters, "chart": _income_chart(quarters) if quarters else ""}


def _income_chart(quarters: list[money.Quarter]) -> str:
    """The figures of the chart, oldest first, in yuan."""
    shown = quarters[:12][::-1]
    kinds = (
        (gettext("工资性"), lambda income: income.wage),
        (gettext("生产经营净收入"), _business_net),
        (gettext("财产性"), lambda income: income.property),
        (gettext("转移性"), lambda income: income.transfer),
    )
    series = [
        {
            "name": name,
            "kind": "bar",
            "stack": "income",
            "values": [_yuan(amount(quarter.income)) for quarter in shown],
        }
        for name, amount in kinds
    ]
    categories = [f"{quarter.quarter // 10}Q{quarter.quarter % 10}" for quarter in shown]
    return json.dumps({"unit": gettext("元"), "categories": categories, "series": series})


def _business_net(income: Any) -> int | None:
    if income.business is None or income.business_cost is None:
        return None
    return income.business - income.business_cost


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


def _guarantees(viewer: Viewer, household: Household, on: date) -> Context:
    members = _members(viewer, household, on)
    present = [each for each in members if people.is_member(each.membership, on)]
    ids = [each.person.pk for each in present]
    household_wide = homes.standing(household, on=on)
    return {
        "present": present,
        "may_see_health": may_see_health(viewer, household),
        "standing": household_wide,
        "unsafe_water": household_wide.status("unsafe_water")
        or next((held for each in present if (held := each.status("unsafe_water"))), None),
        "allowances": [
            held for kind in words.ALLOWANCES if (held := household_wide.status(kind)) is not None
        ],
        "measures": list(homes.measures_of(household, ids)),
    }


def _work(viewer: Viewer, household: Household, on: date) -> Context:
    members = _members(viewer, household, on)
    present = [each for each in members if people.is_member(each.membership, on)]
    ids = [each.person.pk for each in present]
    rows = employment.employments_of(ids)
    intervals = [(row, employment.is_at_work(row, on)) for row in rows]
    at_work = {row.person_id for row, is_at_work in intervals if is_at_work}
    ages = monitoring.labour_ages(on)
    return {
        **openings.context(viewer, household, ids, on),
        "present": present,
        "intervals": intervals,
        "at_work": at_work,
        "idle": [each for each in present if each.can_work(ages) and each.person.pk not in at_work],
        "trainings": list(trainings.trainings_of(ids)),
        "profiles": trainings.profiles_of(ids),
        "posts": posts.lines(ids, on),
    }


def _findings(viewer: Viewer, household: Household, on: date) -> Context:
    run = monitoring.latest_run()
    found = monitoring.findings_of_household(viewer, household, run) if run else []
    return {
        "run": run,
        "hits": [each for each in found if not each.is_unknown],
        "gaps": [each for each in found if each.is_unknown],
    }


def _housing(viewer: Viewer, household: Household, on: date) -> Context:
    return {
        "homes": [(row, people.holds(row, on)) for row in homes.housing_of(household)],
        "gradings": list(homes.gradings_of(household)),
        "holdings": list(homes.holdings_of(household)),
        "assets": list(assets.assets_of_household(household)),
    }


def _timeline(viewer: Viewer, household: Household, on: date) -> Context:
    ids = history.person_ids_of(household)
    moments = [
        *history.moments_of(household),
        *(
            history.Moment(row, row.started_on, row.ended_on, row.person)
            for row in employment.employments_ever_known(ids)
        ),
        *(
            history.Moment(row, row.started_on, None, row.person)
            for row in trainings.trainings_ever_known(ids)
        ),
        *(
            history.Moment(row, row.told_on, None, row.person)
            for row in trainings.profiles_ever_known(ids)
        ),
        *(
            history.Moment(row, row.offered_on, None, row.person)
            for row in offers.offers_ever_known(ids)
        ),
    ]
    may_see = may_see_health(viewer, household)
    shown = moments if may_see else without_health(moments)
    told = casework.lines(viewer, household)
    return {"lines": timeline.lines(shown, told), "may_see_health": may_see}


def _contact(viewer: Viewer, household: Household, on: date) -> Context:
    """Members for the place of origin: who they are and how to reach them."""
    members = _members(viewer, household, on)
    return {"present": [each for each in members if people.is_member(each.membership, on)]}


def _kept(viewer: Viewer, household: Household, on: date) -> Context:
    """What the household keeps at its place of origin."""
    members = people.memberships_of(household)
    ids = [each.person_id for each in members if people.is_member(each, on)]
    on_posts = employment.employments_of(ids).filter(channel=Channel.WELFARE_POST)
    return {
        "homes": queries.homes_left(household),
        "measures": queries.measures_kept(household),
        "posts": [(row, employment.is_at_work(row, on)) for row in on_posts],
    }


TABS = (
    Tab("people", _("成员"), _people),
    Tab("income", _("收入"), _income),
    Tab("guarantees", _("保障"), _guarantees),
    Tab("work", _("就业"), _work),
    Tab("findings", _("预警"), _findings, Permission.VIEW_FINDINGS),
    Tab("help", _("帮扶"), casework.tab, Permission.VIEW_CASES),
    Tab("benefits", _("补贴"), benefits.tab, Permission.VIEW_BENEFITS),
    Tab("housing", _("住房"), _housing),
    Tab("community", _("诉求"), community.tab, Permission.HANDLE_REQUESTS),
    Tab("timeline", _("时间线"), _timeline),
    Tab("contact", _("成员与联系"), _contact),
    Tab("kept", _("迁出地事项"), _kept),
)


def tabs_for(viewer: Viewer, side: Side) -> list[Tab]:
    """The tabs a viewer may open from that side; the first is shown when none is asked for."""
    return [
        tab for tab in TABS if viewer.may(tab.permission) and sides.sees(side, tab.id, sides.TABS)
    ]
