"""Refusing loudly: a reason for the person who asked, in Chinese, with what to do next."""


class Refusal(Exception):
    """Something that may not be done. Each package defines its own kinds beside its actions.

    The console shows `zh` as it stands; the queue does not try refused work again.
    """

    @property
    def zh(self) -> str:
        """What is shown."""
        return str(self)
