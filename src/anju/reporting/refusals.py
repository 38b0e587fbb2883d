"""What may not be done with reports: why, and what next."""

from anju.audit.refusal import Refusal


class ReportRefused(Refusal):
    """This may not be done with a report as it stands."""


class ReportChanged(ReportRefused):
    """Somebody changed the report since the page was opened."""


class FigureRefused(Refusal):
    """This cannot be written down as a regional figure."""
