"""From a finding to the risk removed through Chromium, by the village, the town and the county; the papers
on the way are downloaded and read."""

from datetime import timedelta
from io import BytesIO

import docx
import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.browser.test_casework import act, fits, from_lead_to_check, mend, publish, review, save
from tests.factories.casework import NoticeEntryFactory, NoticeFactory
from tests.factories.county import County
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.unit.casework import helped

from anju.casework.models import Case, FollowUp, HomeCheck, Move, RemovalCheck, Review
from anju.jobs import casework as jobs
from anju.registry.models import Household, HouseholdRecord, Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def home(county: County) -> Household:
    """A household nobody monitored that last month's run found; the hourly job made a lead of it."""
    today = timezone.localdate()
    home = helped.household(wage=600_000, on=today)
    nobody = {"monitored_kind": None, "included_on": None}
    home.head_name = Membership.objects.filter(household=home).first().person.name
    Household.objects.filter(pk=home.pk).update(head_name=home.head_name, **nobody)
    HouseholdRecord.objects.filter(household=home).update(**nobody)
    FindingFactory(run=RunFactory(pack="national", known_on=today), household=home)
    jobs.raise_leads(progress=None)  # type: ignore[arg-type]
    return home


def downloaded(page: Page, case: Case, paper: str) -> str:
    """What a paper says, as Word and as PDF, which say the same."""
    page.goto(f"/cases/{case.number}/")
    told = []
    for form in ("docx", "pdf"):
        with page.expect_download() as waiting:
            page.locator(f"#papers a[href$='{paper}.{form}']").click()
        told.append(waiting.value.path().read_bytes())
    document = docx.Document(BytesIO(told[0]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = "".join([*(each.text for each in document.paragraphs), *cells])
    pages = pypdfium2.PdfDocument(told[1])
    printed = "".join(each.get_textpage().get_text_range() for each in pages)
    assert words[:6] in printed
    return "".join(words.split())


def included(pages: tuple[Page, Page, Page], head: str) -> Case:
    """From the lead on the desk to the decision of the county."""
    village, town, county = pages
    case = from_lead_to_check(village, head)
    county.goto(f"/cases/{case.number}/record/compare/")
    save(county)
    act(county, case, "转村级评议")
    review(village, case, "marginal")
    publish(village, case)
    notice = downloaded(village, case, "notice")
    assert f"{head[0]}*" in notice
    assert head not in notice
    act(village, case, "公示期满，报乡镇审核")
    act(town, case, "审核同意，报县级审定")
    act(county, case, "审定纳入")
    case.refresh_from_db()
    assert (case.state, case.step) == ("included", "")
    assert HomeCheck.objects.get().own_means == "无存款，亲友难以相助"
    assert head in downloaded(county, case, "decision")
    return case


def ten_months_pass(case: Case) -> None:
    """Everything was ten months ago, and the visit that is due next two days."""
    today = timezone.localdate()
    ago = today - timedelta(days=300)
    Case.objects.update(included_on=ago, opened_on=ago, decided_on=ago)
    Move.objects.update(moved_on=ago)
    Review.objects.update(held_on=ago)
    FollowUp.objects.update(due_on=today - timedelta(days=2))
    case.refresh_from_db()


def help_and_visit(page: Page, case: Case) -> None:
    """A measure that began half a year ago, and the visit from the desk."""
    page.goto("/")
    page.get_by_role("link", name=f"回访：{case.household.head_name}户").click()
    page.get_by_role("link", name="登记回访").click()
    page.get_by_label("是否稳定向好").select_option("1")
    page.get_by_label("回访情况").fill("在县城务工，收入稳定")
    save(page)
    page.get_by_role("link", name="登记帮扶措施").click()
    page.get_by_label("措施类别").select_option("employment")
    for label, text in (
        ("措施内容", "推荐到县城务工"), ("实施单位", "县人社局"), ("预期成效", "每月增收两千元"),
    ):  # fmt: skip
        page.get_by_label(label).fill(text)
    began = timezone.localdate() - timedelta(days=200)
    page.get_by_label("开始日期").fill(began.isoformat())
    save(page)
    expect(page.get_by_text("推荐到县城务工")).to_be_visible()


def check_and_sign(page: Page, case: Case) -> None:
    """Eleven indicators, ten of them prefilled; then the signature."""
    mend(page, "登记消除核查")
    expect(page.get_by_label("工资性收入")).to_have_value("24000")
    page.get_by_label("理赔收入").fill("0")
    save(page)
    mend(page, "登记农户签字")
    page.get_by_label("签字人").fill(case.household.head_name)
    save(page)


def review_and_publish(page: Page, case: Case) -> None:
    """The village met and read of it eight days ago."""
    mend(page, "登记民主评议")
    for label, text in (("应到", "30"), ("实到", "25"), ("同意", "24"), ("反对", "1")):
        page.get_by_label(label).fill(text)
    page.get_by_label("评议记录").fill("大家同意消除")
    save(page)
    act(page, case, "评议通过，转公示")
    ago = timezone.localdate() - timedelta(days=8)
    Review.objects.update(held_on=ago)
    Move.objects.update(moved_on=ago)
    RemovalCheck.objects.update(checked_on=ago)
    notice = NoticeFactory(
        village_code=case.village_code, kind="removal", posted_on=ago,
        ends_on=ago + timedelta(days=6),
    )  # fmt: skip
    NoticeEntryFactory(notice=notice, case=case)


@pytest.mark.parametrize("width", [pytest.param(1440, marks=pytest.mark.long), 390])
def test_from_a_finding_to_the_risk_removed(signed_in: Open, home: Household, width: int) -> None:
    village, town, county = pages = tuple(
        signed_in(who, width=width) for who in ("village", "north_town", "bureau")
    )

    case = included(pages, home.head_name)
    for page in pages:
        page.goto(f"/cases/{case.number}/")
        expect(page.get_by_text("已纳入监测").first).to_be_visible()
        assert fits(page, width)
    ten_months_pass(case)
    help_and_visit(village, case)
    assert "推荐到县城务工" in downloaded(village, case, "help_plan")
    act(village, case, "启动风险消除")
    check_and_sign(village, case)
    assert fits(village, width)
    assert "24,000元" in downloaded(village, case, "removal")
    act(village, case, "达到消除条件，转村级评议")
    review_and_publish(village, case)
    act(village, case, "公示期满，报乡镇审核")
    act(town, case, "审核同意，报县级审定")
    act(county, case, "审定消除风险")

    today = timezone.localdate()
    assert Case.objects.get().removed_on == today
    assert Household.objects.get(pk=home.pk).risk_removed_on == today
    # Of visits, only those that go on after the removal are left.
    assert not FollowUp.objects.filter(done_on=None, due_on__lte=today).exists()
    village.goto(f"/households/{home.code}/timeline/")
    expect(village.get_by_text("案件：审定纳入")).to_be_visible()
    expect(village.get_by_text("案件：审定消除风险")).to_be_visible()
