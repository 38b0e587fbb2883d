"""What may not be done with indicators and their values."""

from anju.audit.refusal import Refusal


class IndicatorRefused(Refusal):
    """This may not be done with an indicator as it stands."""
