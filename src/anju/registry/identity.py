"""Where sealed numbers of persons stand, and how they are found again.

The places and purposes are bound into seals and digests: changing one makes old rows unreadable.
"""

from collections.abc import Sequence

from anju.sealing import CryptoProvider

IDENTITY_PLACE = "registry_person.identity_sealed"
PHONE_PLACE = "registry_person.phone_sealed"
IDENTITY_PURPOSE = "person.identity"
TAIL_PURPOSE = "person.identity_tail"
TAIL_LENGTH = 4


def identity_digests(keys: CryptoProvider, numbers: Sequence[str | None]) -> list[bytes | None]:
    """The digests by which identity numbers (18 characters, upper case) are looked up."""
    return keys.digest_many(numbers, IDENTITY_PURPOSE)


def tail_digests(keys: CryptoProvider, numbers: Sequence[str | None]) -> list[bytes | None]:
    """The digests of the last four characters, for the search by them."""
    tails = [None if number is None else number[-TAIL_LENGTH:] for number in numbers]
    return keys.digest_many(tails, TAIL_PURPOSE)
