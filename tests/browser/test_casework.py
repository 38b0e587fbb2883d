"""Leads and cases through Chromium: two people at once, and giving out by keyboard; the steps of the way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.factories.casework import LeadFactory, LeadSourceFactory
from tests.factories.county import County

from anju.casework.models import Case, Lead, Move, Notice, Review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def lead(county: County) -> Lead:
    """The first household, told of on the telephone today."""
    today = timezone.localdate()
    lead = LeadFactory(
        household=county.households[0], first_on=today, last_on=today,
        due_on=today + timedelta(days=15),
    )  # fmt: skip
    LeadSourceFactory(lead=lead, run_id=None, rule="", channel="hotline", told="断了收入")
    return lead


def save(page: Page) -> None:
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status").first).to_contain_text("已")


def act(page: Page, case: Case, name: str) -> None:
    page.goto(f"/cases/{case.number}/")
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已办理")


def mend(page: Page, name: str) -> None:
    """Follow the link beside what is missing."""
    page.locator(".lacks").get_by_role("link", name=name).first.click()


def fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def from_lead_to_check(page: Page, head: str) -> Case:
    """The lead from the desk; a case; the signature; the home check; all of it by the village."""
    page.goto("/")
    page.get_by_role("link", name=f"核实线索：{head}户 收入").click()
    page.get_by_role("button", name="立案", exact=True).click()
    expect(page.get_by_text("还不能办，缺：")).to_be_visible()
    case = Case.objects.get()
    mend(page, "登记授权")
    page.get_by_label("签字人").select_option(head)
    save(page)
    act(page, case, "转入户核查")
    mend(page, "登记入户核查")
    page.get_by_label("接待核查的家庭成员").fill("户主")
    save_fails(page)
    for label, text in (("人均纯收入", "5200"), ("自主应对能力", "无存款，亲友难以相助")):
        page.get_by_label(label).fill(text)
    page.get_by_label("合规自付和刚性支出").fill("30000")
    for label in ("义务教育", "医疗保险", "住房安全", "饮水安全", "是否存在返贫致贫风险"):
        page.get_by_label(label).select_option("1")
    save(page)
    act(page, case, "有风险，转数据比对")
    return case


def save_fails(page: Page) -> None:
    """What is missing is named at the top, and what was typed is still there."""
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert").first).to_contain_text("有几项需要改")
    expect(page.get_by_label("接待核查的家庭成员")).to_have_value("户主")


def review(page: Page, case: Case, kind: str) -> None:
    """The class is chosen, the village met."""
    page.goto(f"/cases/{case.number}/")
    page.get_by_role("link", name="确定类别").click()
    page.get_by_label("监测对象类别").select_option(kind)
    save(page)
    mend(page, "登记民主评议")
    for label, text in (("应到", "30"), ("实到", "25"), ("同意", "24"), ("反对", "1")):
        page.get_by_label(label).fill(text)
    page.get_by_label("评议记录").fill("大家同意推荐")
    save(page)
    act(page, case, "评议通过，转公示")


def publish(page: Page, case: Case) -> None:
    """The notice hangs; then its days are over."""
    page.goto("/notices/new/")
    expect(page.get_by_role("link", name=case.number)).to_be_visible()
    page.get_by_label("受理异议的单位和电话").fill("村民委员会 0000-0000000")
    page.get_by_role("button", name="公示", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已公示")
    ago = timezone.localdate() - timedelta(days=8)
    Review.objects.update(held_on=ago)
    Move.objects.update(moved_on=ago)
    Notice.objects.update(posted_on=ago, ends_on=ago + timedelta(days=6))


def test_the_second_of_two_reads_what_the_first_did(signed_in: Open, lead: Lead) -> None:
    village, other = signed_in("village"), signed_in("village", width=390)
    village.goto(f"/leads/{lead.pk}/")
    village.get_by_role("button", name="立案", exact=True).click()
    case = Case.objects.get()
    other.goto(f"/cases/{case.number}/")
    mend(village, "登记授权")
    village.get_by_label("签字人").select_option("搬迁户主1")
    save(village)
    act(village, case, "转入户核查")

    other.get_by_text("撤回…").click()
    other.get_by_label("理由").select_option(index=1)
    other.get_by_label("说明").fill("农户不愿意了")
    other.get_by_role("button", name="确定").click()

    expect(other.get_by_role("alert")).to_contain_text("别人已经办理了这个案件")
    expect(other.get_by_text("农户不愿意了")).to_be_visible()
    assert fits(other, 390)


def test_leads_are_given_out_by_keyboard_after_a_preview(signed_in: Open, lead: Lead) -> None:
    page = signed_in("north_town", width=390)
    page.goto("/leads/")
    page.get_by_role("link", name="分派").focus()
    page.keyboard.press("Enter")
    page.get_by_label("分派给").select_option("grid")
    page.get_by_role("button", name="先看会改什么").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="搬迁户主1")).to_be_checked()
    assert fits(page, 390)

    page.get_by_role("button", name="分派选中的").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("已分派 1 条")
    lead.refresh_from_db()
    assert lead.assigned_to is not None
