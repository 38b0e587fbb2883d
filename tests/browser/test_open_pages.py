"""A villager with a telephone and a cadre at a desk: report, notice, objection, answer."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.factories.casework import OpenPageFactory
from tests.factories.county import NORTH_1, Cast, County
from tests.unit.casework.story import Story

from anju.casework.models import LeadSource, Notice, Objection, SelfReport
from anju.places.models import Division

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_villager_reports_and_objects_and_the_village_answers(
    open_page: Open, signed_in: Open, cast: Cast, county: County
) -> None:
    story = Story(cast, timezone.localdate())
    case = story.to_publicity(story.opened(county.households[0]))
    desk = signed_in("village")
    desk.goto(f"/open-pages/{NORTH_1}/")
    desk.get_by_label("受理单位和电话").fill("村委会 0000-1234567")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("已开通")
    address = urlsplit(desk.locator("main a[href*='/open/']").get_attribute("href")).path
    desk.get_by_role("link", name="打印二维码和申报表").click()
    expect(desk.get_by_alt_text("公开页的二维码")).to_be_visible()
    assert desk.evaluate("document.querySelector('.qr').naturalWidth") > 0
    desk.goto("/")
    desk.get_by_role("link", name="有 1 户等待公示").click()
    desk.get_by_role("button", name="公示", exact=True).click()
    expect(desk.get_by_role("status").first).to_contain_text("期满自动撤下")

    phone = open_page(width=390, height=844)
    phone.goto(address)
    expect(phone.get_by_role("table")).to_contain_text("搬*")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    number = _reported(phone)
    assert number == SelfReport.objects.get().reference
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    phone.goto(address)
    _objected(phone)

    desk.goto("/")
    desk.get_by_role("link", name="搬迁户主2自主申报").click()
    desk.get_by_role("button", name="查看电话").click()
    expect(desk.get_by_text("10000000017")).to_be_visible()
    desk.get_by_role("radio", name=re.compile("搬迁户主2")).check()
    desk.get_by_role("button", name="受理，转为线索").click()
    expect(desk.get_by_role("status").first).to_contain_text("已受理")
    assert LeadSource.objects.get(reference=number).lead.household == county.households[1]
    phone.goto(f"{address}status/")
    phone.get_by_label("回执编号").fill(number.lower())
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("status")).to_contain_text("已受理")

    desk.goto("/")
    desk.get_by_role("link", name="对公示的异议").click()
    desk.get_by_label("不成立", exact=True).check()
    desk.get_by_label("核实情况和答复").fill("上门核实，城里的房是租的")
    desk.get_by_role("button", name="答复").click()
    expect(desk.get_by_role("status").first).to_contain_text("已答复")
    assert Objection.objects.get().is_upheld is False
    desk.goto(f"/cases/{case.number}/")
    expect(desk.locator("#notices")).to_contain_text("搬*")
    assert Notice.objects.count() == 1


def _reported(phone: Page) -> str:
    """From the board: a form sent empty, then filled and sent by keyboard; the receipt number."""
    phone.get_by_role("link", name="家里有困难").click()
    phone.get_by_role("button", name="提交申报").click()
    expect(phone.get_by_role("alert")).to_contain_text("请填写姓名")
    phone.get_by_label("姓名").fill("搬迁户主2")
    phone.get_by_label("电话", exact=True).fill("10000000017")
    phone.get_by_label("家人生病").check()
    phone.get_by_label("说说情况").fill("老人住院，自己花了三万多")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    return phone.locator(".open-number").inner_text()


def _objected(phone: Page) -> None:
    """From the board: against the household on the notice, without a name."""
    phone.get_by_role("link", name="我有异议").click()
    phone.get_by_label(re.compile("搬")).check()
    phone.get_by_label("哪里不对").fill("这户在城里有房")
    phone.get_by_role("button", name="提交异议").click()
    expect(phone.get_by_role("status")).to_contain_text("YY")


def test_the_desk_pages_fit_a_phone(signed_in: Open, cast: Cast, county: County) -> None:
    story = Story(cast, timezone.localdate())
    story.to_publicity(story.opened(county.households[0]))
    page = signed_in("village", width=390)

    for address in ("/notices/new/", "/notices/", "/self-reports/", f"/open-pages/{NORTH_1}/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_a_villager_without_scripts_reports_too(open_page: Open, county: County) -> None:
    open_one = OpenPageFactory(village=Division.objects.get(code=NORTH_1))
    page = open_page(width=390, scripts=False)
    page.goto(f"/open/{open_one.token}/report/")
    page.get_by_label("姓名").fill("张三")
    page.get_by_label("电话", exact=True).fill("10000000017")
    page.get_by_label("住房不安全").check()
    page.get_by_label("说说情况").fill("下雨漏水，墙裂了")
    page.get_by_role("button", name="提交申报").click()

    expect(page.locator(".open-number")).to_have_text(SelfReport.objects.get().reference)
