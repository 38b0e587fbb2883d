"""Keys kept in files beside the data: right for one county server without a crypto module."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from anju.sealing import key_files, sm3, sm4
from anju.sealing.errors import CannotOpen
from anju.sealing.sm4 import Row


class LocalKeys:
    """A `CryptoProvider` over a folder of key files; missing keys are made on first use."""

    def __init__(self, folder: Path) -> None:
        keys = key_files.SEAL.load(folder)
        self._chain = sm3.PurposeDigests(key_files.chain_key(folder))
        digests = key_files.DIGEST.load(folder)
        self._folder = folder
        self._keys = {key_id: SM4(key) for key_id, key in sorted(keys.items())}
        self._digests = {key_id: sm3.PurposeDigests(key) for key_id, key in sorted(digests.items())}
        self._seals_with = max(keys)
        self._digests_with = max(digests)

    @property
    def seal_key_id(self) -> int:
        """The id of the key that seals; older keys only open."""
        return self._seals_with

    @property
    def seal_key_ids(self) -> Sequence[int]:
        """All keys that open, the oldest first."""
        return tuple(self._keys)

    @property
    def digest_key_id(self) -> int:
        """The id of the key that digests."""
        return self._digests_with

    @property
    def digest_key_ids(self) -> Sequence[int]:
        """All keys that digests may be made with, the oldest first."""
        return tuple(self._digests)

    def add_seal_key(self) -> "LocalKeys":
        """Make a new sealing key and return a provider that seals with it."""
        key_files.SEAL.add(self._folder)
        return LocalKeys(self._folder)

    def add_digest_key(self) -> "LocalKeys":
        """Make a new digest key and return a provider that digests with it."""
        key_files.DIGEST.add(self._folder)
        return LocalKeys(self._folder)

    def retire_seal_key(self, key_id: int) -> str:
        """Move a key file aside: backups made until today need it."""
        return str(key_files.SEAL.retire(self._folder, key_id))

    def retire_digest_key(self, key_id: int) -> str:
        """Move a key file aside: backups made until today need it."""
        return str(key_files.DIGEST.retire(self._folder, key_id))

    def seal(self, plain: str, place: str, row: Row) -> bytes:
        """Seal one text."""
        return self.seal_bytes(plain.encode(), place, row)

    def open(self, sealed: bytes, place: str, row: Row) -> str:
        """Open one text."""
        return self.open_bytes(sealed, place, row).decode()

    def seal_many(
        self, plains: Iterable[str | None], place: str, rows: Iterable[Row]
    ) -> list[bytes | None]:
        """Seal a column; None stays None."""
        values = list(zip(plains, rows, strict=True))
        known = ((value.encode(), row) for value, row in values if value is not None)
        sealed = sm4.seal_each(self._keys[self._seals_with], self._seals_with, known, place)
        return [None if value is None else next(sealed) for value, _ in values]

    def open_many(
        self, sealed: Iterable[bytes | None], place: str, rows: Iterable[Row]
    ) -> list[str | None]:
        """Open a column; None stays None."""
        return [
            None if value is None else self.open(value, place, row)
            for value, row in zip(sealed, rows, strict=True)
        ]

    def seal_bytes(self, plain: bytes, place: str, row: Row) -> bytes:
        """Seal the content of a file."""
        key = self._keys[self._seals_with]
        return next(sm4.seal_each(key, self._seals_with, ((plain, row),), place))

    def open_bytes(self, sealed: bytes, place: str, row: Row) -> bytes:
        """Open the content of a file. Database drivers may hand over a memoryview."""
        value = bytes(sealed)
        key_id = sm4.key_id_of(value)
        key = self._keys.get(key_id)
        if key is None:
            raise CannotOpen(
                f"Sealed with key {key_id}, and {key_files.SEAL.name(key_id)} is not in "
                f"{self._folder}. Restore it from the backup of the keys."
            )
        return sm4.unseal(key, value, place, row)

    def digest(self, plain: str, purpose: str, key_id: int | None = None) -> bytes:
        """The keyed digest of one text, 32 bytes."""
        return self._digest_key(key_id).digest(plain.encode(), purpose)

    def digest_many(
        self, plains: Iterable[str | None], purpose: str, key_id: int | None = None
    ) -> list[bytes | None]:
        """Digest a column; None stays None, and what stands there twice is digested once."""
        copy = self._digest_key(key_id).state(purpose).copy
        values = list(plains)
        known: dict[str | None, bytes | None] = {}
        for plain in dict.fromkeys(values):
            if plain is not None:
                context = copy()
                context.update(plain.encode())
                known[plain] = context.finalize()
        return [known.get(plain) for plain in values]

    def chain_digest(self, plain: str, purpose: str) -> bytes:
        """The keyed digest of a chain's entry, 32 bytes."""
        return self._chain.digest(plain.encode(), purpose)

    def _digest_key(self, key_id: int | None) -> sm3.PurposeDigests:
        wanted = self._digests_with if key_id is None else key_id
        if wanted not in self._digests:
            raise CannotOpen(
                f"Digested with key {wanted}, and {key_files.DIGEST.name(wanted)} is not in "
                f"{self._folder}. Restore it from the backup of the keys."
            )
        return self._digests[wanted]
