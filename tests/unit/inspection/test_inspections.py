"""An inspection reads the registers, is shown whole or not at all, and only in the viewer's places."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.factories.accounts import PostFactory
from tests.factories.again import made_again_upon
from tests.factories.casework import CaseFactory, CaseRiskFactory
from tests.factories.county import NORTH_1, SOUTH_1, Cast, County
from tests.factories.employment import EmploymentFactory

from anju.accounts.permissions import Permission
from anju.audit.actor import Actor
from anju.audit.keys import provider
from anju.audit.models import Entry
from anju.inspection import actions, queries
from anju.inspection.actions.inspections import InspectionRefused
from anju.inspection.models import Inspection, InspectionState, Problem, ProblemTally
from anju.quality.checks import checks
from anju.queue.models import Job
from anju.queue.progress import Cancelled, LeaseLost, Unattended
from anju.registry.actions import numbers
from anju.registry.identity import IDENTITY, PHONE
from anju.registry.models import Household, Membership, PersonRecord

AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
TODAY = date(2023, 10, 8)
BY = Actor("bureau")


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Settings) -> Path:
    settings.SNAPSHOT_DIR, settings.RUN_DIR = tmp_path / "snapshots", tmp_path / "runs"
    return tmp_path


@pytest.fixture
def inspection(cast: Cast, county: County) -> Inspection:
    def make() -> Inspection:
        for household in county.households:
            household.records.update(household_class="lifted_out")
        return actions.perform_now(by=BY, at=AT, as_of=TODAY)

    return made_again_upon("inspection of eight lifted out", make)


def _named(inspection: Inspection, household: Household) -> set[str]:
    found = Problem.objects.filter(run=inspection, household=household)
    return set(found.values_list("code", flat=True))


def test_what_is_wrong_in_the_registers_is_named_and_what_is_right_is_not(
    cast: Cast, county: County
) -> None:
    wrong, right = county.households_in(NORTH_1)
    heads = Membership.objects.filter(household=wrong, relation="户主")
    PersonRecord.objects.filter(person__in=heads.values("person")).update(labour=None)

    inspection = actions.perform_now(by=BY, at=AT, as_of=TODAY)

    assert inspection.state == InspectionState.DONE
    assert "2_01_003" in _named(inspection, wrong)
    assert "2_01_003" not in _named(inspection, right)
    assert inspection.report["not_run"] == {}  # the registers hold all that the checks ask


def test_nothing_is_left_of_the_files(inspection: Inspection, folders: Path) -> None:
    assert [path for path in folders.rglob("*") if path.is_file()] == []
    assert len(inspection.snapshot_hash) == 64


def test_tallies_add_up_to_the_problems(inspection: Inspection) -> None:
    number = Problem.objects.filter(run=inspection).count()

    assert number == sum(inspection.report["problems"].values()) > 0
    for digits in (6, 9, 12):
        tallies = ProblemTally.objects.filter(run=inspection, digits=digits)
        assert sum(tally.problems for tally in tallies) == number


def test_a_later_one_takes_the_place_of_the_earlier(inspection: Inspection) -> None:
    later = actions.perform_now(by=BY, at=AT, as_of=TODAY)

    assert queries.latest() == later
    assert set(Problem.objects.values_list("run_id", flat=True)) == {later.pk}
    assert Inspection.objects.filter(pk=inspection.pk, report__problems__isnull=False).exists()


def test_asked_for_twice_waits_once(cast: Cast) -> None:
    first, second = (
        actions.start(by=BY, at=AT, as_of=TODAY),
        actions.start(by=BY, at=AT, as_of=TODAY),
    )

    assert first == second
    assert Job.objects.get().payload == {"inspection_id": first.pk}


def test_what_was_asked_for_and_done_is_in_the_audit_trail(inspection: Inspection) -> None:
    written = list(Entry.objects.filter(kind="inspection").values_list("action", flat=True))

    assert sorted(written) == ["inspection.done", "inspection.start"]


class _Stops(Unattended):
    """Progress whose step or hold raises."""

    def __init__(self, error: Exception, at: str) -> None:
        super().__init__()
        self._error, self._at = error, at

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        if self._at in text:
            raise self._error

    def hold(self) -> None:
        if self._at == "hold":
            raise self._error


@pytest.mark.parametrize("at", ["读取底册", "逐项检查", "写入结果"])
def test_one_that_is_cancelled_on_the_way_leaves_nothing(
    cast: Cast, at: str, folders: Path
) -> None:
    started = actions.start(by=BY, at=AT, as_of=TODAY)

    with pytest.raises(Cancelled):
        actions.perform(progress=_Stops(Cancelled(), at), inspection_id=started.pk)
    actions.closed(state="cancelled", message="", at=AT, inspection_id=started.pk)

    assert Inspection.objects.get().state == InspectionState.CANCELLED
    assert not Problem.objects.exists()
    assert queries.latest() is None
    assert [path for path in folders.rglob("*") if path.is_file()] == []


def test_one_that_was_overtaken_shows_nothing_and_can_be_repeated(cast: Cast) -> None:
    started = actions.start(by=BY, at=AT, as_of=TODAY)

    with pytest.raises(LeaseLost):
        actions.perform(progress=_Stops(LeaseLost(), "hold"), inspection_id=started.pk)
    assert not Problem.objects.exists()

    actions.perform(progress=Unattended(), inspection_id=started.pk)
    assert queries.latest() == started
    assert actions.perform(progress=Unattended(), inspection_id=started.pk)["already"]


def test_a_finished_one_cannot_be_cancelled(inspection: Inspection) -> None:
    with pytest.raises(InspectionRefused, match="已经结束"):
        actions.cancel(by=BY, at=AT, inspection=inspection)


def test_one_that_waits_is_cancelled_at_once(cast: Cast) -> None:
    cancelled = actions.cancel(by=BY, at=AT, inspection=actions.start(by=BY, at=AT, as_of=TODAY))

    assert cancelled.state == InspectionState.CANCELLED


@pytest.mark.parametrize("who", ["bureau", "north_town", "south_town", "village", "grid"])
def test_everybody_sees_and_counts_the_problems_of_their_places(
    who: str, cast: Cast, inspection: Inspection
) -> None:
    viewer = cast.viewer(who)
    health = {check.code for check in checks() if check.is_health}
    of_cases = {check.code for check in checks() if check.is_of_case}
    seen = queries.problems_for(viewer, inspection)
    counted = queries.counts(viewer, inspection)
    by_place = queries.counts_by_place(viewer, inspection, digits=12)

    inside = [
        problem
        for problem in Problem.objects.select_related("household__grid")
        if viewer.scope.covers(problem.village_code, getattr(problem.household.grid, "code", ""))
        and (problem.code not in health or viewer.may(Permission.VIEW_HEALTH))
        and (problem.code not in of_cases or viewer.may(Permission.VIEW_CASES))
    ]
    assert set(seen) == set(inside)
    assert sum(each.problems for each in counted.values()) == len(inside)
    assert sum(each.problems for each in by_place) == len(inside)
    assert len(inside) > 0


def test_who_may_not_see_health_neither_lists_nor_counts_what_tells_of_it(
    cast: Cast, county: County
) -> None:
    household = county.households_in(NORTH_1)[0]
    member = Membership.objects.filter(household=household).first()
    assert member is not None
    PersonRecord.objects.filter(person=member.person).update(health="残疾")
    inspection = actions.perform_now(by=BY, at=AT, as_of=TODAY)
    blind = _without(cast.viewer("bureau"), Permission.VIEW_HEALTH)
    seeing = _with(cast.viewer("bureau"), Permission.VIEW_HEALTH)

    assert "4_01_002" in queries.counts(seeing, inspection)
    assert queries.problems_for(seeing, inspection).filter(code="4_01_002").exists()
    assert "4_01_002" not in queries.counts(blind, inspection)
    assert not queries.problems_for(blind, inspection).filter(code="4_01_002").exists()


def test_who_may_not_see_cases_neither_lists_nor_counts_what_tells_of_them(
    cast: Cast, county: County
) -> None:
    household = county.households_in(NORTH_1)[0]
    household.records.update(monitored_kind="marginal", included_on=date(2023, 9, 1))
    inspection = actions.perform_now(by=BY, at=AT, as_of=TODAY)
    blind = _without(cast.viewer("bureau"), Permission.VIEW_CASES)

    assert "1_11_001" in queries.counts(cast.viewer("bureau"), inspection)
    assert "1_11_001" not in queries.counts(blind, inspection)
    assert not queries.problems_for(blind, inspection).filter(code="1_11_001").exists()


def _without(viewer, permission):
    kept = tuple(
        dataclasses.replace(grant, permissions=grant.permissions - {permission})
        for grant in viewer.grants
    )
    return dataclasses.replace(viewer, grants=kept, permissions=viewer.permissions - {permission})


def _with(viewer, permission):
    given = tuple(
        dataclasses.replace(grant, permissions=grant.permissions | {permission})
        for grant in viewer.grants
    )
    return dataclasses.replace(viewer, grants=given, permissions=viewer.permissions | {permission})


def test_a_day_that_has_not_come_is_refused(cast: Cast) -> None:
    with pytest.raises(InspectionRefused, match="还没有到"):
        actions.start(by=BY, at=AT, as_of=date(2023, 10, 9))
    assert not Inspection.objects.exists()


def test_an_earlier_day_is_looked_at_as_it_was(cast: Cast, county: County) -> None:
    """Born 1 March 2012: of compulsory school age now, not yet in 2017."""
    PersonRecord.objects.filter(schooling="compulsory").update(schooling=None)

    now = actions.perform_now(by=BY, at=AT, as_of=TODAY)
    before = actions.perform_now(by=BY, at=AT, as_of=date(2018, 2, 28))

    assert now.report["problems"]["1_02_005"] == len(county.households)
    assert before.report["problems"]["1_02_005"] == 0


def test_nobody_without_households_sees_anything(cast: Cast, inspection: Inspection) -> None:
    nobody = _without(cast.viewer("bureau"), Permission.VIEW_HOUSEHOLDS)

    assert not queries.problems_for(nobody, inspection).exists()
    assert queries.counts(nobody, inspection) == {}
    assert queries.names_of_persons(nobody, Problem.objects.all()) == {}
    with pytest.raises(Inspection.DoesNotExist):
        queries.inspection_for(nobody, inspection.pk)


def test_a_post_in_two_places_sees_both(cast: Cast, inspection: Inspection) -> None:
    PostFactory(user=cast.village, role="village", division_code=SOUTH_1)
    viewer = cast.viewer("village", on=date(2023, 10, 8))

    places = {each.place for each in queries.counts_by_place(viewer, inspection, digits=12)}
    assert places == {NORTH_1, SOUTH_1}


def test_cases_and_sealed_numbers_are_looked_at_and_no_number_is_kept(
    cast: Cast, county: County
) -> None:
    home, other = county.households_in(NORTH_1)
    home.records.update(monitored_kind="marginal", included_on=date(2023, 9, 1))
    other.records.update(household_class="lifted_out")
    people = [
        Membership.objects.filter(household=each, relation="户主").get().person
        for each in (home, other)
    ]
    keys = provider()
    for person in people:
        numbers.set_one(person=person, numbers={PHONE: "86300009"})
        EmploymentFactory(person=person, started_on=date(2023, 1, 1), ended_on=None)
    case = CaseFactory(
        household=home, opened_on=date(2023, 8, 20), included_on=date(2023, 9, 1), state="included"
    )
    CaseRiskFactory(case=case, risk="housing", found_on=date(2023, 8, 20))

    inspection = actions.perform_now(by=BY, at=AT, as_of=TODAY)

    assert {"5_18_004", "2_12_007", "5_15_022"} <= _named(inspection, home)
    assert {"2_01_014", "5_15_022"} <= _named(inspection, other)
    assert "1_12_003" not in _named(inspection, home)  # made-up numbers have their check digit
    sealed = bytes(people[0].identity_sealed)
    number = keys.open(sealed, IDENTITY.place, people[0].pk)
    told = " ".join(Problem.objects.values_list("found", flat=True))
    assert "86300009" not in told
    assert number not in told
    done = Entry.objects.get(action="inspection.done")
    assert done.detail["opened"] == Membership.objects.filter(household__in=[home, other]).count()
