"""Set up as on a server, Django has nothing to complain about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
# What other tests of the same process set for themselves.
OF_TESTS = {"DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
ON_A_SERVER = {"ANJU_HTTPS": "1", "ANJU_HOSTS": "anju.example", "ANJU_PROXIES": "1"}


def manage(folder: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if name not in OF_TESTS}
    return subprocess.run(
        [sys.executable, "-m", "anju.jobs.cli", "manage", *words],
        env={
            **inherited,
            "DJANGO_SETTINGS_MODULE": "anju.config.settings",
            "ANJU_DATA": str(folder),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_check_of_a_deployment_is_clean(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **ON_A_SERVER)

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_cookies_belong_to_this_host_alone(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_PROXY_SSL_HEADER)"
    )

    done = manage(tmp_path, "shell", "--no-imports", "-c", code, **ON_A_SERVER)

    assert done.stdout.split("\n")[0] == (
        "__Host-anju-session __Host-anju-csrf True True ('HTTP_X_FORWARDED_PROTO', 'https')"
    )


def test_audit_entries_cannot_be_kept_for_less_than_half_a_year(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", ANJU_AUDIT_MONTHS="5")

    assert done.returncode != 0
    assert "ANJU_AUDIT_MONTHS='5': write 6 or more." in done.stderr
