"""The sealed files of exports, each under the number of its request."""

import contextlib
import os
from pathlib import Path

from django.conf import settings

from anju.audit.keys import provider

_PLACE = "exports.file"


def store(request_id: int, content: bytes) -> None:
    """Seal and keep a file; one that is there is replaced."""
    path = _path(request_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(provider().seal_bytes(content, _PLACE, request_id))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def fetch(request_id: int) -> bytes:
    """The opened content; `FileNotFoundError` when it is gone."""
    return provider().open_bytes(_path(request_id).read_bytes(), _PLACE, request_id)


def remove(request_id: int) -> None:
    """Delete the file; harmless when it is gone."""
    for path in (_path(request_id), _path(request_id).with_suffix(".draft")):
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def kept() -> list[int]:
    """The numbers of the requests that have a file."""
    return sorted(int(path.stem) for path in Path(settings.EXPORT_DIR).glob("*.sealed"))


def _path(request_id: int) -> Path:
    return Path(settings.EXPORT_DIR) / f"{int(request_id)}.sealed"
