"""What this machine has for tests that need more than Python, and why a test is skipped."""

import importlib.util
import shutil
from functools import cache
from pathlib import Path

from tests.spec.environment import spark_is_missing

POSTGRESQL_FOLDERS = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin")


@cache
def postgresql_folder() -> Path | None:
    """The folder of PostgreSQL's programs."""
    for folder in map(Path, POSTGRESQL_FOLDERS):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@cache
def chromium() -> str | None:
    """The browser of the system; none is ever downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing(marker: str) -> str | None:
    """Why tests with a marker cannot run here, or None where they can."""
    if marker == "browser":
        if importlib.util.find_spec("playwright") is None:
            return "Playwright is not installed (development dependencies)"
        return None if chromium() else "Chromium is not installed (Debian: chromium)"
    if marker == "postgresql":
        return None if postgresql_folder() else "PostgreSQL is not installed (Debian: postgresql)"
    if marker == "spark":
        return spark_is_missing()
    return None
