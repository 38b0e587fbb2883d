"""What a run raised and nobody has looked at yet, where the viewer acts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from anju.accounts.viewer import Viewer
from anju.casework.models import LeadState
from anju.casework.queries.gates import leads_for
from anju.casework.queries.mandates import places
from anju.monitoring.models import Run


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many open leads, of how many households."""

    leads: int
    households: int


def waiting_of_run(viewer: Viewer, run: Run) -> Waiting:
    """Open leads that a run raised, in the places where the viewer acts; one query."""
    rows = leads_for(viewer).filter(places(viewer), state=LeadState.OPEN, sources__run_id=run.pk)
    found = rows.order_by().aggregate(
        leads=Count("pk", distinct=True), households=Count("household_id", distinct=True)
    )
    return Waiting(found["leads"], found["households"])
