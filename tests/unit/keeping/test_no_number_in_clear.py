"""After a whole demo no number of a person stands in clear anywhere but in the files it came from.

Database, journal, uploads, snapshots, runs, keys, what was printed, temporary files; and pages,
exports, reports and error pages as somebody of the county gets them.
"""

import io
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

pytestmark = pytest.mark.slow
# Identity numbers (with a birth date inside: codes of persons have 18 digits too), telephones of
# `anju.synth`, bank accounts.
SHAPES = re.compile(
    rb"(?<![0-9])(?:[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx]"
    rb"|100[0-9]{8}|6[0-9]{15,18})(?![0-9])"
)
BOOKS = "county"
PAGES = """
import django, pathlib, sys
from django.conf import settings
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
settings.ALLOWED_HOSTS = ["*"]
django.setup()
from django.test import Client
from anju.accounts.models import User
from anju.intake.models import Batch
from anju.registry.models import Household, Membership
out = pathlib.Path(sys.argv[1])
client = Client(raise_request_exception=False)
client.force_login(User.objects.get(username="county"))
seen = 0
def keep(address, **more):
    global seen
    answer = client.get(address, **more)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    seen += 1
    (out / f"{seen:03d}-{answer.status_code}").write_bytes(
        address.encode() + b"\\n" + str(answer.headers).encode() + b"\\n" + body
    )
    return answer
keep("/"); keep("/households/"); keep("/households/export/"); keep("/monitoring/findings/")
keep("/households/?export=xlsx"); keep("/monitoring/findings/?export=xlsx")
number = sys.argv[2]
keep(f"/households/?q={number[-4:]}"); keep("/nothing/here/"); keep("/households/none/")
for household in Household.objects.order_by("pk")[:5]:
    for tab in ("people", "guarantees", "timeline", "work", "income", "housing", "findings"):
        keep(f"/households/{household.code}/{tab}/")
member = Membership.objects.select_related("household", "person").first()
client.post(f"/households/{member.household.code}/people/{member.person.code}/reveal/", {"reason": ""})
for batch in Batch.objects.order_by("pk"):
    keep(f"/imports/{batch.pk}/")
    keep(f"/imports/{batch.pk}/report/")
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo county, with what was printed and the pages somebody opened."""
    folder = tmp_path_factory.mktemp("county")
    (folder / "temporary").mkdir()
    (folder / "pages").mkdir()
    environment = {
        **os.environ,
        "ANJU_DATA": str(folder / "data"),
        "ANJU_LOG_LEVEL": "DEBUG",
        "TMPDIR": str(folder / "temporary"),
        "DJANGO_SETTINGS_MODULE": "anju.config.settings",
    }
    environment.pop("DATABASE_URL", None)

    def run(*words: str) -> None:
        done = subprocess.run([sys.executable, *words], env=environment, capture_output=True)
        with (folder / "printed").open("ab") as file:
            file.write(done.stdout + done.stderr)
        assert done.returncode == 0, done.stderr[-3000:].decode()

    run("-m", "anju.jobs.cli", "demo", "--households", "200", "--no-serve")
    some = next(iter(numbers_in(folder / "data" / BOOKS))).decode()
    run("-c", PAGES, str(folder / "pages"), some)
    return folder


def numbers_in(books: Path) -> set[bytes]:
    """Every number of a person in the workbooks."""
    found: set[bytes] = set()
    for path in books.rglob("*.xlsx"):
        for content in _inside(path.name, path.read_bytes()):
            found.update(SHAPES.findall(content))
    return found


def _inside(name: str, content: bytes) -> Iterator[bytes]:
    """A file, and what is packed in it."""
    yield content
    at = content.find(b"PK\x03\x04")
    if at >= 0 and zipfile.is_zipfile(io.BytesIO(content[at:])):
        with zipfile.ZipFile(io.BytesIO(content[at:])) as packed:
            for part in packed.namelist():
                yield packed.read(part)
    if name.endswith(".parquet"):
        yield pl.read_parquet(io.BytesIO(content)).write_csv().encode()


def _codes(county: Path) -> set[bytes]:
    """Codes of persons and households: they stand in clear, and one may look like a number."""
    with sqlite3.connect(county / "data" / "anju.sqlite3") as file:
        found = file.execute(
            "SELECT code FROM registry_person UNION SELECT code FROM registry_household"
        )
        return {code.encode() for (code,) in found}


def test_no_number_stands_in_clear_anywhere(county: Path) -> None:
    numbers = numbers_in(county / "data" / BOOKS) - _codes(county)
    assert len(numbers) > 1_000
    leaks = []
    looked = 0
    for path in sorted(county.rglob("*")):
        if not path.is_file() or path.is_relative_to(county / "data" / BOOKS):
            continue
        looked += 1
        for content in _inside(path.name, path.read_bytes()):
            leaks += [f"{path.relative_to(county)}" for _ in numbers & set(SHAPES.findall(content))]
    assert looked > 50
    assert not leaks, f"{len(leaks)} numbers in {sorted(set(leaks))}"


def test_the_demo_has_cards_and_telephones_to_hide(county: Path) -> None:
    with sqlite3.connect(county / "data" / "anju.sqlite3") as file:
        cards, phones = file.execute(
            "SELECT count(disability_card_sealed), count(phone_sealed) FROM registry_person"
        ).fetchone()
    assert cards > 5
    assert phones > 100


def test_the_pages_were_really_opened(county: Path) -> None:
    by_status: dict[str, int] = {}
    for path in (county / "pages").iterdir():
        status = path.name.partition("-")[2]
        by_status[status] = by_status.get(status, 0) + 1

    assert by_status["200"] > 60
    assert by_status["404"] >= 2
    texts = [path.read_bytes() for path in (county / "pages").iterdir()]
    assert any(b"****" in text for text in texts)


def test_nothing_is_left_in_the_folder_of_temporary_files(county: Path) -> None:
    assert not [path for path in (county / "temporary").rglob("*") if path.is_file()]
