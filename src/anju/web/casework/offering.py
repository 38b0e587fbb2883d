"""Actions of the pack in words: what each leads to, who may, what is missing, what will be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.casework.queries.standing import Missing, OfferShown
from anju.language import in_language
from anju.web.casework.wording import levels_in_words
from anju.web.lists.declaration import Text


@dataclass(frozen=True)
class Lack:
    """What is missing for an action, and where it is mended."""

    missing: Missing
    label: Text
    address: str


@dataclass(frozen=True)
class Offered:
    """An action in words: what it leads to, who may, what is missing, and what will be asked."""

    offer: OfferShown
    name: str
    by: str
    reasons: tuple[tuple[str, str], ...]
    lacks: tuple[Lack, ...]

    @property
    def missing_names(self) -> str:
        """What is missing, by name."""
        return _("；").join(each.name for each in self.offer.missing)

    @property
    def is_asking(self) -> bool:
        """Whether a reason or a note belongs to it."""
        return bool(self.reasons) or self.offer.action.needs_note


def offered(
    offers: Iterable[OfferShown], remedy: Callable[[str], tuple[Text, str]]
) -> list[Offered]:
    """The actions at a step, those of the viewer first; `remedy`: where a requirement is mended."""
    found = [
        Offered(
            offer,
            in_language(offer.action.name, offer.action.name_en),
            levels_in_words(offer.action.by),
            tuple((each.id, in_language(each.zh, each.en)) for each in offer.action.reasons),
            tuple(Lack(each, *remedy(each.id)) for each in offer.missing),
        )
        for offer in offers
    ]
    return sorted(found, key=lambda each: each.offer.is_level_wrong)
