"""Units: offices, schools, hospitals, enterprises that users belong to."""

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit, UnitKind
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.audit.refusal import Refusal
from anju.places.models import Division

_TOLD = ("name", "kind", "division_code", "office")


class UnitRefused(Refusal):
    """A unit cannot be made or changed like this."""


@transaction.atomic
def create(*, by: Actor, name: str, kind: UnitKind, division_code: str, office: str = "") -> Unit:
    """Add a unit; its name is unique in the county. `office`: whose lists it answers for, if any."""
    unit = Unit()
    _fill(unit, name, kind, division_code, office)
    unit.save()
    detail = {"changes": between(Unit, {}, state(unit, _TOLD))}
    record(by=by, action="unit.create", kind="unit", ids=[unit.pk], detail=detail)
    return unit


@transaction.atomic
def change(
    *, by: Actor, unit: Unit, name: str, kind: UnitKind, division_code: str, office: str = ""
) -> None:
    """Correct a unit's name, kind, place, or whose lists it answers for."""
    before = state(unit, _TOLD)
    _fill(unit, name, kind, division_code, office)
    unit.save()
    record(
        by=by,
        action="unit.change",
        kind="unit",
        ids=[unit.pk],
        detail={"changes": between(Unit, before, state(unit, _TOLD))},
    )


def _fill(unit: Unit, name: str, kind: UnitKind, division_code: str, office: str) -> None:
    """Set the fields, or say what is wrong with one."""
    name = name.strip()
    if not name:
        raise UnitRefused(_("请填写单位名称。"))
    if Unit.objects.filter(name=name).exclude(pk=unit.pk).exists():
        raise UnitRefused(_("单位“%(name)s”已登记。") % {"name": name})
    if not Division.objects.filter(code=division_code).exists():
        raise UnitRefused(
            _("行政区划 %(code)s 尚未登记，请先导入行政区划。") % {"code": division_code}
        )
    unit.name, unit.kind, unit.division_code = name, UnitKind(kind), division_code
    unit.office = office.strip()
