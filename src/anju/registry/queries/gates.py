"""The gates: what of the registers a viewer may see. Everything shown begins here."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from anju.accounts.viewer import Viewer
from anju.registry.models import Household, Membership, Person
from anju.registry.sides import Side


def within(viewer: Viewer, prefix: str = "") -> Q:
    """The viewer's places as a condition on a household reached by `prefix` ("household__")."""
    return viewer.scope.q(f"{prefix}village_code", f"{prefix}grid__code")


def households_for(viewer: Viewer) -> QuerySet[Household]:
    """Households that live in the viewer's places."""
    return Household.objects.filter(within(viewer))


def household_for(viewer: Viewer, code: str) -> Household:
    """One household by its code; raises Household.DoesNotExist outside the viewer's places."""
    return households_for(viewer).select_related("site", "grid").get(code=code)


def households_from(viewer: Viewer) -> QuerySet[Household]:
    """Households that came from the viewer's places and live in another village now."""
    return Household.objects.filter(
        viewer.scope.q("origin_village_code", None), origin_village_code__gt=""
    ).exclude(origin_village_code=F("village_code"))


@dataclass(frozen=True)
class Seen:
    """A household, and the side from which it is looked at."""

    household: Household
    side: Side


def seen_household(viewer: Viewer, code: str) -> Seen:
    """One household, from where the viewer may see it; of two sides the place of living.

    Raises Household.DoesNotExist where neither place is the viewer's. What the place of origin may
    see of it says `anju.registry.sides`.
    """
    try:
        return Seen(household_for(viewer, code), Side.RESIDENCE)
    except Household.DoesNotExist:
        rows = households_from(viewer).select_related("site")
        return Seen(rows.get(code=code), Side.ORIGIN)


def persons_for(viewer: Viewer) -> QuerySet[Person]:
    """Persons who are, or were, members of a household in the viewer's places."""
    memberships = Membership.objects.filter(
        within(viewer, "household__"), person=OuterRef("pk"), known_to__isnull=True
    )
    return Person.objects.filter(Exists(memberships))


def member_of(household: Household, person_code: str) -> Person:
    """Somebody who is or was a member; raises Person.DoesNotExist for others."""
    memberships = Membership.objects.filter(
        household=household, person=OuterRef("pk"), known_to__isnull=True
    )
    return Person.objects.filter(Exists(memberships)).get(code=person_code)
