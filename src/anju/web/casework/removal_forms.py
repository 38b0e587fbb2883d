"""Forms of a removal: the indicators asked again, prefilled, and the household's signature."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.casework.actions import removal_checks
from anju.casework.indicators import INDICATORS, Unit
from anju.casework.queries import known, removal
from anju.registry.queries import money
from anju.web.casework.asked import Asked
from anju.web.casework.recording import Form, Prefill, Saving
from anju.web.registers.editing.fields import Field, Input

Values = Mapping[str, Any]

#: Follow from the others, so nobody is asked for them.
_COMPUTED = ("net_income", known.PER_HEAD)
_ASKED = tuple(each for each in INDICATORS.values() if each.id not in _COMPUTED)


def may_record(asked: Asked) -> bool:
    """Whether the removal is under way and the viewer comes to the home."""
    return asked.acts_for("grid", "village") and removal.checking_since(asked.case) is not None


def may_acknowledge(asked: Asked) -> bool:
    """Whether there is a check to be signed."""
    return may_record(asked) and removal.check_of(asked.case) is not None


def _fields(asked: Asked) -> Sequence[Field]:
    return (
        Field("checked_on", _("核查日期"), Input.DATE, is_required=True),
        *(
            Field(each.id, each.name, Input.YES_NO, is_required=True)
            if each.unit is Unit.FLAG
            else Field(
                each.id,
                gettext("%(name)s（元，近十二个月）") % {"name": each.name},
                Input.MONEY,
                is_required=True,
            )
            for each in _ASKED
        ),
    )


def _prefill(asked: Asked) -> Mapping[str, Prefill]:
    household = asked.case.household
    found = known.shown_to(asked.viewer, household, known.of(household, asked.on))
    filled = {"checked_on": Prefill(asked.on)}
    for each in _ASKED:
        value = found.get(each.id)
        if value is not None and value.is_known:
            said = "，".join(part for part in (value.source, value.note) if part)
            filled[each.id] = Prefill(value.value, said or gettext("底册"), value.on or asked.on)
    return filled


def _save(asked: Asked, saving: Saving, values: Values) -> None:
    given = dict(values)
    checked_on = given.pop("checked_on")
    net = sum(given[kind] for kind in known.INCOME_KINDS) - 2 * given["business_cost"]
    members = len(known.people(asked.case.household, asked.on))
    given |= {"net_income": net, known.PER_HEAD: money.per_head(net, members)}
    removal_checks.record(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case,
        checked_on=checked_on, values=given,
    )  # fmt: skip


REMOVAL_CHECK = Form(
    "removal-check",
    _("登记消除核查"),
    "removal",
    may_record,
    _fields,
    _save,
    _("已登记消除核查。"),
    _prefill,
    note=_(
        "底册已掌握的以底册为准判断；与实际不符的，请同时在户档案中更正。家庭纯收入和人均纯收入由系统计算。"
    ),
    keeps_draft=True,
)

ACKNOWLEDGE = Form(
    "acknowledge",
    _("登记农户签字认可"),
    "removal",
    may_acknowledge,
    lambda asked: (
        Field("signed_by", _("签字人"), is_required=True, most=60),
        Field("signed_on", _("签字日期"), Input.DATE, is_required=True),
    ),
    lambda asked, saving, values: removal_checks.acknowledge(
        by=saving.by, viewer=saving.viewer, on=saving.on, case=asked.case, **values
    ),
    _("已登记签字。"),
    lambda asked: {"signed_on": Prefill(asked.on)},
    note=_("风险消除认可书原件由村（社区）留存。"),
)

REMOVAL_FORMS = (REMOVAL_CHECK, ACKNOWLEDGE)
