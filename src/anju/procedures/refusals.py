"""What a procedure says when it refuses: Chinese for people, English for the command line."""

from __future__ import annotations


class ProcedureError(Exception):
    """A refusal in two languages; ``str()`` is the English one."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return self.en


class ProcedureRefused(ProcedureError):
    """The pack does not allow this action at this standing."""


class BookError(ProcedureError):
    """The procedures of a pack cannot be read, or do not say what was asked of them."""
