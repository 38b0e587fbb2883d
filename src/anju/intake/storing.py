"""Uploaded files at rest: sealed as they came, one file a batch."""

from __future__ import annotations

from typing import Final

from anju.audit.sealed_files import SealedFiles
from anju.intake.refusals import BatchRefused

UPLOADS: Final = SealedFiles("UPLOAD_DIR", "intake_batch.file")


def fetch(batch_id: int) -> bytes:
    """The file as it was uploaded; `BatchRefused` when it was kept long enough and is gone."""
    try:
        return UPLOADS.fetch(batch_id)
    except FileNotFoundError as error:
        raise BatchRefused(
            "原文件已超过保存期限，按规定清理，不能再下载或重新处理。如有需要，请重新上传。",
        ) from error
