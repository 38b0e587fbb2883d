"""What may be seen of a run, in whose places, and how a finding explains itself."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.again import made_again_upon
from tests.factories.county import NORTH_1, Cast, County
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.unit.monitoring import registers
from tests.unit.monitoring.conftest import Perform

from anju.monitoring import queries
from anju.monitoring.models import Finding, HouseholdLevel, Run, RunState, WarningLevel
from anju.monitoring.readings import reading, yuan
from anju.registry.models import Household
from anju.registry.queries import household_for
from anju.rules import packs

pytestmark = pytest.mark.django_db
WHO = ("bureau", "north_town", "south_town", "village", "grid")


@pytest.fixture
def run(county: County, perform: Perform, folders: Path) -> Run:
    """All eight households uninsured, one of them poor and one with gaps."""

    def make() -> Run:
        poor = county.households[0]
        for quarter in (20224, 20231, 20232, 20233):
            registers.income(poor, quarter, 100_000)
        registers.event(county.households[4], "housing_graded", date(2023, 6, 1), level="D")
        return perform()

    return made_again_upon("run of eight uninsured", make, files=folders)


def seen_by(cast: Cast, county: County, who: str) -> list[Household]:
    prefix = {"bureau": "529901", "north_town": "529901101", "south_town": "529901102",
              "village": NORTH_1, "grid": NORTH_1}[who]  # fmt: skip
    return county.households_in(prefix)


@pytest.mark.parametrize("who", WHO)
def test_everybody_sees_the_findings_of_their_own_places_only(
    run: Run, county: County, cast: Cast, who: str
) -> None:
    own = {household.pk for household in seen_by(cast, county, who)}

    found = queries.findings_for(cast.viewer(who), run)
    levels = queries.levels_for(cast.viewer(who), run)

    assert {finding.household_id for finding in found} == own
    assert {level.household_id for level in levels} == own


@pytest.mark.parametrize("who", WHO)
def test_counts_by_rule_are_those_of_the_findings_one_sees(run: Run, cast: Cast, who: str) -> None:
    viewer = cast.viewer(who)
    found = list(queries.findings_for(viewer, run))

    for digits in (9, 12):
        summed: dict[str, list[int]] = {}
        for count in queries.counts_by_place(viewer, run, digits=digits):
            assert len(count.place) == digits
            line = summed.setdefault(count.rule, [0, 0])
            line[0] += count.hits
            line[1] += count.unknown
        assert {rule: line for rule, line in summed.items() if any(line)} == _counted(found)
    by_rule = queries.counts_by_rule(viewer, run).values()
    assert {c.rule: [c.hits, c.unknown] for c in by_rule if c.hits or c.unknown} == _counted(found)


def _counted(findings: list[Finding]) -> dict[str, list[int]]:
    counted: dict[str, list[int]] = {}
    for finding in findings:
        counted.setdefault(finding.rule, [0, 0])[finding.status == "unknown"] += 1
    return counted


@pytest.mark.parametrize("who", WHO)
def test_counts_by_level_are_those_of_the_households_one_sees(
    run: Run, cast: Cast, who: str
) -> None:
    viewer = cast.viewer(who)
    by_hand: dict[str, int] = {}
    for level in queries.levels_for(viewer, run):
        by_hand[level.level] = by_hand.get(level.level, 0) + 1

    assert queries.level_counts(viewer, run) == {"": by_hand}
    assert queries.levels_of_runs(viewer, [run]) == {run.pk: by_hand}
    towns = queries.level_counts(viewer, run, digits=9)
    assert sum(n for levels in towns.values() for n in levels.values()) == sum(by_hand.values())
    for digits in (9, 12):
        every = queries.level_counts(viewer, run, digits=digits)
        for first in every:
            whole = [code.ljust(12, "0") for code in (first, max(every))]
            part = queries.level_counts(viewer, run, digits=digits, first=whole[0], last=whole[1])
            assert part == {code: levels for code, levels in every.items() if code >= first}


def test_tallies_are_read_and_findings_never_counted(
    run: Run, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = cast.viewer("bureau")
    Finding.objects.all().delete()
    HouseholdLevel.objects.all().delete()

    with django_assert_num_queries(3):
        assert queries.counts_by_rule(viewer, run)["uninsured"].hits == 8
        assert queries.counts_by_place(viewer, run)
        assert queries.level_counts(viewer, run)


def test_nobody_sees_anything_of_a_run_that_is_not_done(run: Run, cast: Cast) -> None:
    viewer = cast.viewer("bureau")
    household = Household.objects.get(code="H000000001")
    Run.objects.update(state=RunState.RUNNING)
    run.refresh_from_db()

    assert not queries.findings_for(viewer, run).exists()
    assert not queries.levels_for(viewer, run).exists()
    assert queries.counts_by_rule(viewer, run) == {}
    assert queries.level_counts(viewer, run) == {}
    assert queries.findings_of_household(viewer, household, run) == []
    assert queries.latest_run() is None


def test_a_household_outside_ones_places_explains_nothing(run: Run, cast: Cast) -> None:
    household = Household.objects.get(code="H000000001")

    assert queries.findings_of_household(cast.viewer("north_town"), household, run)
    assert queries.findings_of_household(cast.viewer("grid"), household, run)
    assert queries.findings_of_household(cast.viewer("south_town"), household, run) == []


def explained(run: Run, cast: Cast, code: str, rule: str) -> queries.Explained:
    household = Household.objects.get(code=code)
    found = queries.findings_of_household(cast.viewer("bureau"), household, run)
    return next(each for each in found if each.finding.rule == rule)


def test_a_finding_tells_value_threshold_clause_and_what_clears_it(run: Run, cast: Cast) -> None:
    finding = explained(run, cast, "H000000001", "income_below_line")

    assert finding.name == "人均纯收入低于监测线"
    assert (finding.value, finding.threshold) == ("2,000 元/人·年", "7,300 元/人·年")
    assert finding.level == WarningLevel.RED
    assert any(clause.document and clause.clause for clause in finding.clauses)
    assert finding.clears == "连续两个季度人均纯收入回到监测线以上"
    assert ("人口", "2 人") in [(fact.name, fact.text) for fact in finding.evidence]


def test_a_grade_and_a_flag_are_told_in_words(run: Run, cast: Cast) -> None:
    housing = explained(run, cast, "H000000005", "housing_unsafe")
    relocated = explained(run, cast, "H000000001", "focus_relocated")

    assert (housing.value, housing.threshold) == ("D 级", "C 级")
    assert (relocated.value, relocated.threshold) == ("是", "是")


def test_a_gap_is_not_a_warning_and_stands_last(run: Run, cast: Cast) -> None:
    household = Household.objects.get(code="H000000003")
    found = queries.findings_of_household(cast.viewer("bureau"), household, run)

    assert found[-1].is_unknown
    assert found[-1].value == "未掌握"
    assert not found[0].is_unknown


def test_the_english_reader_gets_english_words(run: Run, cast: Cast) -> None:
    with translation.override("en"):
        finding = explained(run, cast, "H000000001", "income_below_line")

    assert finding.name == "Net income per head below the monitoring line"


def test_a_finding_shows_the_same_observation_of_earlier_months(
    run: Run, cast: Cast, perform: Perform
) -> None:
    poor = Household.objects.get(code="H000000001")
    registers.income(poor, 20232, 0, known_from=date(2023, 7, 5), known_to=date(2023, 7, 6))
    registers.income(poor, 20223, 250_000)
    perform(month="2023-07")
    perform(month="2023-08")
    perform(month="2023-10", known_on=date(2023, 10, 8))
    perform(month="2023-08", pack="national")

    finding = explained(run, cast, "H000000001", "income_below_line")

    assert [(each.name, each.text) for each in finding.before] == [
        ("2023-08", "2,750 元/人·年"),
        ("2023-07", "2,750 元/人·年"),
    ]


def test_an_old_run_explains_itself_when_its_pack_is_gone(
    run: Run, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_given: Any, **_named: Any) -> None:
        raise AssertionError("the pack was asked for")

    monkeypatch.setattr(packs, "load", gone)

    assert explained(run, cast, "H000000001", "income_below_line").threshold == "7,300 元/人·年"


def test_without_its_files_a_finding_still_tells_value_and_clause(run: Run, cast: Cast) -> None:
    Run.objects.update(folder="lost")
    run.refresh_from_db()

    finding = explained(run, cast, "H000000001", "income_below_line")

    assert (finding.value, finding.evidence, finding.before) == ("2,000 元/人·年", (), ())


def test_explaining_a_household_of_a_gate_asks_the_database_twice(
    run: Run, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = cast.viewer("bureau")
    household = household_for(viewer, "H000000001")

    with django_assert_num_queries(2):
        queries.findings_of_household(viewer, household, run)


def test_the_latest_run_is_that_of_the_latest_month() -> None:
    older = RunFactory(month="2023-08")
    latest = RunFactory(month="2023-09")
    RunFactory(month="2023-08")
    RunFactory(month="2023-10", state=RunState.FAILED)
    other = RunFactory(month="2023-07", pack="national")

    assert queries.latest_run() == latest
    assert queries.latest_run(pack="national") == other
    assert queries.latest_run(month="2023-08") != older


def test_two_runs_are_compared_hit_by_hit(county: County, cast: Cast) -> None:
    before, now = RunFactory(month="2023-08"), RunFactory(month="2023-09")
    first, second, third = county.households[0], county.households[4], county.households[2]
    stayed = FindingFactory(run=now, household=first)
    FindingFactory(run=before, household=first)
    came = FindingFactory(run=now, household=second)
    FindingFactory(run=before, household=second, status="unknown")
    went = FindingFactory(run=before, household=third)
    FindingFactory(run=now, household=third, rule="uninsured", status="unknown")

    compared = queries.compare(cast.viewer("bureau"), now, before)

    assert list(compared.new) == [came]
    assert list(compared.still) == [stayed]
    assert list(compared.gone) == [went]
    assert compared.counts_by_rule() == {"income_below_line": {"new": 1, "still": 1, "gone": 1}}
    assert compared.counts_by_place() == {
        "529901101": {"new": 0, "still": 1, "gone": 1},
        "529901102": {"new": 1, "still": 0, "gone": 0},
    }


@pytest.mark.parametrize("who", WHO)
def test_counts_of_changes_are_those_of_the_rows_one_sees(
    run: Run, county: County, cast: Cast, perform: Perform, who: str
) -> None:
    registers.status(county.households[2], "medical_insured")
    registers.event(county.households[6], "housing_graded", date(2023, 9, 1), level="C")
    compared = queries.compare(cast.viewer(who), perform(), run)

    for digits, counted in ((0, compared.counts_by_rule()), (9, compared.counts_by_place())):
        assert counted == compared._counted(digits)
    assert counted
    assert compared.counts_by_rule() == compared.counts_by_rule()  # kept, and read again
    for kind in ("new", "still", "gone"):
        number = compared.number(kind)
        assert number is None if who == "grid" else number == compared.findings(kind).count()
        assert compared.number(kind, {"no such rule"}) in (None, 0)


def test_a_town_compares_its_own_households(county: County, cast: Cast) -> None:
    before, now = RunFactory(month="2023-08"), RunFactory(month="2023-09")
    for household in county.households:
        FindingFactory(run=now, household=household)

    compared = queries.compare(cast.viewer("north_town"), now, before)

    assert {f.household_id for f in compared.new} == {
        household.pk for household in county.households_in("529901101")
    }


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (730_000, "元/人·年", "7,300 元/人·年"),
        (-50, "元", "-0.50 元"),
        (0, "元", "0 元"),
        (3_000, "比例", "30%"),
        (1_250, "比例", "12.5%"),
        (3, "人", "3 人"),
        ("D", "等级", "D 级"),
        (True, "是否", "是"),
        ("FALSE", "是否", "否"),
        (None, "人", "未掌握"),
    ],
)
def test_values_are_written_with_their_units(value: Any, unit: str, text: str) -> None:
    assert reading(value, unit) == text


def test_fen_are_shown_only_where_there_are_any() -> None:
    assert [yuan(fen) for fen in (0, 100, 101, -123_456)] == ["0", "1", "1.01", "-1,234.56"]


def test_the_run_shown_first_is_of_the_countys_own_pack(run: Run, settings: Any) -> None:
    other = RunFactory(pack="langao-2021", month=run.month, state=RunState.DONE)

    settings.POLICY_PACK = run.pack
    ours = queries.latest_run()
    settings.POLICY_PACK = "langao-2021"
    theirs = queries.latest_run()

    assert (ours, theirs) == (run, other)


def test_a_finding_says_which_value_is_a_default_to_be_confirmed(run: Run, cast: Cast) -> None:
    finding = explained(run, cast, "H000000001", "income_below_line")

    assert len(finding.assumed) == 1
    assert "通知" in finding.assumed[0]
