"""One vacancy: what is offered, to whom it may be put and why, and to whom it was put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.employment import phones
from anju.employment.matching import Match
from anju.employment.models import LabourProfile, Vacancy
from anju.employment.queries import offers, seekers, workshops
from anju.employment.queries import vacancies as queries
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.labour import words
from anju.web.labour.vacancies import ages, place_name, wages
from anju.web.lists.declaration import Text

_MOST: Final = 30
_OFFERS: Final = 100


@dataclass(frozen=True)
class Suggestion:
    """Somebody to whom it may be put: who, where they live, and what speaks for and against it."""

    profile: LabourProfile
    found: Match
    place_name: str | None
    reasons: Sequence[tuple[Text, Sequence[Text]]]
    distance: Text


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """One vacancy with people of the viewer's places."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    vacancy = vacancy_or_404(viewer, vacancy_id)
    context = _context(viewer, vacancy)
    response = render(request, "web/labour/vacancy.html", context)
    homes = {each.profile.household.code for each in context["suggestions"]}
    homes |= {row.household.code for row in context["offers"]}
    record(
        by=viewer.actor(address_of(request)),
        action="vacancy.read",
        kind="household" if homes else "vacancy",
        ids=sorted(homes) or [str(vacancy.pk)],
        count=len(homes),
        detail={"vacancy": vacancy.pk},
    )
    return response


def vacancy_or_404(viewer: Viewer, vacancy_id: int) -> Vacancy:
    """The vacancy an address names."""
    try:
        return queries.vacancy_for(viewer, vacancy_id)
    except Vacancy.DoesNotExist:
        raise Http404 from None


def _context(viewer: Viewer, vacancy: Vacancy) -> dict[str, Any]:
    today = timezone.localdate()
    is_open = queries.vacancies_for(viewer).filter(queries.open_on(today), pk=vacancy.pk).exists()
    may_offer = viewer.may(Permission.EDIT_REGISTERS)
    return {
        "vacancy": vacancy,
        "place_name": place_name(vacancy.division_code, places.names([vacancy.division_code])),
        "workshop": workshops.workshops_for(viewer).filter(pk=vacancy.workshop_id).first(),
        "wages": wages(vacancy),
        "ages": ages(vacancy),
        "phone": phones.opened(vacancy),
        "is_open": is_open,
        "suggestions": suggestions(viewer, vacancy) if is_open else [],
        "offers": list(offers.offers_of_vacancy(viewer, vacancy)[:_OFFERS]),
        "may_edit": queries.may_edit_vacancy(viewer, vacancy),
        "may_offer": may_offer,
        "is_county_wide": viewer.scope.is_county_wide,
    }


def suggestions(viewer: Viewer, vacancy: Vacancy) -> list[Suggestion]:
    """To whom of the viewer's places it may be put, the first first."""
    today = timezone.localdate()
    found = seekers.recommended(viewer, vacancy, today, _MOST)
    profiles = seekers.profiles_of(viewer, [each.worker.id for each in found], today)
    names = places.names(each.worker.village for each in found)
    return [
        Suggestion(
            profiles[each.worker.id],
            each,
            names.village(each.worker.village),
            words.reasons(each),
            words.DISTANCES[each.distance],
        )
        for each in found
    ]
