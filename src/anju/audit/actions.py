"""Writing the audit trail."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.audit import chain
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.audit.refusal import Refusal

# Any constant does; it must only be the same in every process. "anju" in ASCII.
_CHAIN_LOCK = 0x616E6A75
_IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")


class PersonalDataInAudit(Refusal):
    """An identity number was about to be written into the audit trail."""


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
) -> Entry:
    """Add one entry to the chain, in the caller's transaction.

    `ids` and `detail` hold ids and field names, never names or numbers of persons; `count` is the
    number of things touched (by default, that of ids, at least 1). Writers of the chain wait for
    each other until their transactions end: call this last in a long transaction.
    """
    _refuse_identity_numbers(reason, str(detail or ""))
    _wait_for_the_other_writers()
    last = Entry.objects.order_by("-sequence").values_list("sequence", "digest").first()
    sequence, previous = last or (0, chain.FIRST_PREVIOUS)
    entry = Entry(
        sequence=sequence + 1,
        at=timezone.now(),  # noqa: TID251 - when it was written is what an audit entry is about
        actor=by.username,
        action=action,
        kind=kind,
        ids=chain.plain(ids),
        count=max(1, len(ids)) if count is None else count,
        reason=reason,
        detail=chain.plain(detail or {}),
        address=by.address,
        previous=previous,
    )
    entry.digest = chain.digest_of(entry)
    entry.save()
    return entry


def _wait_for_the_other_writers() -> None:
    """Only one transaction at a time adds to the chain.

    SQLite needs nothing: a transaction that writes is the only one (`transaction_mode=IMMEDIATE`).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _refuse_identity_numbers(*texts: str) -> None:
    """A reason typed by a person may hold what must never be here."""
    if any(_IDENTITY_NUMBER.search(text) for text in texts):
        raise PersonalDataInAudit(_("理由和说明中不能填写身份证号码，请改为户编码或人员编码。"))
