"""What is written down while a list is cleared: the work that was found, and who works so far."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from anju.casework.actions import measures, placing
from anju.casework.models import CaseKind
from anju.employment import queries as employment
from anju.employment.models import Channel
from anju.registry import queries as registry
from anju.registry.queries.people import is_member, memberships_of
from anju.web.casework.asked import Asked, Section
from anju.web.casework.recording import Form, Prefill, Saving
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input


def may_place(asked: Asked) -> bool:
    """Whether the viewer may write down that somebody began to work."""
    return placing.is_placed(asked.case) and asked.acts_for(*measures.ACTING)


def _members(asked: Asked) -> Sequence[Choice]:
    found = memberships_of(asked.case.household)
    return [
        Choice(each.person.code, each.person.name) for each in found if is_member(each, asked.on)
    ]


def _place(asked: Asked, saving: Saving, values: Mapping[str, Any]) -> None:
    given = dict(values)
    placing.place(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case,
        person=registry.member_of(asked.case.household, given.pop("person")),
        channel=Channel(given.pop("channel")), **given,
    )  # fmt: skip


WORK = Form(
    "work",
    _("登记就业"),
    "work",
    may_place,
    lambda asked: (
        Field("person", _("就业人员"), Input.CHOICE, _members, is_required=True),
        Field("started_on", _("上岗日期"), Input.DATE, is_required=True),
        Field("channel", _("就业渠道"), Input.CHOICE, _channels, is_required=True),
        Field("employer", _("用工单位"), most=120),
        Field("monthly_wage", _("月工资（元）"), Input.MONEY, is_nullable=True),
    ),
    _place,
    _("已登记就业。"),
    lambda asked: {"started_on": Prefill(asked.on)},
    note=_("写入劳动力台账。台账有人在业后，才能报乡镇核实清零。"),
)

CLEARING_FORMS = (WORK,)


def _channels(asked: Asked) -> Sequence[Choice]:
    return [Choice(each.value, each.label) for each in Channel]


def work(asked: Asked) -> dict[str, Any] | None:
    """Who works by the labour ledger; only where work is to be found."""
    case = asked.case
    if case.kind != CaseKind.ZERO_EMPLOYMENT:
        return None
    found = memberships_of(case.household)
    ids = [each.person_id for each in found if is_member(each, asked.on)]
    rows = employment.employments_of(ids)
    return {
        "rows": [row for row in rows if employment.is_at_work(row, asked.on)],
        "may_place": may_place(asked),
    }


CLEARING_SECTIONS = (Section("work", _("就业"), "web/casework/sections/work.html", work),)
