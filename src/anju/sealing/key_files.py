"""Keys in a folder: `seal-0001.key` …, `digest.key`, `digest-0002.key` …; the highest number is in
use, the others only open and find what is older. `chain.key` stays what it is: see `chain_key`.

A key file holds hexadecimal digits and nothing else, is made once, and is readable by its owner
only. Two processes that start together end with the same key: making one is a single link.
"""

import contextlib
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from anju.sealing.errors import BadKey
from anju.sealing.sm3 import DIGEST_BYTES
from anju.sealing.sm4 import KEY_BYTES

FIRST = 1
RETIRED = "retired"
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class KeyFamily:
    """Keys of one use: how long they are and what their files are called."""

    word: str
    size: int
    first_name: str

    def name(self, key_id: int) -> str:
        """The file name of a key."""
        return self.first_name if key_id == FIRST else f"{self.word}-{key_id:04d}.key"

    def load(self, folder: Path) -> dict[int, bytes]:
        """All keys by id; the first one is made when the folder has none."""
        found = self._files(folder)
        if not found:
            ensure(folder / self.name(FIRST), self.size)
            found = self._files(folder)
        return {key_id: read(path, self.size) for key_id, path in found.items()}

    def add(self, folder: Path) -> int:
        """Make a new key and return its id; it is never the number of a retired one."""
        known = {**self._files(folder), **self._files(folder / RETIRED)}
        key_id = max(known, default=0) + 1
        ensure(folder / self.name(key_id), self.size)
        return key_id

    def retire(self, folder: Path, key_id: int) -> Path:
        """Move a key that is not the newest into the folder of retired ones."""
        if key_id >= max(self._files(folder), default=0):
            raise BadKey(f"{self.name(key_id)} is in use and cannot be retired.")
        aside = folder / RETIRED
        aside.mkdir(mode=0o700, exist_ok=True)
        return (folder / self.name(key_id)).replace(aside / self.name(key_id))

    def _files(self, folder: Path) -> dict[int, Path]:
        """Key files by id."""
        if not folder.is_dir():
            return {}
        numbered = re.compile(rf"{self.word}-(\d{{4}})\.key")
        found = {
            int(match[1]): path
            for path in folder.iterdir()
            if (match := numbered.fullmatch(path.name))
        }
        first = folder / self.first_name
        return {FIRST: first, **found} if first.exists() else found


SEAL = KeyFamily("seal", KEY_BYTES, "seal-0001.key")
DIGEST = KeyFamily("digest", DIGEST_BYTES, "digest.key")
CHAIN_NAME = "chain.key"


def chain_key(folder: Path) -> bytes:
    """The key of the audit chain, which outlives changes of the digest key.

    Chains that began before there was this file were made with the first digest key: it is copied.
    Call this before a digest key is made.
    """
    path, first_digest = folder / CHAIN_NAME, folder / DIGEST.name(FIRST)
    if not path.exists() and first_digest.exists():
        _write_once(path, read(first_digest, DIGEST_BYTES))
    ensure(path, DIGEST_BYTES)
    return read(path, DIGEST_BYTES)


def read(path: Path, size: int) -> bytes:
    """The key in a file; `BadKey` when others may read it or it is not a key of this size."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadKey(f"{path}: cannot be read ({type(error).__name__}).") from None
    if os.name == "posix" and mode & _OTHERS:
        raise BadKey(f"{path}: others may read this key. Run: chmod 600 {path}")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise BadKey(f"{path}: a key file holds hexadecimal digits only.") from None
    if len(key) != size:
        raise BadKey(f"{path}: a key of {size} bytes is needed; this has {len(key)}.")
    return key


def ensure(path: Path, size: int) -> None:
    """Make the key file unless it is there; never overwrites, never shows half a key."""
    if not path.exists():
        _write_once(path, secrets.token_bytes(size))


def _write_once(path: Path, key: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        os.unlink(temporary)
