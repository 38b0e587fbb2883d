"""Tags and filters of every template: icons, levels, money, and the words for what is missing."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anju.duties.lights import Light
from anju.web import lights, words
from anju.web.lists import markup
from anju.web.lists.state import Chosen, State

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite (frontend/icons.json); decoration unless it has a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>',
        SafeString(said),
        static("dist/icons.svg"),
        name,
    )


@register.filter
def or_unknown(value: Any) -> Any:
    """未掌握 for None, 无 for the empty text, everything else as it is."""
    return markup.missing(value) if value is None or value == "" else value


@register.filter
def user(username: str) -> Any:
    """Who did something, by sign-in name."""
    return words.user(username)


@register.filter
def yuan(fen: int | None) -> Any:
    """Fen as yuan without the unit (it stands in the heading)."""
    return or_unknown(None) if fen is None else words.yuan(fen)


@register.filter
def count(number: int | None) -> Any:
    """A whole number with thousands apart."""
    return or_unknown(None) if number is None else f"{number:,}"


@register.filter
def day(value: date | None) -> Any:
    """A day."""
    return or_unknown(None) if value is None else value.isoformat()


@register.filter
def decimal(value: Decimal | None) -> Any:
    """A decimal number without the zeros behind it, thousands apart."""
    return or_unknown(None) if value is None else f"{value.normalize():,f}"


@register.filter
def yes_no(value: bool | None) -> Any:
    """是, 否 or 未掌握."""
    return or_unknown(None) if value is None else markup.yes_no(value)


@register.filter
def quarter(number: int) -> str:
    """20233 → 2023 年 3 季度."""
    return _("%(year)s年第%(quarter)s季度") % {"year": number // 10, "quarter": number % 10}


@register.simple_tag
def level_badge(level: str | None) -> Any:
    """A warning level with its colour; 无 when there is none."""
    return markup.level_badge(level)


@register.simple_tag
def light_badge(light: Light) -> SafeString:
    """A light with its colour."""
    return lights.badge(light)


@register.filter
def status_word(kind: str) -> Any:
    """The word for a kind of status."""
    return words.status(kind)


@register.filter
def relation_word(code: str) -> Any:
    """A member's relation to the head."""
    return or_unknown(words.relation(code))


@register.filter
def education_word(code: str) -> Any:
    """Education completed; no list says “none”, so that empty is unknown."""
    return words.education(code) if code else or_unknown(None)


@register.filter
def measure_word(category: str) -> Any:
    """A category of help measure."""
    return words.measure(category) if category else or_unknown(None)


@register.filter
def leaving_word(code: str) -> Any:
    """Why somebody left; unknown when the list did not say."""
    return words.leaving(code) if code else or_unknown(None)


@register.filter
def holding_word(kind: str) -> Any:
    """The word for a kind of holding."""
    return words.holding(kind)


@register.filter
def percent(number: int) -> str:
    """A whole percentage with its sign."""
    return f"+{number}%" if number > 0 else f"−{-number}%" if number < 0 else "0%"


@register.filter
def signed(number: int) -> str:
    """A whole number with its sign, thousands apart."""
    return f"+{number:,}" if number > 0 else f"−{-number:,}" if number < 0 else "0"


@register.filter
def square_metres(square_decimetres: int | None) -> Any:
    """Square decimetres as square metres, without trailing zeros."""
    if square_decimetres is None:
        return or_unknown(None)
    whole, rest = divmod(square_decimetres, 100)
    return f"{whole:,}.{rest:02d}".rstrip("0").rstrip(".")


@register.simple_tag
def allowances_of(member: Any) -> list[Any]:
    """The member's own allowances that hold."""
    return [status for status in member.statuses if status.kind in words.ALLOWANCES]


@register.simple_tag
def event_level(event: Any) -> Any:
    """The level of an event in words."""
    return words.event_level(event.kind, event.level)


@register.simple_tag
def held(member: Any, kind: str) -> Any:
    """The member's status of a kind, or None."""
    return member.status(kind)


@register.simple_tag
def status_level(status: Any) -> Any:
    """The level of a status in words."""
    return words.status_level(status.kind, status.level) if status else ""


@register.simple_tag
def status_reference(status: Any) -> Any:
    """What tells the status apart from others of its kind."""
    return words.status_reference(status.kind, status.reference) if status else ""


@register.simple_tag
def options(chosen: Chosen) -> SafeString:
    """The choices of a filter of a list."""
    return markup.options(chosen)


@register.simple_tag
def table_rows(state: State, rows: Iterable[Any]) -> SafeString:
    """The rows of a list with the columns that were chosen."""
    return markup.body(state.columns, rows)


@register.simple_tag
def view_address(request: HttpRequest, state: State) -> str:
    """What the page that saves a view is told: the address of the list, and what it is called."""
    return urlencode(
        {"address": request.path + state.address(), "title": str(state.register.title)}
    )


@register.simple_tag
def address(state: State, **changes: str | None) -> str:
    """The address of the same list with some parameters changed."""
    return state.address(**changes)
