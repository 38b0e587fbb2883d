"""A clerk's way through the console: find a household, read it, switch language, on a phone too."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open
from tests.factories.county import County
from tests.factories.registry import HouseholdFactory, IncomeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_signing_in_with_a_wrong_password_and_then_the_right_one(open_page: Open, cast) -> None:
    page = open_page()
    page.goto("/households/")
    expect(page.get_by_label("登录名")).to_be_focused()

    page.fill("#username", "bureau")
    page.fill("#password", "wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("登录名或密码不正确")

    page.fill("#password", "plum-lantern-river")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="农户", level=1)).to_be_visible()


def test_filtering_writes_the_address_and_going_back_undoes_it(signed_in: Open) -> None:
    page = signed_in("bureau")
    page.get_by_role("link", name="农户").click()
    expect(page.get_by_text("共 8 户")).to_be_visible()

    page.get_by_label("乡镇").select_option("529901101000")
    expect(page.get_by_text("共 4 户")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?town=529901101000$"))
    page.get_by_label("村（社区）", exact=True).select_option("529901101202")
    expect(page.get_by_text("共 2 户")).to_be_visible()

    page.go_back()
    expect(page.get_by_text("共 4 户")).to_be_visible()
    page.get_by_role("link", name="清除").click()
    expect(page.get_by_text("共 8 户")).to_be_visible()


def test_choosing_columns_and_turning_pages_without_reloading(
    signed_in: Open, county: County
) -> None:
    HouseholdFactory.create_batch(60, village_code="529901101201")
    page = signed_in("bureau")
    page.goto("/households/")
    page.evaluate("window.unreloaded = true")

    page.locator("summary", has_text="列").click()
    page.get_by_label("迁出村").check()
    expect(page.locator("thead")).to_contain_text("迁出村")
    page.get_by_role("link", name="下一页").click()
    expect(page).to_have_url(re.compile("after="))
    expect(page.locator("tbody tr")).to_have_count(18)
    expect(page.locator("thead")).to_contain_text("迁出村")

    assert page.evaluate("window.unreloaded") is True


def test_the_household_opens_tab_by_tab_with_a_chart(signed_in: Open, county: County) -> None:
    IncomeFactory(household=county.households[0], quarter=20232)
    page = signed_in("bureau")
    page.goto("/households/H000000001/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("搬迁户主1")

    tabs = page.get_by_role("navigation", name="户档案")
    for title, address in (
        ("收入", "income"),
        ("保障", "guarantees"),
        ("就业", "work"),
        ("预警", "findings"),
        ("住房", "housing"),
        ("时间线", "timeline"),
    ):
        tabs.get_by_role("link", name=title).click()
        expect(page).to_have_url(re.compile(f"/{address}/$"))
        expect(tabs.get_by_role("link", name=title)).to_have_attribute("aria-current", "page")
        if address == "income":
            chart = page.locator(".chart canvas")
            expect(chart).to_be_visible()
            chart.hover(position={"x": 300, "y": 120})


def test_a_number_is_shown_after_a_reason(signed_in: Open, county: County) -> None:
    page = signed_in("north_town")
    page.goto("/households/H000000001/")

    page.get_by_text("查看", exact=True).first.click()
    page.get_by_label("查看理由").first.fill("看")
    page.get_by_role("button", name="显示").first.click()
    expect(page.get_by_role("alert").first).to_contain_text("请写明查看理由")

    page.get_by_label("查看理由").first.fill("办理医保报销核对")
    page.get_by_role("button", name="显示").first.click()
    expect(page.get_by_role("status").first).to_contain_text("本次查看已记入审计")


def test_the_language_switches_and_stays(signed_in: Open) -> None:
    page = signed_in("bureau")

    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/sites/")
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("heading", name="安置点", level=1)).to_be_visible()


def test_by_keyboard_alone(signed_in: Open) -> None:
    page = signed_in("bureau")
    page.goto("/households/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("查找")).to_be_focused()
    page.keyboard.type("H000000007")
    page.keyboard.press("Enter")
    expect(page.get_by_text("共 1 户")).to_be_visible()

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="H000000007")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/households/H000000007/$"))


def test_an_identity_number_is_cut_before_it_leaves_the_page(signed_in: Open) -> None:
    page = signed_in("bureau")
    page.goto("/households/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_label("查找").fill("529901198003051234")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=1234$"))

    assert not [address for address in asked if "529901198003051234" in address]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/households/",
        "/sites/",
        "/sites/AZ0001/",
        "/households/H000000001/",
        "/households/H000000001/income/",
        "/households/H000000001/timeline/",
    ],
)
def test_nothing_sticks_out_on_a_phone(signed_in: Open, county: County, address: str) -> None:
    IncomeFactory(household=county.households[0], quarter=20232)
    page = signed_in("bureau", width=390, height=844)

    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_reading_needs_no_scripts(signed_in: Open) -> None:
    page = signed_in("bureau", scripts=False)
    page.goto("/households/")

    page.get_by_label("乡镇").select_option("529901102000")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("共 4 户")).to_be_visible()
    page.get_by_role("link", name="H000000005").click()
    page.get_by_role("link", name="时间线").click()
    expect(page.locator(".timeline-list li").first).to_be_visible()
    page.locator("summary", has_text="县局工作人员").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(re.compile("/login/$"))


def test_the_list_downloads_as_a_workbook(signed_in: Open) -> None:
    page = signed_in("bureau")
    page.goto("/households/?relocated=1")

    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()

    assert download.value.suggested_filename.startswith("农户-")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_session_that_ended_leads_back_to_sign_in(signed_in: Open) -> None:
    page = signed_in("bureau")
    page.goto("/households/")
    page.context.clear_cookies()

    page.get_by_label("乡镇").select_option("529901101000")

    expect(page).to_have_url(re.compile("/login/"))
