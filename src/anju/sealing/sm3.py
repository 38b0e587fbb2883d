"""SM3 (GB/T 32905) keyed by HMAC, with one sub-key a purpose."""

from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC

DIGEST_BYTES = 32


def sm3(data: bytes) -> bytes:
    """The plain SM3 hash."""
    context = Hash(SM3())
    context.update(data)
    return context.finalize()


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """The keyed hash."""
    context = HMAC(key, SM3())
    context.update(data)
    return context.finalize()


class PurposeDigests:
    """Keyed digests that differ by purpose; the keyed state is computed once and copied."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._states: dict[str, HMAC] = {}

    def state(self, purpose: str) -> HMAC:
        """The HMAC state of a purpose before any data; copy it, do not update it."""
        known = self._states.get(purpose)
        if known is None:
            sub_key = hmac_sm3(self._key, b"purpose:" + purpose.encode())
            known = self._states[purpose] = HMAC(sub_key, SM3())
        return known

    def digest(self, data: bytes, purpose: str) -> bytes:
        """The digest of the data for a purpose, 32 bytes."""
        context = self.state(purpose).copy()
        context.update(data)
        return context.finalize()
