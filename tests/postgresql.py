"""A PostgreSQL server that lives as long as one command.

    python tests/postgresql.py -- pytest tests/unit        DATABASE_URL names its database

The cluster lies in a temporary folder, listens on 127.0.0.1 and a free port, and is gone when the
command ends. PostgreSQL refuses to run as root, so root starts it as an unprivileged user.
"""

import argparse
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin")
UNPRIVILEGED = ("postgres", "nobody")
DATABASE = "anju"
KEPT = "postgresql"
# A test cluster may lose everything in a power cut, and is twice as quick for it.
CONFIGURATION = """
listen_addresses = '127.0.0.1'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
shared_buffers = 128MB
"""


class NoPostgreSQL(RuntimeError):
    """The server cannot be started here."""


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or None."""
    for folder in map(Path, FOLDERS):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextlib.contextmanager
def running(copy_of: Path | None = None, keep_as: Path | None = None) -> Iterator[str]:
    """A server for the length of the block; yields the address of an empty database.

    With `keep_as`, its cluster is kept in that folder when the block ends; with `copy_of`, the
    server begins with a cluster that was kept.
    """
    folder = programs()
    if folder is None:
        raise NoPostgreSQL("PostgreSQL's programs are not installed (Debian: postgresql).")
    home = Path(tempfile.mkdtemp(prefix="anju-postgresql-"))
    try:
        as_user = _owner(home)
        data = home / "data"
        if copy_of is None:
            _run(as_user, folder / "initdb", "-D", data, "-U", "anju", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync")  # fmt: skip
            with (data / "postgresql.conf").open("a") as file:
                file.write(CONFIGURATION)
        else:
            _run(None, "cp", "-a", copy_of, data)
        port = _free_port()
        control = (folder / "pg_ctl", "-D", data, "-w")
        _run(as_user, *control, "-l", home / "log", "-o", f"-p {port} -k {home}", "start")
        try:
            if copy_of is None:
                address = ("-h", "127.0.0.1", "-p", str(port), "-U", "anju")
                _run(as_user, folder / "createdb", *address, DATABASE)
            yield f"postgresql://anju@127.0.0.1:{port}/{DATABASE}"
        finally:
            _run(as_user, *control, "-m", "fast" if keep_as else "immediate", "stop")
        if keep_as is not None:
            _run(None, "cp", "-a", data, keep_as)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _owner(home: Path) -> str | None:
    """The user who runs the server: oneself, or for root an unprivileged one who gets `home`."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            os.chown(home, user.pw_uid, user.pw_gid)
            return name
    raise NoPostgreSQL(f"Root cannot run PostgreSQL, and none of {UNPRIVILEGED} exists.")


def _run(as_user: str | None, *command: object) -> None:
    """Run one of PostgreSQL's programs; what it said is shown when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        user=as_user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoPostgreSQL(f"{Path(str(command[0])).name} failed:\n{done.stdout}")


def _free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _kept() -> Path:
    """The cluster with migrated tables that a run of the tests has kept, if it did."""
    sys.path.insert(0, str(ROOT))
    from tests import kept

    return kept.place(KEPT)


def main() -> int:
    """Run a command with a server beside it; its exit code is ours."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", nargs="+", help="after --, with its arguments")
    command = parser.parse_args().command
    beside = Path(sys.executable).parent
    # Ended from outside, the cluster must go all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    path = f"{beside}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        made = _kept()
        with running(copy_of=made if made.exists() else None) as url:
            environment = {**os.environ, "DATABASE_URL": url, "PATH": path}
            return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode
    except NoPostgreSQL as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
