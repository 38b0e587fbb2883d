"""Where sealed values stand: columns of persons, secrets of second factors, files in folders.

Every place tells how many values stand under which key, and seals values of older keys anew, a few
at a time. A new sort of sealed value gets its place here, or a change of key would lock it out.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection

from anju.audit.keys import provider
from anju.registry.actions import renewing
from anju.sealing.sm4 import HEAD_BYTES, head_of

FACTORS = "mfa_authenticator.data"

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
        rows = Authenticator.objects.order_by("pk").values_list("data", flat=True)
        return Counter(sealed[:HEAD_BYTES] for data in rows for _, sealed in _sealed_in(data))

    def renew(self, most: int) -> int:
        """Rows with an older secret."""
        keys, done = provider(), 0
        present = head_of(keys.seal_key_id)
        for row in Authenticator.objects.select_for_update().order_by("pk"):
            old = [(name, sealed) for name, sealed in _sealed_in(row.data) if sealed[:3] != present]
            if not old or done >= most:
                continue
            for name, sealed in old:
                text = keys.open(sealed, FACTORS, "")
                row.data[name] = b64encode(keys.seal(text, FACTORS, "")).decode()
            row.save(update_fields=["data"])
            done += 1
        return done


def _sealed_in(data: dict[str, object]) -> Iterator[tuple[str, bytes]]:
    """The values of a JSON object that are seals."""
    for name, value in data.items():
        if not isinstance(value, str):
            continue
        try:
            sealed = b64decode(value, validate=True)
        except ValueError:
            continue
        if sealed[:1] in (b"\x01", b"\x02") and len(sealed) > HEAD_BYTES + 28:
            yield name, sealed


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
    places: list[SealedPlace] = [
        Persons(),
        Files("uploaded files", Path(settings.UPLOAD_DIR), "intake_batch.file", True),
        Files("audit archives", Path(settings.AUDIT_ARCHIVE_DIR), "audit.archive", False),
    ]
    if Authenticator._meta.db_table in connection.introspection.table_names():
        places.append(Factors())
    return places
