"""`anju up`: the server and its worker, together, until interrupted."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

LOCAL = "127.0.0.1"


def register(subparsers: Any) -> None:
    """Declare `anju up`."""
    command = subparsers.add_parser("up", help="start the server and its worker")
    command.add_argument("--host", default=LOCAL)
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--processes", type=int, default=1, help="server processes")
    command.add_argument("--workers", type=int, default=1, help="worker processes")
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database, then serve."""
    from anju.jobs import upkeep

    if not port_is_free(arguments.host, arguments.port):
        print(f"Port {arguments.port} is taken: choose another with --port.", file=sys.stderr)
        return 2
    upkeep.prepare()
    print(f"http://{arguments.host}:{arguments.port}/  (stop with Ctrl-C)", flush=True)
    return serve(Serving(arguments.host, arguments.port, arguments.processes, arguments.workers))


@dataclass(frozen=True)
class Serving:
    """Where to listen and how many processes share the work."""

    host: str = LOCAL
    port: int = 8000
    processes: int = 1
    workers: int = 1


def port_is_free(host: str, port: int) -> bool:
    """Whether nobody answers there; the server shares ports, so a clash would go unnoticed."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) != 0


def serve(serving: Serving) -> int:
    """Run server and workers as child processes; when one ends, end them all."""
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="anju.config.settings")
    commands = [
        _server(serving),
        *[[sys.executable, "-m", "anju.jobs.cli", "worker"]] * serving.workers,
    ]
    children = [subprocess.Popen(command, env=env) for command in commands]  # noqa: S603

    def interrupted(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        return next(child.returncode for child in children if child.returncode is not None) or 1
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)


def _server(serving: Serving) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        serving.host,
        "--port",
        str(serving.port),
        "--workers",
        str(serving.processes),
        "--blocking-threads",
        "4",
        "--workers-kill-timeout",
        "10",
        "--log-level",
        "warning",
        "anju.config.wsgi:application",
    ]


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask politely, then insist."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + 15
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
