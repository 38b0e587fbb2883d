"""Uploaded files at rest: sealed as they came, one file a batch."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from anju.audit.keys import provider
from anju.intake.refusals import BatchRefused

_PLACE = "intake_batch.file"


def path_of(batch_id: int) -> Path:
    """Where the file of a batch lies."""
    return Path(settings.UPLOAD_DIR) / f"{batch_id}.sealed"


def store(batch_id: int, content: bytes) -> None:
    """Seal and write the file; it is on disk whole, or not at all."""
    path = path_of(batch_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(provider().seal_bytes(content, _PLACE, batch_id))
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def fetch(batch_id: int) -> bytes:
    """The file as it was uploaded; `BatchRefused` when it was kept long enough and is gone."""
    if not path_of(batch_id).exists():
        raise BatchRefused(
            "原文件已超过保存期限，按规定清理，不能再下载或重新处理。如有需要，请重新上传。",
        )
    return provider().open_bytes(path_of(batch_id).read_bytes(), _PLACE, batch_id)
