"""Two people, or a person and a job, at the same moment; and what a kill in between leaves."""

import os
import signal
from contextlib import suppress
from datetime import date

import pytest
from tests.factories.casework import CaseFactory, CaseRiskFactory, LeadFactory
from tests.factories.county import NORTH_1, NORTH_2, TODAY, make_county
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.factories.registry import ClinicReportFactory, HouseholdFactory
from tests.processes import Office, wait
from tests.unit.casework.helped import household
from tests.unit.casework.story import AT

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Grant, Viewer
from anju.audit.actor import SYSTEM, Actor
from anju.audit.models import Entry
from anju.casework.actions import cases, clinic_cases, drafts, measures, moves, raising
from anju.casework.actions.measures import Planned
from anju.casework.models import Case, ClinicCase, Draft, Lead, Measure, Move
from anju.casework.refusals import CaseMoved, CaseRefused
from anju.monitoring.models import Run
from anju.registry.models import Status

pytestmark = pytest.mark.slow

CLERK = Actor("clerk")
HOMES = 40


def _viewer() -> Viewer:
    given = Grant(frozenset(Permission), Scope.of(["529901000000"]))
    return Viewer.with_grants(user_id=0, username="clerk", name="", on=TODAY, grants=(given,))


def _a_case() -> None:
    make_county()
    CaseFactory(household=HouseholdFactory(code="H900000001"), step="decision", holder="county")


def _withdraw(seen: int) -> str:
    case = Case.objects.get()
    try:
        moves.take(
            by=CLERK, at=AT, on=TODAY, viewer=_viewer(), case=case, action="return_to_town_check",
            seen=seen, reason="unclear", note="请再核实收入",
        )  # fmt: skip
    except CaseMoved:
        return "moved"
    return "taken"


def _versions() -> tuple[int, int, str]:
    case = Case.objects.get()
    return case.version, Move.objects.count(), case.step


def _act_many() -> None:
    """Act on what one sees, again and again, too late most times."""
    for _time in range(25):
        case = Case.objects.get()
        with suppress(CaseRefused):
            moves.take(
                by=CLERK, at=AT, on=TODAY, viewer=_viewer(), case=case, seen=case.version,
                action="return_to_town_check", reason="unclear", note="请再核实收入",
            )  # fmt: skip
        # Put back as it was, for the next: what matters is what two do with one version.
        Case.objects.exclude(step="decision").update(step="decision", holder="county")


def _consistent() -> bool:
    case = Case.objects.get()
    versions = list(Move.objects.order_by("version").values_list("version", flat=True))
    return versions == list(range(1, case.version + 1))


def test_of_two_who_saw_the_same_standing_one_acts(office: Office) -> None:
    office.run(_a_case)

    answers = [office.run(_withdraw, 0), office.run(_withdraw, 0)]

    assert answers == ["taken", "moved"]
    assert office.run(_versions) == (1, 1, "town_check")


def test_many_at_once_leave_one_move_for_each_version(office: Office) -> None:
    office.run(_a_case)

    at_work = [office.start(_act_many) for _ in range(3)]

    assert [wait(each) for each in at_work] == [0, 0, 0]
    assert office.run(_consistent)


def _leads() -> None:
    for _number in range(HOMES):
        LeadFactory(household=HouseholdFactory(village_code=NORTH_1))


def _open_all() -> None:
    viewer = _viewer()
    cases.open_many(by=CLERK, at=AT, on=TODAY, viewer=viewer, leads=Lead.objects.all())


def _opened() -> tuple[int, int, int]:
    numbers = set(Case.objects.values_list("number", flat=True))
    ended = Lead.objects.filter(state="case", case__isnull=False).count()
    return Case.objects.count(), len(numbers), ended


def test_opened_by_three_at_once_each_household_has_one_case(office: Office) -> None:
    office.run(_leads)

    at_work = [office.start(_open_all) for _ in range(3)]

    assert [wait(each) for each in at_work] == [0, 0, 0]
    assert office.run(_opened) == (HOMES, HOMES, HOMES)


def _run_with_findings() -> None:
    run = RunFactory()
    for _number in range(HOMES):
        FindingFactory(run=run, household=HouseholdFactory(village_code=NORTH_1))


def _raise_and_die() -> None:
    """Killed by the system in the middle of the transaction, after the leads were written."""
    raising.record = lambda **_given: os.kill(os.getpid(), signal.SIGKILL)
    raising.from_run(by=SYSTEM, on=TODAY, run=Run.objects.get())


def _raise() -> tuple[int, int]:
    raised = raising.from_run(by=SYSTEM, on=date(2023, 10, 9), run=Run.objects.get())
    return raised.new, Lead.objects.count()


def test_killed_while_raising_a_run_there_is_nothing_and_it_begins_again(office: Office) -> None:
    office.run(_run_with_findings)

    died = office.start(_raise_and_die)
    assert wait(died) == -signal.SIGKILL
    assert office.ask("SELECT count(*) FROM casework_lead") == [(0,)]

    assert office.run(_raise) == (HOMES, HOMES)
    assert office.run(_raise) == (0, HOMES)


def _an_included_home_and_blank_spots() -> None:
    make_county()
    HouseholdFactory.reset_sequence(900)  # the county's have their numbers already
    CaseFactory(
        household=household(), state="included", step="", holder="", step_due_on=None,
        included_on=TODAY,
    )  # fmt: skip
    CaseRiskFactory(case=Case.objects.get(), risk="employment")
    for village in (NORTH_1, NORTH_2):
        ClinicReportFactory(village_code=village, has_staff=False, arrangement="巡诊")


def _help_write_and_open() -> None:
    """Plan a measure, keep a draft and open cases of clinics, as two others do at the same moment."""
    case = Case.objects.get()
    planned = Planned("employment", "employment", "推荐到帮扶车间", "镇社保站", TODAY, "一人就业")
    for number in range(8):
        with suppress(CaseRefused):
            measures.plan(by=CLERK, viewer=_viewer(), on=TODAY, case=case, planned=planned)
        drafts.keep(by=CLERK, at=AT, case=case, form="check", texts={"met": f"户主{number}"})
        clinic_cases.open_cases(by=CLERK, at=AT, on=TODAY)


def _cancel() -> None:
    with suppress(CaseRefused):
        measures.cancel(
            by=CLERK, viewer=_viewer(), on=TODAY, measure=Measure.objects.get(), reason="另有安排"
        )


def _cancelled() -> int:
    return Entry.objects.filter(action="measure.cancel").count()


def _left() -> tuple[int, int, int, int, int]:
    """Measures, what the registers have of them, drafts, cases of clinics and their numbers."""
    numbers = set(ClinicCase.objects.values_list("number", flat=True))
    helped = Status.objects.filter(kind="help_measure", known_to__isnull=True).count()
    return (
        Measure.objects.count(), helped, Draft.objects.count(), ClinicCase.objects.count(),
        len(numbers),
    )  # fmt: skip


def test_what_three_write_down_at_once_is_there_once(office: Office) -> None:
    office.run(_an_included_home_and_blank_spots)

    at_work = [office.start(_help_write_and_open) for _ in range(3)]

    assert [wait(each) for each in at_work] == [0, 0, 0]
    assert office.run(_left) == (1, 1, 1, 2, 2)

    at_work = [office.start(_cancel) for _ in range(3)]

    assert [wait(each) for each in at_work] == [0, 0, 0]
    assert office.run(_cancelled) == 1
