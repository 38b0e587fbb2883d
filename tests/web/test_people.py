"""The security administrator's pages: users, posts, units, locks, handover."""

import re

import pytest
from django.test import Client
from tests.factories.accounts import PASSWORD, PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, Cast, County
from tests.factories.intake import BatchFactory

from anju.accounts.actions import factors
from anju.accounts.models import Post, Unit, User
from anju.accounts.roles import ROLES
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.intake.models import Batch

pytestmark = pytest.mark.django_db
PAGES = (
    "/people/users/",
    "/people/new-user/",
    "/people/users/bureau/",
    "/people/units/",
    "/people/new-unit/",
    "/people/locks/",
)


@pytest.fixture
def security(county: County) -> Client:
    user = UserFactory(username="security", name="安全管理员")
    PostFactory(user=user, role="security_administrator")
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"security_administrator"}))
def test_only_the_security_administrator_opens_these_pages(cast: Cast, role: str) -> None:
    places = {"county": COUNTY, "town": NORTH, "village": NORTH_1, "grid": NORTH_1}
    user = UserFactory(username="somebody")
    PostFactory(user=user, role=role, division_code=places[ROLES[role].reach])
    client = Client()
    client.force_login(user)

    for address in PAGES:
        assert client.get(address).status_code == 403, address


def test_the_security_administrator_sees_no_households(security: Client, cast: Cast) -> None:
    for address in ("/households/", "/sites/", "/monitoring/findings/", "/imports/"):
        assert security.get(address).status_code == 403


