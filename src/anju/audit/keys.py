"""The configured keys: of the audit chain and of sealed personal numbers."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from anju.sealing import CryptoProvider, LocalKeys


def provider() -> CryptoProvider:
    """Keys of `KEY_DIR`, made there on first use with mode 600."""
    return _keys_in(Path(settings.KEY_DIR))


@lru_cache(maxsize=4)
def _keys_in(folder: Path) -> CryptoProvider:
    """Keys of a folder, read once a process."""
    return LocalKeys(folder)
