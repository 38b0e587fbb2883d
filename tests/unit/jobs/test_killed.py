"""A monitoring run whose worker is killed again and again: whole in the end, never half visible."""

import time
from datetime import date

import pytest
from django.utils import timezone
from tests.factories.county import make_county
from tests.factories.registry import EventFactory, IncomeFactory
from tests.processes import Office, wait

from anju.audit.actor import SYSTEM
from anju.audit.verify import verify
from anju.jobs import worker
from anju.monitoring.actions import runs

pytestmark = pytest.mark.slow
MONTH, PACK = "2023-09", "shiquan-2023"
UNDISTURBED, KILLED = date(2023, 10, 9), date(2023, 10, 8)
RESULTS = ("finding", "householdlevel", "tally", "leveltally")


def _prepare() -> int:
    """The county with incomes and a heavy illness, and a run that nothing disturbs."""
    county = make_county()
    for number, household in enumerate(county.households):
        for quarter in (20224, 20231, 20232, 20233):
            IncomeFactory(household=household, quarter=quarter, wage=60_000 * (number + 1))
    EventFactory(household=county.households[0], amount=9_000_000)
    return runs.perform_now(
        by=SYSTEM, at=timezone.now(), month=MONTH, pack=PACK, known_on=UNDISTURBED
    ).pk


def _start() -> int:
    return runs.start(by=SYSTEM, at=timezone.now(), month=MONTH, pack=PACK, known_on=KILLED).pk


def _work() -> None:
    worker.run(poll_seconds=0.05)


def _results(office: Office, run: int) -> list[int]:
    return [
        office.ask(f"SELECT count(*) FROM monitoring_{table} WHERE run_id = {run}")[0][0]
        for table in RESULTS
    ]


def _state(office: Office, run: int) -> str:
    return office.ask(f"SELECT state FROM monitoring_run WHERE id = {run}")[0][0]


def _attempts(office: Office) -> int:
    return office.ask("SELECT attempts FROM queue_job WHERE kind = 'monitoring.perform'")[0][0]


def test_a_run_killed_twice_is_as_whole_as_one_that_was_not(office: Office) -> None:
    undisturbed = office.run(_prepare)
    expected = _results(office, undisturbed)
    assert min(expected) > 0
    killed = office.run(_start)

    for attempt, moment in ((1, 0.0), (2, 0.25)):
        victim = office.start(_work)
        office.wait_for("the run goes on", lambda n=attempt: _attempts(office) == n)
        time.sleep(moment)
        victim.kill()
        wait(victim)
        # Whole (it was quicker than the kill) or not there at all.
        seen = _results(office, killed)
        assert seen == (expected if _state(office, killed) == "done" else [0, 0, 0, 0])
    office.start(_work)
    office.wait_for("the run is done", lambda: _state(office, killed) == "done")

    assert _results(office, killed) == expected
    # The worker also does what the timetable asks for at the hour.
    ours = "SELECT state FROM queue_job WHERE kind = 'monitoring.perform'"
    assert office.ask(ours) == [("done",)]
    left = {path.name for path in (office.folder / "runs").iterdir()}
    assert left == {name for (name,) in office.ask("SELECT folder FROM monitoring_run")}
    assert office.run(verify).is_whole
