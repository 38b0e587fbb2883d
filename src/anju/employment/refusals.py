"""What may not be done to workshops, vacancies and offers."""

from anju.audit.refusal import Refusal


class WorkRefused(Refusal):
    """A change that contradicts what is known. The message says what and what next."""


class WrongWork(WorkRefused):
    """One field cannot be so; `field` is its name."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field
