"""What the place of origin sees of a household that moved away (`anju.registry.sides`)."""

from django.db.models import QuerySet

from anju.registry.models import Household, Housing, Status
from anju.registry.queries.searching import TOO_MANY, Match, prefix
from anju.registry.sides import KEPT_MEASURES


def search_from(households: QuerySet[Household], text: str) -> Match:
    """Households that moved away, by code or by the head's name or initials; never by a number."""
    wanted = text.strip()
    if not wanted:
        return Match(households.none(), 0, False)
    field = "head_name" if not wanted.isascii() else "head_initials" if wanted.isalpha() else ""
    found: set[int] = set()
    for name, value in (("code", wanted), (field, wanted.lower() if wanted.isascii() else wanted)):
        if name:
            fitting = households.filter(prefix(name, value)).order_by(name)
            found.update(fitting.values_list("pk", flat=True)[: TOO_MANY + 1])
    kept = sorted(found)[:TOO_MANY]
    return Match(households.filter(pk__in=kept), len(kept), len(found) > TOO_MANY)


def homes_left(household: Household) -> QuerySet[Housing]:
    """Homes outside resettlement sites as known now: the house left behind, the latest first."""
    return Housing.objects.filter(
        household=household, known_to__isnull=True, building__isnull=True
    ).order_by("-valid_from", "-id")


def measures_kept(household: Household) -> QuerySet[Status]:
    """Measures of the whole household that stay with its land, woods and posts, the latest first."""
    return Status.objects.filter(
        household=household,
        person__isnull=True,
        kind="help_measure",
        level__in=KEPT_MEASURES,
        known_to__isnull=True,
    ).order_by("-valid_from", "id")
