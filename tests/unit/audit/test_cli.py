"""`anju audit verify`: what it prints, and how it ends."""

import pytest
from django.db import connection

from anju.audit.actions import record
from anju.audit.actor import SYSTEM
from anju.jobs import cli

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trail() -> None:
    for number in range(3):
        record(by=SYSTEM, action="test.note", kind="test", ids=[number])


def verify(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    code = cli.main(["audit", "verify", *words])
    return code, capsys.readouterr().out.splitlines()


def test_a_whole_trail_prints_its_head(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = verify(capsys)

    assert code == 0
    assert lines[0].startswith("Whole: 3 entries.")
    assert verify(capsys, "--head", lines[1]) == (0, lines)


def test_a_changed_entry_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE sequence = 2")

    code, lines = verify(capsys)

    assert code == 1
    assert lines == [
        "BROKEN at entry 2: it was changed after it was written.",
        "Whole up to entry 1.",
    ]


def test_a_trail_cut_off_is_found_with_its_head(capsys: pytest.CaptureFixture[str]) -> None:
    head = verify(capsys)[1][1]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE sequence = 3")

    code, lines = verify(capsys, "--head", head)

    assert code == 1
    assert lines[0] == "BROKEN at entry 3: entries up to 3 were cut off."


def test_a_head_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["audit", "verify", "--head", "3"])

    assert ended.value.code == 2
    assert "NUMBER:DIGEST" in capsys.readouterr().err
