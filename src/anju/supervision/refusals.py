"""What may not be done with inspections, problems and acceptance: why, and what next."""

from anju.audit.refusal import Refusal


class SupervisionRefused(Refusal):
    """This may not be done as things stand."""
