"""Layouts that were seen or explained before, told by their headings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from anju.intake.headings import normal


@dataclass(frozen=True, slots=True)
class SavedLayout:
    """A sheet of a list as a source lays it out. `columns`: field → heading in the file.

    `by_hand`: a person said what the columns are; otherwise their headings say it themselves.
    """

    feed: str
    sheet: str
    headings: tuple[str, ...]
    columns: Mapping[str, str]
    fingerprint: str
    by_hand: bool


def fingerprint(headings: Iterable[str]) -> str:
    """The same for the same headings, in whatever order."""
    text = "\n".join(sorted({normal(heading) for heading in headings}))
    return hashlib.sha256(text.encode()).hexdigest()
