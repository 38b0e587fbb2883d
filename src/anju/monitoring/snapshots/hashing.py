"""The content hash of a snapshot folder, as the engine computes it."""

import hashlib
from pathlib import Path


def content_hash(folder: Path) -> str:
    """SHA-256 over the sorted list of (table, file name, SHA-256 of the file's bytes)."""
    listed = []
    for path in sorted(folder.rglob("*.parquet")):
        relative = path.relative_to(folder)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        listed.append((relative.parts[0].removesuffix(".parquet"), relative.as_posix(), digest))
    return hashlib.sha256(repr(sorted(listed)).encode()).hexdigest()
