"""From a plan's file to a kept promise through Chromium: confirmed by keyboard, reported, checked, told."""

from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.factories.accounts import PASSWORD, PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, Cast

from anju.duties.models import MeasureState, PlanMeasure, Task, TaskState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Three measures: one due in three days, one whose date lacks its year, one each month."""
    soon = timezone.localdate() + timedelta(days=3)
    day = f"{soon.year}年{soon.month}月{soon.day}日"
    lines = (
        "枫溪县稳就业行动方案",
        "一、重点任务",
        f"1.摸清底数。{day}前逐户登记，培训搬迁劳动力不少于120人次。（责任单位：县人社局）",
        "2.发布岗位。9月底前发布用工清单。（责任单位：县人社局）",
        "3.核查岗位。每月核查一次公益性岗位。（责任单位：县人社局）",
    )
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    path = tmp_path / "方案.docx"
    document.save(str(path))
    return path


@pytest.fixture
def labour(cast: Cast, settings, tmp_path: Path) -> str:
    """Somebody of the bureau of labour; files of this test lie in a folder of its own."""
    settings.FILES_DIR = tmp_path / "files"
    unit = UnitFactory(name="枫溪县人力资源和社会保障局", kind="bureau", division_code=COUNTY)
    user = UserFactory(username="labour", name="县人社局经办", unit=unit)
    PostFactory(user=user, role="department", division_code=COUNTY)
    return str(user.username)


def sign_in(page: Page, username: str) -> Page:
    page.goto("/login/")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/")
    return page


def when_settled(page: Page) -> None:
    """Wait until what was pressed before is answered, as somebody who reads the page does."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def confirm_by_keyboard(page: Page) -> None:
    """Enter confirms and goes on to the next that waits; x leaves out what lacks its year."""
    page.keyboard.press("j")
    expect(page.locator("[data-item].is-current")).to_contain_text("摸清底数")
    when_settled(page)
    page.keyboard.press("Enter")
    expect(page.locator("[data-item].is-current")).to_contain_text("发布岗位")
    when_settled(page)
    page.keyboard.press("Enter")
    page.keyboard.press("x")  # too early: one answer to an item at a time
    expect(page.locator("[data-item].is-current")).to_contain_text("没有完整日期")
    when_settled(page)
    page.keyboard.press("x")
    expect(page.locator("[data-item].is-current")).to_contain_text("核查岗位")
    when_settled(page)
    page.keyboard.press("Enter")
    expect(page.locator("#plan-progress")).to_contain_text(
        "已确认 2 条，不采用 1 条，还有 0 条待确认"
    )


def from_file_to_tasks(page: Page, plan: Path) -> None:
    page.goto("/plans/new/")
    page.get_by_label("方案文件").set_input_files(plan)
    page.get_by_label("简称").fill("稳就业方案")
    page.get_by_role("button", name="上传并识别").click()
    expect(page.locator("mark, [data-in]").first).to_be_visible()
    confirm_by_keyboard(page)
    page.get_by_role("link", name="1 个单位名称还没有对照").click()
    expect(page.get_by_label("县人社局")).to_have_value("枫溪县人力资源和社会保障局")
    page.get_by_role("button", name="保存填好的").click()
    page.goto("/plans/")
    page.get_by_role("link", name="稳就业方案").first.click()
    page.get_by_role("link", name="继续确认").click()
    page.get_by_role("button", name="生效", exact=True).click()
    expect(page.get_by_role("heading", name="生效的措施")).to_be_visible()


def report_progress(page: Page) -> None:
    """The promise is on the desk of the bureau that answers for it, close to its day."""
    page.goto("/")
    item = page.get_by_role("link", name="摸清底数").first
    expect(item).to_be_visible()
    item.click()
    page.get_by_label("进展情况").fill("已逐户登记，培训128人次。")
    page.get_by_label("完成值").fill("128")
    page.get_by_label("这项任务已完成").check()
    page.get_by_role("button", name="报送").click()
    expect(page.get_by_role("status").first).to_contain_text("已报送")


def test_a_plan_becomes_tasks_that_are_reported_checked_and_told(
    open_page: Open, labour: str, plan: Path, tmp_path: Path
) -> None:
    bureau, reporter = sign_in(open_page(), "bureau"), sign_in(open_page(width=390), labour)
    from_file_to_tasks(bureau, plan)
    states = PlanMeasure.objects.order_by("position").values_list("state", flat=True)
    assert list(states) == [
        MeasureState.CONFIRMED,
        MeasureState.DROPPED,
        MeasureState.CONFIRMED,
    ]

    task = Task.objects.get(title__contains="摸清底数", parent__isnull=True)
    bureau.goto(f"/tasks/{task.number}/")
    expect(bureau.get_by_role("heading", level=1)).to_contain_text("临近")
    report_progress(reporter)
    assert reporter.evaluate("document.documentElement.scrollWidth") <= 390

    bureau.goto("/")
    bureau.get_by_role("link", name="审核填报：摸清底数").click()
    bureau.get_by_role("button", name="认定").click()
    expect(bureau.get_by_role("heading", level=1)).to_contain_text("已完成")
    task.refresh_from_db()
    assert task.state == TaskState.DONE

    reporter.goto("/reports/new/")
    reporter.locator("#report-period").select_option(index=1)
    reporter.get_by_role("button", name="开始编写").click()
    reporter.goto("/reports/")
    reporter.locator("[data-row]").first.click()
    with reporter.expect_download() as download:
        reporter.get_by_role("link", name="Word").click()
    download.value.save_as(tmp_path / "report.docx")
    words = "\n".join(each.text for each in docx.Document(str(tmp_path / "report.docx")).paragraphs)
    assert "人力资源和社会保障局" in words
