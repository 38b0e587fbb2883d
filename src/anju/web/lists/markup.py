"""The parts of a list that are written by the hundred: cells, rows, and choices of a drop-down.

A template spends some fifty microseconds a value, which a page of fifty rows with towns to choose
from pays a thousand times over; text joined here costs a tenth (docs/performance.md).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from anju.web import lights, words
from anju.web.lists.declaration import Column, Kind
from anju.web.lists.state import Chosen


def options(chosen: Chosen) -> SafeString:
    """The choices of a filter, the one that is set marked."""
    return SafeString(
        "".join(
            f'<option value="{escape(choice.value)}"'
            f"{' selected' if choice is chosen.choice else ''}>{escape(str(choice.label))}</option>"
            for choice in chosen.choices
        )
    )


def body(columns: Sequence[Column], rows: Iterable[Any]) -> SafeString:
    """The rows of a table; each cell carries its heading for narrow screens."""
    begun = [(column, _begin(column)) for column in columns]
    return SafeString(
        "".join(
            f"<tr>{''.join(f'{begin}{cell(column, row)}</td>' for column, begin in begun)}</tr>\n"
            for row in rows
        )
    )


def cell(column: Column, row: Any) -> SafeString:
    """One value of a list, linked where the column says so."""
    shown = _text(_shown(column.kind, column.value(row)))
    if column.link is not None and (address := column.link(row)):
        mark = " data-row" if column.fixed else ""
        return SafeString(f'<a href="{escape(address)}"{mark}>{shown}</a>')
    return SafeString(shown)


def level_badge(level: str | None) -> SafeString:
    """A warning level with its colour; 无 when there is none."""
    if not level:
        return missing("")
    said = escape(str(words.level(level)))
    return SafeString(f'<span class="level level-{escape(level)}">{said}</span>')


def missing(value: str | None) -> SafeString:
    """未掌握 for None, 无 for the empty text."""
    if value is None:
        return SafeString(f'<span class="unknown">{escape(str(words.UNKNOWN))}</span>')
    return SafeString(f'<span class="nothing">{escape(str(words.NONE))}</span>')


def yes_no(value: bool) -> str:
    """是 or 否."""
    return pgettext("answer", "是") if value else pgettext("answer", "否")


def _begin(column: Column) -> str:
    unit = f"（{column.unit}）" if column.unit else ""
    label = escape(f"{column.title}{unit}")
    return f'<td class="cell-{column.kind}" data-label="{label}">'


def _text(value: Any) -> str:
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


def _shown(kind: Kind, value: Any) -> Any:
    if kind is Kind.LEVEL:
        return level_badge(value)
    if value is None or value == "":
        return missing(value)
    if kind is Kind.LIGHT:
        return lights.badge(value)
    if kind is Kind.MONEY:
        return words.yuan(value)
    if kind is Kind.NUMBER:
        return f"{value:,}"
    if kind is Kind.YES_NO:
        return yes_no(value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value
