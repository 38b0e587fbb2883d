"""What a change was: before and after of each field, in a form that may stand in the audit trail.

Which values are shown follows from the class of the field (`anju.privacy`). Who somebody is, how to
reach them, their health, what is known of children, text typed by people and secrets are hidden: the
entry says that they changed, and whether anything was there before. Sealed bytes are always hidden.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from anju.privacy import Privacy, class_of

HIDDEN = "*"
_SHOWN = frozenset(
    {Privacy.PUBLIC, Privacy.TECHNICAL, Privacy.CIRCUMSTANCES, Privacy.FINANCE},
)

Change = list[Any]


def between(
    model: type[Model], before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Change]:
    """Field → [before, after] of the fields that differ; a missing name means "not known".

    Names are those of the model's fields (`site` or `site_id`). An undeclared field is refused by
    `class_of`, so nothing new can slip into the trail unseen.
    """
    changes = {}
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old != new:
            changes[name] = [_shown(model, name, old), _shown(model, name, new)]
    return changes


def state(row: Model, names: Mapping[str, Any] | list[str] | tuple[str, ...]) -> dict[str, Any]:
    """The values of some fields of a row, to be compared with what they become."""
    return {name: getattr(row, name) for name in names}


def _shown(model: type[Model], name: str, value: Any) -> Any:
    """A value as the trail may hold it; None and the empty text are never hidden."""
    if value is None or value == "":
        return value
    if class_of(model._meta.label, model._meta.get_field(name).name) not in _SHOWN:
        return HIDDEN
    if isinstance(value, Model):
        return getattr(value, "code", value.pk)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int | str) else HIDDEN
