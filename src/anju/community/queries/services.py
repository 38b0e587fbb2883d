"""Which services places have on a day, as known now."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from anju.accounts.viewer import Viewer
from anju.community.models import ServicePoint
from anju.community.queries.gates import services_for
from anju.places.models import Site


def in_use(on: date) -> Q:
    """The condition on services that are there on a day."""
    open_then = Q(until__isnull=True) | Q(until__gt=on)
    return open_then & Q(is_there=True, since__lte=on, known_to__isnull=True)


def looked_at(on: date) -> Q:
    """The condition on rows that tell of a service by a day: that it is there, was, or never was."""
    return Q(since__lte=on, known_to__isnull=True)


def services_of_site(viewer: Viewer, site: Site) -> QuerySet[ServicePoint]:
    """What is known of the services of a site."""
    return services_for(viewer).filter(site=site).order_by("kind", "-since", "id")
