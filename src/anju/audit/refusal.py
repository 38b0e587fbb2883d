"""Refusing loudly: a reason for the person who asked, with what to do next.

The message is a Chinese text passed through gettext, so it comes in the language in use.
"""


class Refusal(Exception):
    """Something that may not be done. Each package defines its own kinds beside its actions.

    The console shows `zh` as it stands; the queue does not try refused work again.
    """

    @property
    def zh(self) -> str:
        """What is shown."""
        return str(self)
