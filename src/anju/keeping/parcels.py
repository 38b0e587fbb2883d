"""A parcel: files in one sealed stream, with a list of what is in it at its end.

The list (`manifest.json`) holds the SHA-256 of every file; reading a parcel checks each of them, and
that none is missing. Nothing is unpacked outside the folder given, whatever the names say.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from anju.audit.refusal import Refusal
from anju.sealing.streams import OpeningReader, SealingWriter

MANIFEST = "manifest.json"
_BLOCK = 1 << 20


class ParcelRefused(Refusal):
    """The parcel is not what its list says."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file and its name in the parcel."""

    name: str
    path: Path


class _Hashing:
    """A file that is digested while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


def write(
    target: BinaryIO, passphrase: str, items: Iterable[Item], about: Mapping[str, Any]
) -> dict[str, Any]:
    """Write a parcel; returns its list. Files that are gone meanwhile are left out."""
    sealing = SealingWriter(target, passphrase)
    files: dict[str, str] = {}
    stream = cast("BinaryIO", sealing)
    with tarfile.open(fileobj=stream, mode="w|", bufsize=_BLOCK) as tar:
        for item in items:
            try:
                source = item.path.open("rb")
            except FileNotFoundError:
                continue
            with source:
                info = tar.gettarinfo(arcname=item.name, fileobj=source)
                info.uid = info.gid = 0
                info.uname = info.gname = ""
                hashing = _Hashing(source)
                tar.addfile(info, cast("BinaryIO", hashing))
            files[item.name] = hashing.digest.hexdigest()
        manifest = {**about, "files": files}
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    sealing.close()
    return manifest


def read(source: BinaryIO, passphrase: str, folder: Path | None = None) -> dict[str, Any]:
    """Check a parcel, and with `folder` unpack it there; returns its list."""
    found: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    opening = cast("BinaryIO", OpeningReader(source, passphrase))
    with tarfile.open(fileobj=opening, mode="r|", bufsize=_BLOCK) as tar:
        for info in tar:
            content = tar.extractfile(info) if info.isreg() else None
            if content is None:
                raise ParcelRefused(f"{info.name} is no file: this was not written by anju backup.")
            if info.name == MANIFEST:
                manifest = json.loads(content.read())
                continue
            found[info.name] = _take(cast("BinaryIO", content), info.name, folder)
    opening.read()
    if manifest is None or manifest["files"] != found:
        raise ParcelRefused("The parcel does not hold what its list says: it is damaged.")
    return manifest


def _take(content: BinaryIO, name: str, folder: Path | None) -> str:
    """Digest one file, and write it where there is a folder."""
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        raise ParcelRefused(f"{name} leads out of the folder.")
    digest = hashlib.sha256()
    target = None
    if folder is not None:
        path = folder / parts
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = path.open("wb")
    try:
        while data := content.read(_BLOCK):
            digest.update(data)
            if target is not None:
                target.write(data)
    finally:
        if target is not None:
            target.close()
    return digest.hexdigest()
