"""Files of any size under a passphrase: SM4-GCM in pieces, memory stays flat.

The key comes from the passphrase by scrypt. Each piece is sealed with its number and whether it is the
last (the STREAM construction), so that pieces cannot be exchanged, dropped or cut off unnoticed.

Layout: magic (8) | salt (16) | nonce prefix (7) | pieces of 1 MiB + 16, the last one shorter.
"""

import hashlib
import os
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from anju.sealing import sm4
from anju.sealing.errors import CannotOpen, SealingError

MAGIC = b"ANJUBAK1"
SALT_BYTES = 16
PREFIX_BYTES = 7
HEAD_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES
PIECE = 1 << 20
SHORTEST_PASSPHRASE = 12
_COST = {"n": 1 << 15, "r": 8, "p": 1, "maxmem": 64 << 20}


class SealingWriter:
    """A file object that seals what is written; `close` writes the last piece."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt, self._prefix = os.urandom(SALT_BYTES), os.urandom(PREFIX_BYTES)
        self._key = _key(passphrase, salt)
        self._head = MAGIC + salt + self._prefix
        self._target = target
        self._waiting = bytearray()
        self._number = 0
        target.write(self._head)

    def write(self, data: bytes) -> int:
        """Seal whole pieces; the rest waits."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """Seal the last piece. The target stays open."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last=is_last)
        self._target.write(sm4.encrypt(self._key, nonce, piece, self._head))
        self._number += 1


class OpeningReader:
    """A file object that opens what a `SealingWriter` sealed; `CannotOpen` when one bit differs."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._head = source.read(HEAD_BYTES)
        if len(self._head) < HEAD_BYTES or not self._head.startswith(MAGIC):
            raise CannotOpen("This is not a backup of Anju.")
        salt = self._head[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        self._prefix = self._head[-PREFIX_BYTES:]
        self._key = _key(passphrase, salt)
        self._source = source
        self._next = source.read(PIECE + sm4.TAG_BYTES)
        self._number = 0
        self._opened = b""
        self._is_done = False

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; fewer only at the end."""
        parts = [self._opened]
        length = len(self._opened)
        while not self._is_done and (size < 0 or length < size):
            piece = self._open()
            parts.append(piece)
            length += len(piece)
        found = b"".join(parts)
        wanted = length if size < 0 else min(size, length)
        self._opened = found[wanted:]
        return found[:wanted]

    def _open(self) -> bytes:
        sealed, self._next = self._next, self._source.read(PIECE + sm4.TAG_BYTES)
        self._is_done = not self._next
        nonce = _nonce(self._prefix, self._number, is_last=self._is_done)
        try:
            piece = sm4.decrypt(self._key, nonce, sealed, self._head)
        except (CannotOpen, ValueError):
            raise CannotOpen(
                "Wrong passphrase."
                if self._number == 0
                else f"The backup is damaged or cut off at piece {self._number + 1}."
            ) from None
        self._number += 1
        return piece


def _key(passphrase: str, salt: bytes) -> SM4:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise SealingError(f"The passphrase needs at least {SHORTEST_PASSPHRASE} characters.")
    derived = hashlib.scrypt(passphrase.encode(), salt=salt, dklen=sm4.KEY_BYTES, **_COST)
    return SM4(derived)


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])
