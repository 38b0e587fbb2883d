"""What sealing costs: an import and pages, with the keys of the product and with none at all.

    python benchmarks/sealing.py [--households 2000] [--pages 40] [--rounds 3] [--json FILE]

The peer is `Plain`, a provider that stores numbers as they are: what is measured is the difference. In
processor seconds, each in a process of its own with one thread (waiting threads use processor time
too), the least of several rounds in turn, each of several imports into a new database. Fails when an
import or a list page costs more than a fifth more.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MOST = 0.20
IMPORTS = 3
PROVIDERS = {"sealed": "anju.sealing.LocalKeys", "plain": "benchmarks.sealing.Plain"}


class Plain:
    """No secrecy at all: what everything would cost without it. For this measurement only."""

    seal_key_id = digest_key_id = 1
    seal_key_ids = digest_key_ids = (1,)

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)

    def seal(self, plain: str, place: str, row: object) -> bytes:
        return plain.encode()

    def open(self, sealed: bytes, place: str, row: object) -> str:
        return bytes(sealed).decode()

    def seal_many(self, plains: Iterable[str | None], *_: object) -> list[bytes | None]:
        return [None if each is None else each.encode() for each in plains]

    def open_many(self, sealed: Iterable[bytes | None], *_: object) -> list[str | None]:
        return [None if each is None else bytes(each).decode() for each in sealed]

    def seal_bytes(self, plain: bytes, *_: object) -> bytes:
        return plain

    open_bytes = seal_bytes

    def digest(self, plain: str, purpose: str, key_id: int | None = None) -> bytes:
        return plain.encode().ljust(32)[:32]

    def digest_many(self, plains: Iterable[str | None], *_: object) -> list[bytes | None]:
        return [None if each is None else each.encode() for each in plains]

    chain_digest = digest


def main() -> int:
    """Measure both in turn, print a table, 1 when it costs too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=2_000)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", nargs=2, metavar=("WORKBOOKS", "PAGES"))
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(_measure(Path(arguments.child[0]), int(arguments.child[1]))))
        return 0
    with tempfile.TemporaryDirectory(prefix="anju-sealing-") as name:
        books = _workbooks(Path(name), arguments.households)
        found = [_round(Path(name), books, n, arguments.pages) for n in range(arguments.rounds)]
    result = {
        what: {kind: min(each[kind][what] for each in found) for kind in PROVIDERS}
        for what in found[0]["plain"]
    }
    print("| what | plain CPU s | sealed CPU s | more |\n| --- | ---: | ---: | ---: |")
    for what, each in result.items():
        print(f"| {what} | {each['plain']:.3f} | {each['sealed']:.3f} | {_more(each):+.1%} |")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1))
    return int(any(_more(each) > MOST for what, each in result.items() if "one" not in what))


def _more(each: dict[str, float]) -> float:
    return each["sealed"] / each["plain"] - 1


def _workbooks(folder: Path, households: int) -> Path:
    from anju.synth import county, workbooks

    made = county.make(households=households, seed=1, months=("2023-07",))
    workbooks.write(made, folder / "workbooks")
    return folder / "workbooks"


def _round(folder: Path, books: Path, number: int, pages: int) -> dict[str, Any]:
    found = {}
    for kind, path in PROVIDERS.items():
        environment = {
            **os.environ,
            "ANJU_DATA": str(folder / f"{kind}-{number}"),
            "ANJU_CRYPTO_PROVIDER": path,
            "POLARS_MAX_THREADS": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }
        words = [sys.executable, __file__, "--child", str(books), str(pages)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
        found[kind] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(books: Path, pages: int) -> dict[str, float]:
    """Processor seconds of one process with the provider of its environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.config.settings")
    from django.conf import settings

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    settings.ALLOWED_HOSTS = ["*"]
    import django

    django.setup()
    from datetime import UTC, date, datetime

    from django.core.management import call_command

    from anju.audit.actor import SYSTEM
    from anju.audit.keys import provider
    from anju.intake.loading import in_order, load_file

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    provider().seal("warm", "x.y", 1)
    provider().digest("warm", "x")
    paths = [books / "places.xlsx", *in_order(sorted((books / "base").glob("*.xlsx")))[:2]]
    spent = []
    for _ in _new_databases(IMPORTS):
        begin = time.process_time()
        for path in paths:
            load_file(
                path, by=SYSTEM, at=datetime.now(UTC), known_on=date(2023, 7, 1), division_code=""
            )
        spent.append(time.process_time() - begin)
    return {f"import of {len(paths)} lists": min(spent), **_pages(pages)}


def _new_databases(count: int) -> Iterator[None]:
    """As often as wanted, the empty database as it was made."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    path = Path(settings.DATABASES["default"]["NAME"])
    empty = path.with_suffix(".empty")
    shutil.copy(path, empty)
    for _ in range(count):
        connection.close()
        for rest in path.parent.glob(f"{path.name}*"):
            rest.unlink()
        shutil.copy(empty, path)
        yield


def _pages(count: int) -> dict[str, float]:
    from datetime import date

    from django.test import Client

    from anju.accounts.actions import posts, users
    from anju.audit.actor import SYSTEM
    from anju.places.models import Division, Level
    from anju.registry.models import Household

    on = date(2023, 1, 1)
    user = users.create(by=SYSTEM, on=on, username="reader", name="某人", password="Qx7-liang-43!")
    county = Division.objects.get(level=Level.COUNTY)
    posts.give(by=SYSTEM, on=on, user=user, role="lead_bureau", division_code=county.code)
    client = Client()
    client.force_login(user)
    code = Household.objects.values_list("code", flat=True).first()
    spent = {}
    for what, address in (
        ("list of households", "/households/"),
        ("page of one household", f"/households/{code}/people/"),
    ):
        for _ in range(3):
            assert client.get(address).status_code == 200, address
        begin = time.process_time()
        for _ in range(count):
            client.get(address)
        spent[f"{what}, {count} times"] = time.process_time() - begin
    return spent


if __name__ == "__main__":
    sys.exit(main())
