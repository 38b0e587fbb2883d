"""A copy for training holds no original value, opens with its own keys, and keeps its structure."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.databases import EITHER, opened
from tests.factories.employment import EmploymentFactory
from tests.factories.registry import (
    EventFactory,
    HouseholdFactory,
    HousingFactory,
    MembershipFactory,
    PersonFactory,
    PersonRecordFactory,
    StatusFactory,
    identity_number,
)
from tests.processes import Office

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.audit.refusal import Refusal
from anju.keeping.scrub import scrub, untreated
from anju.places.models import Division, Level
from anju.registry.identity import IDENTITY
from anju.sealing import LocalKeys

COUNT = 6
REAL = {
    "name": [f"镶黄旗{n}某人" for n in range(COUNT)],
    "identity": [identity_number(n + 300, date(1984, 4, 4)) for n in range(COUNT)],
    "phone": [f"1390000{n:04d}" for n in range(COUNT)],
    "bank_account": [f"6217000000000{n:06d}" for n in range(COUNT)],
    "note": [
        "真实村真实路七号",
        "真实矿业公司",
        "真实病名甲",
        "真实单号乙",
        "真实来源丙",
        "真实枫县",
    ],
    "code": ["REALH", "REALP", "529977"],
}


def _fill() -> None:
    county = Division.objects.create(code="529977000000", level=Level.COUNTY, name="真实枫县")
    town = Division.objects.create(
        code="529977101000", level=Level.TOWN, name="真实枫镇", parent=county
    )
    Division.objects.create(code="529977101201", level=Level.VILLAGE, name="真实枫村", parent=town)
    for n in range(COUNT):
        home = HouseholdFactory(
            code=f"REALH{n}", head_name=REAL["name"][n], village_code="529977101201"
        )
        person = PersonFactory(
            code=f"REALP{n}", name=REAL["name"][n], born_on=date(1984, 4, 4),
            identity=REAL["identity"][n], phone=REAL["phone"][n],
            disability_card=f"{REAL['identity'][n]}43", bank_account=REAL["bank_account"][n],
        )  # fmt: skip
        PersonRecordFactory(person=person, born_on=date(1984, 4, 4), source=REAL["note"][4])
        MembershipFactory(household=home, person=person)
        HousingFactory(household=home, address=REAL["note"][0], room=REAL["note"][3])
        EmploymentFactory(person=person, employer=REAL["note"][1])
        StatusFactory(household=home, person=person, kind="chronic", reference=REAL["note"][2])
        EventFactory(household=home, person=person, reference=REAL["note"][3], amount=123_456_789)


def _scrub(folder: Path) -> Any:
    try:
        return scrub(by=SYSTEM, folder=folder)
    except Refusal as refused:
        return str(refused)


def _kept() -> list[int]:
    return list(Entry.objects.filter(action="scrub.make").values_list("count", flat=True))


@pytest.fixture(scope="module", params=EITHER)
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """One office for all of these tests: making a copy takes seconds, and they only read it."""
    with opened(request, tmp_path_factory.mktemp("office"), "scrubbed") as made:
        yield made


@pytest.fixture(scope="module")
def copy(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a copy."""
    office.run(_fill)
    folder = tmp_path_factory.mktemp("copy") / "training"
    total = office.run(_scrub, folder)
    assert isinstance(total, int), total
    assert office.run(_kept) == [total]
    return folder


@pytest.mark.slow
def test_no_original_value_remains(copy: Path) -> None:
    content = b"".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())

    for values in REAL.values():
        for value in values:
            assert value.encode() not in content, value
    assert b"REAL" not in content
    assert "真实".encode() not in content
    assert b"1984-04-04" not in content


@pytest.mark.slow
def test_numbers_are_made_up_and_open_with_the_copys_own_keys(copy: Path) -> None:
    keys = LocalKeys(copy / "keys")
    with sqlite3.connect(copy / "anju.sqlite3") as file:
        rows = file.execute("SELECT id, identity_sealed, name FROM registry_person").fetchall()
        heads = {row[0] for row in file.execute("SELECT head_name FROM registry_household")}
        codes = {row[0] for row in file.execute("SELECT village_code FROM registry_household")}
        users = file.execute("SELECT count(*) FROM accounts_user").fetchone()[0]

    opened = [keys.open(sealed, IDENTITY.place, pk) for pk, sealed, _ in rows]
    assert len(set(opened)) == COUNT
    assert all(re.fullmatch(r"5299\d{13}[\dX]", number) for number in opened)
    assert heads == {name for _, _, name in rows}
    assert codes == {"529901101201"}
    assert users == 0


@pytest.mark.slow
def test_structure_and_distributions_stay(copy: Path) -> None:
    with sqlite3.connect(copy / "anju.sqlite3") as file:
        kinds = Counter(row[0] for row in file.execute("SELECT kind FROM registry_status"))
        amounts = [row[0] for row in file.execute("SELECT amount FROM registry_event")]
        members = file.execute("SELECT count(*) FROM registry_membership").fetchone()[0]
        born = [row[0] for row in file.execute("SELECT born_on FROM registry_person")]
        problems = file.execute("PRAGMA foreign_key_check").fetchall()

    assert kinds == {"chronic": COUNT}
    assert all(abs(amount - 123_456_789) <= 0.03 * 123_456_789 + 1 for amount in amounts)
    assert members == COUNT
    assert all("1984-03-21" <= day <= "1984-04-18" for day in born)
    assert problems == []


@pytest.mark.slow
def test_a_folder_with_anything_in_it_is_refused(office: Office, copy: Path) -> None:
    assert "not empty" in office.run(_scrub, copy)


def test_every_personal_column_of_the_copied_tables_is_disguised() -> None:
    assert untreated() == []
