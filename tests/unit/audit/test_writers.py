"""Many writers of the audit trail at once: one chain, no gap, nothing lost."""

import pytest
from django.db import transaction
from tests.processes import Office, wait

from anju.audit.actions import record
from anju.audit.actor import SYSTEM
from anju.audit.verify import verify

pytestmark = pytest.mark.slow


def _write() -> None:
    for number in range(40):
        with transaction.atomic():
            record(by=SYSTEM, action="test.note", kind="test", ids=[number])
            if number % 10 == 9:
                transaction.set_rollback(True)


def _look() -> tuple[bool, int]:
    found = verify()
    return found.is_whole, found.entries


def test_writers_in_several_processes_make_one_whole_chain(office: Office) -> None:
    writers = [office.start(_write) for _ in range(3)]

    assert [wait(writer) for writer in writers] == [0, 0, 0]
    assert office.run(_look) == (True, 108)
