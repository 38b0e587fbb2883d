"""Settings read from the environment, refused with a remedy when they are nonsense."""

import os
from pathlib import Path

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


class BadSetting(RuntimeError):
    """An environment variable holds something its setting cannot be."""


def text(name: str, default: str) -> str:
    """The variable as it stands, or the default."""
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """A yes or no; anything else is refused."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.strip().lower() in _TRUE:
        return True
    if raw.strip().lower() in _FALSE:
        return False
    raise BadSetting(f"{name}={raw!r}: write 1 or 0.")


def whole(name: str, default: int, *, least: int | None = None) -> int:
    """A whole number, not below `least`; anything else is refused."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        number = int(raw)
    except ValueError as error:
        raise BadSetting(f"{name}={raw!r}: write a whole number.") from error
    if least is not None and number < least:
        raise BadSetting(f"{name}={raw!r}: write {least} or more.")
    return number


def names(name: str, default: str) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def address(name: str, *beginnings: str) -> str:
    """An address that begins like one of these (where passwords travel, encrypted); empty when unset."""
    given = text(name, "").strip().rstrip("/")
    if given and not given.startswith(beginnings):
        wanted = " or ".join(beginnings)
        raise BadSetting(f"{name}={given!r}: write an address that begins with {wanted}")
    return given


def folder(name: str, default: Path) -> Path:
    """A folder's absolute path."""
    return Path(os.environ.get(name) or default).expanduser().resolve()
