"""Heads of the chain in files outside the database, one a day.

A chain cut off at its end, or written anew by somebody with the keys, breaks nothing in itself; it
does not lead to a head that was noted before. The folder (`ANJU_AUDIT_HEADS`) should be on another
machine or medium than the database; a file that is there is never written again.
"""

import contextlib
import os
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anju.audit.refusal import Refusal
from anju.audit.verify import Head, Verification, verify

_NAME = "{day}.head"
_LINE = re.compile(r"(\d+):([0-9a-f]{64})")


class TrailBroken(Refusal):
    """The audit trail is not as it was written."""


class BadHead(ValueError):
    """A file or text that should hold a head does not."""


def text(head: Head) -> str:
    """A head as it is printed and kept: `NUMBER:DIGEST`."""
    return f"{head.sequence}:{head.digest}"


def parse(line: str) -> Head:
    """A head as it was printed; `BadHead` if it is none."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise BadHead(f"{line.strip()[:80]!r} is no head: NUMBER:DIGEST was written there.")
    return Head(int(found[1]), found[2])


def kept() -> list[Head]:
    """All heads in the folder, the oldest first."""
    folder = Path(settings.AUDIT_HEAD_DIR)
    return [parse(path.read_text()) for path in sorted(folder.glob("*.head"))]


def keep(head: Head, day: date) -> Path:
    """Write the head of a day; where the day has one already, that one stays."""
    folder = Path(settings.AUDIT_HEAD_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / _NAME.format(day=day.isoformat())
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text(head) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o444)
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        os.unlink(temporary)
    return path


def keep_today(*, progress: Any, day: str) -> dict[str, Any]:
    """The job of each day: check the trail, then keep its head. Safe to repeat.

    A broken trail keeps no head: the job fails with a message that names the first broken entry.
    """
    progress.step(_("检查审计记录"))
    found = verify(heads=kept())
    if not found.is_whole:
        raise TrailBroken(said(found))
    if found.head.sequence == 0:
        return {"entries": 0}
    keep(found.head, date.fromisoformat(day))
    return {"entries": found.entries, "head": text(found.head)}


def said(found: Verification) -> str:
    """What a check of a broken trail found, for the page."""
    first = found.breaks[0]
    return _(
        "审计记录不完整：第 %(number)s 条起与写入时不一致（共发现 %(count)s 处）。"
        "请停止使用数据库管理工具，用 anju audit verify 查明，并报告安全管理员。"
    ) % {"number": first.sequence, "count": len(found.breaks)}
