"""Runs that somebody still looks back at."""

from anju.casework.models import LeadSource, LeadState


def needed_runs() -> set[int]:
    """Runs from which an open lead, or the lead of an open case, came: their evidence is shown there."""
    sources = LeadSource.objects.filter(run_id__isnull=False)
    open_leads = sources.filter(lead__state=LeadState.OPEN)
    open_cases = sources.filter(lead__case__isnull=False, lead__case__closed_on__isnull=True)
    return {
        *open_leads.values_list("run_id", flat=True),
        *open_cases.values_list("run_id", flat=True),
    }
