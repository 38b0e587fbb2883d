"""Refusing what a check found, in its words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anju.assets.checking import WRONG
from anju.assets.refusals import AssetRefused


class WrongField(AssetRefused):
    """One field cannot be so; `field` is its name."""

    def __init__(self, code: str) -> None:
        wrong = WRONG[code]
        said = {"what": _(wrong.text), "remedy": _(wrong.remedy)}
        super().__init__(_("%(what)s。%(remedy)s。") % said)
        self.field = wrong.field


def refuse(code: str | None) -> None:
    """Raise what the check with this code says; nothing for None."""
    if code is not None:
        raise WrongField(code)


def reasoned(reason: str) -> str:
    """A reason somebody can follow later: at least four characters."""
    text = reason.strip()[:200]
    if len(text) < 4:
        raise AssetRefused(_("请写明原因，至少 4 个字。"))
    return text
