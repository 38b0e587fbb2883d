"""Replacing what is known of many rows at once: the same as `superseding`, a few statements for all.

What is asked is written by `carry_out`, in the caller's transaction: first rows are closed, since only
one may be open, then those of the same day are set right in place, then new ones are added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any, TypeVar

from anju.registry.models.dated import Dated, Known

Row = TypeVar("Row", bound=Known)
DatedRow = TypeVar("DatedRow", bound=Dated)
_AT_ONCE = 1_000


class Replacing:
    """Rows of any tables that become known otherwise on a day, by a list.

    Whoever asks has looked that no row became known later than that day, and asks once for each row.
    """

    def __init__(self, *, on: date, source: str) -> None:
        self._on, self._source = on, source
        self._closed: dict[type[Known], list[int]] = defaultdict(list)
        self._mended: dict[type[Known], list[Known]] = defaultdict(list)
        self._added: dict[type[Known], list[Known]] = defaultdict(list)

    def add(self, row: Row) -> Row:
        """A row nobody knew of."""
        row.known_from, row.source = self._on, self._source
        self._added[type(row)].append(row)
        return row

    def supersede(self, row: Row, changes: Mapping[str, Any], *, source: str | None = None) -> Row:
        """The row that holds from now on, where it was known otherwise. `source`: whose it stays."""
        now = row
        if row.known_from < self._on:
            self._closed[type(row)].append(row.pk)
            now = _as_new(row)
            now.known_from = self._on
            self._added[type(row)].append(now)
        else:
            self._mended[type(row)].append(now)
        for name, value in changes.items():
            setattr(now, name, value)
        now.source = source or self._source
        return now

    def part(self, row: DatedRow, since: date, changes: Mapping[str, Any]) -> DatedRow:
        """What was true ends on the day; what is true begins on it."""
        before = self.supersede(row, {"valid_to": since}, source=row.source)
        after = _as_new(before)
        after.valid_from, after.valid_to = since, None
        for name, value in changes.items():
            setattr(after, name, value)
        return self.add(after)

    def carry_out(self) -> None:
        """Write everything."""
        for model, ids in self._closed.items():
            for at in range(0, len(ids), _AT_ONCE):
                rows = model._default_manager.filter(pk__in=ids[at : at + _AT_ONCE])
                rows.update(known_to=self._on)
        for mended in self._mended.values():
            for row in mended:
                row.save()
        for model, added in self._added.items():
            model._default_manager.bulk_create(added, batch_size=_AT_ONCE)


def _as_new(row: Row) -> Row:
    """A copy that is not in the table yet."""
    made = copy(row)
    made._state = copy(row._state)
    made._state.adding = True
    made.pk = None
    return made
