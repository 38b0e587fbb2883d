"""Reports on screen: written, handed in, issued and taken out; the list; who may do what."""

from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, County
from tests.factories.duties import TaskDueFactory, TaskFactory, TaskUnitFactory
from tests.factories.reporting import IssuerFactory, ReportFactory
from tests.unit.papers.reading import opened, text_of_pdf
from tests.web.conftest import SignedIn

from anju.accounts.models import Unit
from anju.audit.models import Entry
from anju.reporting.models import Issuer, Report, ReportState

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(county: County) -> Unit:
    return UnitFactory(name="枫溪县水利局")


def client_of(role: str, unit: Unit | None = None) -> Client:
    user = UserFactory(unit=unit)
    PostFactory(user=user, role=role, division_code=COUNTY)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def writer(unit: Unit) -> Client:
    return client_of("department", unit)


@pytest.fixture
def leader(county: County) -> Client:
    return client_of("county_leader")


def typed(report: Report, **words: str) -> dict[str, object]:
    return {
        "version": report.version,
        "title": report.title,
        "recipient": report.recipient,
        "copies": "",
        "urgency": "most",
        "numbered": "2",
        "annex-list": ["tasks"],
        "annex-title": ["水厂名单"],
        "annex-words": ["北枫水厂。"],
        **{f"words-{part}": text for part, text in words.items()},
    }


def test_a_report_goes_from_the_desk_of_its_unit_to_a_numbered_document(
    unit: Unit, writer: Client, leader: Client
) -> None:
    task = TaskFactory()
    TaskUnitFactory(task=task, unit=unit)
    TaskDueFactory(task=task, due_on=date(2023, 9, 20))
    IssuerFactory(unit=unit, mark="枫水发", head="枫溪县水利局文件", signer="枫溪县水利局")
    report = ReportFactory(unit=unit)
    address = f"/reports/{report.pk}/"
    assert f"编写报告：{report.title}" in writer.get("/").text

    form = writer.get(f"{address}edit/").text
    assert "逾期1个" in form
    answer = writer.post(
        f"{address}edit/", typed(report, tasks="（一）进展\n管网已修好。", next="继续巡查。")
    )
    assert answer.status_code == 302
    report.refresh_from_db()
    again = writer.get(f"{address}edit/").text
    assert '<option value="most" selected>' in again
    assert "北枫水厂。" in again
    draft = writer.get(f"{address}report.docx")
    assert "草稿" in opened(draft.content).sections[0].header.paragraphs[0].text
    writer.post(f"{address}submit/", {"version": report.version})
    assert f"签发报告：{report.title}" in leader.get("/").text
    report.refresh_from_db()
    page = leader.post(
        f"{address}issue/", {"version": report.version, "leader": "林某"}, follow=True
    ).text

    year = timezone.localdate().year
    assert f"枫水发〔{year}〕1号" in page
    assert "草稿" not in page
    assert "签发人：林某" in page
    assert f"/tasks/plans/{task.plan_id}/?unit={unit.pk}" in page
    assert "due=2023-09-01..2023-09-30" in page
    narrowed = leader.get(f"/tasks/?state=all&unit={unit.pk}&due=2023-09-01..2023-09-30").text
    assert task.number in narrowed
    assert task.number not in leader.get("/tasks/?state=all&due=2023-08-01..2023-08-31").text
    assert page.index("附件2：水厂名单") < page.index("北枫水厂。")
    assert leader.get(f"{address}report.pdf?copy=3").status_code == 302
    pdf = leader.get(f"{address}report.pdf?copy=2")
    said = text_of_pdf(pdf.content)
    assert f"枫水发〔{year}〕1号" in said
    assert "一、任务落实情况" in said
    assert "管网已修好。" in said
    assert said.startswith("000002特急")
    assert "附件1本期到期任务清单" in said
    assert "草稿" not in said
    assert pdf["X-Content-Type-Options"] == "nosniff"
    taken = Entry.objects.filter(action="report.make")
    assert [each.detail["state"] for each in taken] == ["draft", "issued"]


