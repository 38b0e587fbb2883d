"""What an address asks of a list, and the addresses that ask for something a little different."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.web.lists.declaration import Ask, Choice, Column, Filter, Register, Rows, Sort

POSITION = ("after", "before")


@dataclass(frozen=True)
class Chosen:
    """A filter with its choices and the one that is set (None: all)."""

    filter: Filter
    choices: list[Choice]
    choice: Choice | None


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

    def narrowed(self) -> tuple[Rows, Any]:
        """The rows that are left, and what the search has to say."""
        rows = self.register.rows(self.ask)
        for chosen in self.filters:
            if chosen.choice is not None:
                rows = chosen.filter.apply(rows, chosen.choice.value, self.ask)
        if self.query and self.register.search is not None:
            found = self.register.search.apply(rows, self.query, self.ask)
            return found.rows, found.note
        return rows, ""

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


def _chosen(item: Filter, ask: Ask, refused: list[str]) -> Chosen:
    choices = list(item.choices(ask))
    value = ask.chosen(item.id)
    choice = next((choice for choice in choices if choice.value == value), None)
    if value and choice is None:
        refused.append(
            _("筛选项“%(title)s”没有这个值，未按它筛选。请重新选择。") % {"title": item.title}
        )
    return Chosen(item, choices, choice)
