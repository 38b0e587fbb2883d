"""Many writers of the audit trail at once: one chain, no gap, nothing lost."""

import pytest
from tests.processes import Office

pytestmark = pytest.mark.slow
WRITE = """
    from django.db import transaction
    from anju.audit.actions import record
    from anju.audit.actor import SYSTEM
    for number in range(40):
        with transaction.atomic():
            record(by=SYSTEM, action="test.note", kind="test", ids=[number])
            if number % 10 == 9:
                transaction.set_rollback(True)
"""


def test_writers_in_several_processes_make_one_whole_chain(office: Office) -> None:
    writers = [office.start(WRITE) for _ in range(3)]

    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    said = office.run("""
        from anju.audit.verify import verify
        found = verify()
        print(found.is_whole, found.entries)
    """)
    assert said == "True 108"
