"""Where sealed values stand: columns of persons, numbers left on open pages, secrets of second
factors, files in folders.

Every place tells how many values stand under which key, and seals values of older keys anew, a few
at a time. A new sort of sealed value gets its place here, or a change of key would lock it out.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from anju.accounts.actions import resealing
from anju.audit import sealed_files
from anju.audit.keys import provider
from anju.casework.actions import resealing as left
from anju.employment.actions import resealing as hirers
from anju.intake.storing import UPLOADS
from anju.registry.actions import renewing
from anju.sealing.sm4 import HEAD_BYTES, head_of

Head = bytes


class SealedPlace(Protocol):
    """One sort of sealed values."""

    @property
    def name(self) -> str:
        """What it is, for people who look after the server."""
        ...

    def heads(self) -> Counter[Head]:
        """How many values begin with which head (format and key)."""
        ...

    def renew(self, most: int) -> int:
        """Seal at most so many values of older keys anew, in the caller's transaction; how many."""
        ...


@dataclass(frozen=True, slots=True)
class Persons:
    """Numbers of persons in the registers."""

    name: str = "numbers of persons"

    def heads(self) -> Counter[Head]:
        """Counted by the database."""
        return renewing.heads()

    def renew(self, most: int) -> int:
        """Rows of persons, all numbers of a row at once."""
        return renewing.renew(keys=provider(), most=most)


@dataclass(frozen=True, slots=True)
class Factors:
    """Secrets of second factors: texts in a JSON column, sealed and in base 64."""

    name: str = "secrets of second factors"

    def heads(self) -> Counter[Head]:
        """Looked at one by one: there are as many as users."""
        return resealing.heads()

    def renew(self, most: int) -> int:
        """Rows with an older secret."""
        return resealing.renew(keys=provider(), most=most)


@dataclass(frozen=True, slots=True)
class Left:
    """Telephone numbers that people left on open pages of villages."""

    name: str = "numbers left on open pages"

    def heads(self) -> Counter[Head]:
        """Looked at one by one: they are kept for a year."""
        return left.heads()

    def renew(self, most: int) -> int:
        """Rows with an older seal."""
        return left.renew(keys=provider(), most=most)


@dataclass(frozen=True, slots=True)
class Hirers:
    """Telephone numbers of who hires, in vacancies."""

    name: str = "numbers of who hires"

    def heads(self) -> Counter[Head]:
        """Looked at one by one: some thousand."""
        return hirers.heads()

    def renew(self, most: int) -> int:
        """Rows with an older seal."""
        return hirers.renew(keys=provider(), most=most)


@dataclass(frozen=True, slots=True)
class Files:
    """Sealed files of a folder, each bound to the row in its name."""

    name: str
    folder: Path
    place: str
    row_is_stem: bool

    def heads(self) -> Counter[Head]:
        """The first bytes of every file."""
        return Counter(_head(path) for path in self._paths())

    def renew(self, most: int) -> int:
        """Each file is replaced whole, or stays as it is."""
        keys, done = provider(), 0
        present = head_of(keys.seal_key_id)
        for path in self._paths():
            if done == most:
                break
            if _head(path) == present:
                continue
            row = path.stem if self.row_is_stem else path.name
            plain = keys.open_bytes(path.read_bytes(), self.place, row)
            draft = path.with_name(f".{path.name}.renewed")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as f:
                f.write(keys.seal_bytes(plain, self.place, row))
                f.flush()
                os.fsync(f.fileno())
            draft.replace(path)
            done += 1
        return done

    def _paths(self) -> list[Path]:
        paths = sorted(self.folder.glob("*.sealed")) if self.folder.is_dir() else []
        return [path for path in paths if not path.name.startswith(".")]


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def all_places() -> list[SealedPlace]:
    """Every sort of sealed values of this installation."""
    return [
        Persons(),
        Factors(),
        Left(),
        Hirers(),
        Files("uploaded files", UPLOADS.path, UPLOADS.place, True),
        Files("audit archives", Path(settings.AUDIT_ARCHIVE_DIR), "audit.archive", False),
        *(Files(f"files of {f.within}", f.path, f.place, True) for f in sealed_files.folders()),
    ]
