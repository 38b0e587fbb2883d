"""Reading the audit trail."""

from django.db.models import QuerySet

from anju.audit.models import Entry


def entries() -> QuerySet[Entry]:
    """All entries, the newest first. Callers ask for the permission to view the audit."""
    return Entry.objects.order_by("-sequence")


def entries_about(kind: str) -> QuerySet[Entry]:
    """Entries about one kind of thing, the newest first."""
    return entries().filter(kind=kind)
