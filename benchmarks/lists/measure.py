"""How long lists and the household page take at any size: one server process, one client.

    ANJU_DATA=… [DATABASE_URL=…] python benchmarks/lists/measure.py [--requests 60] [--json FILE]

Needs a database filled by fill.py. Every page is asked for with other parameters each time, after a
few requests to warm up. Printed for each page: median and 95th percentile by the clock, and the
processor time a request of the server and, on PostgreSQL, of all the processes of the database (one on
this machine), which does not depend on what else the machine does. With `--limit 150` it ends with 1
where a page is slower: its 95th percentile, or its processor time with `--busy`. Pages are asked for
behind the fence where ANJU_WEB_DATABASE_URL is set.
"""

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from anju.accounts.models import User  # noqa: E402
from anju.monitoring.models import Run  # noqa: E402
from anju.places.models import Division  # noqa: E402
from anju.registry.models import Household  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """One kind of page."""

    page: str
    requests: int
    median_ms: float
    p95_ms: float
    server_ms: float
    database_ms: float
    kilobytes: float


class Browser:
    """Fetches pages as somebody who is signed in."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener()

    def sign_in(self, username: str) -> None:
        """A session made as Django makes one: what is measured begins behind the sign-in pages."""
        client = Client()
        client.force_login(User.objects.get(username=username))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        self.opener.addheaders = [*self.opener.addheaders, ("Cookie", cookie)]

    def get(self, path: str) -> str:
        with self.opener.open(self.root + path, timeout=300) as answer:
            assert answer.status == 200, path
            text = str(answer.read().decode())
            assert 'action="/logout/"' in text, f"{path} is not the page of somebody signed in"
            return text


@contextmanager
def server(port: int) -> Iterator[int]:
    """The product's server with one process; yields the id of the process that answers."""
    command = [sys.executable, "-m", "anju.jobs.cli", "up", "--port", str(port), "--workers", "0"]
    child = subprocess.Popen(
        command, env={**os.environ, "ANJU_SEARCHES_PER_MINUTE": "0"}, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield child.pid
    finally:
        child.terminate()
        child.wait(30)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def processor_seconds(pids: list[int]) -> float:
    """User and system time of these processes so far."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def database_processes() -> int | None:
    """The process that all of PostgreSQL's are children of; none for a database without processes."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    return int(Path(f"/proc/{own}/stat").read_text().rsplit(")", 1)[1].split()[1])


def database_seconds(pid: int | None) -> float:
    """Processor time of a database so far: of the processes there are, and of those that have ended."""
    if pid is None:
        return 0.0
    ended = sum(map(int, Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[13:15]))
    return processor_seconds(family(pid)) + ended / TICKS


def pages(browser: Browser, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Each kind of page: something that makes an address, other ones each time."""
    lowest = Household.objects.order_by("id").values_list("id", flat=True)[0]
    highest = Household.objects.order_by("-id").values_list("id", flat=True)[0]
    towns = list(Division.objects.filter(level=9).values_list("code", flat=True))
    villages = list(Division.objects.filter(level=12).values_list("code", flat=True))
    runs = list(Run.objects.order_by("-month").values_list("id", flat=True))
    cursors = deep_positions(browser, "/households/", 8, villages, chance)
    finding_cursors = deep_positions(browser, "/monitoring/findings/", 8, villages, chance)

    def household() -> str:
        id_ = chance.randrange(lowest, highest + 1) // 10 * 10 or 10
        return Household.objects.values_list("code", flat=True).get(pk=id_)

    def initials() -> str:
        return "".join(chance.choice("wlzcyhxsg") for _ in range(2))

    tabs = ("people", "income", "guarantees", "work", "findings", "housing", "timeline")
    return {
        "desk": lambda: "/",
        "households": lambda: "/households/",
        "households, one town": lambda: f"/households/?town={chance.choice(towns)}",
        "households, monitored, one town": lambda: (
            f"/households/?town={chance.choice(towns)}&monitored=any"
        ),
        "households, red level": lambda: "/households/?level=red",
        "households, by initials": lambda: f"/households/?q={initials()}",
        "households, by initials, one town": lambda: (
            f"/households/?q={initials()}&town={chance.choice(towns)}"
        ),
        "households, by code": lambda: f"/households/?q={household()}",
        "households, deep page": lambda: f"/households/?{chance.choice(cursors)}",
        "household": lambda: f"/households/{household()}/",
        **{
            f"household, {tab}": (lambda tab=tab: f"/households/{household()}/{tab}/")
            for tab in tabs
        },
        "findings": lambda: "/monitoring/findings/",
        "findings, one rule": lambda: "/monitoring/findings/?rule=income_below_line",
        "findings, one rule, one town": lambda: (
            f"/monitoring/findings/?rule=income_fell&town={chance.choice(towns)}"
        ),
        "findings, red level": lambda: "/monitoring/findings/?level=red",
        "findings, gaps": lambda: "/monitoring/findings/?status=unknown",
        "findings, deep page": lambda: f"/monitoring/findings/?{chance.choice(finding_cursors)}",
        "runs": lambda: "/monitoring/runs/",
        "run": lambda: f"/monitoring/runs/{chance.choice(runs)}/",
        "compare": lambda: "/monitoring/compare/",
        "sites": lambda: "/sites/",
    }


def deep_positions(
    browser: Browser, path: str, number: int, villages: list[str], chance: random.Random
) -> list[str]:
    """Positions of pages far inside a list: the cursors of pages that begin in chosen villages."""
    from anju.web.lists.keyset import _encode

    rows = []
    for village in chance.sample(villages, min(number, len(villages))):
        if "findings" in path:
            from anju.monitoring.models import Finding

            run = Run.objects.order_by("-month", "-id").first()
            found = Finding.objects.filter(run=run, village_code__gte=village, status="hit")
            row, fields = found.order_by("village_code", "id").first(), ("village_code", "id")
        else:
            found = Household.objects.filter(village_code__gte=village)
            row, fields = found.order_by("village_code", "code").first(), ("village_code", "code")
        if row is not None:
            rows.append(urllib.parse.urlencode({"after": _encode(row, fields)}))
    return rows


def measure(browser: Browser, name: str, address: Callable[[], str], pid: int, n: int) -> Measured:
    """Ask for a page `n` times."""
    for _ in range(3):
        browser.get(address())
    pids, database = family(pid), database_processes()
    addresses = [address() for _ in range(n)]
    walls, size, before = [], 0, (processor_seconds(pids), database_seconds(database))
    for path in addresses:
        began = time.perf_counter()
        size += len(browser.get(path).encode())
        walls.append((time.perf_counter() - began) * 1000)
    server = (processor_seconds(pids) - before[0]) * 1000 / n
    spent = (database_seconds(database) - before[1]) * 1000 / n
    walls.sort()
    late = walls[min(n - 1, int(n * 0.95))]
    return Measured(name, n, walls[n // 2], late, server, spent, size / n / 1024)


def main() -> int:
    """Measure every page asked for, as somebody; 1 where one is slower than the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--port", type=int, default=8931)
    parser.add_argument("--user", default="county")
    parser.add_argument("--only", default="")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit", type=float, default=0)
    parser.add_argument("--busy", action="store_true", help="hold the processor time to the limit")
    arguments = parser.parse_args()
    print(f"{connection.vendor}, {Household.objects.count():,} households, {settings.DATA_DIR}")
    print(f"{'page':36} {'median ms':>9} {'p95 ms':>8} {'server':>7} {'database':>8} {'kB':>6}")
    results, late = [], False
    with server(arguments.port) as pid:
        browser = Browser(arguments.port)
        browser.sign_in(arguments.user)
        for name, address in pages(browser, random.Random(7)).items():
            if arguments.only not in name:
                continue
            done = measure(browser, name, address, pid, arguments.requests)
            results.append(done)
            held = done.server_ms + done.database_ms if arguments.busy else done.p95_ms
            is_late = 0 < arguments.limit < held
            late |= is_late
            print(
                f"{name:36} {done.median_ms:9.0f} {done.p95_ms:8.0f} {done.server_ms:7.0f} "
                f"{done.database_ms:8.0f} {done.kilobytes:6.0f}{'  LATE' * is_late}",
                flush=True,
            )
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(each) for each in results], indent=1))
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
