"""What this machine lacks for tests that need more than Python."""

import importlib.util
import re
import shutil
import subprocess
from functools import cache


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
