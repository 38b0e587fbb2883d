"""The lists of findings and of differences: filters, gaps, places, queries, export."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.county import SOUTH, County
from tests.factories.monitoring import FindingFactory, RunFactory

from anju.audit.models import Entry
from anju.monitoring.models import Run

SignedIn = Callable[[str], Client]
REPORT = {
    "pack": {"name": "甲", "documents": {"SQ": {"title": "增收方案", "number": ""}}},
    "rules": {
        "income_below_line": {
            "name": "人均纯收入低于监测线", "name_en": "Income below the line", "level": "red",
            "unit": "元/人·年", "observe": "net_income_per_capita", "when": "", "threshold": "",
            "clears": "回到线上", "basis": [{"doc": "SQ", "clause": "二(四)"}],
        },
        "uninsured": {
            "name": "有成员未参保", "level": "orange", "unit": "人", "observe": "uninsured",
            "when": "", "threshold": "", "clears": "", "basis": [],
        },
    },
    "facts": {},
    "parameters": {},
}  # fmt: skip


@pytest.fixture
def run(county: County) -> Run:
    """Every household below the line; those of the south uninsured; one gap."""
    run = RunFactory(report=REPORT)
    for household in county.households:
        FindingFactory(run=run, household=household)
    for household in county.households_in(SOUTH[:9]):
        FindingFactory(
            run=run, household=household, rule="uninsured", level="orange", observed=2, threshold=1
        )
    FindingFactory(
        run=run, household=county.households[0], rule="uninsured", level="orange",
        status="unknown", observed=None, threshold=1,
    )  # fmt: skip
    return run


def rows(client: Client, query: str = "", page: str = "findings") -> list[str]:
    answer = client.get(f"/monitoring/{page}/{query}")
    assert answer.status_code == 200
    return [f"{row.household.code} {row.rule}" for row in answer.context["page"].rows]


def test_warnings_are_listed_and_gaps_only_when_asked_for(run: Run, signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    assert len(rows(client)) == 12
    assert rows(client, "?status=unknown") == ["H000000001 uninsured"]


def test_a_gap_has_no_level(run: Run, signed_in: SignedIn) -> None:
    text = signed_in("bureau").get("/monitoring/findings/?status=unknown").content.decode()

    assert "未掌握" in text
    assert "level-orange" not in text.split("<tbody>")[1]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?rule=uninsured", 4),
        ("?level=red", 8),
        (f"?town={SOUTH}", 8),
        (f"?town={SOUTH}&rule=income_below_line", 4),
        ("?q=H000000003", 1),
        ("?rule=unheard-of", 12),
    ],
)
def test_the_address_filters(run: Run, signed_in: SignedIn, query: str, number: int) -> None:
    assert len(rows(signed_in("bureau"), query)) == number


@pytest.mark.parametrize(
    ("who", "number"),
    [("north_town", 4), ("south_town", 8), ("village", 2), ("grid", 2)],
)
def test_everybody_lists_their_own_places_only(
    run: Run, signed_in: SignedIn, who: str, number: int
) -> None:
    client = signed_in(who)

    assert len(rows(client)) == number
    assert rows(client, f"?town={SOUTH}") == rows(client)  # a place of others is no choice


def test_a_row_says_value_threshold_and_opens_the_household(run: Run, signed_in: SignedIn) -> None:
    text = signed_in("bureau").get("/monitoring/findings/?col=basis&col=value").content.decode()

    assert "5,123 元/人·年" in text
    assert "《增收方案》二(四)" in text
    assert 'href="/households/H000000001/findings/"' in text


def test_another_run_is_chosen_by_the_address(
    run: Run, county: County, signed_in: SignedIn
) -> None:
    older = RunFactory(month="2023-08", report=REPORT)
    FindingFactory(run=older, household=county.households[2])

    assert rows(signed_in("bureau"), f"?run={older.pk}") == ["H000000003 income_below_line"]


def test_without_any_run_the_list_says_what_to_do(county: County, signed_in: SignedIn) -> None:
    text = signed_in("bureau").get("/monitoring/findings/").content.decode()

    assert "还没有研判结果" in text


def test_what_is_filtered_is_exported_and_logged(run: Run, signed_in: SignedIn) -> None:
    answer = signed_in("bureau").get("/monitoring/findings/?rule=uninsured&export=xlsx")

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.active is not None
    assert [row[0].value for row in book.active.iter_rows(min_row=3)] == [
        f"H00000000{number}" for number in (5, 6, 7, 8)
    ]
    assert Entry.objects.filter(action="register.export").count() == 1


def test_a_town_exports_its_own_places_only(run: Run, signed_in: SignedIn) -> None:
    answer = signed_in("north_town").get("/monitoring/findings/?export=xlsx")

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.active is not None
    assert book.active.max_row == 2 + 4


def test_two_months_are_compared_by_default(run: Run, county: County, signed_in: SignedIn) -> None:
    before = RunFactory(month="2023-08", report=REPORT)
    FindingFactory(run=before, household=county.households[0])
    FindingFactory(run=before, household=county.households[1], rule="uninsured", level="orange")
    client = signed_in("bureau")

    text = client.get("/monitoring/compare/").content.decode()

    assert "2023-09 与 2023-08 比较" in text
    assert len(rows(client, page="compare")) == 11
    assert rows(client, "?kind=still", "compare") == ["H000000001 income_below_line"]
    assert rows(client, "?kind=gone", "compare") == ["H000000002 uninsured"]
    assert rows(client, f"?run={before.pk}&against={run.pk}", "compare") == ["H000000002 uninsured"]


def test_a_town_compares_only_its_own_places(run: Run, county: County, signed_in: SignedIn) -> None:
    RunFactory(month="2023-08", report=REPORT)
    answer = signed_in("south_town").get("/monitoring/compare/")

    assert [row.name for row in answer.context["by_town"]] == ["南枫镇"]
    assert answer.context["by_rule"][-1].new == 8


def test_one_run_alone_cannot_be_compared_and_says_so(run: Run, signed_in: SignedIn) -> None:
    assert "还不能比较" in signed_in("bureau").get("/monitoring/compare/").content.decode()


@pytest.mark.parametrize("page", ["findings", "compare"])
def test_who_may_not_see_findings_is_refused(
    run: Run, county: County, page: str, client: Client
) -> None:
    assert client.get(f"/monitoring/{page}/")["Location"].startswith("/login/")


def test_the_lists_ask_the_database_a_fixed_number_of_times(
    run: Run, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    RunFactory(month="2023-08", report=REPORT)
    client = signed_in("bureau")
    # PostgreSQL takes a lock before a reading is written into the audit trail.
    lock = int(connection.vendor == "postgresql")

    with django_assert_num_queries(14 + lock):
        client.get("/monitoring/findings/")
    with django_assert_num_queries(22 + lock):
        client.get("/monitoring/compare/")
