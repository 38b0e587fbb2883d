"""The interface behind which keys live: files today, a certified module where one is demanded."""

from collections.abc import Iterable
from typing import Protocol


class CryptoProvider(Protocol):
    """Seals, opens and digests.

    `place` is where the sealed value is stored, as `table.column`; it is bound into the seal.
    `purpose` separates digests of the same number made for different uses.
    """

    def seal(self, plain: str, place: str) -> bytes:
        """Seal one text; two seals of the same text differ."""
        ...

    def open(self, sealed: bytes, place: str) -> str:
        """The text sealed for this place; `CannotOpen` if it is not exactly that."""
        ...

    def digest(self, plain: str, purpose: str) -> bytes:
        """HMAC-SM3 of 32 bytes: equal texts give equal digests, nothing can be read back."""
        ...

    def seal_many(self, plains: Iterable[str | None], place: str) -> list[bytes | None]:
        """Seal a column; None (unknown) stays None."""
        ...

    def open_many(self, sealed: Iterable[bytes | None], place: str) -> list[str | None]:
        """Open a column; None stays None."""
        ...

    def digest_many(self, plains: Iterable[str | None], purpose: str) -> list[bytes | None]:
        """Digest a column; None stays None."""
        ...

    def seal_bytes(self, plain: bytes, place: str) -> bytes:
        """Seal the content of a file."""
        ...

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """The content sealed for this place."""
        ...
