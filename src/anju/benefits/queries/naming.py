"""Who recipients are, for people who may see the village: names and codes, many in two queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from anju.benefits.subjects import Subject
from anju.registry.models import Household, Person


class Named(NamedTuple):
    """The name of a recipient, the code of the household, and of a person the person's code."""

    name: str
    household_code: str
    person_code: str = ""


def named(subjects: Sequence[Subject]) -> dict[Subject, Named]:
    """Name and codes of each; an organisation is its own name."""
    homes = Household.objects.in_bulk({each.household for each in subjects if each.household})
    people = Person.objects.in_bulk({each.person for each in subjects if each.person})
    found = {}
    for each in subjects:
        home = homes.get(each.household or 0)
        code = home.code if home else ""
        person = people.get(each.person or 0)
        if person is not None:
            found[each] = Named(person.name, code, person.code)
        else:
            found[each] = Named(each.organisation or (home.head_name if home else ""), code)
    return found
