"""What may not be done to the project library."""

from anju.audit.refusal import Refusal


class ProjectRefused(Refusal):
    """A change that contradicts what the library holds. The message says what and what next."""
