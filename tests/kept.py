"""What is slow to make and the same for every run of the tests: made once, kept in .dev/tests.

Several processes, and several runs at a time, find the same folder; the first makes it.
"""

import fcntl
import hashlib
import shutil
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".dev" / "tests"
#: All that decides what stands in a database to which all migrations were applied.
_TABLES = (
    "src/anju/*/migrations/*.py",
    "src/anju/*/models.py",
    "src/anju/*/models/**/*.py",
    "src/anju/places/*.py",
    "src/anju/config/settings.py",
    "tests/databases.py",
    "tests/postgresql.py",
    "uv.lock",
)
_OLD_SECONDS = 3600


@cache
def tables_digest() -> str:
    """A digest of everything that tables are made from."""
    total = hashlib.sha256()
    for path in sorted(path for pattern in _TABLES for path in ROOT.glob(pattern)):
        total.update(f"{path.relative_to(ROOT)}\n".encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def place(name: str) -> Path:
    """Where a thing made from today's tables is kept, or would be."""
    return FOLDER / f"{name}-{tables_digest()}"


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that the first to ask makes (`make` gets the path of one that does not exist)."""
    made = place(name)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = made.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            make(draft)
            draft.replace(made)
            _forget_old(name)
    return made


def _forget_old(name: str) -> None:
    """Remove what was made from other tables, an hour later: another run may still read it."""
    long_ago = time.time() - _OLD_SECONDS
    for path in FOLDER.glob(f"{name}-*"):
        if path.is_dir() and path.stat().st_mtime < long_ago:
            shutil.rmtree(path, ignore_errors=True)
