"""Writing the audit trail."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.audit import archive as archives
from anju.audit import chain, reading
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.audit.refusal import Refusal
from anju.audit.verify import ARCHIVED, verify
from anju.privacy.masking import holds_a_number

# Any constant does; it must only be the same in every process. "anju" in ASCII.
_CHAIN_LOCK = 0x616E6A75
_IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")


class TrailNotWhole(Refusal):
    """The trail must not be touched before somebody has looked into it."""


class PersonalDataInAudit(Refusal):
    """A number of a person was about to be written into the audit trail."""


@transaction.atomic
def record(
    *,
    by: Actor,
    action: str,
    kind: str,
    ids: Sequence[str | int] = (),
    count: int | None = None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    place: str = "",
) -> Entry:
    """Add one entry to the chain, in the caller's transaction.

    `ids` and `detail` hold ids, field names and what `changes.between` gives, never names or numbers
    of persons; `count` is the number of things touched (by default, that of ids, at least 1);
    `place` the division code it happened in, where there is one. Writers of the chain wait for each
    other until their transactions end: call this last in a long transaction.
    """
    _refuse_numbers(reason, str(detail or ""))
    _wait_for_the_other_writers()
    last = Entry.objects.order_by("-sequence").values_list("sequence", "digest").first()
    sequence, previous = last or (0, chain.FIRST_PREVIOUS)
    at = timezone.now()  # noqa: TID251 - when it was written is what an audit entry is about
    entry = Entry(
        sequence=sequence + 1,
        at=at,
        actor=by.username,
        action=action,
        kind=kind,
        ids=chain.plain(ids),
        count=max(1, len(ids)) if count is None else count,
        reason=reason,
        detail=chain.plain(detail or {}),
        address=by.address,
        place=place,
        previous=previous,
    )
    entry.digest = chain.digest_of(entry.written())
    entry.save()
    return entry


def _wait_for_the_other_writers() -> None:
    """Only one transaction at a time adds to the chain.

    SQLite needs nothing: a transaction that writes is the only one (`transaction_mode=IMMEDIATE`).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _refuse_numbers(reason: str, detail: str) -> None:
    """A reason typed by a person may hold what must never be here.

    In the detail only identity numbers are looked for: digests hold digits in a row by chance.
    """
    if holds_a_number(reason) or _IDENTITY_NUMBER.search(detail):
        raise PersonalDataInAudit(
            _("理由和说明中不能填写身份证号码、手机号和银行账号，请改为户编码或人员编码。")
        )


@transaction.atomic
def archive(*, by: Actor, before: datetime) -> int:
    """Put entries older than a moment into a sealed file and take them out of the table.

    Entries of the last `AUDIT_MONTHS` months stay, whatever is asked; a trail that is not whole is
    not touched. Returns how many were archived. The file is complete on the disk before the first
    entry goes; killed in between, all entries are still there. Needs the owner of the table.
    """
    _wait_for_the_other_writers()
    now = timezone.now()  # noqa: TID251 - how long entries are kept counts from when they are read
    limit = min(before, now - timedelta(days=31 * settings.AUDIT_MONTHS))
    last = Entry.objects.filter(at__lt=limit).order_by("-sequence").first()
    if last is None:
        return 0
    found = verify()
    if not found.is_whole:
        raise TrailNotWhole(_("审计记录不完整，不能归档。请先运行 anju audit verify 查明。"))
    old = reading.entries(until=last.sequence)
    path = archives.write(old, first=found.first, last=last.sequence)
    count = last.sequence - found.first + 1
    record(
        by=by,
        action=ARCHIVED,
        kind="audit",
        ids=[found.first, last.sequence],
        count=count,
        detail={"last": f"{last.sequence}:{last.digest}", "file": path.name},
    )
    _take_out(last.sequence)
    return count


def _take_out(last: int) -> None:
    """Delete entries up to one; on PostgreSQL the owner takes the fence off and puts it back."""
    fence = "ALTER TABLE audit_entry {} TRIGGER audit_entry_kept"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(fence.format("DISABLE"))
        cursor.execute("DELETE FROM audit_entry WHERE sequence <= %s", [last])
        if connection.vendor == "postgresql":
            cursor.execute(fence.format("ENABLE"))
