"""A backup back into an empty machine: checked as a whole before anything is put in its place."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.keeping import backup, databases, parcels


class RestoreRefused(Refusal):
    """The backup cannot be restored here."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what does not fit: tables whose rows differ, keys that are not here."""

    made_at: str
    files: int
    rows: int
    differing: tuple[str, ...]
    missing_keys: tuple[str, ...]
    needs_migration: bool


def restore(*, by: Actor, source: Path, passphrase: str, overwrite: bool = False) -> Restored:
    """Put a backup in the place of database and folders.

    Refused: where there are data already (unless `overwrite`), a backup of another kind of database
    or of a newer program, one that is damaged. Until everything is checked nothing is touched.
    """
    if not overwrite:
        _refuse_what_is_there()
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=".restoring-") as scratch:
        with source.open("rb") as file:
            manifest = parcels.read(file, passphrase, Path(scratch))
        _refuse_what_does_not_fit(manifest)
        databases.load(Path(scratch) / databases.NAMES[connection.vendor])
        for name, folder in backup.folders().items():
            _put(Path(scratch) / name, folder)
    return _looked_over(by, manifest)


def keys_are_here() -> bool:
    """Whether the folder of keys holds any, so that asking does not make new ones."""
    names = {path.name for path in Path(settings.KEY_DIR).glob("*.key")}
    return bool(names - {"django.key"})


def _refuse_what_is_there() -> None:
    if not databases.is_empty():
        raise RestoreRefused("There is a database already: --overwrite replaces it.")
    for folder in backup.folders().values():
        if folder.is_dir() and any(folder.iterdir()):
            raise RestoreRefused(f"{folder} is not empty: --overwrite replaces it.")


def _refuse_what_does_not_fit(manifest: dict[str, Any]) -> None:
    if manifest["database"] != connection.vendor:
        raise RestoreRefused(
            f"This is a backup of {manifest['database']}, and DATABASE_URL names {connection.vendor}."
        )
    if unknown := databases.unknown_migrations(manifest["migrations"]):
        raise RestoreRefused(
            f"The backup was made by a newer program ({manifest['program']}; {unknown[0]}): update."
        )


def _put(fresh: Path, place: Path) -> None:
    """A folder in the place of another; the other goes only when the new one stands."""
    fresh.mkdir(parents=True, exist_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.replaced")
    shutil.rmtree(aside, ignore_errors=True)
    if place.exists():
        place.replace(aside)
    shutil.move(fresh, place)
    shutil.rmtree(aside, ignore_errors=True)


def _looked_over(by: Actor, manifest: dict[str, Any]) -> Restored:
    """Compare what stands in the database with the list; note the restoring in the trail."""
    rows = databases.counts()
    expected: dict[str, int] = manifest["rows"]
    differing = tuple(sorted(t for t, count in expected.items() if rows.get(t) != count))
    missing: tuple[str, ...] = tuple(manifest["keys"])
    if keys_are_here():
        here = backup.fingerprints()
        missing = tuple(
            name for name, print_ in manifest["keys"].items() if here.get(name) != print_
        )
    if not missing:
        record(
            by=by,
            action="backup.restore",
            kind="backup",
            count=len(manifest["files"]),
            detail={"made_at": manifest["made_at"]},
        )
    return Restored(
        made_at=manifest["made_at"],
        files=len(manifest["files"]),
        rows=sum(rows.values()),
        differing=differing,
        missing_keys=missing,
        needs_migration=bool(databases.pending_migrations()),
    )
