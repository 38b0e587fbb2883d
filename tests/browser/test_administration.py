"""What administrators do a few times a year: a merger of villages, a token for another system; and
what somebody reads who asks too often."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.factories.accounts import PASSWORD, PostFactory, UserFactory
from tests.factories.county import COUNTY, Cast, County
from tests.unit.registry.test_recoding import MERGER, NEW, table

from anju.accounts.models import Token
from anju.jobs import worker
from anju.registry.models import Household

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
WIDTHS = pytest.mark.parametrize("width", [pytest.param(1440, marks=pytest.mark.long), 390])


def enter_as(open_page: Open, role: str, width: int) -> Page:
    """Sign in as somebody of this role for the whole county."""
    PostFactory(user=UserFactory(username=role, name="管理员"), role=role, division_code=COUNTY)
    page = open_page(width=width)
    page.goto("/login/")
    page.fill("#username", role)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/")
    return page


def fits(page: Page, width: int) -> bool:
    """Nothing sticks out."""
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@WIDTHS
def test_two_villages_become_one(open_page: Open, county: County, cast: Cast, width: int) -> None:
    page = enter_as(open_page, "data_steward", width)
    page.goto("/places/recodings/")
    page.set_input_files(
        "input[type=file]",
        {"name": "对照表.xlsx", "mimeType": "application/zip", "buffer": table(*MERGER)},
    )
    page.get_by_label("生效日期").fill("2023-09-01")
    page.get_by_label("依据文件").fill("枫政发〔2023〕9号")
    page.get_by_role("button", name="提交核对").click()

    expect(page.get_by_text("已核对，待确认")).to_be_visible()
    expect(page.get_by_text("北枫一村")).to_be_visible()
    expect(page.get_by_text("管理员（data_steward）")).to_be_visible()
    assert fits(page, width)
    page.get_by_role("button", name="确认执行").click()
    expect(page.get_by_text("正在排队或执行")).to_be_visible()
    worker.run(once=True)
    page.reload()

    expect(page.get_by_text("已完成")).to_be_visible()
    expect(page.get_by_text("北枫一村")).to_be_visible()
    assert fits(page, width)
    assert Household.objects.filter(village_code=NEW).count() == 4
    page.goto(f"/households/?village={NEW}&town=529901101000")
    expect(page.get_by_text("共 4 户")).to_be_visible()


@WIDTHS
def test_a_token_is_issued_shown_once_and_taken_back(
    open_page: Open, county: County, width: int
) -> None:
    page = enter_as(open_page, "security_administrator", width)
    page.goto("/people/new-token/")
    page.get_by_role("button", name="发放").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写对接系统的名称")
    page.get_by_label("对接系统名称").fill("一卡通平台")
    page.get_by_label("可读区域").select_option(label="枫溪县")
    page.get_by_role("button", name="发放").click()

    expect(page.get_by_text("令牌已发放")).to_be_visible()
    secret = page.locator("code.secret").inner_text()
    assert fits(page, width)
    opened = page.request.get("/api/v1/households", headers={"Authorization": f"Bearer {secret}"})
    assert opened.status == 200
    page.get_by_role("link", name="已抄好").click()
    expect(page.get_by_text(secret)).to_have_count(0)
    page.goto(f"/people/tokens/{Token.objects.get().pk}/")
    expect(page.get_by_text(secret)).to_have_count(0)
    page.get_by_role("button", name=re.compile("收回")).click()
    page.wait_for_load_state()

    refused = page.request.get("/api/v1/households", headers={"Authorization": f"Bearer {secret}"})
    assert refused.status == 401


@WIDTHS
def test_who_asks_too_often_reads_from_when_it_is_answered_again(
    signed_in: Open, settings, width: int
) -> None:
    cache.clear()
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "searches": 1}
    page = signed_in("bureau", width=width)
    page.goto("/households/?q=王")
    page.goto("/households/?q=李")

    expect(page.get_by_role("heading", level=1)).to_have_text("操作过于频繁")
    expect(page.get_by_text(re.compile(r"请在 \d\d:\d\d:\d\d 之后再试"))).to_be_visible()
    assert fits(page, width)
    page.get_by_role("link", name="回到工作台").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")
    cache.clear()
