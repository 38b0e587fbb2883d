"""A backup is read back, holds no key and no number in clear, and fills an empty machine again."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.databases import EITHER, new_database, opened
from tests.factories.registry import HouseholdFactory, PersonFactory, identity_number
from tests.processes import Office

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.audit.refusal import Refusal
from anju.audit.verify import verify
from anju.intake import storing
from anju.keeping import backup
from anju.keeping.restore import restore
from anju.registry.identity import IDENTITY
from anju.registry.models import Household, Person
from anju.registry.queries import people
from anju.sealing import SealingError

pytestmark = pytest.mark.slow
AT = datetime(2023, 10, 8, 3, tzinfo=UTC)
PASSPHRASE = "correct horse battery"
NUMBER = identity_number(77, date(1985, 5, 20))
# A file is a file whatever database was put in it.
ON_ONE = pytest.mark.parametrize("office", ["sqlite"], indirect=True)
CONTENT = b"a workbook, sealed" * 100_000


def _fill() -> None:
    for _ in range(3):
        HouseholdFactory()
    PersonFactory(identity=NUMBER, name="云上来客")
    storing.UPLOADS.store(5, CONTENT)


def _make(target: Path, passphrase: str = PASSPHRASE, overwrite: bool = False) -> Any:
    try:
        return backup.make(
            by=SYSTEM, at=AT, target=target, passphrase=passphrase, overwrite=overwrite
        )
    except (Refusal, SealingError) as error:
        return str(error)


def _restore(source: Path, passphrase: str = PASSPHRASE, overwrite: bool = False) -> Any:
    try:
        return restore(by=SYSTEM, source=source, passphrase=passphrase, overwrite=overwrite)
    except (Refusal, SealingError) as error:
        return str(error)


def _what_is_there() -> tuple[object, ...]:
    person = Person.objects.get()
    return (
        sorted(Household.objects.values_list("code", flat=True)),
        person.name,
        people.opened(person, IDENTITY),
        storing.fetch(5),
        verify().is_whole,
        list(Entry.objects.filter(action="backup.restore").values_list("count", flat=True)),
    )


@pytest.fixture(scope="module", params=EITHER)
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """A small office; what is tried on it leaves it as it was."""
    with opened(request, tmp_path_factory.mktemp("office"), "backed_up") as filled:
        filled.run(_fill)
        yield filled


@pytest.fixture(scope="module")
def first(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backup") / "kept" / "anju.backup"
    done = office.run(_make, target)
    assert done.path == target, done
    return target


@pytest.fixture
def made(first: Path, tmp_path: Path) -> Path:
    """A backup of the office, to be damaged at will."""
    return Path(shutil.copy2(first, tmp_path))


@pytest.fixture
def empty(office: Office, tmp_path: Path) -> Office:
    """Another machine with nothing on it, not even tables."""
    folder = tmp_path / "empty"
    folder.mkdir()
    url = f"sqlite:///{folder / 'anju.sqlite3'}"
    if not office.url.startswith("sqlite"):
        url = new_database(office.url, "office_empty")
    return Office(folder, url)


def test_a_backup_fills_an_empty_machine(office: Office, made: Path, empty: Office) -> None:
    shutil.copytree(office.folder / "keys", empty.folder / "keys")

    done = empty.run(_restore, made)

    assert (done.differing, done.missing_keys, done.needs_migration) == ((), (), False), done
    codes, name, number, content, is_whole, noted = empty.run(_what_is_there)
    assert codes == ["H000000001", "H000000002", "H000000003"] or len(codes) == 3
    assert (name, number, content, is_whole) == ("云上来客", NUMBER, CONTENT, True)
    assert noted == [done.files]
    assert not list(empty.folder.glob(".*"))


def test_keys_are_not_in_it_and_the_missing_ones_are_named(made: Path, empty: Office) -> None:
    done = empty.run(_restore, made)

    assert set(done.missing_keys) == {"seal key 1", "digest key 1", "chain key"}
    assert not list((empty.folder / "keys").glob("seal*"))


@ON_ONE
def test_nothing_of_it_can_be_read_without_the_passphrase(office: Office, made: Path) -> None:
    content = made.read_bytes()

    assert NUMBER.encode() not in content
    assert "云上来客".encode() not in content
    assert b"CREATE TABLE" not in content
    assert made.stat().st_mode & 0o077 == 0
    assert office.run(_restore, made, "another passphrase", True) == "Wrong passphrase."


def test_what_is_there_is_not_overwritten_unless_asked(office: Office, made: Path) -> None:
    assert "database already" in office.run(_restore, made)
    assert "is there already" in office.run(_make, made)

    done = office.run(_restore, made, PASSPHRASE, True)

    assert done.differing == ()
    assert office.run(_what_is_there)[2] == NUMBER


@ON_ONE
@pytest.mark.parametrize("at", [60, 1_000_000, -1])
def test_one_changed_byte_is_found_and_nothing_is_touched(
    made: Path, empty: Office, at: int
) -> None:
    content = bytearray(made.read_bytes())
    content[at] ^= 1
    made.write_bytes(content)

    said = empty.run(_restore, made)

    assert "Wrong passphrase" in said or "damaged" in said
    assert not (empty.folder / "uploads").exists()
    assert not (empty.folder / "anju.sqlite3").exists()


@ON_ONE
def test_a_backup_cut_off_is_found(made: Path, empty: Office) -> None:
    content = made.read_bytes()
    for length in (len(content) - 1, 31 + (1 << 20) + 16, 40, 10):
        made.write_bytes(content[:length])

        assert isinstance(empty.run(_restore, made), str)


@ON_ONE
def test_a_short_passphrase_is_refused(office: Office, tmp_path: Path) -> None:
    assert "at least 12" in office.run(_make, tmp_path / "x.backup", "short")
    assert not list(tmp_path.glob("*.backup*")) + list(tmp_path.glob(".x*"))
