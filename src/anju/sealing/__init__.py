"""Personal numbers at rest: sealed with SM4, found again by a keyed SM3 digest.

Pure Python over `cryptography`. Nothing here knows a database; the caller names the column
(`table.column`) and the row a value is stored in, and a value moved elsewhere no longer opens.
"""

from anju.sealing.errors import BadKey, CannotOpen, SealingError
from anju.sealing.local import LocalKeys
from anju.sealing.provider import CryptoProvider

__all__ = [
    "BadKey",
    "CannotOpen",
    "CryptoProvider",
    "LocalKeys",
    "SealingError",
]
