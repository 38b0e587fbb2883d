"""Work found for a member of a zero-employment household, written into the labour ledger."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.casework.actions.measures import refuse_level, source_of
from anju.casework.models import Case, CaseKind
from anju.casework.refusals import CaseRefused
from anju.employment.actions import employments
from anju.employment.models import Channel, Employment
from anju.registry.models import Person
from anju.registry.queries.people import is_member, memberships_of


@transaction.atomic
def place(
    *,
    by: Actor,
    viewer: Viewer,
    on: date,
    case: Case,
    person: Person,
    started_on: date,
    channel: Channel,
    employer: str = "",
    monthly_wage: int | None = None,
) -> Employment:
    """A member began to work, wage in fen a month; the labour ledger names the case as its source.

    Refused: a case that clears no unemployment or is over, a person who is no member, a day to
    come, work that is known already, and whoever does not act for the household's place.
    """
    refuse_level(viewer, case)
    if not is_placed(case):
        raise CaseRefused(_("只有正在办理的零就业清零案件可以在这里登记就业。"))
    if started_on > on:
        raise CaseRefused(_("上岗日期 %(day)s 还没有到，上岗后再登记。") % {"day": started_on})
    members = (each for each in memberships_of(case.household) if is_member(each, on))
    if person.pk not in {each.person_id for each in members}:
        raise CaseRefused(_("所选人员不是这户的成员，请刷新页面。"))
    return employments.start(
        by=by,
        on=on,
        person=person,
        started_on=started_on,
        channel=channel,
        employer=employer.strip(),
        monthly_wage=monthly_wage,
        source=source_of(case),
    )


def is_placed(case: Case) -> bool:
    """Whether finding work is what the case is about, and it is under way."""
    return case.kind == CaseKind.ZERO_EMPLOYMENT and bool(case.step)
