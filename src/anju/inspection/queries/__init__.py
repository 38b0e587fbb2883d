"""Reading inspections: the latest, where one stands, problems and counts in the viewer's places."""

from anju.inspection.queries.inspections import inspection_for, latest, newest, standing
from anju.inspection.queries.problems import (
    Counted,
    counts,
    counts_by_place,
    names_of_persons,
    problems_for,
)

__all__ = [
    "Counted",
    "counts",
    "counts_by_place",
    "inspection_for",
    "latest",
    "names_of_persons",
    "newest",
    "problems_for",
    "standing",
]
