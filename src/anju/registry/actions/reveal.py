"""Showing a person's full numbers: an action with a reason, not a query; one person at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit import queries as audit
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.registry.identity import BANK_ACCOUNT, DISABILITY_CARD, IDENTITY, PHONE, Number
from anju.registry.models import Household, Person
from anju.registry.queries.people import opened

ACTION = "person.reveal"
REFUSED = "person.reveal_refused"
REASON_LENGTH = 4
WINDOW = timedelta(hours=1)


class RevealRefused(Refusal):
    """The numbers may not be shown."""


class _TooOften(RevealRefused):
    """Not now, after so many others."""


@dataclass(frozen=True)
class Revealed:
    """Numbers in clear, for one answer and not to be kept. None where they are not known.

    `disability_card` is also None for whoever may not see health details there.
    """

    identity: str | None = None
    phone: str | None = None
    disability_card: str | None = None
    bank_account: str | None = None


def reveal(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    household: Household,
    person: Person,
    reason: str,
) -> Revealed:
    """The numbers of a member of a household where the viewer may reveal them.

    Refused: outside the viewer's places, without a reason, more often than `REVEALS_PER_HOUR`; the
    last leaves an entry of its own.
    """
    try:
        return _reveal(by, at, viewer, household, person, reason)
    except _TooOften:
        record(
            by=by,
            action=REFUSED,
            kind="person",
            ids=[person.code, household.code],
            count=0,
            place=household.village_code,
        )
        raise


@transaction.atomic
def _reveal(
    by: Actor, at: datetime, viewer: Viewer, household: Household, person: Person, reason: str
) -> Revealed:
    if not _covers(viewer, Permission.REVEAL_IDENTITY, household):
        raise RevealRefused(
            _("您的岗位不能查看这里的完整号码。如工作需要，请联系本单位的安全管理员。")
        )
    reason = reason.strip()
    if len(reason) < REASON_LENGTH:
        raise RevealRefused(
            _("请写明查看理由，至少 %(length)s 个字，例如“办理医保报销核对”。")
            % {"length": REASON_LENGTH}
        )
    _refuse_too_often(by, viewer, at)
    shown = [IDENTITY, PHONE, BANK_ACCOUNT]
    if _covers(viewer, Permission.VIEW_HEALTH, household):
        shown.append(DISABILITY_CARD)
    record(
        by=by,
        action=ACTION,
        kind="person",
        ids=[person.code, household.code],
        count=1,
        reason=reason[:200],
        detail={"fields": _held(person, shown)},
        place=household.village_code,
    )
    return Revealed(**{number.name: opened(person, number) for number in shown})


def _covers(viewer: Viewer, permission: Permission, household: Household) -> bool:
    grid_code = household.grid.code if household.grid else ""
    return viewer.scope_for(permission).covers(household.village_code, grid_code)


def _held(person: Person, shown: list[Number]) -> list[str]:
    """The names of the numbers that are known of the person."""
    return [number.name for number in shown if getattr(person, number.field) is not None]


def _refuse_too_often(by: Actor, viewer: Viewer, at: datetime) -> None:
    """Not more than the setting allows within an hour; says when the next one is possible.

    The user's row is locked, so that requests sent at once count one after the other.
    """
    most = settings.REVEALS_PER_HOUR
    User.objects.select_for_update().filter(pk=viewer.user_id).first()
    recent = audit.entries().filter(action=ACTION, actor=by.username, at__gt=at - WINDOW)
    times = list(recent.values_list("at", flat=True)[:most])
    if len(times) < most:
        return
    again = timezone.localtime(times[-1] + WINDOW) + timedelta(minutes=1)
    raise _TooOften(
        _("一小时内最多查看 %(most)s 人的完整号码，请在 %(time)s 之后再试。")
        % {"most": most, "time": f"{again:%H:%M}"}
    )
