"""Reading the audit trail."""

from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import BooleanField, Max, Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from anju.audit.models import Entry


def entries() -> QuerySet[Entry]:
    """All entries, the newest first. Callers ask for the permission to view the audit."""
    return Entry.objects.order_by("-sequence")


def entries_about(kind: str) -> QuerySet[Entry]:
    """Entries about one kind of thing, the newest first."""
    return entries().filter(kind=kind)


def about(code: str) -> Q:
    """The condition on entries whose ids hold a code (or a number written like it)."""
    wanted: list[str | int] = [code]
    if code.isascii() and code.isdigit() and len(code) < 19:
        wanted.append(int(code))
    if connection.vendor == "postgresql":
        return reduce(or_, (Q(ids__contains=[each]) for each in wanted))
    listed = RawSQL(
        "EXISTS (SELECT 1 FROM json_each(audit_entry.ids) WHERE value IN (%s, %s))",
        [wanted[0], wanted[-1]],
        output_field=BooleanField(),
    )
    return Q(listed)


def kinds() -> list[str]:
    """The kinds of things there are entries about; hops from one to the next in the index."""
    found: list[str] = []
    kind = Entry.objects.aggregate(first=Min("kind"))["first"]
    while kind is not None:
        found.append(kind)
        kind = Entry.objects.filter(kind__gt=kind).aggregate(next=Min("kind"))["next"]
    return found


def last_sequence() -> int:
    """The number of the newest entry; 0 when there is none."""
    return Entry.objects.aggregate(last=Max("sequence"))["last"] or 0


def neighbour(entry: Entry, step: int) -> int | None:
    """The number of the entry before (-1) or after (1), if it is in the table."""
    beside = Entry.objects.filter(sequence=entry.sequence + step)
    return beside.values_list("sequence", flat=True).first()
