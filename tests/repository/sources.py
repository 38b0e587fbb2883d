"""The repository's own files, as its tests read them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "anju"


def name_of(path: Path) -> str:
    """A path as people write it."""
    return path.relative_to(ROOT).as_posix()


def python_files(folder: Path) -> Iterator[Path]:
    """Python files that people write: no migrations."""
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts and "node_modules" not in path.parts:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """A parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def tracked_files() -> tuple[Path, ...]:
    """What is in version control, or everything where there is none."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        return tuple(path for path in sorted(ROOT.rglob("*")) if path.is_file())
    names = [name for name in listed.stdout.split("\0") if name]
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


@cache
def layers() -> list[list[str]]:
    """The floors of the house from the roof down, as import-linter reads them."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    floors = next(each["layers"] for each in contracts if each.get("containers") == ["anju"])
    return [[part.strip() for part in floor.split("|")] for floor in floors]


def package_of(path: Path) -> str:
    """The package a file of the product belongs to."""
    return path.relative_to(PACKAGE).parts[0]


def has_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)
