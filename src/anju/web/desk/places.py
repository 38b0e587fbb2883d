"""Warnings by town or village of the viewer, in the order of their codes: a map, not a ranking."""

from dataclasses import dataclass
from urllib.parse import urlencode

from anju.accounts.viewer import Viewer
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Run
from anju.places import queries as places
from anju.web import words

_TOWN, _VILLAGE = 9, 12


@dataclass(frozen=True)
class PlaceCounts:
    """One place: households of each level, with the address of their list."""

    name: str
    cells: list[tuple[int, str]]


def counts_of(viewer: Viewer, run: Run) -> list[PlaceCounts]:
    """Towns where the viewer has several, else villages; empty with a single village."""
    towns = list(places.towns_in(viewer.scope))
    if len(towns) > 1:
        shown, digits, name = towns, _TOWN, "town"
    else:
        shown, digits, name = list(places.villages_in(viewer.scope)), _VILLAGE, "village"
    if len(shown) < 2:
        return []
    counts = monitoring.level_counts(viewer, run, digits=digits)
    return [
        PlaceCounts(
            place.name,
            [
                (
                    counts.get(place.code[:digits], {}).get(level, 0),  # type: ignore[call-overload]
                    urlencode({name: place.code, "level": level}),
                )
                for level in words.LEVELS
            ],
        )
        for place in shown
    ]
