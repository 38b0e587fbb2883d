"""Places of a viewer as a condition, said so that a whole county's lists follow their own order."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.db.models.sql.compiler import SQLCompiler

from anju.accounts.scope import Scope


class _Likely(Func):
    """A condition that most rows meet. SQLite is told so; PostgreSQL counts for itself.

    Of a range SQLite expects a sixteenth of the rows, so that it reads a county by villages and sorts
    all of it for a page of forty (80 ms at 100 000 cases, measured, against 2 ms).
    """

    function = "likely"
    output_field = BooleanField()
    conditional = True

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> Any:
        """The condition itself."""
        return compiler.compile(self.get_source_expressions()[0])


def lying_in(scope: Scope, *, grid: str | None = "household__grid__code") -> Q:
    """The condition that a lead or case lies in a scope; `grid` as in `Scope.q`.

    One village is asked for by its code, not as a range: then an index that begins with it gives its
    rows in the order of what follows, and no database has to guess.
    """
    if len(scope.ranges) != 1 or scope.grid_codes:
        return scope.q("village_code", grid=grid)
    low, high = scope.ranges[0]
    if low.isdecimal() and high.isdecimal() and int(high) - int(low) == 1:
        return Q(village_code=low)
    if not scope.is_county_wide:
        return scope.q("village_code", grid=grid)
    here = F("village_code")
    return Q(_Likely(GreaterThanOrEqual(here, Value(low))), _Likely(LessThan(here, Value(high))))
