"""The chain: what of an entry is digested, and how one entry hangs on the one before it.

The text is canonical JSON, the same on every database: sorted names, no spaces, moments in UTC with
microseconds. Numbers with a fraction are not allowed in an entry, since databases rewrite them. The
text is put together by hand because a check reads a hundred thousand entries in a few seconds.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from anju.audit.keys import provider

PURPOSE = "audit.chain"
FIRST_PREVIOUS = "0" * 64
_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Written(NamedTuple):
    """An entry as it stands in the table or in an archive: `at` by `moment`, `ids` and `detail`
    by `compact`."""

    sequence: int
    at: str
    actor: str
    action: str
    kind: str
    ids: str
    count: int
    reason: str
    detail: str
    address: str
    place: str
    previous: str
    digest: str


def digest_of(entry: Written) -> str:
    """The keyed SM3 digest of an entry and of the digest before it, 64 hexadecimal digits."""
    return provider().chain_digest(canonical(entry), PURPOSE).hex()


def digester() -> Callable[[Written], str]:
    """`digest_of` for very many entries: the key is looked up once."""
    digest = provider().chain_digest
    return lambda entry: digest(canonical(entry), PURPOSE).hex()


def canonical(entry: Written) -> str:
    """Everything an entry says, in one spelling: names in the order of the alphabet.

    The place is left out where there is none, as in entries written before places were kept.
    """
    text = encode_basestring
    place = f'"place":{text(entry.place)},' if entry.place else ""
    return (
        f'{{"action":{text(entry.action)},"actor":{text(entry.actor)},'
        f'"address":{text(entry.address)},"at":"{entry.at}","count":{entry.count},'
        f'"detail":{entry.detail},"ids":{entry.ids},"kind":{text(entry.kind)},{place}'
        f'"previous":"{entry.previous}","reason":{text(entry.reason)},'
        f'"sequence":{entry.sequence}}}'
    )


def compact(value: Any) -> str:
    """A list or mapping in the spelling that is digested."""
    return _compact(value)


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
