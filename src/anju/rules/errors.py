"""What the rule engine says when it refuses: in English for the command line, in Chinese for the web.

Every message names the thing at fault (file, line, key, table, column) and what would be accepted.
"""

from __future__ import annotations


class RulesError(Exception):
    """A refusal with a message for people in two languages; ``str()`` is the English one."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return self.en

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only arguments do not survive pickling to another process by default.
        return (_rebuild, (type(self), self.zh, self.en))


class PackError(RulesError):
    """A policy pack cannot be read, or does not say what was asked of it."""


class SnapshotError(RulesError):
    """A snapshot lacks a table or a column, or contradicts itself."""


class ExpressionError(RulesError):
    """A rule's expression uses a name, a type or a function that is not allowed."""


class RunError(RulesError):
    """A run, an explanation or a comparison cannot be made."""


def _rebuild(kind: type[RulesError], zh: str, en: str) -> RulesError:
    return kind(zh=zh, en=en)
