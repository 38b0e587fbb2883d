"""What may not be done to the registers."""

from anju.audit.refusal import Refusal


class RegistryRefused(Refusal):
    """A change that contradicts what the registers hold. The message says what and what next."""
