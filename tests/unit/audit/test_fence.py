"""On PostgreSQL nobody changes, deletes or empties the trail, not even in the database itself."""

from datetime import UTC, datetime
from unittest import mock

import psycopg
import pytest
from tests.processes import Office

from anju.audit import archive
from anju.audit.actions import archive as put_away
from anju.audit.actions import record
from anju.audit.actor import SYSTEM
from anju.audit.verify import verify

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.slow,
    pytest.mark.parametrize("office", ["postgresql"], indirect=True),
]


def _write() -> None:
    for year in (2020, 2021, 2026):
        at = datetime(year, 5, 4, tzinfo=UTC)
        with mock.patch("anju.audit.actions.timezone.now", return_value=at):
            record(
                by=SYSTEM, action="test.note", kind="test", ids=["户", 1], detail={"b": 1, "a": 2}
            )


def _archive() -> tuple[int, bool, int, bool, int]:
    count = put_away(by=SYSTEM, before=datetime(2022, 1, 1, tzinfo=UTC))
    left, both = verify(), verify(archived=archive.entries())
    return count, left.is_whole, left.first, both.is_whole, both.first


def test_the_database_refuses_to_touch_entries(office: Office) -> None:
    office.run(_write)
    for sql in (
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry WHERE sequence = 1",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ):
        with psycopg.connect(office.url) as server:
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ever added"):
                server.execute(sql)

    assert office.ask("SELECT count(*), max(actor) FROM audit_entry") == [(3, "system")]


def test_the_owner_archives_and_the_fence_stands_again(office: Office) -> None:
    office.run(_write)

    assert office.run(_archive) == (2, True, 3, True, 1)

    with psycopg.connect(office.url) as server:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute("DELETE FROM audit_entry")
