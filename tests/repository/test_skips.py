"""Where nothing may be skipped, a skipped test fails the run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.repository.sources import ROOT

pytestmark = pytest.mark.slow
SKIPS = "import pytest\n\ndef test_it():\n    pytest.skip('no browser here')\n"
MODULE_SKIPS = "import pytest\npytest.skip('no server here', allow_module_level=True)\n"


def run(folder: Path, code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a file with one test, by the rules of all tests about skipping."""
    (folder / "test_skipping.py").write_text(code)
    (folder / "pytest.ini").write_text("[pytest]\n")
    plugins = ["-p", "tests.skipping", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, str(folder)],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "ANJU_NO_SKIP": "",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("code", [SKIPS, MODULE_SKIPS])
def test_a_skip_is_a_failure_where_all_must_run(tmp_path: Path, code: str) -> None:
    elsewhere = run(tmp_path, code)
    there = run(tmp_path, code, ANJU_NO_SKIP="1")

    assert "1 skipped" in elsewhere.stdout, elsewhere.stdout
    assert there.returncode != 0
    assert "skipped, but ANJU_NO_SKIP=1" in there.stdout
