"""Keys in a folder: `seal-0001.key` …, the highest number seals, all open; `digest.key`.

A key file holds hexadecimal digits and nothing else, is made once, and is readable by its owner
only. Two processes that start together end with the same key: making one is a single link.
"""

import contextlib
import os
import re
import secrets
import tempfile
from pathlib import Path

from anju.sealing.errors import BadKey

_SEAL_NAME = re.compile(r"seal-(\d{4})\.key")
DIGEST_NAME = "digest.key"
_OTHERS = 0o077


def seal_keys(folder: Path, size: int) -> dict[int, bytes]:
    """All sealing keys by id; the first one is made when the folder has none."""
    found = _seal_files(folder)
    if not found:
        ensure(folder / seal_name(1), size)
        found = _seal_files(folder)
    return {key_id: read(path, size) for key_id, path in found.items()}


def digest_key(folder: Path, size: int) -> bytes:
    """The key of all digests, made on first use. It cannot be changed without re-digesting."""
    path = folder / DIGEST_NAME
    ensure(path, size)
    return read(path, size)


def add_seal_key(folder: Path, size: int) -> int:
    """Make a new sealing key and return its id; values sealed before still open."""
    key_id = max(_seal_files(folder), default=0) + 1
    ensure(folder / seal_name(key_id), size)
    return key_id


def seal_name(key_id: int) -> str:
    """The file name of a sealing key."""
    return f"seal-{key_id:04d}.key"


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
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(size))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        os.unlink(temporary)


def _seal_files(folder: Path) -> dict[int, Path]:
    """Sealing key files by id."""
    if not folder.is_dir():
        return {}
    matches = ((_SEAL_NAME.fullmatch(path.name), path) for path in folder.iterdir())
    return {int(match[1]): path for match, path in matches if match}
