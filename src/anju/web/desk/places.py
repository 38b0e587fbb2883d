"""Warnings by town or village of the viewer, in the order of their codes: a map, not a ranking."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from anju.accounts.viewer import Viewer
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Run
from anju.places import queries as places
from anju.web import words

_TOWN, _VILLAGE = 9, 12
PLACES_SHOWN = 40


@dataclass(frozen=True)
class PlaceCounts:
    """One place: households of each level, with the address of their list."""

    name: str
    cells: list[tuple[int, str]]


@dataclass(frozen=True)
class Places:
    """Some of the viewer's places, and which of all they are (pages are counted from 1)."""

    shown: list[PlaceCounts]
    total: int = 0
    page: int = 1
    pages: int = 1


def counts_of(viewer: Viewer, run: Run, page: int = 1) -> Places:
    """Towns where the viewer has several, else villages; empty with a single village."""
    found, digits, name = places.towns_in(viewer.scope), _TOWN, "town"
    codes = list(found.values_list("code", "name"))
    if len(codes) < 2:
        found, digits, name = places.villages_in(viewer.scope), _VILLAGE, "village"
        codes = list(found.values_list("code", "name"))
    if len(codes) < 2:
        return Places([])
    pages = -(-len(codes) // PLACES_SHOWN)
    page = min(max(page, 1), pages)
    codes_shown = codes[(page - 1) * PLACES_SHOWN : page * PLACES_SHOWN]
    first, last = codes_shown[0][0], codes_shown[-1][0]
    counts = monitoring.level_counts(viewer, run, digits=digits, first=first, last=last)
    households = reverse("web:households")
    return Places(
        [
            PlaceCounts(
                place,
                [
                    (
                        counts.get(code[:digits], {}).get(level, 0),  # type: ignore[call-overload]
                        f"{households}?{urlencode({name: code, 'level': level})}",
                    )
                    for level in words.LEVELS
                ],
            )
            for code, place in codes_shown
        ],
        len(codes),
        page,
        pages,
    )