def test_an_issued_report_is_corrected_by_a_new_one_and_shows_it(
    unit: Unit, writer: Client, leader: Client
) -> None:
    IssuerFactory(unit=unit, mark="枫水发")
    report = ReportFactory(
        unit=unit, state="issued", number="枫水发〔2023〕1号", issued_on=date(2023, 10, 8),
        frozen_on=date(2023, 10, 6), leader="林某",
    )  # fmt: skip
    page, send = f"/reports/{report.pk}/", f"/reports/{report.pk}/replace/"
    assert "更正或撤回" in writer.get(page).text
    assert "更正或撤回" not in leader.get(page).text
    wrong = writer.post(send, {"how": "correction", "reason": " "})
    assert wrong.status_code == 422
    assert "请写明更正或撤回的原因" in wrong.text

    there = writer.post(send, {"how": "correction", "reason": "漏报一个村"}).url

    draft = Report.objects.get(replaces=report)
    assert there == f"/reports/{draft.pk}/"
    assert "更正并替代" in writer.get(there).text
    assert 'name="replacing_reason"' in writer.get(f"{there}edit/").text
    assert "正在办理更正或撤回" in writer.get(page).text
    Report.objects.filter(pk=draft.pk).update(
        state="issued",
        number="枫水发〔2023〕2号",
        issued_on=date(2023, 10, 9),
        frozen_on=date(2023, 10, 9),
    )
    assert "这份文件已更正" in leader.get(page).text
    assert "已作废" in unquote(writer.get(f"{page}report.docx")["Content-Disposition"])
    assert report.number in leader.get("/reports/?standing=replaced").text
    assert report.number not in leader.get("/reports/?standing=valid").text


def test_what_is_typed_is_kept_and_never_over_somebody_elses_words(
    unit: Unit, writer: Client
) -> None:
    report = ReportFactory(unit=unit)
    address = f"/reports/{report.pk}/"
    other = client_of("department", unit)

    kept = writer.post(f"{address}keep/", typed(report, next="先修水厂。"))
    assert f'value="{report.version + 1}"' in kept.text
    late = other.post(f"{address}keep/", typed(report, next="先修水渠。"))
    assert late.status_code == 422
    form = other.post(f"{address}edit/", typed(report, next="先修水渠。"))

    assert form.status_code == 422
    assert "先修水渠。" in form.text
    assert "先修水厂。" in form.text
    assert Report.objects.get().words == {"next": "先修水厂。"}


def test_a_unit_that_issues_a_report_too_signs_it_from_its_desk(
    unit: Unit, writer: Client, leader: Client
) -> None:
    IssuerFactory(unit=unit, mark="枫水发", head="枫溪县水利局文件", signer="枫溪县水利局")
    other = UnitFactory(name="枫溪县财政局")
    theirs = client_of("department", other)
    report = ReportFactory(unit=unit)
    address = f"/reports/{report.pk}/"
    asked = {**typed(report), "partner": [str(other.pk), "", "", ""]}
    assert writer.post(f"{address}edit/", asked).status_code == 302
    writer.post(f"{address}submit/", {"version": "1"})
    assert f"会签报告：{report.title}" in theirs.get("/").text
    early = leader.post(f"{address}issue/", {"version": "2", "leader": "林某"})
    assert "还没有会签：枫溪县财政局" in early.text
    assert (
        writer.post(f"{address}countersign/", {"version": "2", "leader": "钱某"}).status_code == 422
    )

    signed = theirs.post(f"{address}countersign/", {"version": "2", "leader": "钱某"}, follow=True)

    assert "会签：钱某" in signed.text
    page = leader.post(f"{address}issue/", {"version": "3", "leader": "林某"}, follow=True).text
    assert "签发人：林某　钱某" in page


