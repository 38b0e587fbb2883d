"""Files kept beside the database, sealed as they came: one folder a sort, one file a row.

All folders lie in `FILES_DIR`, so that the backup takes them and a change of keys finds them without
being told. A file is bound to its folder and row: copied to another name it does not open.
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
class SealedFolder:
    """The sealed files of one sort of rows, such as `plans` or `proofs`."""

    name: str

    def __post_init__(self) -> None:
        """The name becomes that of a folder."""
        if not _NAME.fullmatch(self.name):
            raise ValueError(self.name)

    @property
    def path(self) -> Path:
        """Where they lie."""
        return Path(settings.FILES_DIR) / self.name

    @property
    def place(self) -> str:
        """What the seal of each is bound to, beside its row."""
        return f"files.{self.name}"

    def store(self, row: int, content: bytes) -> None:
        """Seal and write the file of a row; it is on disk whole, or not at all.

        One that is there is replaced: it is left from a transaction that was rolled back.
        """
        path = self._path_of(row)
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
        return provider().open_bytes(self._path_of(row).read_bytes(), self.place, row)

    def remove(self, row: int) -> None:
        """Delete the file; harmless when it is gone."""
        with contextlib.suppress(FileNotFoundError):
            self._path_of(row).unlink()

    def kept(self) -> list[int]:
        """The rows that have a file."""
        return sorted(int(path.stem) for path in self.path.glob(f"[0-9]*{_ENDING}"))

    def _path_of(self, row: int) -> Path:
        return self.path / f"{int(row)}{_ENDING}"


def folders() -> list[SealedFolder]:
    """Every folder that holds or held files."""
    root = Path(settings.FILES_DIR)
    found = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    return [SealedFolder(name) for name in found if _NAME.fullmatch(name)]
