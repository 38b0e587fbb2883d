"""Users, posts and sign-ins: what is done, refused, and written into the audit trail."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.accounts import PASSWORD, PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH_2, TODAY, County
from tests.factories.places import DivisionFactory

from anju.accounts.actions import passwords, posts, sessions, units, users
from anju.accounts.models import Post, UnitKind, User
from anju.accounts.permissions import Permission
from anju.accounts.queries import viewer_of
from anju.audit import verify
from anju.audit.actor import Actor
from anju.audit.models import Entry

pytestmark = pytest.mark.django_db
SECURITY = Actor("security", "安全管理员", "10.0.0.9")
TOMORROW = date(2023, 10, 9)
NOW = datetime(2023, 10, 8, 1, 0, tzinfo=UTC)


def verified(password: str = PASSWORD) -> User:
    return sessions.verify(username="linfeng", password=password, address="10.0.0.1", at=NOW)


def audited() -> list[str]:
    return list(Entry.objects.values_list("action", flat=True))


def make(username: str = "linfeng", password: str = PASSWORD) -> User:
    return users.create(by=SECURITY, on=TODAY, username=username, name="新用户", password=password)


def test_a_new_user_can_sign_in_and_sees_nothing_yet(county: County) -> None:
    unit = units.create(
        by=SECURITY, name="枫溪县发展改革局", kind=UnitKind.BUREAU, division_code=COUNTY
    )
    user = users.create(
        by=SECURITY, on=TODAY, username="linfeng", name=" 新用户 ", password=PASSWORD, unit=unit
    )

    assert verified() == user
    sessions.signed_in(user=user, address="10.0.0.1", at=NOW, methods=["password"])
    assert (user.name, user.created_on, user.unit) == ("新用户", TODAY, unit)
    assert viewer_of(user, on=TODAY).permissions == frozenset()
    assert audited() == ["unit.create", "user.create", "session.sign_in"]
    assert verify.verify().is_whole


def test_the_password_stands_nowhere_as_it_is() -> None:
    user = make()

    assert PASSWORD not in user.password
    assert PASSWORD not in str(list(Entry.objects.values()))


@pytest.mark.parametrize("username", ["", "A", "Linfeng", "lin feng", "林枫", "-lin", "l" * 61])
def test_a_sign_in_name_that_is_hard_to_type_is_refused(username: str) -> None:
    with pytest.raises(users.UserRefused, match="登录名"):
        make(username)

    assert not audited()


@pytest.mark.parametrize("password", ["", "short", "1234567890", "linfeng2023", "password123"])
def test_a_weak_password_is_refused_with_the_rule_it_breaks(password: str) -> None:
    with pytest.raises(passwords.PasswordRefused) as refused:
        make(password=password)

    assert "密码" in refused.value.zh
    assert not User.objects.exists()


def test_a_name_in_use_and_an_empty_name_are_refused() -> None:
    make()

    with pytest.raises(users.UserRefused, match="已被使用"):
        make()
    with pytest.raises(users.UserRefused, match="已被使用"):
        make("system")
    with pytest.raises(users.UserRefused, match="姓名"):
        users.create(by=SECURITY, on=TODAY, username="b1", name=" ", password=PASSWORD)


def test_a_user_is_corrected_and_moved_and_nothing_is_written_when_nothing_changed() -> None:
    user, unit = make(), UnitFactory()

    users.change(by=SECURITY, user=user, name=" 新名字 ", unit=unit)
    users.change(by=SECURITY, user=user, name="新名字", unit=unit)

    user.refresh_from_db()
    assert (user.name, user.unit) == ("新名字", unit)
    changes = Entry.objects.get(action="user.change").detail["changes"]
    assert changes["name"] == ["*", "*"]
    assert list(changes) == ["name", "unit"]
    with pytest.raises(users.UserRefused, match="姓名"):
        users.change(by=SECURITY, user=user, name="", unit=None)


def test_a_unit_is_registered_once(county: County) -> None:
    units.create(by=SECURITY, name="甲局", kind=UnitKind.BUREAU, division_code=COUNTY)

    with pytest.raises(units.UnitRefused, match="甲局"):
        units.create(by=SECURITY, name=" 甲局", kind=UnitKind.OTHER, division_code=COUNTY)


@pytest.mark.parametrize(("name", "code", "words"), [("", COUNTY, "名称"), ("乙局", "1", "登记")])
def test_a_unit_needs_a_name_and_a_place_that_exists(
    county: County, name: str, code: str, words: str
) -> None:
    with pytest.raises(units.UnitRefused, match=words):
        units.create(by=SECURITY, name=name, kind=UnitKind.SCHOOL, division_code=code)


def test_a_unit_is_corrected() -> None:
    DivisionFactory(code=NORTH_1)
    unit = UnitFactory()

    units.change(
        by=SECURITY, unit=unit, name="北枫小学", kind=UnitKind.SCHOOL, division_code=NORTH_1
    )

    unit.refresh_from_db()
    assert (unit.name, unit.kind, unit.division_code) == ("北枫小学", "school", NORTH_1)
    assert audited() == ["unit.change"]


def test_a_closed_user_cannot_sign_in_and_holds_no_post() -> None:
    post = PostFactory(user=make())
    coming = PostFactory(user=post.user, role="town", division_code=NORTH, valid_from=TOMORROW)
    ending = PostFactory(user=post.user, role="village", valid_to=date(2024, 1, 1))

    users.deactivate(by=SECURITY, on=TODAY, user=post.user, reason="调离")
    users.deactivate(by=SECURITY, on=TODAY, user=post.user, reason="调离")

    with pytest.raises(sessions.SignInRefused):
        verified()
    for each, last in ((post, TODAY), (coming, TOMORROW), (ending, TODAY)):
        each.refresh_from_db()
        assert each.valid_to == last
    assert audited().count("user.deactivate") == 1


def test_a_closed_user_is_let_in_again_without_posts() -> None:
    user = PostFactory(user=make()).user
    users.deactivate(by=SECURITY, on=TODAY, user=user)

    users.activate(by=SECURITY, user=user, reason="返岗")
    users.activate(by=SECURITY, user=user, reason="返岗")

    assert verified() == user
    assert viewer_of(user, on=TODAY).permissions == frozenset()
    assert audited().count("user.activate") == 1


def test_the_language_of_a_user_is_kept() -> None:
    user = make()

    users.set_language(by=user_as_actor(user), user=user, language="en")

    user.refresh_from_db()
    assert user.language == "en"
    with pytest.raises(users.UserRefused, match="xx"):
        users.set_language(by=user_as_actor(user), user=user, language="xx")


def user_as_actor(user: User) -> Actor:
    return Actor(user.username, user.name)


def test_signing_out_is_recorded() -> None:
    user = make()

    sessions.signed_out(user=user, address="10.0.0.1")

    assert audited()[-1] == "session.sign_out"


def give(user: User, role: str = "town", code: str = NORTH, grid: str = "") -> Post:
    return posts.give(
        by=SECURITY, on=TODAY, user=user, role=role, division_code=code, grid_code=grid
    )


def test_a_post_gives_permissions_in_its_place(county: County) -> None:
    user = UserFactory()

    post = give(user)

    viewer = viewer_of(user, on=TODAY)
    assert viewer.may(Permission.EXPORT_LISTS)
    assert viewer.scope.covers(NORTH)
    entry = Entry.objects.get(action="post.give")
    assert entry.ids == [post.pk]
    assert entry.detail == {"user": user.pk, "role": "town", "division": NORTH, "grid": ""}


def test_the_zeros_of_a_place_code_may_be_left_out(county: County) -> None:
    assert give(UserFactory(), code="529901101").division_code == NORTH


def test_a_grid_worker_gets_a_grid(county: County) -> None:
    post = give(UserFactory(), "grid_worker", SOUTH_2, "WG0002")

    assert viewer_of(post.user, on=TODAY).scope.grid_codes == ("WG0002",)


@pytest.mark.parametrize(
    ("role", "code", "grid", "words"),
    [
        ("emperor", NORTH, "", "没有“emperor”这个角色"),
        ("town", NORTH_1, "", "乡镇一级"),
        ("town", COUNTY, "", "乡镇一级"),
        ("village", NORTH, "", "村（社区）一级"),
        ("lead_bureau", NORTH, "", "县一级"),
        ("town", "529901199000", "", "尚未登记"),
        ("town", "abc", "", "不是行政区划代码"),
        ("grid_worker", SOUTH_2, "", "核对网格编码"),
        ("grid_worker", NORTH_1, "WG0002", "核对网格编码"),
        ("town", NORTH, "WG0001", "不需要网格编码"),
    ],
)
def test_a_post_that_makes_no_sense_is_refused_with_the_reason(
    county: County, role: str, code: str, grid: str, words: str
) -> None:
    with pytest.raises(posts.PostRefused, match=words):
        give(UserFactory(), role, code, grid)

    assert not Post.objects.exists()


def test_the_same_post_twice_is_refused(county: County) -> None:
    user = UserFactory()
    give(user)

    with pytest.raises(posts.PostRefused, match="已有同一岗位"):
        give(user)


def test_a_post_ends_after_it_begins_and_is_given_to_active_users(county: County) -> None:
    user = UserFactory()
    with pytest.raises(posts.PostRefused, match="离任日期"):
        posts.give(by=SECURITY, on=TODAY, user=user, role="town", division_code=NORTH, until=TODAY)
    user.is_active = False
    with pytest.raises(posts.PostRefused, match="已停用"):
        give(user)


def test_an_ended_post_gives_nothing_from_that_day(county: County) -> None:
    post = give(UserFactory())

    posts.end(by=SECURITY, on=TOMORROW, post=post, reason="轮岗")

    assert viewer_of(post.user, on=TODAY).may(Permission.EXPORT_LISTS)
    assert not viewer_of(post.user, on=TOMORROW).permissions
    with pytest.raises(posts.PostRefused, match="早于"):
        posts.end(by=SECURITY, on=date(2023, 10, 7), post=post)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("system_administrator", "security_administrator"),
        ("auditor", "system_administrator"),
        ("security_administrator", "lead_bureau"),
        ("lead_bureau", "auditor"),
    ],
)
def test_administrators_hold_one_post_only(county: County, first: str, second: str) -> None:
    user = UserFactory()
    give(user, first, COUNTY)

    with pytest.raises(posts.PostRefused, match="三员须分设"):
        give(user, second, COUNTY)


def test_after_an_administrators_post_ended_another_may_be_given(county: County) -> None:
    user = UserFactory()
    posts.end(by=SECURITY, on=TODAY, post=give(user, "auditor", COUNTY))

    assert give(user, "lead_bureau", COUNTY).pk
