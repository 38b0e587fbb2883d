"""What this machine has for tests that need more than Python, and why a test is skipped."""

import importlib.util
import re
import shutil
import subprocess
from functools import cache

from tests import postgresql


@cache
def chromium() -> str | None:
    """The browser of the system; none is ever downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@cache
def spark_is_missing() -> str | None:
    """Why Spark cannot run here, in a sentence; None where it can."""
    if importlib.util.find_spec("pyspark") is None:
        return "PySpark is not installed (the extra 'spark')"
    java = shutil.which("java")
    if java is None:
        return "Java is not installed (Spark needs a Java 17 runtime)"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        return f"Spark needs Java 17; this is {said.splitlines()[0] if said else 'unknown'}"
    return None


def missing(marker: str) -> str | None:
    """Why tests with a marker cannot run here, or None where they can."""
    if marker == "browser":
        if importlib.util.find_spec("playwright") is None:
            return "Playwright is not installed (development dependencies)"
        return None if chromium() else "Chromium is not installed (Debian: chromium)"
    if marker == "postgresql":
        return None if postgresql.programs() else "PostgreSQL is not installed (Debian: postgresql)"
    if marker == "spark":
        return spark_is_missing()
    return None
