"""Settling which units an office name means: once, for every plan that uses the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions.plans import refuse_others
from anju.duties.actions.tasks import TaskMoved, claim, replace_units
from anju.duties.models import OfficeName, OfficeUnit
from anju.duties.queries.moving import Moving, moving
from anju.duties.refusals import DutyRefused


@transaction.atomic
def settle(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    names: Mapping[str, Sequence[Unit]],
    moved: Mapping[str, int] | None = None,
) -> list[OfficeName]:
    """Say which units some names mean; no units: nobody in particular (各有关部门).

    What was said of a name before is replaced. Tasks that were drawn up already stay as they are, but
    for those in `moved` (number → version seen): they get the units that the names mean from now on.
    `TaskMoved` where somebody changed one of them meanwhile.
    """
    refuse_others(viewer)
    moves = {each.task.number: each for each in moving(names)} if moved else {}
    rows = []
    for name, units in names.items():
        if not name or len(name) > 80:
            raise DutyRefused(_("单位名称应为 1 至 80 字。"))
        row, _made = OfficeName.objects.update_or_create(
            name=name, defaults={"settled_on": on, "settled_by": by.username}
        )
        OfficeUnit.objects.filter(office=row).exclude(unit__in=[each.pk for each in units]).delete()
        there = set(OfficeUnit.objects.filter(office=row).values_list("unit_id", flat=True))
        wanted = {each.pk: each for each in units if each.pk not in there}
        OfficeUnit.objects.bulk_create(
            [OfficeUnit(office=row, unit=each) for each in wanted.values()]
        )
        rows.append(row)
    if rows:
        detail = {"units": {row.name: len(names[row.name]) for row in rows}}
        ids = [row.pk for row in rows]
        record(by=by, action="office_name.settle", kind="office_name", ids=ids, detail=detail)
    for number, seen in (moved or {}).items():
        _move(by, moves.get(number), seen, "、".join(names))
    return rows


def _move(by: Actor, move: Moving | None, seen: int, names: str) -> None:
    """One task follows what the names mean."""
    if move is None:
        raise TaskMoved(_("有任务在您打开页面之后已被他人改动。请核对后再保存。"))
    if not move.wanted:
        raise DutyRefused(
            _("任务%(number)s会没有任何单位，请不要勾选它，或先在任务页面指定单位。")
            % {"number": move.task.number}
        )
    claim(move.task, seen)
    reason = _("单位名称“%(names)s”重新对照") % {"names": names[:100]}
    replace_units(by=by, task=move.task, units=move.wanted, reason=reason)


@transaction.atomic
def forget(*, by: Actor, viewer: Viewer, name: OfficeName) -> None:
    """Unsettle a name, so that it is asked for again."""
    refuse_others(viewer)
    row = OfficeName.objects.get(pk=name.pk)
    record(
        by=by,
        action="office_name.forget",
        kind="office_name",
        ids=[row.pk],
        detail={"name": row.name},
    )
    row.delete()
