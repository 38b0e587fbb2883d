"""What of subsidies hangs in a village: read by everybody on the village's open page."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet

from anju.benefits.models import Publication, PublicationEntry


def hanging(village_code: str, *, on: date) -> QuerySet[Publication]:
    """Publications that hang on a day, with their entries exactly as they were published."""
    return (
        Publication.objects.filter(
            village_code=village_code,
            posted_on__lte=on,
            ends_on__gte=on,
            taken_down_on__isnull=True,
        )
        .select_related("roll__scheme")
        .prefetch_related(
            Prefetch("entries", queryset=PublicationEntry.objects.order_by("claim_id"))
        )
    )
