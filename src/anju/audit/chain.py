"""The chain: what of an entry is digested, and how one entry hangs on the one before it.

The text is canonical JSON, the same on every database: sorted names, no spaces, moments in UTC with
microseconds. Numbers with a fraction are not allowed in an entry, since databases rewrite them.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from anju.audit.keys import provider
from anju.audit.models import Entry

PURPOSE = "audit.chain"
FIRST_PREVIOUS = "0" * 64


def digest_of(entry: Entry) -> str:
    """The keyed SM3 digest of an entry and of the digest before it, 64 hexadecimal digits."""
    return provider().digest(canonical(entry), PURPOSE).hex()


def canonical(entry: Entry) -> str:
    """Everything an entry says, in one spelling."""
    return json.dumps(
        {
            "sequence": entry.sequence,
            "at": moment(entry.at),
            "actor": entry.actor,
            "action": entry.action,
            "kind": entry.kind,
            "ids": entry.ids,
            "count": entry.count,
            "reason": entry.reason,
            "detail": entry.detail,
            "address": entry.address,
            "previous": entry.previous,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def moment(at: datetime) -> str:
    """A moment in UTC, always with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def plain(value: object) -> Any:
    """A copy of a value in the few types that every database gives back unchanged."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("An audit entry cannot hold the character NUL.")
        return str(value)
    if isinstance(value, Mapping):
        if not all(isinstance(name, str) for name in value):
            raise TypeError("Names in an audit entry are texts.")
        return {plain(name): plain(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [plain(part) for part in value]
    raise TypeError(f"An audit entry holds texts, whole numbers and lists, not {type(value)}.")
