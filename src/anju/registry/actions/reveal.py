"""Showing a person's full numbers: an action with a reason, not a query."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.registry.identity import IDENTITY_PLACE, PHONE_PLACE
from anju.registry.models import Household, Person
from anju.registry.queries.people import opened

REASON_LENGTH = 4


class RevealRefused(Refusal):
    """The numbers may not be shown."""


@dataclass(frozen=True)
class Revealed:
    """Numbers in clear, for one answer and not to be kept. None where they are not known."""

    identity: str | None
    phone: str | None


@transaction.atomic
def reveal(
    *, by: Actor, viewer: Viewer, household: Household, person: Person, reason: str
) -> Revealed:
    """The numbers of a member of a household where the viewer may reveal them."""
    scope = viewer.scope_for(Permission.REVEAL_IDENTITY)
    grid_code = household.grid.code if household.grid else ""
    if not scope.covers(household.village_code, grid_code):
        raise RevealRefused(
            _("您的岗位不能查看这里的完整号码。如工作需要，请联系本单位的安全管理员。")
        )
    reason = reason.strip()
    if len(reason) < REASON_LENGTH:
        raise RevealRefused(
            _("请写明查看理由，至少 %(length)s 个字，例如“办理医保报销核对”。")
            % {"length": REASON_LENGTH}
        )
    revealed = Revealed(
        opened(person.identity_sealed, IDENTITY_PLACE), opened(person.phone_sealed, PHONE_PLACE)
    )
    record(
        by=by,
        action="person.reveal",
        kind="person",
        ids=[person.code],
        reason=reason[:200],
        detail={"household": household.code, "fields": ["identity", "phone"]},
    )
    return revealed
