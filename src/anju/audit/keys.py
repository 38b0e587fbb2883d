"""The configured keys: of the audit chain and of sealed personal numbers."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from anju.sealing import CryptoProvider


def provider() -> CryptoProvider:
    """The provider of `CRYPTO_PROVIDER` over `KEY_DIR`, where keys are made on first use.

    A key added or retired while the server runs is noticed: the folder has changed then.
    """
    folder = Path(settings.KEY_DIR)
    try:
        changed = folder.stat().st_mtime_ns
    except FileNotFoundError:
        changed = 0
    return _keys_in(settings.CRYPTO_PROVIDER, folder, changed)


@lru_cache(maxsize=4)
def _keys_in(path: str, folder: Path, changed: int) -> CryptoProvider:
    """Keys of a folder as it is now, read once a process."""
    made: CryptoProvider = import_string(path)(folder)
    return made
