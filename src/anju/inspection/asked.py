"""What list somebody wants to send: which, in whose form, of which places, of which days."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from anju.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it is to go out. `ranges`: inside what the asker may take out; `place`: the one
    chosen among these, if any; `since`, `until`: of a list of changes."""

    feed: str
    form_id: int | None
    place: str
    ranges: tuple[tuple[str, str], ...]
    since: date | None = None
    until: date | None = None

    @property
    def scope(self) -> Scope:
        """Its places."""
        return Scope(self.ranges)

    @property
    def key(self) -> str:
        """The same for whoever asks for the same."""
        days = [day.isoformat() if day else None for day in (self.since, self.until)]
        told = json.dumps([self.feed, self.form_id, self.ranges, *days])
        return hashlib.sha256(told.encode()).hexdigest()
