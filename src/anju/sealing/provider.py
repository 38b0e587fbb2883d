"""The interface behind which keys live: files today, a certified module where one is demanded.

A module takes over by a class with these methods, made with the folder of keys (or of the module's
own configuration) as its only argument, and named in the setting `ANJU_CRYPTO_PROVIDER`. Its sealed
values begin with the head of `anju.sealing.sm4` (format, key id), by which rotation finds old ones.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

Row = int | str


class CryptoProvider(Protocol):
    """Seals, opens and digests.

    `place` is the column where the sealed value is stored, as `table.column`, and `row` the primary
    key of its row; both are bound into the seal. `purpose` separates digests of the same number
    made for different uses.
    """

    def seal(self, plain: str, place: str, row: Row) -> bytes:
        """Seal one text; two seals of the same text differ."""
        ...

    def open(self, sealed: bytes, place: str, row: Row) -> str:
        """The text sealed for this place and row; `CannotOpen` if it is not exactly that."""
        ...

    def seal_many(
        self, plains: Iterable[str | None], place: str, rows: Iterable[Row]
    ) -> list[bytes | None]:
        """Seal a column, each value for its row; None (unknown) stays None."""
        ...

    def open_many(
        self, sealed: Iterable[bytes | None], place: str, rows: Iterable[Row]
    ) -> list[str | None]:
        """Open a column, each value of its row; None stays None."""
        ...

    def seal_bytes(self, plain: bytes, place: str, row: Row) -> bytes:
        """Seal the content of a file."""
        ...

    def open_bytes(self, sealed: bytes, place: str, row: Row) -> bytes:
        """The content sealed for this place and row."""
        ...

    def digest(self, plain: str, purpose: str, key_id: int | None = None) -> bytes:
        """HMAC-SM3 of 32 bytes: equal texts give equal digests, nothing can be read back.

        With the present key of digests, or the one named.
        """
        ...

    def digest_many(
        self, plains: Iterable[str | None], purpose: str, key_id: int | None = None
    ) -> list[bytes | None]:
        """Digest a column; None stays None."""
        ...

    def chain_digest(self, plain: str, purpose: str) -> bytes:
        """HMAC-SM3 of 32 bytes by a key that never changes, for entries that hang together."""
        ...

    @property
    def seal_key_id(self) -> int:
        """The key that seals; older ones only open."""
        ...

    @property
    def seal_key_ids(self) -> Sequence[int]:
        """All keys that open, the oldest first."""
        ...

    @property
    def digest_key_id(self) -> int:
        """The key that digests; older ones only find what is not digested anew yet."""
        ...

    @property
    def digest_key_ids(self) -> Sequence[int]:
        """All keys that may stand behind digests in the database, the oldest first."""
        ...

    def add_seal_key(self) -> "CryptoProvider":
        """Make a new sealing key; a provider that seals with it and opens what is older."""
        ...

    def add_digest_key(self) -> "CryptoProvider":
        """Make a new digest key; a provider that digests with it and knows the older."""
        ...

    def retire_seal_key(self, key_id: int) -> str:
        """Put a key that nothing is sealed with aside; where it is now, for people."""
        ...

    def retire_digest_key(self, key_id: int) -> str:
        """Put a digest key that nothing uses aside; where it is now, for people."""
        ...
