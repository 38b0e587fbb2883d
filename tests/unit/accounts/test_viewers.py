"""Viewers: what posts on a day give."""

from datetime import date

import pytest
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH_2, TODAY, Cast, County

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.queries import user_by_name, users_for, viewer_of
from anju.accounts.roles import ROLES
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.registry.models import Household

pytestmark = pytest.mark.django_db


def seen_by(viewer: Viewer) -> int:
    return Household.objects.filter(viewer.scope.q()).count()


def test_everyone_of_the_cast_sees_their_part_of_the_county(cast: Cast) -> None:
    seen = {who: seen_by(cast.viewer(who)) for who in vars(cast)}

    assert seen == {"bureau": 8, "north_town": 4, "south_town": 4, "village": 2, "grid": 2}


def test_a_viewer_costs_one_query(
    cast: Cast, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        viewer_of(cast.bureau, on=TODAY)


def test_a_user_without_a_post_sees_and_may_nothing(county: County) -> None:
    viewer = viewer_of(UserFactory(), on=TODAY)

    assert seen_by(viewer) == 0
    assert viewer.scope.is_empty
    assert not any(viewer.may(permission) for permission in Permission)


def test_a_deactivated_user_sees_and_may_nothing(cast: Cast) -> None:
    user = User(pk=cast.bureau.pk, username="bureau", is_active=False)

    assert viewer_of(user, on=TODAY).permissions == frozenset()


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2023, 2, 28), False),
        (date(2023, 3, 1), True),
        (date(2023, 5, 31), True),
        (date(2023, 6, 1), False),
    ],
)
def test_a_post_counts_from_its_first_day_until_the_day_it_ends(on: date, holds: bool) -> None:
    post = PostFactory(valid_from=date(2023, 3, 1), valid_to=date(2023, 6, 1))

    assert viewer_of(post.user, on=on).may(Permission.VIEW_HOUSEHOLDS) is holds


def test_a_post_ended_on_its_first_day_gives_nothing() -> None:
    post = PostFactory(valid_from=date(2023, 3, 1), valid_to=date(2023, 3, 1))

    assert viewer_of(post.user, on=date(2023, 3, 1)).permissions == frozenset()


def test_two_posts_give_each_its_permissions_in_its_place(county: County) -> None:
    user = UserFactory()
    PostFactory(user=user, role="town", division_code=NORTH)
    PostFactory(user=user, role="village", division_code=SOUTH_2)

    viewer = viewer_of(user, on=TODAY)

    assert viewer.scope == Scope.of([NORTH, SOUTH_2])
    assert viewer.scope_for(Permission.EXPORT_LISTS) == Scope.of([NORTH])
    assert viewer.scope_for(Permission.RUN_MONITORING).is_empty


def test_a_post_that_shows_no_households_adds_no_place(county: County) -> None:
    post = PostFactory(role="auditor", division_code=COUNTY)

    viewer = viewer_of(post.user, on=TODAY)

    assert viewer.may(Permission.VIEW_AUDIT)
    assert viewer.scope.is_empty


def test_a_role_no_longer_known_gives_nothing() -> None:
    post = PostFactory(role="emperor")

    assert viewer_of(post.user, on=TODAY).permissions == frozenset()


def test_a_grid_worker_without_a_grid_sees_nothing(county: County) -> None:
    post = PostFactory(role="grid_worker", division_code=NORTH_1, grid_code="")

    assert seen_by(viewer_of(post.user, on=TODAY)) == 0


def test_a_viewer_made_by_hand_may_what_it_says_where_it_says() -> None:
    viewer = Viewer(1, "a", "甲", Scope.of([NORTH]), frozenset({Permission.VIEW_JOBS}), TODAY)

    assert viewer.scope_for(Permission.VIEW_JOBS) == Scope.of([NORTH])
    assert viewer.scope_for(Permission.VIEW_AUDIT).is_empty
    assert viewer.actor("10.0.0.1").username == "a"


def test_only_who_manages_users_sees_them(cast: Cast) -> None:
    post = PostFactory(role="security_administrator")

    assert users_for(viewer_of(post.user, on=TODAY)).count() == 6
    assert not users_for(cast.viewer("bureau")).exists()


def test_a_user_is_found_by_sign_in_name(cast: Cast) -> None:
    assert user_by_name("grid") == cast.grid
    assert user_by_name("nobody") is None


def test_administrators_see_no_households() -> None:
    for role in ROLES.values():
        sees = Permission.VIEW_HOUSEHOLDS in role.permissions
        assert sees is not role.is_administrator, role.id


def test_each_permission_is_given_by_some_role_and_has_a_name() -> None:
    given = frozenset().union(*(role.permissions for role in ROLES.values()))

    assert given == frozenset(Permission)
    assert all(permission.label for permission in Permission)
    assert len({role.name for role in ROLES.values()}) == len(ROLES)


def test_the_three_administrators_have_powers_of_their_own() -> None:
    roles = ("system_administrator", "security_administrator", "auditor")
    powers = [permission for role in roles for permission in ROLES[role].permissions]

    assert all(ROLES[role].permissions for role in roles)
    assert len(powers) == len(set(powers))
