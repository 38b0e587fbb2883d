"""What a form is that writes down what was signed, found, compared or said about a case.

It is prefilled with all that is known, with its source and day; what is not known is asked first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import QueryDict

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.web.casework.asked import Asked
from anju.web.lists.declaration import Text
from anju.web.registers.editing.fields import Field

_MOST_SIGNS = 5_000  # of a field; what a field itself allows is said when it is read


@dataclass(frozen=True)
class Prefill:
    """A value that stands in a field already, and from where it is known."""

    value: Any
    source: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Saving:
    """Who writes, and when."""

    by: Actor
    viewer: Viewer
    at: datetime
    on: date
    seen: int


@dataclass(frozen=True)
class Form:
    """What is written down together, and for whom it is open.

    `keep` takes the values read from the fields; what it refuses is shown above them. With
    `keeps_draft` what is being typed survives closing the page.
    """

    id: str
    title: Text
    section: str
    may: Callable[[Asked], bool]
    fields: Callable[[Asked], Sequence[Field]]
    keep: Callable[[Asked, Saving, Mapping[str, Any]], object]
    done: Text
    prefill: Callable[[Asked], Mapping[str, Prefill]] = field(default=lambda asked: {})
    note: Text = ""
    keeps_draft: bool = False


def typed(fields: Sequence[Field], sent: QueryDict) -> dict[str, str]:
    """What stands in each field as it was sent."""
    return {each.name: sent.get(each.name, "")[:_MOST_SIGNS] for each in fields}
