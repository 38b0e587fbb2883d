"""What may not be done to the register of assets."""

from anju.audit.refusal import Refusal


class AssetRefused(Refusal):
    """A change that contradicts what is known of an asset. The message says what and what next."""
