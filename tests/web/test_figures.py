"""The page of the figures and its workbook."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.casework import (
    CaseFactory,
    LeadFactory,
    LeadSourceFactory,
    MeasureFactory,
    MoveFactory,
)
from tests.factories.county import NORTH, SOUTH, County

from anju.audit.models import Entry

SignedIn = Callable[[str], Client]
AUTUMN = "?from=2023-10-01&to=2023-11-30"


@pytest.fixture
def worked(county: County) -> County:
    """A lead, a case that moved, and help in every household."""
    for number, home in enumerate(county.households):
        LeadSourceFactory(lead=LeadFactory(household=home))
        case = CaseFactory(household=home, number=f"529901-2023-{number:06d}")
        MoveFactory(case=case)
        MoveFactory(
            case=case, version=2, from_step="home_check", to_step="comparison",
            moved_on=date(2023, 10, 12), step_due_on=date(2023, 10, 11),
        )  # fmt: skip
        MeasureFactory(case=case, state="running", amount=123_456)
    return county


def table(client: Client, id_: str, query: str = AUTUMN) -> list[tuple[object, ...]]:
    answer = client.get(f"/figures/{query}")
    assert answer.status_code == 200
    (found,) = (each for each in answer.context["tables"] if each.id == id_)
    return list(found.values)


def test_the_page_tells_sources_rules_steps_places_and_help(
    worked: County, signed_in: SignedIn
) -> None:
    client = signed_in("bureau")

    assert table(client, "channels") == [
        ("合计", 8, 0, 0, 0, 8, 8), ("监测预警", 8, 0, 0, 0, 8, 8),
    ]  # fmt: skip
    assert table(client, "rules")[0][:2] == ("人均纯收入低于监测线", 8)
    assert table(client, "steps") == [("监测对象识别纳入", "入户核查", 8, 3, 3, 0.0)]
    assert [row[0] for row in table(client, "places")] == ["合计", "北枫镇", "南枫镇"]
    assert table(client, "help") == [("就业", 8, 8, 0, 987_648, 0, 0)]
    assert "9,876.48" in client.get(f"/figures/{AUTUMN}").content.decode()


def test_a_town_is_shown_by_village_and_a_village_sees_itself(
    worked: County, signed_in: SignedIn
) -> None:
    rows = table(signed_in("bureau"), "places", f"{AUTUMN}&town={NORTH}")
    own = table(signed_in("village"), "places", f"{AUTUMN}&town={SOUTH}")

    assert [(row[0], row[1]) for row in rows] == [("合计", 4), ("北枫一村", 2), ("北枫二村", 2)]
    assert [(row[0], row[1]) for row in own] == [("合计", 2), ("北枫一村", 2)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?from=2023-13-01", "请填写日期"),
        ("?from=2023-11-01&to=2023-10-01", "开始日期晚于结束日期"),
    ],
)
def test_a_time_that_cannot_be_is_told(
    county: County, signed_in: SignedIn, query: str, said: str
) -> None:
    answer = signed_in("bureau").get(f"/figures/{query}")

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_workbook_holds_the_same_tables_and_is_audited(
    worked: County, signed_in: SignedIn
) -> None:
    answer = signed_in("bureau").get(f"/figures/{AUTUMN}&export=xlsx")

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["线索来源", "规则准确度", "各环节用时", "各地案件", "分风险帮扶"]
    assert book["分风险帮扶"]["A4"].value == "就业"
    assert book["分风险帮扶"]["E4"].value == 9876.48
    assert book["各环节用时"]["D3"].value == "半数不超过（天）"
    assert "导出人：县局工作人员" in book["线索来源"]["A1"].value
    assert Entry.objects.get(action="register.export").detail["register"] == "figures"


def test_who_may_not_export_gets_no_workbook(worked: County, signed_in: SignedIn) -> None:
    client = signed_in("grid")

    assert client.get(f"/figures/{AUTUMN}&export=xlsx").status_code == 403
    assert "export=xlsx" not in client.get(f"/figures/{AUTUMN}").content.decode()


def test_more_cases_ask_no_more_questions(
    worked: County,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in("bureau")
    client.get(f"/figures/{AUTUMN}")

    with django_assert_max_num_queries(30):
        client.get(f"/figures/{AUTUMN}")


def test_figures_are_counted_once_for_whoever_may_see_the_same(
    worked: County, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bureau = signed_in("bureau")
    assert table(bureau, "channels")[0][1] == 8
    LeadSourceFactory(lead=LeadFactory(household=worked.households[0], risk="housing"))

    with django_assert_max_num_queries(12):
        assert table(bureau, "channels")[0][1] == 8

    assert table(bureau, "channels", f"{AUTUMN}&afresh=1")[0][1] == 9
    assert table(bureau, "channels")[0][1] == 9
    assert table(signed_in("north_town"), "channels")[0][1] == 5
