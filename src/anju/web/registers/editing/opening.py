"""From an address to a sheet and its form, for whoever may edit it."""

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.http import Http404

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.employment.actions.sheets import ProfileSheet, TrainingSheet
from anju.privacy import HEALTH_EVENTS, HEALTH_STATUSES
from anju.registry import queries
from anju.registry.actions.editing import Sheet
from anju.registry.actions.fact_sheets import (
    EventSheet,
    FactSheet,
    HoldingSheet,
    IncomeSheet,
    StatusSheet,
)
from anju.registry.actions.joining import NewMember
from anju.registry.actions.sheets import HomeSheet, HouseholdSheet, MemberSheet
from anju.registry.models import Household
from anju.registry.queries import present
from anju.web.registers.editing.fields import Field, Form
from anju.web.registers.editing.forms import FORMS, Asked
from anju.web.registers.editing.labour_forms import LABOUR_FORMS

_FACTS: dict[str, type[FactSheet]] = {
    "income": IncomeSheet,
    "status": StatusSheet,
    "event": EventSheet,
    "holding": HoldingSheet,
    "training": TrainingSheet,
    "labour": ProfileSheet,
}
ALL_FORMS = {**FORMS, **LABOUR_FORMS}
_HEALTH = HEALTH_STATUSES | HEALTH_EVENTS


@dataclass(frozen=True)
class Opened:
    """A sheet, its form with the fields this viewer is asked for, and how it is called."""

    asked: Asked
    sheet: Sheet
    form: Form
    name: str
    is_new: bool
    back: str = ""
    """Where it goes on afterwards; empty: to the household's page."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is asked for: of a new fact also what it is and of whom."""
        return (*self.form.keys, *self.form.fields) if self.is_new else self.form.fields


def may_edit(viewer: Viewer, household: Household) -> bool:
    """Whether the viewer may correct what is known of this household."""
    grid = household.grid.code if household.grid else ""
    return viewer.scope_for(Permission.EDIT_REGISTERS).covers(household.village_code, grid)


def opened(viewer: Viewer, code: str, what: str, key: str) -> Opened:
    """The sheet an address names. Raises Http404 and PermissionDenied; RegistryRefused where the
    row was taken back meanwhile."""
    form = ALL_FORMS.get(what)
    try:
        household = queries.household_for(viewer, code)
    except Household.DoesNotExist:
        raise Http404 from None
    if form is None:
        raise Http404
    if not may_edit(viewer, household):
        raise PermissionDenied
    asked = Asked(viewer, household)
    if what in _FACTS:
        return _fact(asked, form, key)
    if what == "member":
        return _member(asked, form, key)
    if key:
        raise Http404
    if what == "joining":
        sheet: Sheet = NewMember(household)
        return Opened(asked, sheet, _visible(asked, form), household.head_name, is_new=True)
    sheet = HouseholdSheet(household) if what == "household" else HomeSheet(household)
    return Opened(asked, sheet, form, household.head_name, is_new=False)


def _member(asked: Asked, form: Form, key: str) -> Opened:
    chain = present.membership_chain(asked.household, key)
    if not chain or chain[-1].known_to is not None:
        raise Http404
    sheet = MemberSheet(asked.household, chain[-1], asked.may_see_health)
    return Opened(asked, sheet, _visible(asked, form), chain[-1].person.name, is_new=False)


def _visible(asked: Asked, form: Form) -> Form:
    """The form without health for whoever may not see it."""
    if asked.may_see_health:
        return form
    return replace(form, fields=tuple(f for f in form.fields if f.name != "health"))


def _fact(asked: Asked, form: Form, key: str) -> Opened:
    if key and not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    sheet = _FACTS[form.id](asked.household, int(key) if key else None)
    row = sheet.row
    if row is None:
        return Opened(asked, sheet, form, asked.household.head_name, is_new=True)
    if getattr(row, "kind", "") in _HEALTH and not asked.may_see_health:
        raise Http404
    person = getattr(row, "person", None)
    return Opened(asked, sheet, form, person.name if person else asked.household.head_name, False)
