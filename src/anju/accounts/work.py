"""Kinds of work that hang on a person, as packages above declare them for handing over.

A package declares one `WorkKind` beside its actions; the setting `OPEN_WORK` names them all. So
whoever hands a post over needs to know none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from anju.accounts.scope import Scope
from anju.audit.actor import Actor


class Counts(Protocol):
    """How many open things of this kind a user has in a place."""

    def __call__(self, *, username: str, scope: Scope) -> int:
        """The number, for the page that asks before handing over."""
        ...


class HandsOver(Protocol):
    """Moves the open things of a user in a place to another user."""

    def __call__(self, *, by: Actor, giver: str, taker: str, scope: Scope) -> int:
        """The number moved. Called inside a transaction; repeating it moves nothing more."""
        ...


@dataclass(frozen=True, slots=True)
class WorkKind:
    """One kind of open work: its id in audit entries, its name, how it is counted and moved."""

    id: str
    name_zh: str
    count: Counts
    hand_over: HandsOver

    @property
    def name(self) -> str:
        """What it is called on screen, in the language in use."""
        return gettext(self.name_zh)


def kinds() -> Sequence[WorkKind]:
    """All kinds of work there are."""
    return [import_string(name) for name in settings.OPEN_WORK]
