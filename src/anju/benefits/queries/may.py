"""Whose step is whose: the village puts the roll together, the town checks, the scheme's unit approves,
its payer pays."""

from __future__ import annotations

from typing import Final

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.benefits.models import Batch, BatchState, Claim, Roll, Scheme
from anju.benefits.states import Step, verbs
from anju.memory import remembered

PERMISSION: Final = {
    Step.VILLAGE: Permission.CLAIM_BENEFITS,
    Step.TOWN: Permission.CHECK_BENEFITS,
    Step.COUNTY: Permission.APPROVE_BENEFITS,
    Step.PAYER: Permission.PAY_BENEFITS,
}


def steps(viewer: Viewer, scheme: Scheme, place: str) -> frozenset[Step]:
    """At which steps the viewer acts for a scheme in a place (a code of any level)."""
    return frozenset(
        step
        for step, permission in PERMISSION.items()
        if viewer.scope_for(permission).covers(place) and _answers(viewer, scheme, step)
    )


def _answers(viewer: Viewer, scheme: Scheme, step: Step) -> bool:
    """County steps are for the unit that answers; a scheme without one is anybody's who may."""
    if step in (Step.VILLAGE, Step.TOWN):
        return True
    unit = scheme.unit_id if step == Step.COUNTY else scheme.paying_unit_id
    return unit is None or unit == unit_of(viewer)


@remembered
def unit_of(viewer: Viewer) -> int | None:
    """The unit the viewer works in."""
    return User.objects.filter(pk=viewer.user_id).values_list("unit", flat=True).first()


def may_set_up(viewer: Viewer, county_code: str) -> bool:
    """Whether the viewer opens schemes in a county."""
    return viewer.scope_for(Permission.APPROVE_BENEFITS).covers(county_code)


def on_scheme(viewer: Viewer, scheme: Scheme) -> frozenset[str]:
    """What the viewer may do with a scheme: amend, close, claim, draw_up."""
    held = steps(viewer, scheme, scheme.county_code)
    found = set()
    if Step.COUNTY in held:
        found |= {"amend", "close"} if scheme.is_open else set()
    if Step.PAYER in held:
        found.add("draw_up")
    if scheme.is_open and viewer.may(Permission.CLAIM_BENEFITS):
        found.add("claim")
    return frozenset(found)


def on_roll(viewer: Viewer, roll: Roll) -> frozenset[str]:
    """What the viewer may do with some claim of a roll; needs `roll.scheme`."""
    held = steps(viewer, roll.scheme, roll.village_code)
    if not held:
        return frozenset()
    states = Claim.objects.filter(roll=roll).values_list("state", flat=True).distinct().order_by()
    return frozenset().union(*(verbs(state, held) for state in states)) - _OF_BATCHES


def on_claim(viewer: Viewer, claim: Claim) -> frozenset[str]:
    """What the viewer may do with a claim; needs `claim.scheme`."""
    held = steps(viewer, claim.scheme, claim.village_code)
    found = verbs(claim.state, held)
    if Step.VILLAGE in held and claim.state == "draft":
        found |= {"change", "confirm"}
    return found - _OF_BATCHES


_OF_BATCHES: Final = frozenset({"draw_up", "undraw", "pay", "fail"})


def on_batch(viewer: Viewer, batch: Batch) -> frozenset[str]:
    """What the viewer may do with a batch: send, cancel, record. Needs `batch.scheme`."""
    if Step.PAYER not in steps(viewer, batch.scheme, batch.scheme.county_code):
        return frozenset()
    if batch.state == BatchState.DRAWN:
        return frozenset({"send", "cancel"})
    if batch.state == BatchState.SENT:
        return frozenset({"cancel"} if approved_in(batch, viewer) else {"record", "cancel"})
    return frozenset()


def approved_in(batch: Batch, viewer: Viewer) -> bool:
    """Whether the viewer approved any claim of a batch: then somebody else records what came of it."""
    return batch.lines.filter(claim__approved_by=viewer.username).exists()
