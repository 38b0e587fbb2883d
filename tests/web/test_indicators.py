"""Pages of indicators: list, trajectory, towns, reporting with proof, checking, settings."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.casework import LeadFactory
from tests.factories.county import COUNTY, NORTH, SOUTH, County
from tests.factories.duties import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanVersionFactory,
    ValueProofFactory,
)

from anju.audit.models import Entry
from anju.duties.models import Indicator, IndicatorValue
from anju.duties.queries import indicators as queries
from anju.web.indicators import chart
from anju.web.indicators.behind import Told
from anju.web.indicators.numbers import number

SignedIn = Callable[[str], Client]
DAYS = (date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30))


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def office(cast):
    """Somebody of a department that reports, beside the cast."""
    unit = UnitFactory(name="云岭县人社局")
    user = UserFactory(unit=unit)
    PostFactory(user=user, role="department", division_code=COUNTY)
    return user


@pytest.fixture
def trained(office):
    """Trained people, with values of three quarters and a target."""
    version = PlanVersionFactory()
    row = IndicatorFactory(plan=version.plan, reporting_unit=office.unit, name_en="Trained")
    IndicatorTargetFactory(indicator=row, clause="二(二)5")
    for day, value in zip(DAYS, (50, 120, 190), strict=True):
        IndicatorValueFactory(
            indicator=row, as_of=day, value=Decimal(value), unit=office.unit, note="按名册",
            recorded_by=office.username,
        )  # fmt: skip
    return row


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, row: Indicator, query: str = ""):
    answer = client.get(f"/indicators/{row.pk}/{query}")
    assert answer.status_code == 200
    return answer


def said(answer) -> str:
    return answer.content.decode()


def test_the_list_tells_where_each_stands_and_who_owes(
    trained: Indicator, office, signed_in: SignedIn
):
    IndicatorFactory(name="没有目标", plan=None)
    IndicatorFactory(name="终止的", ended_on=date(2023, 5, 1))
    answer = signed_in("bureau").get("/indicators/")
    rows = {row.name: row for row in answer.context["page"].rows}
    assert set(rows) == {"培训人数", "没有目标"}
    row = rows["培训人数"]
    assert (row.latest_words, row.target_words) == ("190 人", "不低于 300 人")
    assert str(rows["没有目标"].badge) == "没有目标值"
    assert "云岭县人社局" in said(answer)
    book = signed_in("bureau").get("/indicators/?export=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(book.getvalue())).worksheets[0]
    text = [str(cell.value) for line in sheet.iter_rows() for cell in line]
    assert "190 人" in text
    assert not any("<span" in each for each in text)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?state=ended", {"终止的"}),
        ("?unit=mine", {"培训人数"}),
        ("?unit=0", {"无单位"}),
        ("?plan=0", {"无单位"}),
        ("?source=computed", {"无单位"}),
        ("?q=培训", {"培训人数"}),
    ],
)
def test_filters_are_in_the_address(trained: Indicator, office, query: str, names: set[str]):
    IndicatorFactory(name="终止的", ended_on=date(2023, 5, 1), reporting_unit=office.unit)
    IndicatorFactory(name="无单位", source="computed", figure="out_of_school")
    answer = client_of(office).get(f"/indicators/{query}")
    assert {row.name for row in answer.context["page"].rows} == names


def test_a_list_of_many_takes_as_many_queries_as_one_of_few(
    trained: Indicator, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for row in IndicatorFactory.create_batch(20):
        IndicatorTargetFactory(indicator=row)
        IndicatorValueFactory(indicator=row)
    client = signed_in("bureau")
    client.get("/indicators/")
    with django_assert_max_num_queries(18):
        client.get("/indicators/")


def test_the_chart_has_values_targets_and_a_dashed_forecast(trained: Indicator):
    on = date(2023, 10, 8)
    standing = queries.standings([trained], on)[trained.pk]
    drawn = json.loads(chart.data(trained, standing, on))
    assert drawn["categories"] == [*(day.isoformat() for day in DAYS), "2023-12-31"]
    values, goals, ahead = (series["values"] for series in drawn["series"])
    assert (values, goals[-1]) == ([50, 120, 190, None], 300)
    assert ahead[:3] == [None, None, 190]
    assert 259 < ahead[3] < 262
    after = json.loads(chart.data(trained, standing, date(2024, 1, 8)))
    assert len(after["series"]) == 2


def test_the_page_says_how_a_forecast_is_made_and_why_a_unit_reports(signed_in: SignedIn):
    today = timezone.localdate()
    row = IndicatorFactory()
    IndicatorTargetFactory(indicator=row, due_on=today + timedelta(days=30), clause="二(二)5")
    for back in (90, 60, 30):
        value = Decimal(300 - back)
        IndicatorValueFactory(indicator=row, as_of=today - timedelta(days=back), value=value)
    shown = said(page(signed_in("bureau"), row))
    assert "约 330 人" in shown
    assert "按 3 个数值的直线趋势推算，仅供参考" in shown
    assert "二(二)5" in shown
    assert "系统暂无此台账，由单位填报" in shown


def test_a_computed_value_says_what_it_is_made_of_and_opens_the_list_behind_it(
    county: County, signed_in: SignedIn
):
    row = IndicatorFactory(
        source="computed", figure="zero_employment_households", unit="户", every="month"
    )
    made = {"figure": row.figure, "version": 1, "numerator": 7, "denominator": 90, "unknown": 4}
    IndicatorValueFactory(
        indicator=row, as_of=DAYS[2], value=Decimal(7), made_of={**made, "run": 12}
    )
    IndicatorValueFactory(
        indicator=row, as_of=date(2023, 8, 31), value=None,
        made_of={"figure": row.figure, "why": "no_run"},
    )  # fmt: skip
    answer = page(signed_in("bureau"), row)
    first, second = answer.context["lines"]
    assert Told("资料不全、没有计入", "4") in first.made_of
    address = urlsplit(first.link.address)
    assert (address.path, parse_qs(address.query)) == (
        "/monitoring/findings/", {"rule": ["zero_employment"], "run": ["12"]},
    )  # fmt: skip
    assert "当月还没有完成的监测研判" in second.why
    assert "未掌握" in said(answer)


def test_a_town_sees_its_own_figure_and_no_other_towns(county: County, signed_in: SignedIn):
    for home in county.households_in(NORTH[:9]):
        due = timezone.localdate()
        LeadFactory(household=home, first_on=due, last_on=due, due_on=due, expires_on=due)
    row = IndicatorFactory(source="computed", figure="leads_handled_in_time", unit="比例")
    IndicatorValueFactory(indicator=row, as_of=timezone.localdate(), value=Decimal("0.5"))
    north = signed_in("north_town")
    assert page(north, row).context["towns"] == [(NORTH, "北枫镇")]
    found = page(north, row, f"?town={NORTH}").context["of_town"]
    assert found.number == "0%"
    told = found.made_of[1]  # the leads that were due, and just these
    listed = north.get(told.address).context["page"].rows
    assert len(listed) == int(told.number) == len(county.households_in(NORTH[:9]))
    assert page(north, row, f"?town={SOUTH}").context["of_town"] is None
    assert len(page(signed_in("bureau"), row).context["towns"]) == 2
    assert page(signed_in("village"), row).context["towns"] == []


def test_a_unit_reports_and_the_bureau_accepts_and_sends_back(
    trained: Indicator, office, signed_in: SignedIn
):
    client, bureau = client_of(office), signed_in("bureau")
    answer = page(client, trained)
    first = answer.context["periods"][0][0]
    sent = {"as_of": first, "value": "260", "words": "按培训名册"}
    proof = SimpleUploadedFile("名册.txt", "一".encode())
    address = f"/indicators/{trained.pk}/report/"
    assert client.post(address, {**sent, "proofs": [proof]}).status_code == 302
    row = IndicatorValue.objects.get(as_of=first)
    assert (row.state, row.recorded_by) == ("submitted", office.username)
    waiting = bureau.get("/")
    assert "审核指标：培训人数" in said(waiting)
    file = bureau.get(f"/indicators/proofs/{row.proofs.get().pk}/")
    assert (file.content, file["X-Content-Type-Options"]) == ("一".encode(), "nosniff")
    assert Entry.objects.latest("sequence").action == "indicator.fetch"
    check = f"/indicators/values/{row.pk}/check/"
    refused = bureau.post(check, {"decision": "return"})
    assert refused.status_code == 422
    assert "理由" in said(refused)
    assert bureau.post(check, {"decision": "accept"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.value) == ("accepted", 260)


@pytest.mark.parametrize(
    ("value", "words"),
    [("很多", "请填写数值"), ("85%", "不能填百分数"), ("NaN", "请填写数值"), ("1e15", "太大")],
)
def test_what_is_wrong_with_a_report_is_said_and_what_was_typed_stays(
    trained: Indicator, office, value: str, words: str
):
    client = client_of(office)
    first = page(client, trained).context["periods"][0][0]
    sent = {"as_of": first, "value": value, "words": "按培训名册统计"}
    answer = client.post(f"/indicators/{trained.pk}/report/", sent)
    assert answer.status_code == 422
    assert words in said(answer)
    assert "按培训名册统计" in said(answer)


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("85%", "比例", "0.85"),
        ("0.85", "比例", "0.85"),
        ("85%", "%", "85"),
        ("1,200", "人", "1200"),
    ],
)
def test_a_number_may_be_written_as_people_write_it(written: str, unit: str, value: str):
    assert number(written, unit) == Decimal(value)


def test_numbers_of_persons_are_refused_in_words(trained: Indicator, office):
    client = client_of(office)
    first = page(client, trained).context["periods"][0][0]
    sent = {"as_of": first, "value": "1", "words": "联系13812345678"}
    answer = client.post(f"/indicators/{trained.pk}/report/", sent)
    assert "手机号" in said(answer)


def test_words_and_proofs_of_a_bureau_are_not_for_a_town(trained: Indicator, signed_in: SignedIn):
    proof = ValueProofFactory(value=trained.values.first())
    IndicatorValueFactory(
        indicator=trained, as_of=date(2023, 12, 31), value=Decimal(777), state="submitted"
    )
    answer = page(signed_in("north_town"), trained)
    assert "190 人" in said(answer)
    assert "按名册" not in said(answer)
    assert "777" not in said(answer)
    assert signed_in("north_town").get(f"/indicators/proofs/{proof.pk}/").status_code == 404
    assert "按名册" in said(page(signed_in("bureau"), trained))


def test_what_a_unit_owes_is_on_its_desk_before_the_day(office, signed_in: SignedIn):
    today = timezone.localdate()
    IndicatorFactory(
        name="要报的", reporting_unit=office.unit, every="month", begun_on=today.replace(day=1)
    )
    IndicatorFactory(name="迟了的", reporting_unit=office.unit, begun_on=date(2023, 1, 15))
    shown = said(client_of(office).get("/"))
    assert "填报指标：迟了的" in shown
    assert "填报指标" not in said(signed_in("north_town").get("/"))


def test_the_bureau_follows_a_pack_adds_its_own_sets_targets_and_ends(
    county: County, signed_in: SignedIn
):
    bureau = signed_in("bureau")
    bureau.post("/indicators/pack/", {"pack": "qinzhougang-2023"})
    assert Indicator.objects.filter(pack="qinzhougang-2023").count() == 11
    wanted = {"figure": "follow_ups_done", "operator": ">=", "every": "month"}
    answer = bureau.post("/indicators/new/", wanted)
    own = Indicator.objects.get(figure="follow_ups_done")
    assert answer["Location"] == f"/indicators/{own.pk}/"
    assert (own.name, own.unit) == ("跟踪回访完成率", "比例")
    bureau.post(f"/indicators/{own.pk}/target/", {"due_on": "2023-12-31", "value": "95%"})
    assert own.targets.get().value == Decimal("0.95")
    assert "不低于 95%" in said(page(bureau, own))
    bad = bureau.post(f"/indicators/{own.pk}/compute/", {"as_of": "2023-13-01"})
    assert bad.status_code == 422
    bureau.post(f"/indicators/{own.pk}/compute/", {"as_of": "2023-09-30"})
    assert own.values.get().made_of["why"] == "nobody"
    bureau.post(f"/indicators/{own.pk}/end/", {"reason": "不再要求"})
    own.refresh_from_db()
    assert own.ended_on == timezone.localdate()
    refused = bureau.post("/indicators/new/", {**wanted, "figure": "", "name": "", "unit": ""})
    assert (refused.status_code, "请填写指标名称" in said(refused)) == (422, True)


def test_who_reports_is_set_on_the_page(trained: Indicator, signed_in: SignedIn):
    unit = UnitFactory()
    sent = {"unit_id": str(unit.pk), "every": "month", "definition": "以结业为准"}
    signed_in("bureau").post(f"/indicators/{trained.pk}/change/", sent)
    trained.refresh_from_db()
    assert (trained.reporting_unit, trained.every) == (unit, "month")
    for name in ("change", "end", "target", "compute"):
        address = f"/indicators/{trained.pk}/{name}/"
        assert signed_in("north_town").post(address, sent).status_code == 403


def test_grid_workers_see_no_indicators(trained: Indicator, signed_in: SignedIn):
    grid = signed_in("grid")
    assert grid.get("/indicators/").status_code == 403
    assert grid.get(f"/indicators/{trained.pk}/").status_code == 403
    assert signed_in("bureau").get("/indicators/999999/").status_code == 404


def test_of_many_values_to_check_the_desk_has_one_line_that_leads_to_them(signed_in: SignedIn):
    for place in range(4):
        IndicatorValueFactory(
            indicator=IndicatorFactory(name=f"指标{place}号"),
            as_of=timezone.localdate(),
            state="submitted",
        )
    IndicatorFactory(name="没有待审的")
    bureau = signed_in("bureau")

    desk = said(bureau.get("/"))
    assert "审核指标：4 项" in desk
    assert "审核指标：指标" not in desk
    listed = said(bureau.get("/indicators/?state=check"))
    assert all(f"指标{place}号" in listed for place in range(4))
    assert "没有待审的" not in listed
