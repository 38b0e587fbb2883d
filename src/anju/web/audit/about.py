"""What an entry is about, as the auditor reads it: users by their sign-in names.

The trail itself holds the number of a user, which stays the same and tells nobody anything.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from anju.accounts import queries as accounts
from anju.audit.models import Entry

# Fields of entries about posts that hold the number of a user.
_FIELDS = ("user", "from", "to")


def people_in(entries: Iterable[Entry]) -> dict[int, str]:
    """Number → sign-in name of all users these entries are about; one query."""
    numbers: set[int] = set()
    for entry in entries:
        if entry.kind == "user":
            numbers.update(each for each in entry.ids if isinstance(each, int))
        elif entry.kind == "post":
            numbers.update(entry.detail[name] for name in _held(entry))
    return accounts.usernames(numbers) if numbers else {}


def about_in(entry: Entry, people: Mapping[int, str]) -> list[str]:
    """The ids of an entry; of a user the sign-in name."""
    if entry.kind != "user":
        return [str(each) for each in entry.ids]
    return [people.get(each, str(each)) for each in entry.ids]


def with_names(entry: Entry, people: Mapping[int, str]) -> Mapping[str, Any]:
    """What else an entry says, with sign-in names in the place of numbers of users."""
    if entry.kind != "post":
        return entry.detail
    named = {name: people.get(entry.detail[name], entry.detail[name]) for name in _held(entry)}
    return {**entry.detail, **named}


def _held(entry: Entry) -> list[str]:
    return [name for name in _FIELDS if isinstance(entry.detail.get(name), int)]