def test_the_list_shows_posts_and_finds_by_name(
    security: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(16):
        page = security.get("/people/users/").text

    assert "县级牵头部门 枫溪县" in page
    assert "乡镇 北枫镇" in page
    found = security.get("/people/users/?q=北枫镇").text
    assert "北枫镇工作人员" in found
    assert "南枫镇工作人员" not in found
    by_role = security.get("/people/users/?role=grid_worker").text
    assert "安置点网格员" in by_role
    assert "北枫镇工作人员" not in by_role


def test_the_list_of_users_is_a_workbook_too(security: Client, cast: Cast) -> None:
    response = security.get("/people/users/?export=xlsx")

    assert response.status_code == 200
    assert "spreadsheetml" in response["Content-Type"]
    assert response.getvalue().startswith(b"PK")
    response.close()


def test_a_new_user_gets_a_password_that_is_shown_once(security: Client) -> None:
    unit = UnitFactory()
    form = {"username": "linfeng", "name": "新用户", "unit": unit.pk, "way": "password"}

    page = security.post("/people/new-user/", form)
    password = re.search(r'id="initial-password">([^<]+)<', page.text).group(1)

    assert "no-store" in page["Cache-Control"]
    assert password not in security.get("/people/users/linfeng/").text
    assert User.objects.get(username="linfeng").unit == unit
    entered = Client().post("/login/", {"username": "linfeng", "password": password})
    assert entered["Location"] == "/login/password/"


def test_a_user_of_the_directory_has_no_password(security: Client) -> None:
    security.post("/people/new-user/", {"username": "lin", "name": "新", "way": "directory"})

    assert not User.objects.get(username="lin").has_usable_password()


def test_a_refused_user_keeps_what_was_typed(security: Client) -> None:
    page = security.post("/people/new-user/", {"username": "Lin Feng", "name": "新用户"})

    assert page.status_code == 422
    assert "登录名为 2 至 60 位" in page.text
    assert 'value="Lin Feng"' in page.text


def test_posts_are_given_refused_and_ended(security: Client) -> None:
    user = UserFactory(username="linfeng")
    address = "/people/users/linfeng/posts/"
    for form, words in (
        ({"role": "town", "place": COUNTY}, "乡镇一级"),
        ({"role": "town", "place": NORTH, "on": "昨天"}, "日期应写成"),
        ({"role": "", "place": NORTH}, "角色"),
    ):
        refused = security.post(address, form)
        assert refused.status_code == 422
        assert words in refused.text

    given = {"role": "town", "place": NORTH, "on": "2023-01-01", "until": "2099-01-01"}
    assert security.post(address, given).status_code == 302
    post = Post.objects.get(user=user)
    page = security.get("/people/users/linfeng/").text
    assert "北枫镇" in page

    end = f"/people/posts/{post.pk}/end/"
    assert "请写明理由" in security.post(end, {"on": "2023-02-01"}).text
    security.post(end, {"on": "2023-02-01", "reason": "调离"})
    assert "已到期" in security.get("/people/users/linfeng/").text


def test_the_administrator_does_not_raise_themselves(security: Client) -> None:
    given = {"role": "auditor", "place": COUNTY}
    assert "不能给自己" in security.post("/people/users/security/posts/", given).text
    for address, form in (
        ("password", {}),
        ("factors", {"reason": "x"}),
        ("active", {"reason": "x"}),
    ):
        refused = security.post(f"/people/users/security/{address}/", form)
        assert refused.status_code == 422, address


def test_a_reset_password_signs_the_user_out_and_must_be_changed(
    security: Client, cast: Cast
) -> None:
    theirs = Client()
    theirs.post("/login/", {"username": "bureau", "password": PASSWORD})
    assert theirs.get("/").status_code == 200

    page = security.post("/people/users/bureau/password/")

    assert 'id="initial-password"' in page.text
    assert theirs.get("/").status_code == 302


def test_a_lost_second_factor_is_taken_away_for_a_reason(security: Client, cast: Cast) -> None:
    factors.add_totp(by=Actor("bureau"), user=cast.bureau, secret="JBSWY3DPEHPK3PXP")
    address = "/people/users/bureau/factors/"

    assert "请写明重置理由" in security.post(address, {"reason": ""}).text
    security.post(address, {"reason": "手机丢失"})

    assert Entry.objects.get(action="factor.reset").reason == "手机丢失"
    entered = Client().post("/login/", {"username": "bureau", "password": PASSWORD})
    assert entered["Location"] == "/"


def test_a_user_is_closed_and_let_in_again_for_a_reason(security: Client, cast: Cast) -> None:
    address = "/people/users/village/active/"
    assert "请写明理由" in security.post(address).text

    security.post(address, {"reason": "调离"})
    assert "已停用，不能登录" in security.get("/people/users/village/").text
    security.post(address, {"reason": "返岗"})

    cast.village.refresh_from_db()
    assert cast.village.is_active


def test_users_are_signed_out_everywhere(security: Client, cast: Cast) -> None:
    theirs = Client()
    theirs.post("/login/", {"username": "village", "password": PASSWORD})

    response = security.post("/people/users/village/sessions/", follow=True)

    assert "已退出 1 处登录" in response.text
    assert theirs.get("/").status_code == 302


def test_units_are_registered_corrected_and_show_their_members(security: Client) -> None:
    form = {"name": "枫溪县人民医院", "kind": "hospital", "place": COUNTY}
    assert security.post("/people/new-unit/", {**form, "kind": ""}).status_code == 422
    assert security.post("/people/new-unit/", form).status_code == 302
    unit = Unit.objects.get()
    UserFactory(name="医保科人员", unit=unit)

    page = security.get(f"/people/units/{unit.pk}/").text
    assert "医保科人员" in page
    renamed = {**form, "name": "枫溪县中心医院"}
    security.post(f"/people/units/{unit.pk}/", renamed)
    listed = security.get("/people/units/").text
    assert "枫溪县中心医院" in listed
    assert "医疗机构" in listed
    assert security.post("/people/new-unit/", renamed).status_code == 422


def test_a_locked_user_is_shown_and_let_in_for_a_reason(security: Client, cast: Cast) -> None:
    for _each in range(5):
        Client().post("/login/", {"username": "bureau", "password": "wrong"})
    right = {"username": "bureau", "password": PASSWORD}
    assert Client().post("/login/", right).status_code == 429
    assert "县局工作人员" in security.get("/people/locks/").text
    assert "去解锁" in security.get("/people/users/bureau/").text

    assert "请写明解锁理由" in security.post("/people/locks/open/", {"lock": "user:bureau"}).text
    security.post("/people/locks/open/", {"lock": "user:bureau", "reason": "本人到场"})

    assert Client().post("/login/", right).status_code == 302
    again = {"lock": "user:bureau", "reason": "x"}
    assert "已经解除" in security.post("/people/locks/open/", again, follow=True).text


def test_a_post_is_handed_over_with_its_open_files(security: Client, cast: Cast) -> None:
    BatchFactory(created_by="bureau", state="checked")
    UserFactory(username="next", name="接任的同志")
    post = Post.objects.get(user=cast.bureau)
    address = f"/people/posts/{post.pk}/hand-over/"
    page = security.get(address).text
    assert "待确认、待修改的导入文件" in page
    assert "接任的同志" in page
    for form, words in (
        ({"successor": "", "reason": "轮岗"}, "请选择接任的人"),
        ({"successor": "next", "reason": ""}, "请写明交接理由"),
        ({"successor": "next", "reason": "轮岗", "on": "x"}, "日期应写成"),
    ):
        refused = security.post(address, form)
        assert refused.status_code == 422
        assert words in refused.text

    done = security.post(address, {"successor": "next", "reason": "轮岗"}, follow=True)

    assert "已交接给接任的同志，转交未办事项 1 件" in done.text
    assert Batch.objects.get().held_by == "next"


def test_what_is_not_there_is_404(security: Client) -> None:
    for address in (
        "/people/users/nobody/",
        "/people/posts/999/hand-over/",
        "/people/units/999/",
    ):
        assert security.get(address).status_code == 404