def test_what_may_not_be_done_is_said_on_the_page(
    unit: Unit, writer: Client, leader: Client
) -> None:
    today = timezone.localdate()
    report = ReportFactory(unit=unit, first_day=today, last_day=today + timedelta(days=3))
    address = f"/reports/{report.pk}/"

    early = writer.post(f"{address}submit/", {"version": report.version})
    assert early.status_code == 422
    assert "请到那天再提交" in early.text
    Report.objects.update(
        state=ReportState.SUBMITTED, frozen_on=today, submitted_by="somebody", version=4
    )
    back = leader.post(f"{address}send-back/", {"version": "4", "words": " "})
    assert "请写明退回意见" in back.text
    unset = leader.post(f"{address}issue/", {"version": "4", "leader": "林某"})
    assert "机关代字" in unset.text
    stale = leader.post(f"{address}issue/", {"version": "x", "leader": "林某"})
    assert "已由别人处理" in stale.text
    leader.post(f"{address}send-back/", {"version": "4", "words": "请补充水厂进度。"})
    assert "请补充水厂进度。" in writer.get(address).text


def test_only_the_unit_opens_the_form_and_only_who_issues_the_settings(
    unit: Unit, writer: Client, leader: Client, signed_in: SignedIn
) -> None:
    report = ReportFactory(unit=unit)
    other = client_of("department", UnitFactory())

    assert other.get(f"/reports/{report.pk}/").status_code == 404
    assert leader.get(f"/reports/{report.pk}/edit/").status_code == 403
    assert writer.get("/reports/issuers/").status_code == 403
    assert signed_in("grid").get("/reports/").status_code == 403
    assert leader.get(f"/reports/{report.pk}/report.txt").status_code == 404


def test_how_a_unit_is_headed_is_set_once_with_a_mark_of_its_own(
    unit: Unit, writer: Client, leader: Client
) -> None:
    IssuerFactory(mark="枫农发")
    values = {"head": "枫溪县水利局文件", "mark": "枫农发", "signer": "枫溪县水利局"}

    taken = leader.post(f"/reports/issuers/{unit.pk}/", values)
    assert "请换一个" in taken.text
    leader.post(f"/reports/issuers/{unit.pk}/", {**values, "mark": "枫水发"})

    assert Issuer.objects.get(unit=unit).mark == "枫水发"
    assert "枫水发" in leader.get("/reports/issuers/").text


def test_a_report_is_begun_by_hand_for_a_time_of_ones_own(unit: Unit, writer: Client) -> None:
    unasked = writer.post("/reports/new/", {"period": "weekly:2023W36"})
    assert unasked.status_code == 422
    without = writer.post("/reports/new/", {"period": "special:", "first_day": "2023-09-01"})
    assert "起止日期" in without.text

    made = writer.post(
        "/reports/new/",
        {
            "period": "special:",
            "subject": "饮水安全",
            "first_day": "2023-07-01",
            "last_day": "2023-09-30",
        },
        follow=True,
    )

    assert "2023年7月1日至2023年9月30日饮水安全情况的报告" in made.text
    assert "删除草稿" in made.text
    report = Report.objects.get()
    writer.post(f"/reports/{report.pk}/discard/", {"version": report.version})
    assert not Report.objects.exists()


def test_the_list_is_filtered_and_asks_the_same_whatever_its_length(
    unit: Unit, writer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ReportFactory(
        unit=unit,
        period="2023-08",
        first_day=date(2023, 8, 1),
        last_day=date(2023, 8, 31),
        title="八月情况",
    )
    for month in range(1, 8):
        ReportFactory(unit=unit, period=f"2022-0{month}", subject=f"专题{month}")
    ReportFactory(unit=unit, title="九月情况")

    with django_assert_max_num_queries(14):
        page = writer.get("/reports/")
    narrowed = writer.get("/reports/?period=2023-08")

    assert page.text.index("九月情况") < page.text.index("八月情况")
    assert "八月情况" in narrowed.text
    assert "九月情况" not in narrowed.text
    book = writer.get("/reports/?export=xlsx")
    assert b"".join(book.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    book.close()


def test_figures_lead_to_the_lists_they_were_counted_in(unit: Unit, writer: Client) -> None:
    task = TaskFactory()
    TaskUnitFactory(task=task, unit=unit)
    report = ReportFactory(unit=unit)

    page = writer.get(f"/reports/{report.pk}/").text

    assert f"/tasks/?light=red&amp;unit={unit.pk}" in page
