"""The output folder of a run: written beside its place and renamed at the end, never half visible."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from anju.rules.errors import RunError

_RECORD: Final = "run.json"


@contextmanager
def prepared(out: Path) -> Iterator[Path]:
    """A fresh folder beside `out` that becomes `out` when the block ends without an error."""
    out = out.absolute()
    _refuse_strangers(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        part = Path(tempfile.mkdtemp(prefix=f".{out.name}.{os.getpid()}.", dir=out.parent))
    except OSError as error:
        raise RunError(
            zh=f"不能写到 {out}（{error.strerror}）；请换一个可写的位置。",
            en=f"cannot write to {out} ({error.strerror}): choose a place that can be written.",
        ) from error
    try:
        yield part
        part.chmod(0o755)
        _replace(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def workspace(part: Path) -> Iterator[Path]:
    """A folder for an engine's own files, gone before the results are shown."""
    folder = part / "workspace"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_strangers(out: Path) -> None:
    """Only an earlier run or an empty folder may be replaced."""
    if not out.exists():
        return
    if not out.is_dir() or (any(out.iterdir()) and not (out / _RECORD).is_file()):
        raise RunError(
            zh=f"{out} 已存在，又不是以前的运行结果；请换一个输出文件夹。",
            en=f"{out} exists and is no earlier run: choose another output folder.",
        )


def _replace(part: Path, out: Path) -> None:
    if not out.exists():
        part.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.{os.getpid()}.", dir=out.parent))
    out.rename(old / "replaced")
    part.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Remove what killed runs into the same place have left."""
    for left in out.parent.glob(f".{out.name}.*.*"):
        owner = left.name.removeprefix(f".{out.name}.").split(".")[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
