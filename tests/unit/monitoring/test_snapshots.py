"""Snapshots: both time axes, the columns the engine is promised, and the same bytes every time."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction
from tests.unit.monitoring import registers

from anju.monitoring.snapshots import reading, write, writing
from anju.monitoring.snapshots.tables import TABLES
from anju.registry.models import HouseholdRecord, Income, Membership, Person, PersonRecord
from anju.rules.months import Month

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2023, 9)
END = date(2023, 10, 8)


def written(folder: Path, month: Month = SEPTEMBER, known_on: date = END) -> Any:
    return write(month=month, known_on=known_on, into=folder, draft="test")


def rows(folder: Path, table: str, **asked: Any) -> list[dict[str, Any]]:
    return pq.read_table(written(folder, **asked).folder / f"{table}.parquet").to_pylist()


def test_every_table_has_the_promised_columns_even_when_empty(tmp_path: Path) -> None:
    snapshot = written(tmp_path)

    for table in TABLES:
        assert pq.read_schema(snapshot.folder / f"{table.name}.parquet").equals(table.schema)
    assert set(snapshot.counts.values()) == {0}


def test_a_household_becomes_a_row_of_plain_columns(tmp_path: Path) -> None:
    household = registers.household(
        "A1", relocated=True, monitored_kind="marginal", included_on=date(2023, 2, 1)
    )

    assert rows(tmp_path, "households") == [
        {
            "household_id": household.pk, "code": "A1", "village_code": registers.VILLAGE,
            "site_id": None, "grid_id": None, "class": "lifted_out", "relocated": True,
            "self_moved": False, "monitored_kind": "marginal", "included_on": date(2023, 2, 1),
            "risk_removed_on": None, "area_dm2": None,
        }
    ]  # fmt: skip


def test_names_and_numbers_of_people_stay_out(tmp_path: Path) -> None:
    household = registers.household("A1")
    person = registers.member(household, "A1-1", date(1985, 2, 28))
    person.identity_sealed, person.phone_sealed = b"sealed-number", b"sealed-phone"
    person.name = "不该出现"
    person.save()

    content = b"".join(p.read_bytes() for p in written(tmp_path).folder.iterdir())

    assert "不该出现".encode() not in content
    assert b"sealed" not in content
    assert "户主".encode() in content  # the relation is there, so the search can find something


def test_unknown_text_is_null_and_not_empty(tmp_path: Path) -> None:
    household = registers.household("A1")
    registers.member(household, "A1-1", None, schooling=None, labour=None)
    registers.event(household, "death", date(2023, 9, 1))

    person = rows(tmp_path, "persons")[0]
    assert [person["schooling"], person["labour"], person["born_on"], person["education"]] == [
        None, None, None, None,
    ]  # fmt: skip
    assert rows(tmp_path, "events")[0]["level"] is None


def test_of_several_records_the_one_valid_at_the_end_of_the_month_is_taken(tmp_path: Path) -> None:
    household = registers.household("A1", valid_to=date(2023, 9, 1))
    registers.household_record(household, relocated=True, valid_from=date(2023, 9, 1))
    registers.household_record(household, self_moved=True, valid_from=date(2023, 10, 1))

    september = rows(tmp_path, "households")
    august = rows(tmp_path, "households", month=Month(2023, 8))
    october = rows(tmp_path, "households", month=Month(2023, 10))

    assert [(row["relocated"], row["self_moved"]) for row in (*august, *september, *october)] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip


def test_a_household_without_a_valid_record_is_not_there(tmp_path: Path) -> None:
    registers.household("A1", valid_from=date(2023, 10, 1))

    assert rows(tmp_path, "households") == []


def test_a_correction_is_seen_only_from_the_day_it_was_known(tmp_path: Path) -> None:
    household = registers.household("A1")
    registers.income(household, 20233, 100, known_to=date(2023, 10, 6))
    registers.income(household, 20233, 700, known_from=date(2023, 10, 6))

    before = rows(tmp_path, "incomes", known_on=date(2023, 10, 5))
    on_the_day = rows(tmp_path, "incomes", known_on=date(2023, 10, 6))

    assert [row["wage"] for row in before] == [100]
    assert [row["wage"] for row in on_the_day] == [700]


def test_what_became_known_later_is_not_there(tmp_path: Path) -> None:
    household = registers.household("A1")
    registers.member(household, "A1-1", date(1985, 2, 28))
    Membership.objects.update(known_from=date(2023, 10, 9))

    assert rows(tmp_path, "persons") == []


def test_a_corrected_birth_date_is_seen_only_from_the_day_it_was_known(tmp_path: Path) -> None:
    household = registers.household("A1")
    person = registers.member(household, "A1-1", date(1985, 2, 28))
    PersonRecord.objects.update(known_to=date(2023, 10, 6))
    registers.person_record(person, born_on=date(1985, 3, 1), known_from=date(2023, 10, 6))
    Person.objects.update(born_on=date(1985, 3, 1))

    before = rows(tmp_path, "persons", known_on=date(2023, 10, 5))
    after = rows(tmp_path, "persons", known_on=date(2023, 10, 6))

    assert [row["born_on"] for row in before] == [date(1985, 2, 28)]
    assert [row["born_on"] for row in after] == [date(1985, 3, 1)]


def test_a_member_without_a_record_is_there_and_all_is_unknown(tmp_path: Path) -> None:
    household = registers.household("A1")
    registers.member(household, "A1-1", date(1985, 2, 28))
    PersonRecord.objects.all().delete()

    row = rows(tmp_path, "persons")[0]
    assert (row["relation"], row["born_on"], row["labour"]) == ("户主", None, None)


def test_rows_stand_in_order_of_households(tmp_path: Path) -> None:
    households = registers.small_county()
    Income.objects.filter(household=households[0]).delete()
    registers.income(households[0], 20233, 1)

    ids = [row["household_id"] for row in rows(tmp_path, "incomes")]
    assert ids == sorted(ids)
    assert ids[0] == households[0].pk


def test_the_same_registers_give_the_same_bytes(tmp_path: Path) -> None:
    registers.small_county()

    first, second = written(tmp_path / "one"), written(tmp_path / "two")

    assert first.hash == second.hash
    for table in TABLES:
        name = f"{table.name}.parquet"
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()


def test_the_bytes_do_not_depend_on_the_size_of_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registers.small_county()
    monkeypatch.setattr(writing, "ROW_GROUP", 4)
    first = written(tmp_path / "one")
    monkeypatch.setattr(reading, "BATCH_ROWS", 3)

    assert written(tmp_path / "two").hash == first.hash


def test_any_change_gives_another_hash(tmp_path: Path) -> None:
    registers.small_county()
    before = written(tmp_path)
    PersonRecord.objects.filter(person__code="A1-1").update(born_on=date(1985, 3, 1))

    assert written(tmp_path).hash != before.hash


def test_a_draft_left_by_a_killed_process_is_thrown_away(tmp_path: Path) -> None:
    registers.small_county()
    draft = tmp_path / ".test"
    draft.mkdir()
    (draft / "households.parquet").write_bytes(b"half")
    (draft / "leftover.parquet").write_bytes(b"half")

    snapshot = written(tmp_path)

    assert sorted(p.name for p in tmp_path.iterdir()) == [snapshot.hash]
    assert not (snapshot.folder / "leftover.parquet").exists()


def test_files_already_there_are_kept(tmp_path: Path) -> None:
    registers.small_county()
    first = written(tmp_path)
    stamp = (first.folder / "households.parquet").stat().st_mtime_ns

    second = written(tmp_path)

    assert second == first
    assert (first.folder / "households.parquet").stat().st_mtime_ns == stamp


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_columns_read_by_adbc_equal_those_read_by_cursor(tmp_path: Path) -> None:
    """In memory there is one connection; a copy of the database in a file can be opened twice."""
    registers.small_county()
    with transaction.atomic():
        by_cursor = written(tmp_path / "cursor")

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(tmp_path / "copy.sqlite3")])
        settings = {**connection.settings_dict, "NAME": str(tmp_path / "copy.sqlite3")}
    else:
        settings = connection.settings_dict
    by_adbc = _with_settings(tmp_path / "adbc", settings)

    assert by_adbc.hash == by_cursor.hash
    assert by_adbc.counts == by_cursor.counts


def test_the_process_of_the_server_never_opens_sqlite_a_second_time() -> None:
    """Two copies of SQLite in one process drop each other's locks."""
    sources = Path(reading.__file__).parents[2].rglob("*.py")
    users = [path.name for path in sources if "adbc_driver_sqlite" in path.read_text()]

    assert users == ["sqlite_columns.py"]


def _with_settings(folder: Path, settings: dict[str, Any]) -> Any:
    saved, connection.settings_dict = connection.settings_dict, settings
    try:
        assert not connection.in_atomic_block
        return written(folder)
    finally:
        connection.settings_dict = saved


def test_integer_columns_stay_integers_where_the_database_has_only_nulls(tmp_path: Path) -> None:
    household = registers.household("A1")
    registers.event(household, "death", date(2023, 9, 1))

    table = pq.read_table(written(tmp_path).folder / "events.parquet")
    assert table.schema.field("amount").type == pa.int64()
    assert HouseholdRecord.objects.count() == 1
