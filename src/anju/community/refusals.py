"""What may not be done to requests, services and maintenance funds."""

from anju.audit.refusal import Refusal


class CommunityRefused(Refusal):
    """A step that is not open, or lacks something. The message says what and what next."""
