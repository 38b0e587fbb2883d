"""Units: offices that users belong to."""

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit, UnitKind
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal


class UnitRefused(Refusal):
    """A unit cannot be made like this."""


@transaction.atomic
def create(*, by: Actor, name: str, kind: UnitKind, division_code: str) -> Unit:
    """Add a unit; its name is unique in the county."""
    if Unit.objects.filter(name=name).exists():
        raise UnitRefused(_("单位“%(name)s”已登记。") % {"name": name})
    unit = Unit.objects.create(name=name, kind=kind, division_code=division_code)
    record(by=by, action="unit.create", kind="unit", ids=[unit.pk])
    return unit
