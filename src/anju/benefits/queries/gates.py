"""The gates: which schemes, rolls, claims and payments a viewer may see.

A scheme is the county's word and seen by all of its people who may see subsidies; rolls and claims are
seen in the viewer's places, batches by who sees the whole county.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.benefits.models import (
    Batch,
    Claim,
    Objection,
    PayoutLine,
    Publication,
    Roll,
    Scheme,
)
from anju.registry.models import Household

_COUNTY_DIGITS = 6


def _scope(viewer: Viewer) -> Scope:
    """Where the viewer may see subsidies, within the scope the viewer was given.

    The two differ where a list was narrowed (a town, an export), or where somebody holds two posts.
    """
    allowed = viewer.scope_for(Permission.VIEW_BENEFITS)
    if allowed == viewer.scope:
        return allowed
    return Scope(allowed.ranges) & Scope(viewer.scope.ranges)


def schemes_for(viewer: Viewer) -> QuerySet[Scheme]:
    """Schemes of the counties that any of the viewer's places lies in."""
    counties = {low[:_COUNTY_DIGITS] for low, _high in _scope(viewer).ranges}
    return Scheme.objects.filter(county_code__in=counties)


def scheme_for(viewer: Viewer, scheme_id: int) -> Scheme:
    """One scheme; raises Scheme.DoesNotExist for who may not see it."""
    return schemes_for(viewer).select_related("unit", "payer").get(pk=scheme_id)


def rolls_for(viewer: Viewer) -> QuerySet[Roll]:
    """Rolls of the viewer's villages."""
    return Roll.objects.filter(_scope(viewer).q("village_code", grid=None))


def roll_for(viewer: Viewer, roll_id: int) -> Roll:
    """One roll; raises Roll.DoesNotExist for who may not see it."""
    return rolls_for(viewer).select_related("scheme__unit", "scheme__payer").get(pk=roll_id)


def claims_for(viewer: Viewer) -> QuerySet[Claim]:
    """Claims made in the viewer's villages."""
    return Claim.objects.filter(_scope(viewer).q("village_code", grid=None))


def claim_for(viewer: Viewer, number: str) -> Claim:
    """One claim by its number; raises Claim.DoesNotExist for who may not see it."""
    found = claims_for(viewer).select_related(
        "scheme__unit", "scheme__payer", "roll", "household", "person"
    )
    return found.get(number=number)


def claims_of_household(viewer: Viewer, household: Household) -> QuerySet[Claim]:
    """Claims of a household the viewer sees where it lives, also those made where it lived before."""
    if not _scope(viewer).covers(household.village_code):
        return Claim.objects.none()
    return Claim.objects.filter(household=household).select_related("scheme", "person")


def publications_for(viewer: Viewer) -> QuerySet[Publication]:
    """What was put up in the viewer's villages."""
    return Publication.objects.filter(_scope(viewer).q("village_code", grid=None))


def objections_for(viewer: Viewer) -> QuerySet[Objection]:
    """What was said against rolls of the viewer's villages."""
    return Objection.objects.filter(_scope(viewer).q("roll__village_code", grid=None))


def batches_for(viewer: Viewer) -> QuerySet[Batch]:
    """Batches of the viewer's county; sums of a whole county are for who sees all of it."""
    if not _scope(viewer).is_county_wide:
        return Batch.objects.none()
    return Batch.objects.filter(scheme__in=schemes_for(viewer))


def batch_for(viewer: Viewer, number: str) -> Batch:
    """One batch by its number; raises Batch.DoesNotExist for who may not see it."""
    return batches_for(viewer).select_related("scheme__unit", "scheme__payer").get(number=number)


def lines_for(viewer: Viewer) -> QuerySet[PayoutLine]:
    """Lines of batches about claims of the viewer's villages."""
    return PayoutLine.objects.filter(_of_claims(_scope(viewer)))


def _of_claims(scope: Scope) -> Q:
    return scope.q("claim__village_code", grid=None)
