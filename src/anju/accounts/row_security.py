"""Telling PostgreSQL for whom a transaction works (`anju.places.fences` reads it there).

`SET LOCAL` in effect: the settings end with the transaction, so that a pooled connection carries
nothing from one request into the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.places.models import Grid

# Before every code, and after it: codes are digits, which letters follow in every collation (signs
# such as ~ do not).
_LOWEST, _HIGHEST = "", "zz"
# Pages read some dozens of rows. Compiling such a statement, or starting workers for it, as PostgreSQL
# does where it expects to read a whole table (policies look costly to it), takes longer than the rows.
_PLAN = "set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)"
_SET = "SELECT " + ", ".join(
    f"set_config('anju.{name}', %s, true)"
    for name in ("low", "high", "ranges", "grids", "username")
)
_SET += f", {_PLAN}"


def has_fences() -> bool:
    """Whether the database can fence rows at all."""
    return connection.vendor == "postgresql"


def enter(viewer: Viewer) -> None:
    """Let the rest of the transaction see the viewer's places, in whichever of their posts."""
    scope = viewer.reach
    grids = (
        Grid.objects.filter(code__in=scope.grid_codes).values_list("pk", flat=True)
        if scope.grid_codes
        else ()
    )
    _set(*_hull(scope), ",".join(str(grid) for grid in grids), viewer.username)


def enter_village(code: str) -> None:
    """Let the rest of the transaction see one village: a page of it that anybody may open."""
    _set(*_hull(Scope.of([code])), "", "")


@contextmanager
def everything(*, by: Actor, reason: str) -> Iterator[None]:
    """See the whole county for a while, for work that one place alone cannot do; on the record.

    For the few actions in a request that must compare with rows of other places (a file that was
    sent before, an identity number that is taken). Background jobs connect as a role of their own.
    """
    if not has_fences():
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        names = ("low", "high", "ranges", "grids", "username")
        cursor.execute(
            "SELECT " + ", ".join(f"current_setting('anju.{name}', true)" for name in names)
        )
        before = [value or "" for value in cursor.fetchone()]
        _set(_LOWEST, _HIGHEST, "", "", before[-1])
        yield
        _set(*before)
        record(by=by, action="scope.everything", kind="county", count=0, reason=reason)


def _hull(scope: Scope) -> tuple[str, str, str]:
    """The range around all places, and the places one by one where there are several."""
    if not scope.ranges:
        return _LOWEST, _LOWEST, ""
    several = ",".join(f"{low}-{high}" for low, high in scope.ranges)
    return (
        scope.ranges[0][0],
        max(high for _, high in scope.ranges),
        several if len(scope.ranges) > 1 else "",
    )


def _set(*values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, values)
