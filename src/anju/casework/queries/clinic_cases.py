"""Cases of blank spots in clinics: whose they are to see, where each stands, what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.queries import viewer_of
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework import books
from anju.casework.models import ClinicCase, ClinicMove
from anju.casework.queries import deputies, standing
from anju.casework.queries.mandates import held, mandate_at
from anju.casework.queries.standing import OfferShown
from anju.casework.requirements import clinics as requirements
from anju.casework.requirements.evidence import Evidence
from anju.procedures.model import Action
from anju.procedures.standing import Standing

KIND = "clinic"


def seen_scope(viewer: Viewer) -> Scope:
    """The villages where the viewer sees cases; who holds a grid only sees none of a whole village."""
    return Scope(viewer.scope_for(Permission.VIEW_CASES).ranges) & Scope(viewer.scope.ranges)


def cases_for(viewer: Viewer) -> QuerySet[ClinicCase]:
    """Cases of the viewer's villages, those that are over among them."""
    return ClinicCase.objects.filter(seen_scope(viewer).q("village_code", None))


def latest_of(viewer: Viewer, village_code: str) -> ClinicCase | None:
    """The case of a village that is under way, or the last one; None where there is none to see."""
    return cases_for(viewer).filter(village_code=village_code).order_by("-id").first()


def moves_since(case: ClinicCase, seen: int) -> list[ClinicMove]:
    """Moves made after a version, the oldest first."""
    return list(case.moves.filter(version__gt=seen).order_by("version"))


def on_desk(viewer: Viewer) -> QuerySet[ClinicCase]:
    """Cases whose step the viewer holds, in person or for somebody away, fewest days left first."""
    waiting = held(viewer, grid=None)
    for absent in deputies.absent_for(viewer):
        waiting |= held(viewer_of(absent.user, on=viewer.on), grid=None)
    return cases_for(viewer).filter(waiting).exclude(step="").order_by("step_due_on", "id")


def offers(viewer: Viewer, case: ClinicCase, on: date) -> list[OfferShown]:
    """The actions at the present step, each with what it still lacks and whether it is theirs."""
    found = evidence(case, on)
    here = standing_of(viewer, case, on, found)
    behalf = mandate_at(viewer, case).on_behalf_of
    return standing.shown(books.procedure_of(case).offers(here), found, behalf)


def standing_of(
    viewer: Viewer, case: ClinicCase, on: date, found: Mapping[str, Evidence] | None = None
) -> Standing:
    """Where the case stands, with the levels the viewer acts for (also for somebody away)."""
    found = evidence(case, on) if found is None else found
    return Standing(
        step=case.step,
        on=on,
        due_on=case.due_on,
        present={id_: each.is_met for id_, each in found.items()},
        levels=mandate_at(viewer, case).levels,
        state=case.state,
    )


def evidence(case: ClinicCase, on: date) -> Mapping[str, Evidence]:
    """What is there and what is not of all that the present step asks for, by requirement id."""
    ids = (id_ for action in _actions(case) for id_ in action.needs)
    return requirements.evidence(case, dict.fromkeys(ids), on)


def _actions(case: ClinicCase) -> tuple[Action, ...]:
    return books.procedure_of(case).actions_at(case.step, case.state)
