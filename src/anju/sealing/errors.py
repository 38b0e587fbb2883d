"""What can go wrong with seals and keys. Messages never hold the value itself."""


class SealingError(Exception):
    """A value could not be sealed or opened, or a key could not be used."""


class CannotOpen(SealingError):
    """The sealed bytes were altered, moved to another place, or sealed with a key not here."""


class BadKey(SealingError):
    """A key file is missing, malformed, or readable by others."""
