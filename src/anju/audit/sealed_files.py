"""Files kept beside the database, sealed as they came: one folder a sort, one file a row.

Folders that lie in `FILES_DIR` are found by the backup and by a change of keys without being told; those
of uploads and exports are named there. A file is bound to its folder and row: copied to another name it does not open.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from anju.audit.keys import provider

_NAME = re.compile(r"[a-z][a-z-]*")
_ENDING = ".sealed"


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """The sealed files of one sort of rows: the setting that names their folder (or, with `within`, the
    folder above it), and what the seal of each is bound to beside its row."""

    setting: str
    place: str
    within: str = ""

    @property
    def path(self) -> Path:
        """Where they lie."""
        return Path(getattr(settings, self.setting)) / self.within

    def store(self, row: int, content: bytes) -> None:
        """Seal and write the file of a row; it is on disk whole, or not at all.

        One that is there is replaced: it is left from a transaction that was rolled back.
        """
        path = self.path_of(row)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(provider().seal_bytes(content, self.place, row))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)

    def fetch(self, row: int) -> bytes:
        """The opened content; `FileNotFoundError` when there is none."""
        return provider().open_bytes(self.path_of(row).read_bytes(), self.place, row)

    def remove(self, row: int) -> None:
        """Delete the file; harmless when it is gone."""
        with contextlib.suppress(FileNotFoundError):
            self.path_of(row).unlink()

    def kept(self) -> list[int]:
        """The rows that have a file."""
        return sorted(int(path.stem) for path in self.path.glob(f"[0-9]*{_ENDING}"))

    def path_of(self, row: int) -> Path:
        """Where the file of a row lies, or would lie."""
        return self.path / f"{int(row)}{_ENDING}"


def sealed_folder(name: str) -> SealedFiles:
    """A folder in `FILES_DIR`, such as `plans` or `proofs`."""
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return SealedFiles("FILES_DIR", f"files.{name}", name)


def folders() -> list[SealedFiles]:
    """Every folder that holds or held files."""
    root = Path(settings.FILES_DIR)
    found = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    return [sealed_folder(name) for name in found if _NAME.fullmatch(name)]
