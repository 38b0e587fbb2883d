"""Keys kept in files beside the data: right for one county server without a crypto module."""

from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from anju.sealing import key_files, sm3, sm4
from anju.sealing.errors import CannotOpen


class LocalKeys:
    """A `CryptoProvider` over a folder of key files; missing keys are made on first use."""

    def __init__(self, folder: Path) -> None:
        keys = key_files.seal_keys(folder, sm4.KEY_BYTES)
        self._folder = folder
        self._keys = {key_id: SM4(key) for key_id, key in keys.items()}
        self._current = max(keys)
        self._digests = sm3.PurposeDigests(key_files.digest_key(folder, sm3.DIGEST_BYTES))

    @property
    def current_key_id(self) -> int:
        """The id of the key that seals; older keys only open."""
        return self._current

    def rotate(self) -> "LocalKeys":
        """Make a new sealing key and return a provider that seals with it."""
        key_files.add_seal_key(self._folder, sm4.KEY_BYTES)
        return LocalKeys(self._folder)

    def seal(self, plain: str, place: str) -> bytes:
        """Seal one text."""
        return self.seal_bytes(plain.encode(), place)

    def open(self, sealed: bytes, place: str) -> str:
        """Open one text."""
        return self.open_bytes(sealed, place).decode()

    def digest(self, plain: str, purpose: str) -> bytes:
        """The keyed digest of one text, 32 bytes."""
        return self._digests.digest(plain.encode(), purpose)

    def seal_many(self, plains: Iterable[str | None], place: str) -> list[bytes | None]:
        """Seal a column; None stays None."""
        values = list(plains)
        known = (value.encode() for value in values if value is not None)
        sealed = sm4.seal_each(self._keys[self._current], self._current, known, place)
        return [None if value is None else next(sealed) for value in values]

    def open_many(self, sealed: Iterable[bytes | None], place: str) -> list[str | None]:
        """Open a column; None stays None."""
        return [None if value is None else self.open(value, place) for value in sealed]

    def digest_many(self, plains: Iterable[str | None], purpose: str) -> list[bytes | None]:
        """Digest a column; None stays None."""
        state = self._digests.state(purpose)
        digests: list[bytes | None] = []
        for plain in plains:
            if plain is None:
                digests.append(None)
                continue
            context = state.copy()
            context.update(plain.encode())
            digests.append(context.finalize())
        return digests

    def seal_bytes(self, plain: bytes, place: str) -> bytes:
        """Seal the content of a file."""
        return next(sm4.seal_each(self._keys[self._current], self._current, (plain,), place))

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Open the content of a file. Database drivers may hand over a memoryview."""
        value = bytes(sealed)
        key_id = sm4.key_id_of(value)
        key = self._keys.get(key_id)
        if key is None:
            raise CannotOpen(
                f"Sealed with key {key_id}, and {key_files.seal_name(key_id)} is not in "
                f"{self._folder}. Restore it from the backup of the keys."
            )
        return sm4.unseal(key, value, place)
