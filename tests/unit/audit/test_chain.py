"""The audit trail: chained, append-only, and every touched entry is found."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from tests.factories.registry import identity_number

from anju.audit import chain, reading, verify
from anju.audit.actions import PersonalDataInAudit, record
from anju.audit.actor import SYSTEM, Actor
from anju.audit.models import AppendOnly, Entry

pytestmark = pytest.mark.django_db
OFFICER = Actor("bureau", "县局工作人员", "10.0.0.7")


@pytest.fixture
def trail() -> list[Entry]:
    return [
        record(by=OFFICER, action="household.view", kind="household", ids=[number, "甲"])
        for number in range(5)
    ]


def change(sql: str, *values: object) -> None:
    """What somebody with the database in hand could do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_entry_says_who_what_when_where_and_why() -> None:
    entry = record(
        by=OFFICER,
        action="person.reveal",
        kind="person",
        ids=[7],
        reason="入户核查",
        detail={"fields": ["identity"]},
    )

    entry.refresh_from_db()
    assert (entry.sequence, entry.actor, entry.address) == (1, "bureau", "10.0.0.7")
    assert (entry.action, entry.kind, entry.ids) == ("person.reveal", "person", [7])
    assert (entry.reason, entry.detail, entry.count) == ("入户核查", {"fields": ["identity"]}, 1)
    assert entry.at.tzinfo is not None


def test_the_number_of_things_is_that_of_the_ids_unless_given() -> None:
    assert record(by=SYSTEM, action="a", kind="b").count == 1
    assert record(by=SYSTEM, action="a", kind="b", ids=[1, 2, 3]).count == 3
    assert record(by=SYSTEM, action="a", kind="b", ids=[9], count=20_000).count == 20_000
    assert record(by=SYSTEM, action="a", kind="b", count=0).count == 0


def test_entries_follow_each_other(trail: list[Entry]) -> None:
    assert [entry.sequence for entry in trail] == [1, 2, 3, 4, 5]
    assert trail[0].previous == "0" * 64
    assert [entry.previous for entry in trail[1:]] == [entry.digest for entry in trail[:-1]]


def test_an_untouched_trail_is_whole(trail: list[Entry]) -> None:
    found = verify.verify()

    assert found.is_whole
    assert found.entries == 5
    assert found.head == verify.Head(5, trail[-1].digest)


def test_an_empty_trail_is_whole() -> None:
    assert verify.verify().is_whole


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "somebody"),
        ("action", "household.edit"),
        ("kind", "person"),
        ("ids", "[99]"),
        ("count", 7),
        ("reason", "改了"),
        ("detail", '{"a": 1}'),
        ("address", "10.0.0.8"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("digest", "0" * 64),
    ],
)
def test_a_changed_entry_is_named(trail: list[Entry], column: str, value: object) -> None:
    change(f"UPDATE audit_entry SET {column} = %s WHERE sequence = 3", value)

    found = verify.verify()

    assert found.broken == verify.Break(3, "it was changed after it was written")
    assert found.entries == 2


def test_a_removed_entry_is_named(trail: list[Entry]) -> None:
    change("DELETE FROM audit_entry WHERE sequence = 2")

    assert verify.verify().broken == verify.Break(3, "entry 2 is missing")


def test_a_removed_entry_is_found_even_when_the_rest_is_renumbered(trail: list[Entry]) -> None:
    change("DELETE FROM audit_entry WHERE sequence = 2")
    for sequence in (3, 4, 5):
        change("UPDATE audit_entry SET sequence = %s WHERE sequence = %s", sequence - 1, sequence)

    assert verify.verify().broken == verify.Break(2, "it does not follow the entry before it")


def test_entries_exchanged_are_found(trail: list[Entry]) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        change("UPDATE audit_entry SET sequence = %s WHERE sequence = %s", new, old)

    assert verify.verify().broken == verify.Break(2, "it does not follow the entry before it")


def test_a_trail_cut_off_is_found_with_the_head_noted_before(trail: list[Entry]) -> None:
    noted = verify.verify().head
    change("DELETE FROM audit_entry WHERE sequence >= 4")

    assert verify.verify().is_whole
    assert verify.verify(noted).broken == verify.Break(4, "entries up to 5 were cut off")


def test_a_trail_written_anew_is_found_with_the_head_noted_before(trail: list[Entry]) -> None:
    noted = verify.verify().head
    change("DELETE FROM audit_entry WHERE sequence = 5")
    record(by=SYSTEM, action="test.other", kind="test")

    assert verify.verify().is_whole
    assert verify.verify(noted).broken == verify.Break(5, "it is not the entry noted")


def refusals() -> list[Callable[[Entry], object]]:
    return [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(actor="x"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["actor"]),
    ]


