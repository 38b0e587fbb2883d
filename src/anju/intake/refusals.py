"""A file that is refused as a whole: what is wrong with it, and what to do."""

from anju.audit.refusal import Refusal


class FileRefused(Refusal):
    """A file none of whose rows can be taken. `code` is listed in docs/imports.md."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class BatchRefused(Refusal):
    """Something that may not be done with a batch in the state it is in."""
