"""What must be present before a household is off a list that must reach zero: the registers say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from anju.casework.models import Case
from anju.casework.queries import known
from anju.casework.requirements.evidence import Check, Evidence
from anju.employment import queries as employment


def someone_employed(case: Case, on: date) -> Evidence:
    """A member who counts as labour is at work by the labour ledger, as the rule asks."""
    present = known.people(case.household, on)
    work = employment.employments_of([each.person.pk for each in present])
    at_work = {each.person_id for each in work if employment.is_at_work(each, on)}
    able = [known.labour([each], on) for each in present if each.person.pk in at_work]
    if any(able):
        return Evidence(True, _("劳动力台账中有人在业"))
    if None in able:
        return Evidence(None, _("在业人员的年龄、劳动能力或在读情况没有登记，请在底册补登。"))
    return Evidence(False, _("劳动力台账中没有在业的劳动力，请先登记就业。"))


def all_in_school(case: Case, on: date) -> Evidence:
    """Every child of school age is at school, or exempt for illness, by the registers."""
    present = known.people(case.household, on)
    schooling = known.guarantees(case.household, present, on)["education"].value
    if schooling is None:
        return Evidence(None, _("适龄儿童的年龄或在读情况没有登记，请在底册补登。"))
    if not schooling:
        return Evidence(False, _("登记显示仍有适龄儿童不在校，请先更正在读情况。"))
    return Evidence(True, _("适龄儿童均在校或经认定可以不在校"))


CLEARING: Final[Mapping[str, Check]] = {
    check.__name__: check for check in (someone_employed, all_in_school)
}
