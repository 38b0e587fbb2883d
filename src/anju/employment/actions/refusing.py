"""Refusing what a check found, in its words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anju.employment.checking import WRONG
from anju.employment.refusals import WorkRefused, WrongWork

REASON_LENGTH = 4


def refuse(code: str | None) -> None:
    """Raise what the check with this code says; nothing for None."""
    if code is not None:
        wrong = WRONG[code]
        said = {"what": _(wrong.text), "remedy": _(wrong.remedy)}
        raise WrongWork(_("%(what)s。%(remedy)s。") % said, wrong.field)


def reasoned(reason: str) -> str:
    """A reason somebody can follow later."""
    text = reason.strip()[:200]
    if len(text) < REASON_LENGTH:
        raise WorkRefused(_("请写明原因，至少 %(length)s 个字。") % {"length": REASON_LENGTH})
    return text
