"""Argon2, but only a few at once: each hashing takes 64 MB and a core for a tenth of a second.

Without a limit, a crowd at half past eight (or somebody who tries passwords) takes the memory of
the whole server. Whoever comes later waits; a server process has only a few threads anyway.
"""

from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

_turns = BoundedSemaphore(max(1, settings.HASHES_AT_ONCE))


class LimitedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the second recommended parameters of RFC 9106 (64 MiB, 3 passes, 4 lanes)."""

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 4

    def encode(self, password: str, salt: str) -> str:
        """Hash a password, after waiting for a turn."""
        with _turns:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one hashed, after waiting for a turn."""
        with _turns:
            return super().verify(password, encoded)
