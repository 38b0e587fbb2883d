"""Putting a row right that somebody else may have changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from anju.audit.changes import state
from anju.employment.refusals import WorkRefused
from anju.registry.merging import merge


def changes(
    row: Model, names: tuple[str, ...], seen: Mapping[str, Any], typed: Mapping[str, Any]
) -> dict[str, Any]:
    """What was typed anew; refused where others changed the same fields after they were shown."""
    merged = merge(seen, state(row, names), typed)
    if merged.differences:
        fields = (row._meta.get_field(each.name) for each in merged.differences)
        labels = "、".join(str(field.verbose_name) for field in fields)  # type: ignore[union-attr]
        raise WorkRefused(
            _("您填写期间，别人改了：%(names)s。没有保存；请刷新页面，看过现在的内容再改。")
            % {"names": labels}
        )
    return merged.changes
