"""Who does something: as much of a person as the audit keeps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A user at an address, or the system itself. `username` is what the audit stores."""

    username: str
    name: str = ""
    address: str = ""


SYSTEM = Actor("system", "系统")
"""Work that nobody in particular asked for: the timetable, first set-up."""

PUBLIC = Actor("public", "公众")
"""Somebody who did not sign in, on an open page of a village."""
