"""What an address asks of a list, and the addresses that ask for something a little different."""

import re
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.accounts.scope import Scope
from anju.web.lists.declaration import (
    Ask,
    Choice,
    Column,
    Filter,
    Register,
    Rows,
    Sort,
    Text,
)
from anju.web.lists.keyset import Position

POSITION = ("after", "before")
_IDENTITY_NUMBER = re.compile(r"[1-9]\d{5}(?:19|20)\d{9}[\dXx]")


@dataclass(frozen=True)
class Chosen:
    """A filter with its choices and the one that is set (None: all)."""

    filter: Filter
    choices: list[Choice]
    choice: Choice | None

    @property
    def value(self) -> str:
        """What is set; empty for all."""
        return self.choice.value if self.choice else ""


@dataclass(frozen=True)
class Left:
    """Rows that passed all conditions: to show, to count, and the search's note about them."""

    rows: Rows
    counted: Rows
    note: Text = ""
    part: Rows | None = None  # some of them, where counting all takes too long
    known: int | None = None  # how many, where that stands somewhere


@dataclass(frozen=True)
class State:
    """An address, read."""

    register: Register
    ask: Ask
    filters: list[Chosen]
    sort: Sort
    columns: list[Column]
    query: str
    refused: list[str]

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter or a search is set."""
        return bool(self.query) or any(chosen.choice for chosen in self.filters)

    @property
    def is_kept_worth(self) -> bool:
        """Whether somebody may want to come back to just this: filters, an order, columns."""
        chosen = bool(self.ask.address.getlist("col")) or bool(self.ask.chosen("sort"))
        return chosen or any(item.choice for item in self.filters)

    @property
    def place(self) -> str:
        """The one place that is asked about, for the audit trail; empty for several."""
        chosen = [item.value for item in self.filters if item.filter.is_place and item.choice]
        scope = self.ask.viewer.scope
        if chosen:
            return chosen[-1]
        return scope.ranges[0][0] if len(scope.ranges) == 1 and not scope.grid_codes else ""

    def narrowed(self, at: Position | None = None) -> Left:
        """The rows that are left, to show and to count, and what the search has to say.

        `at`: rows to show need not reach back beyond this position of the order.
        """
        asked = [chosen for chosen in self.filters if chosen.choice is not None]
        places = [chosen for chosen in asked if chosen.filter.is_place]
        asked = [chosen for chosen in asked if not chosen.filter.is_place] + places[-1:]
        ask = _within(self.ask, places[-1].value) if places else self.ask
        rows = counted = self.register.rows(ask)
        if at is not None and self.sort.is_by_place and not self.query:
            rows = self.register.rows(_beyond(ask, at))
        known = self._known(asked, ask)
        part, is_part = counted, False
        for chosen in asked:
            value, item = chosen.value, chosen.filter
            counts_some = item.count_part if known is None else None
            some = counts_some(part, value, ask) if counts_some else None
            part = (item.count or item.apply)(part, value, ask) if some is None else some
            is_part = is_part or some is not None
            counted = (item.count or item.apply)(counted, value, ask)
            rows = item.apply(rows, value, ask)
        if not self.query or self.register.search is None:
            return Left(rows, counted, part=part if is_part else None, known=known)
        found = self.register.search.apply(rows, self.query, ask)
        return Left(found.rows, found.rows, found.note, known=found.number)

    def _known(self, asked: list[Chosen], ask: Ask) -> int | None:
        """How many rows the filters leave, where the register knows; a search asks in its own way."""
        if self.register.known is None or (self.query and self.register.search is not None):
            return None
        return self.register.known({each.filter.id: each.value for each in asked}, ask)

    def address(self, **changes: str | None) -> str:
        """The same list with some parameters set (or, with None, left out)."""
        address = self._copy()
        for name, value in changes.items():
            if value:
                address[name] = value
            else:
                address.pop(name, None)
        return "?" + address.urlencode()

    def _copy(self) -> QueryDict:
        address = self.ask.address.copy()
        for name in [*POSITION, "export"]:
            address.pop(name, None)
        for name in [name for name, values in address.lists() if not any(values)]:
            address.pop(name)
        return address


def read(register: Register, ask: Ask) -> State:
    """Read an address. What it cannot mean is left out and named in `refused`."""
    refused: list[str] = []
    filters = [_chosen(item, ask, refused) for item in register.filters]
    wanted = set(ask.address.getlist("col"))
    columns = [
        column
        for column in register.columns
        if column.fixed or (column.id in wanted if wanted else column.shown)
    ]
    return State(
        register=register,
        ask=ask,
        filters=[chosen for chosen in filters if chosen.choices],
        sort=register.sort(ask.chosen("sort")),
        columns=columns,
        query=ask.chosen("q").replace("\x00", "")[:60] if register.search else "",
        refused=refused,
    )


def without_identity_number(address: QueryDict) -> str:
    """The address with a whole identity number cut to its last four; empty when there is none.

    Addresses are kept in histories and sent to colleagues: a number pasted into the search field must
    not stay in one.
    """
    text = address.get("q", "").strip()
    if not _IDENTITY_NUMBER.fullmatch(text):
        return ""
    changed = address.copy()
    changed["q"] = text[-4:]
    return changed.urlencode()


def _within(ask: Ask, place: str) -> Ask:
    """The same request for one place of the viewer's, if the whole place is theirs."""
    if not ask.viewer.scope.covers(place):
        return ask
    return replace(ask, viewer=replace(ask.viewer, scope=Scope.of([place])))


def _beyond(ask: Ask, at: Position) -> Ask:
    """The same request for the viewer's places from a position on.

    Both the gate and the position bound the place from below; SQLite follows the bound it meets
    first, which would be the beginning of the county, and step over every row on the way.
    """
    scope = ask.viewer.scope
    if scope.grid_codes:
        return ask
    place = str(at.values[0])
    # A colon follows the digits; a digit more follows the code itself.
    left = ("", f"{place}0") if at.is_end else (place, ":")
    return replace(ask, viewer=replace(ask.viewer, scope=scope & Scope((left,))))


def _chosen(item: Filter, ask: Ask, refused: list[str]) -> Chosen:
    choices = list(item.choices(ask))
    value = ask.chosen(item.id)
    choice = next((choice for choice in choices if choice.value == value), None)
    if value and choice is None:
        refused.append(
            _("筛选项“%(title)s”没有这个值，未按它筛选。请重新选择。") % {"title": item.title}
        )
    return Chosen(item, choices, choice)