@pytest.mark.parametrize("touch", refusals())
def test_entries_cannot_be_changed_or_deleted(
    trail: list[Entry], touch: Callable[[Entry], object]
) -> None:
    with pytest.raises(AppendOnly):
        touch(trail[0])

    assert verify.verify().is_whole


@pytest.mark.parametrize(
    "detail", [{"a": 1.5}, {"a": object()}, {1: "a"}, {"a": b"x"}, {"a": {"b": [2.0]}}, {"a": {1}}]
)
def test_what_databases_would_rewrite_is_refused(detail: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        record(by=SYSTEM, action="a", kind="b", detail=detail)


def test_texts_no_database_takes_are_refused() -> None:
    with pytest.raises(ValueError, match="NUL"):
        record(by=SYSTEM, action="a", kind="b", detail={"a": "x\x00"})


def test_an_identity_number_is_kept_out_of_the_trail() -> None:
    number = identity_number(3, date(1990, 3, 7))

    with pytest.raises(PersonalDataInAudit, match="身份证"):
        record(by=OFFICER, action="person.reveal", kind="person", reason=f"核对{number}的信息")
    with pytest.raises(PersonalDataInAudit):
        record(by=OFFICER, action="a", kind="b", detail={"a": {"b": [number.lower()]}})

    assert not Entry.objects.exists()


def test_codes_of_households_and_moments_are_not_taken_for_identity_numbers() -> None:
    entry = record(
        by=OFFICER,
        action="household.view",
        kind="household",
        ids=["529901101201000017"],
        reason="户编码 5299011012010017，2026-11-22 05:30:11",
    )

    assert entry.pk


def test_a_telephone_number_or_a_bank_account_is_no_reason() -> None:
    for number in ("13800005678", "6229000000000001234"):
        with pytest.raises(PersonalDataInAudit, match="手机号"):
            record(by=OFFICER, action="a", kind="b", reason=f"电话{number}核对")


def test_the_digested_text_is_canonical_json(trail: list[Entry]) -> None:
    entry = record(
        by=OFFICER,
        action="household.change",
        kind="household",
        ids=["甲", 'a"b\\c', 3],
        reason="核对\n“引号”",
        detail={"z": 1, "a": {"y": None, "b": True}},
        place="529901101000",
    )
    stored = list(reading.entries())[-1]

    assert stored == entry.written()
    said = json.loads(chain.canonical(stored))
    assert chain.canonical(stored) == chain.compact(said)
    assert (said["place"], said["sequence"]) == ("529901101000", 6)
    assert "place" not in json.loads(chain.canonical(trail[0].written()))


@pytest.mark.parametrize(
    "ids",
    [
        [], ["a"], ["a", "b"], [1], [1, 22], ["a", 1], ["a, b", "c"], ['", "', "x"], ['a", ', "x"],
        ["\\", "x"], ["户", "员"], [["a", "b"], "c"], [True, None], ["1", "2"], ["[", "]"],
    ],
)  # fmt: skip
def test_ids_come_back_from_the_table_in_one_spelling(ids: list[object]) -> None:
    entry = record(by=SYSTEM, action="a", kind="b", ids=ids)  # type: ignore[arg-type]

    assert [each.ids for each in reading.entries()] == [chain.compact(entry.ids)]
    assert verify.verify().is_whole


def test_everything_that_was_touched_is_named(trail: list[Entry]) -> None:
    for number in range(4):
        record(by=OFFICER, action="household.view", kind="household", ids=[number])
    change("UPDATE audit_entry SET actor = 'x' WHERE sequence = 2")
    change("DELETE FROM audit_entry WHERE sequence IN (4, 5)")
    change("UPDATE audit_entry SET count = 9 WHERE sequence = 8")

    assert verify.verify().breaks == (
        verify.Break(2, "it was changed after it was written"),
        verify.Break(6, "entries 4 to 5 are missing"),
        verify.Break(8, "it was changed after it was written"),
    )


def test_an_entry_slipped_in_at_the_end_is_named(trail: list[Entry]) -> None:
    change(
        "INSERT INTO audit_entry (sequence, at, actor, action, kind, ids, count, reason, detail,"
        " address, place, previous, digest) SELECT 6, at, 'x', action, kind, ids, count, reason,"
        " detail, address, place, digest, previous FROM audit_entry WHERE sequence = 5"
    )

    assert verify.verify().breaks == (verify.Break(6, "it was changed after it was written"),)


def test_entries_cut_off_at_the_beginning_are_missed(trail: list[Entry]) -> None:
    change("DELETE FROM audit_entry WHERE sequence <= 2")

    found = verify.verify()

    assert found.breaks == (
        verify.Break(3, "entries 1 to 2 are missing, and no archive is on record"),
    )
    assert found.entries == 0
