"""A backup: database, files, snapshots, runs, archives of the audit, in one sealed file.

Keys are not in it: who finds the backup and its passphrase still cannot open a number. What keys it
needs is told by their fingerprints.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.keys import provider
from anju.audit.refusal import Refusal
from anju.keeping import databases, parcels
from anju.keeping.parcels import Item

_BLOCK = 1 << 20


class BackupRefused(Refusal):
    """The backup cannot be made."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written, read back and compared."""

    path: Path
    size: int
    sha256: str
    files: int


def folders() -> dict[str, Path]:
    """What is kept beside the database, by name in the parcel. Exports expire and are left out."""
    return {
        "uploads": Path(settings.UPLOAD_DIR),
        "files": Path(settings.FILES_DIR),
        "snapshots": Path(settings.SNAPSHOT_DIR),
        "runs": Path(settings.RUN_DIR),
        "audit-archive": Path(settings.AUDIT_ARCHIVE_DIR),
        "audit-heads": Path(settings.AUDIT_HEAD_DIR),
    }


def fingerprints() -> dict[str, str]:
    """What tells keys apart without telling them; of sealing keys, that they are held."""
    keys = provider()
    seals = {f"seal key {i}": "held" for i in keys.seal_key_ids}
    digests = {
        f"digest key {i}": keys.digest("fingerprint", "keys.fingerprint", i).hex()[:16]
        for i in keys.digest_key_ids
    }
    chain = {"chain key": keys.chain_digest("fingerprint", "keys.fingerprint").hex()[:16]}
    return {**seals, **digests, **chain}


def make(
    *, by: Actor, at: datetime, target: Path, passphrase: str, overwrite: bool = False
) -> Made:
    """Write a backup and read it back; the file is there whole, or not at all."""
    if target.exists() and not overwrite:
        raise BackupRefused(f"{target} is there already: give another name, or --overwrite.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".backup-") as scratch:
            copy = Path(scratch) / "database"
            about = _about(at)
            databases.dump(copy)
            items = _items(copy)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as f:
                manifest = parcels.write(f, passphrase, items, about)
                f.flush()
                os.fsync(f.fileno())
        with part.open("rb") as written:
            parcels.read(written, passphrase)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    made = Made(target, target.stat().st_size, _sha256(target), len(manifest["files"]))
    record(
        by=by,
        action="backup.make",
        kind="backup",
        count=made.files,
        detail={"sha256": made.sha256, "bytes": made.size},
    )
    return made


def check(path: Path, passphrase: str) -> dict[str, Any]:
    """Read a backup to its end and compare every file; its list."""
    with path.open("rb") as file:
        return parcels.read(file, passphrase)


def _about(at: datetime) -> dict[str, Any]:
    return {
        "format": 1,
        "program": version("anju"),
        "made_at": at.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": databases.migrations(),
        "rows": databases.counts(),
        "keys": fingerprints(),
        "seal_keys": [int(key_id) for key_id in provider().seal_key_ids],
    }


def _items(copy: Path) -> Iterator[Item]:
    yield Item(databases.NAMES[connection.vendor], copy)
    for name, folder in folders().items():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:]):
                yield Item(f"{name}/{path.relative_to(folder).as_posix()}", path)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_BLOCK):
            digest.update(data)
    return digest.hexdigest()
