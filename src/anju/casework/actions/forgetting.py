"""Letting go of what people sent in, once it is long handled; the entry is the retention rule's."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from anju.casework.models import Draft, Objection, SelfReport


def due(before: date) -> tuple[QuerySet[SelfReport], QuerySet[Objection]]:
    """Self-reports handled, and objections answered that still hold a name or number, before a day."""
    told = Objection.objects.filter(answered_on__lt=before)
    return (
        SelfReport.objects.filter(handled_on__lt=before),
        told.exclude(name="", phone_sealed__isnull=True),
    )


def forget(*, before: date) -> int:
    """Delete the reports (what they told stands in the lead) and take the names off; how many."""
    reports, objections = due(before)
    deleted, _ = reports.delete()
    return deleted + objections.update(name="", phone_sealed=None)


def drafts_due(before: datetime) -> QuerySet[Draft]:
    """Drafts nobody went on with since a moment."""
    return Draft.objects.filter(saved_at__lt=before)


def forget_drafts(*, before: datetime) -> int:
    """Delete them; how many."""
    return drafts_due(before).delete()[0]
