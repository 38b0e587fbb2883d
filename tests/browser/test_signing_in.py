"""Signing in, in Chromium: for the first time, locked out, by passkey; and handing a post over."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.factories.accounts import PASSWORD, PostFactory, UserFactory
from tests.factories.county import COUNTY, Cast
from tests.factories.intake import BatchFactory
from tests.web.test_signing_in import code_of

from anju.audit.models import Entry
from anju.intake.models import Batch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
NEW = "violet-bridge-41"


@pytest.fixture
def security(cast: Cast) -> None:
    """The county's security administrator."""
    PostFactory(
        user=UserFactory(username="security", name="安全管理员"), role="security_administrator"
    )


def enter(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/login/")
    page.fill("#username", username)
    page.fill("#password", password)
    page.get_by_role("button", name="登录", exact=True).click()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_first_sign_in_changes_the_password_and_sets_up_codes(
    open_page: Open, security: None, settings
) -> None:
    office = open_page()
    enter(office, "security")
    office.get_by_role("link", name="用户").click()
    office.get_by_role("link", name="新建用户").click()
    office.get_by_label("姓名").fill("新来的同志")
    office.get_by_label("登录名").fill("xinlai")
    office.get_by_role("button", name="建立").click()
    password = office.locator("#initial-password").inner_text()
    office.get_by_role("link", name="去安排岗位").click()
    office.get_by_label("角色").select_option("lead_bureau")
    office.get_by_label("区域").select_option(COUNTY)
    office.get_by_role("button", name="安排", exact=True).click()
    expect(office.get_by_text("岗位已安排")).to_be_visible()

    settings.SECOND_FACTOR = True
    page = open_page(width=390, height=844)
    enter(page, "xinlai", password)
    expect(page.get_by_role("heading", level=1)).to_contain_text("请先把初始密码改成自己的密码")
    assert fits(page)
    page.get_by_label("新密码", exact=True).fill(NEW)
    page.get_by_label("再输入一次新密码").fill(NEW)
    page.get_by_role("button", name="保存并继续").click()

    expect(page.get_by_role("img", name="动态口令二维码")).to_be_visible()
    assert page.get_by_role("img", name="动态口令二维码").evaluate("img => img.naturalWidth") > 0
    assert fits(page)
    page.get_by_label("输入手机上显示的 6 位数字").fill("000000")
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("alert")).to_contain_text("验证码不正确")
    secret = page.locator("#secret").inner_text()
    page.get_by_label("输入手机上显示的 6 位数字").fill(code_of(secret))
    page.get_by_role("button", name="启用").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    recovery = page.locator(".recovery-codes code").first.inner_text()
    assert fits(page)
    page.get_by_role("button", name="已抄好，进入工作台").click()
    expect(page.get_by_role("heading", name="工作台", level=1)).to_be_visible()

    again = open_page()
    enter(again, "xinlai", NEW)
    again.get_by_label("手机上的 6 位动态口令，或一个恢复码").fill(recovery)
    again.keyboard.press("Enter")
    expect(again.get_by_role("heading", name="工作台", level=1)).to_be_visible()


def test_locked_out_and_let_in_again(open_page: Open, cast: Cast, security: None) -> None:
    page = open_page()
    for _each in range(5):
        enter(page, "bureau", "wrong")
        expect(page.get_by_role("alert")).to_contain_text("登录名或密码不正确")
    enter(page, "bureau")
    expect(page.get_by_role("alert")).to_contain_text("约 15 分钟后可再试")

    office = open_page(width=390, height=844)
    enter(office, "security")
    office.get_by_role("link", name="登录锁定").click()
    expect(office.get_by_text("县局工作人员（bureau）")).to_be_visible()
    assert fits(office)
    office.get_by_label("解锁理由").fill("本人到场核实")
    office.get_by_role("button", name="解锁").click()
    expect(office.get_by_text("已解锁，可以再次登录")).to_be_visible()

    enter(page, "bureau")
    expect(page.get_by_role("heading", name="工作台", level=1)).to_be_visible()
    assert Entry.objects.filter(action="user.unlock", actor="security").count() == 1


def test_a_passkey_is_added_and_signs_in_alone(signed_in: Open) -> None:
    page = signed_in("bureau")
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    page.goto("/account/")
    page.get_by_role("link", name="添加").click()
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    page.get_by_label("给它起个名字").fill("办公室电脑")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_text("通行密钥已添加")).to_be_visible()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.get_by_role("link", name="已抄好").click()
    expect(page.get_by_text("办公室电脑")).to_be_visible()

    page.locator("summary", has_text="县局工作人员").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("heading", name="工作台", level=1)).to_be_visible()
    last = Entry.objects.filter(action="session.sign_in").latest("sequence")
    assert last.detail == {"methods": ["webauthn"]}

    page.locator("summary", has_text="县局工作人员").click()
    page.get_by_role("button", name="退出登录").click()
    enter(page, "bureau")
    page.get_by_role("button", name="用通行密钥验证").click()
    expect(page.get_by_role("heading", name="工作台", level=1)).to_be_visible()


def test_a_passkey_that_is_refused_says_so_on_the_page(open_page: Open, cast: Cast) -> None:
    page = open_page()
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal"}},
    )
    page.goto("/login/")

    page.get_by_role("button", name="用通行密钥登录").click()

    expect(page.get_by_text("通行密钥没有完成")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_a_post_is_handed_over(open_page: Open, cast: Cast, security: None) -> None:
    BatchFactory(created_by="bureau", state="checked", file_name="医保名单.xlsx")
    UserFactory(username="next", name="接任的同志")
    office = open_page()
    enter(office, "security")
    office.get_by_role("link", name="用户").click()
    office.get_by_label("查找").fill("县局")
    office.keyboard.press("Enter")
    office.get_by_role("link", name="bureau").click()
    office.get_by_role("link", name="交接").click()
    expect(office.get_by_text("1 件")).to_be_visible()
    office.get_by_label("接任的人").first.select_option("next")
    office.get_by_label("理由").fill("轮岗")
    office.get_by_role("button", name="交接").click()
    expect(office.get_by_text("已交接给接任的同志，转交未办事项 1 件")).to_be_visible()

    page = open_page()
    enter(page, "next")
    expect(page.get_by_role("link", name=re.compile("导入"))).to_be_visible()
    old = open_page()
    enter(old, "bureau")
    expect(old.get_by_role("heading", name="工作台", level=1)).to_be_visible()
    expect(old.get_by_role("link", name=re.compile("农户"))).to_have_count(0)
    assert Batch.objects.get().held_by == "next"


@pytest.mark.parametrize(
    "address",
    [
        "/people/users/",
        "/people/users/bureau/",
        "/people/new-user/",
        "/people/units/",
        "/people/new-unit/",
        "/people/locks/",
        "/account/",
        "/account/password/",
    ],
)
def test_pages_about_people_fit_a_phone(
    open_page: Open, cast: Cast, security: None, address: str
) -> None:
    page = open_page(width=390, height=844)
    enter(page, "security")
    page.wait_for_url("**/")

    page.goto(address)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert fits(page)
