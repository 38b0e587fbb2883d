"""What a list is made of: columns, filters, a search, orders, and who may open it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer

Text = str | Promise
Rows = QuerySet[Any]
PLACE = "village_code"


class Kind(StrEnum):
    """How a column's value is written on the page and in the workbook."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    MONEY = "money"  # integer fen, shown in yuan
    DATE = "date"
    MOMENT = "moment"
    LEVEL = "level"  # red, orange, yellow, hint
    LIGHT = "light"  # a Light of `anju.duties.lights`
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Ask:
    """One request for a list: who asks, with which address, about what (`given` by the view)."""

    viewer: Viewer
    address: QueryDict
    on: date
    given: Mapping[str, Any] = field(default_factory=dict)

    def chosen(self, name: str) -> str:
        """One parameter of the address, without blanks around it."""
        return self.address.get(name, "").strip()


@dataclass(frozen=True)
class Column:
    """One column. `value` reads a row; None is written 未掌握, the empty string 无."""

    id: str
    title: Text
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    unit: Text = ""
    link: Callable[[Any], str] | None = None
    shown: bool = True  # until somebody chooses columns
    fixed: bool = False  # cannot be hidden


@dataclass(frozen=True)
class Choice:
    """One value a filter can take, and its label."""

    value: str
    label: Text


@dataclass(frozen=True)
class Filter:
    """A drop-down. `choices` is limited to what the viewer may see; other values are refused."""

    id: str
    title: Text
    choices: Callable[[Ask], Sequence[Choice]]
    apply: Callable[[Rows, str, Ask], Rows]
    unset: Text = _("全部")  # what the list shows while nothing is chosen
    #: The values are division codes: of several, the last (finest) one is asked, in place of the
    #: viewer's whole scope, so that the database has one range to follow.
    is_place: bool = False
    #: Another way to the same rows that is quicker when they are only counted.
    count: Callable[[Rows, str, Ask], Rows] | None = None
    #: So many of those rows that counting them takes long enough: the page says "more than". None
    #: where there are not that many.
    count_part: Callable[[Rows, str, Ask], Rows | None] | None = None


@dataclass(frozen=True)
class Found:
    """What a search left over, and what to tell the person about it."""

    rows: Rows
    note: Text = ""
    number: int | None = None  # how many, where the search knows


@dataclass(frozen=True)
class Search:
    """The search field."""

    placeholder: Text
    apply: Callable[[Rows, str, Ask], Found]


@dataclass(frozen=True)
class Sort:
    """An order; the last field must be unique and no field may be NULL (keyset pages)."""

    id: str
    title: Text
    fields: tuple[str, ...]

    @property
    def is_by_place(self) -> bool:
        """The order begins with the field that the gate asks for the viewer's places."""
        return self.fields[0] == PLACE


@dataclass(frozen=True)
class Register:
    """A list of one kind of thing."""

    id: str
    title: Text
    noun: Text  # the measure word of a count: 户, 条
    rows: Callable[[Ask], Rows]
    columns: tuple[Column, ...]
    sorts: tuple[Sort, ...]
    empty: Text  # what to do when there is nothing
    export_permission: Permission = Permission.EXPORT_LISTS
    filters: tuple[Filter, ...] = ()
    search: Search | None = None
    #: Adds what a page of rows needs besides its own fields, in a fixed number of queries.
    prepare: Callable[[Sequence[Any], Ask], None] | None = None
    #: How many rows the filters leave (id → value), where that is known without counting them.
    known: Callable[[Mapping[str, str], Ask], int | None] | None = None
    #: What the audit trail calls a row; empty for lists without personal data.
    audit_kind: str = ""
    row_id: Callable[[Any], str | int] = lambda row: row.pk
    page_size: int = 50

    def sort(self, wanted: str) -> Sort:
        """The order asked for, else the first."""
        return next((sort for sort in self.sorts if sort.id == wanted), self.sorts[0])
