"""A list narrowed to the rows that an indicator's number is made of.

`?behind=figure:side:day` (and, of a town, `:code`) works in every list that lies behind a figure: the
rows come from the figure itself, so that the list has as many as the number says. The list's own gate
still holds: nobody sees rows of other places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts.scope import Scope
from anju.reporting.figures import FIGURES, Asked, Figure, Side
from anju.web.lists.declaration import Ask, Choice, Filter, Rows

NAME = "behind"


@dataclass(frozen=True)
class Narrowed:
    """Which rows of which figure: of a day, and of a town or the whole county."""

    figure: Figure
    side: Side
    as_of: date
    town: str = ""

    @property
    def value(self) -> str:
        """As it stands in an address."""
        return ":".join([self.figure.id, self.side, self.as_of.isoformat(), self.town]).rstrip(":")

    @property
    def asked(self) -> Asked:
        """As figures are asked."""
        return Asked(self.as_of, Scope.of([self.town]) if self.town else None)


def behind(list_id: str) -> Filter:
    """The filter for a list; it is offered only where an address asks for it."""

    def choices(ask: Ask) -> Sequence[Choice]:
        found = read(ask.chosen(NAME))
        if found is None or found.figure.behind is None or found.figure.behind.list != list_id:
            return []
        return [Choice(found.value, _words(found))]

    return Filter(NAME, gettext_lazy("指标名单"), choices, _apply)


def read(text: str) -> Narrowed | None:
    """What an address asks; None where that means nothing."""
    figure_id, side, as_of, town = [*text.split(":"), "", "", "", ""][:4]
    figure = FIGURES.get(figure_id)
    if figure is None or figure.behind is None or side not in {str(s) for s in figure.behind.rows}:
        return None
    if town and not (len(town) == 12 and town.isdecimal() and town.isascii()):
        return None
    try:
        return Narrowed(figure, Side(side), date.fromisoformat(as_of), town)
    except ValueError:
        return None


def day(ask: Ask) -> date:
    """The day a list shows: that of the number, where it lies behind one."""
    found = read(ask.chosen(NAME))
    return ask.on if found is None else found.as_of


def side_words(figure: Figure, side: Side) -> str:
    """What these rows are."""
    if side is Side.NUMERATOR:
        return str(figure.numerator)
    if side is Side.DENOMINATOR:
        return str(figure.denominator)
    return str(figure.behind.words) if figure.behind else ""


def _words(found: Narrowed) -> str:
    told = {
        "name": found.figure.name,
        "day": found.as_of.isoformat(),
        "side": side_words(found.figure, found.side),
    }
    return _("%(name)s（%(day)s）：%(side)s") % told


def _apply(rows: Rows, value: str, ask: Ask) -> Rows:
    found = read(value)
    if found is None or found.figure.behind is None:
        return rows.none()
    return found.figure.behind.select(rows, found.side, found.asked)
