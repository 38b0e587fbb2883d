"""Where a case stands for one person: what is there, what is missing, what they may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from anju.accounts.viewer import Viewer
from anju.casework import books, requirements
from anju.casework.models import Case
from anju.casework.queries.mandates import mandate_of
from anju.casework.requirements.evidence import Evidence
from anju.language import in_language
from anju.procedures.model import Action
from anju.procedures.requirements import REQUIREMENTS
from anju.procedures.standing import Offer, Standing


@dataclass(frozen=True)
class Missing:
    """A requirement that is not met: its id, its name, and what the registers say of it."""

    id: str
    name: str
    text: str


@dataclass(frozen=True)
class OfferShown:
    """An action of the present step as the viewer finds it."""

    action: Action
    missing: tuple[Missing, ...]
    is_level_wrong: bool
    on_behalf_of: str

    @property
    def is_allowed(self) -> bool:
        """Whether the viewer may do it now (a reason or a note may still be asked for)."""
        return not self.missing and not self.is_level_wrong


def actions_of(case: Case) -> tuple[Action, ...]:
    """What the pack lets be done with a case as it stands, by whomever."""
    return books.procedure_of(case).actions_at(case.step, case.state)


def asked_of(case: Case) -> tuple[str, ...]:
    """The ids of requirements that some action at the present step needs, in the pack's order."""
    ids = (id_ for action in actions_of(case) for id_ in (*action.needs, *action.later))
    return tuple(dict.fromkeys(ids))


def evidence(case: Case, on: date) -> Mapping[str, Evidence]:
    """What is there and what is not of all that the present step asks for, by requirement id."""
    return requirements.evidence(case, asked_of(case), on)


def standing_of(
    viewer: Viewer, case: Case, on: date, found: Mapping[str, Evidence] | None = None
) -> Standing:
    """Where the case stands, with the levels the viewer acts for (also for somebody away)."""
    found = evidence(case, on) if found is None else found
    return Standing(
        step=case.step,
        on=on,
        due_on=case.due_on,
        present={id_: each.is_met for id_, each in found.items()},
        levels=mandate_of(viewer, case).levels,
        is_green=case.is_green_channel,
        state=case.state,
    )


def offers(viewer: Viewer, case: Case, on: date) -> list[OfferShown]:
    """The actions at the present step, each with what it still lacks and whether it is theirs."""
    found = evidence(case, on)
    standing = standing_of(viewer, case, on, found)
    behalf = mandate_of(viewer, case).on_behalf_of
    return shown(books.procedure_of(case).offers(standing), found, behalf)


def shown(
    offers: Iterable[Offer], found: Mapping[str, Evidence], on_behalf_of: str
) -> list[OfferShown]:
    """The offers of a procedure, each with what the registers say of what it lacks."""
    return [
        OfferShown(
            action=offer.action,
            missing=tuple(_missing(offer.missing, found)),
            is_level_wrong=offer.is_level_wrong,
            on_behalf_of=on_behalf_of,
        )
        for offer in offers
    ]


def _missing(ids: Iterable[str], found: Mapping[str, Evidence]) -> Iterable[Missing]:
    """Named in the language in use; the pack's own words are in both."""
    for id_ in ids:
        named = REQUIREMENTS[id_]
        yield Missing(id_, in_language(named.zh, named.en), found[id_].text if id_ in found else "")
