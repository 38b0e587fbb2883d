"""Old entries in sealed files, so that the table does not grow for ever.

An archive holds entries in order, as lines of the canonical text and the digest; compressed and
sealed with the keys of the system, under the name of its first and last entry. The trail stays
verifiable: the entry `audit.archive`, itself in the chain, names the last archived entry and its
digest, and `verify(archived=entries())` walks from the first entry of all.
"""

import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from anju.audit.chain import Written, canonical, compact
from anju.audit.keys import provider

_PLACE = "audit.archive"
_NAME = re.compile(r"audit-(\d{12})-(\d{12})\.sealed")


def write(entries: Iterable[Written], *, first: int, last: int) -> Path:
    """Write an archive and force it to the disk; one that is there (from a start that was killed)
    is written again."""
    lines = "".join(f"{canonical(entry)}\t{entry.digest}\n" for entry in entries)
    name = f"audit-{first:012d}-{last:012d}.sealed"
    folder = Path(settings.AUDIT_ARCHIVE_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft, path = folder / f".{name}.draft", folder / name
    sealed = provider().seal_bytes(gzip.compress(lines.encode()), _PLACE, name)
    with draft.open("wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path


def entries() -> Iterator[Written]:
    """The entries of all archives, in order."""
    folder = Path(settings.AUDIT_ARCHIVE_DIR)
    names = sorted(
        path.name for path in folder.glob("audit-*.sealed") if _NAME.fullmatch(path.name)
    )
    for name in names:
        opened = provider().open_bytes((folder / name).read_bytes(), _PLACE, name)
        for line in gzip.decompress(opened).decode().splitlines():
            text, _, digest = line.rpartition("\t")
            yield _entry(json.loads(text), digest)


def _entry(said: dict[str, object], digest: str) -> Written:
    said["ids"], said["detail"] = compact(said["ids"]), compact(said["detail"])
    return Written(digest=digest, **{"place": "", **said})  # type: ignore[arg-type]
