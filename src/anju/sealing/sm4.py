"""SM4-GCM (GB/T 32907, GB/T 17964): one sealed value is self-describing.

Layout: format (1 byte) | key id (2 bytes) | nonce (12) | ciphertext | tag (16). Format, key id,
column and row are authenticated with the text, so none of them can be exchanged. Values of format 1
were bound to their column only; they still open, and the next change of key seals them anew.
"""

import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from anju.sealing.errors import CannotOpen

FORMAT = 2
COLUMN_ONLY = 1
KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
HEAD_BYTES = 3
_NONCES_AT_ONCE = 256
MIN_BYTES = HEAD_BYTES + NONCE_BYTES + TAG_BYTES

Row = int | str


def encrypt(key: SM4, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """Ciphertext and tag of `plain`, with `bound` authenticated beside it."""
    context = Cipher(key, GCM(nonce)).encryptor()
    context.authenticate_additional_data(bound)
    return context.update(plain) + context.finalize() + context.tag


def decrypt(key: SM4, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """The plain bytes; `CannotOpen` when one bit of anything differs."""
    body, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    context = Cipher(key, GCM(nonce, tag)).decryptor()
    context.authenticate_additional_data(bound)
    plain = context.update(body)
    try:
        return plain + context.finalize()
    except InvalidTag:
        raise CannotOpen("The sealed value was altered or belongs to another place.") from None


def head_of(key_id: int) -> bytes:
    """The first bytes of every value sealed now with this key."""
    return bytes([FORMAT]) + key_id.to_bytes(2, "big")


def key_id_of(sealed: bytes) -> int:
    """The id of the key a value was sealed with."""
    if len(sealed) < MIN_BYTES:
        raise CannotOpen(f"A sealed value has at least {MIN_BYTES} bytes; this has {len(sealed)}.")
    if sealed[0] not in (COLUMN_ONLY, FORMAT):
        raise CannotOpen(f"Sealed with format {sealed[0]}; this program knows format {FORMAT}.")
    return int.from_bytes(sealed[1:HEAD_BYTES], "big")


def seal_each(
    key: SM4, key_id: int, plains: Iterable[tuple[bytes, Row]], place: str
) -> Iterator[bytes]:
    """Seal many values, each with its row, for one column: head and chance are prepared at once."""
    head = head_of(key_id)
    column = head + place.encode() + b"\x00"
    chance = b""
    at = 0
    for plain, row in plains:
        if at == len(chance):
            # The first value alone, as most callers seal one; then whole blocks of nonces.
            chance = os.urandom(NONCE_BYTES * (_NONCES_AT_ONCE if chance else 1))
            at = 0
        nonce = chance[at : at + NONCE_BYTES]
        at += NONCE_BYTES
        yield head + nonce + encrypt(key, nonce, plain, column + str(row).encode())


def unseal(key: SM4, sealed: bytes, place: str, row: Row) -> bytes:
    """Open one value with the key it names."""
    bound = sealed[:HEAD_BYTES] + place.encode()
    if sealed[0] != COLUMN_ONLY:
        bound += b"\x00" + str(row).encode()
    nonce = sealed[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES]
    return decrypt(key, nonce, sealed[HEAD_BYTES + NONCE_BYTES :], bound)
