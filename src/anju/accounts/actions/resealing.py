"""Secrets of second factors under a new key."""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator

from allauth.mfa.models import Authenticator

from anju.sealing import CryptoProvider
from anju.sealing.sm4 import HEAD_BYTES, MIN_BYTES, head_of

PLACE = "mfa_authenticator.data"


def heads() -> Counter[bytes]:
    """How many secrets begin with which head (format and key)."""
    rows = Authenticator.objects.order_by("pk").values_list("data", flat=True)
    return Counter(sealed[:HEAD_BYTES] for data in rows for _, sealed in _sealed_in(data))


def renew(*, keys: CryptoProvider, most: int) -> int:
    """Seal the secrets of at most so many factors anew, in the caller's transaction; how many."""
    done, present = 0, head_of(keys.seal_key_id)
    for row in Authenticator.objects.select_for_update().order_by("pk"):
        old = {
            name: sealed for name, sealed in _sealed_in(row.data) if sealed[:HEAD_BYTES] != present
        }
        if not old or done == most:
            continue
        for name, sealed in old.items():
            text = keys.open(sealed, PLACE, "")
            row.data[name] = b64encode(keys.seal(text, PLACE, "")).decode()
        row.save(update_fields=["data"])
        done += 1
    return done


def _sealed_in(data: dict[str, object]) -> Iterator[tuple[str, bytes]]:
    """The values of a JSON object that are seals in base 64."""
    for name, value in data.items():
        try:
            sealed = b64decode(value, validate=True) if isinstance(value, str) else b""
        except ValueError:
            continue
        if len(sealed) >= MIN_BYTES and sealed[0] in (1, 2):
            yield name, sealed
