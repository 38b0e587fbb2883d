"""Handing a post over: one step, all or nothing."""

from datetime import date

import pytest
from django.db import connection
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import COUNTY, NORTH, SOUTH, TODAY, County
from tests.factories.exports import ExportRequestFactory
from tests.factories.intake import BatchFactory
from tests.unit.accounts.test_row_security import as_web_role

from anju.accounts import row_security, work
from anju.accounts.actions import handovers, posts
from anju.accounts.models import Post, User
from anju.accounts.queries import viewer_of
from anju.accounts.work import WorkKind
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.exports.handing_over import APPROVALS
from anju.exports.queries import to_decide
from anju.intake.actions.handing_over import BATCHES
from anju.intake.models import Batch
from anju.intake.queries import batches_for

pytestmark = pytest.mark.django_db
SECURITY = Actor("security", "安全管理员", "10.0.0.9")
UNTIL = date(2024, 7, 1)


@pytest.fixture
def post(county: County) -> Post:
    giver = UserFactory(username="giver")
    return PostFactory(user=giver, role="lead_bureau", division_code=COUNTY, valid_to=UNTIL)


@pytest.fixture
def taker() -> User:
    return UserFactory(username="taker")


def hand_over(post: Post, taker: User, **changed: object) -> handovers.HandedOver:
    given = {
        "by": SECURITY, "on": TODAY, "post": post, "successor": taker, "reason": "轮岗",
        "works": work.kinds(), **changed,
    }  # fmt: skip
    return handovers.hand_over(**given)


def test_the_post_ends_for_one_and_begins_for_the_other(post: Post, taker: User) -> None:
    done = hand_over(post, taker)

    post.refresh_from_db()
    assert post.valid_to == TODAY
    assert (done.post.user, done.post.role, done.post.division_code) == (
        taker,
        "lead_bureau",
        COUNTY,
    )
    assert (done.post.valid_from, done.post.valid_to) == (TODAY, UNTIL)
    assert not viewer_of(post.user, on=TODAY).permissions
    assert viewer_of(taker, on=TODAY).scope.covers(COUNTY)


def test_files_that_wait_move_along_and_finished_ones_do_not(post: Post, taker: User) -> None:
    checked = BatchFactory(created_by="giver", state="checked")
    to_mend = BatchFactory(created_by="giver", state="done", counts={"rejected": 3})
    finished = BatchFactory(created_by="giver", state="done", counts={"created": 3})
    somebody_elses = BatchFactory(created_by="other", state="checked")

    done = hand_over(post, taker)

    assert done.moved["intake.batches"] == 2
    holders = dict(Batch.objects.values_list("pk", "held_by"))
    assert holders == {
        checked.pk: "taker",
        to_mend.pk: "taker",
        finished.pk: "giver",
        somebody_elses.pk: "other",
    }
    assert set(Batch.objects.values_list("created_by", flat=True)) == {"giver", "other"}


def test_exports_that_wait_for_the_post_are_the_successors_to_decide(
    post: Post, taker: User
) -> None:
    asked = ExportRequestFactory()
    ExportRequestFactory(ranges=[["529902000000", "529903000000"]])
    ExportRequestFactory(asker=post.user)
    ExportRequestFactory(asker=taker)
    ExportRequestFactory(state="refused")

    counted = dict(handovers.open_work(by=SECURITY, post=post, works=work.kinds()))
    done = hand_over(post, taker)

    assert counted[APPROVALS.name] == 2  # the giver's own is another's to decide
    assert done.moved["exports.approvals"] == 2  # so is the taker's; the giver's is the taker's now
    assert asked in to_decide(viewer_of(taker, on=TODAY))
    assert len(to_decide(viewer_of(taker, on=TODAY))) == 2
    assert not to_decide(viewer_of(post.user, on=TODAY))


def test_a_post_that_approves_nothing_has_no_exports_to_decide(taker: User, county: County) -> None:
    giver = UserFactory(username="giver")
    post = PostFactory(user=giver, role="department", division_code=COUNTY)
    ExportRequestFactory()

    assert hand_over(post, taker).moved["exports.approvals"] == 0


def test_only_work_in_the_place_of_the_post_moves(county: County, taker: User) -> None:
    giver = UserFactory(username="giver")
    post = PostFactory(user=giver, role="town", division_code=NORTH)
    here = BatchFactory(created_by="giver", state="checked", division_code=NORTH)
    there = BatchFactory(created_by="giver", state="checked", division_code=SOUTH)

    hand_over(post, taker)

    assert dict(Batch.objects.values_list("pk", "held_by")) == {
        here.pk: "taker",
        there.pk: "giver",
    }
    assert set(batches_for(viewer_of(taker, on=TODAY))) == {here}


def test_one_entry_says_what_was_handed_over(post: Post, taker: User) -> None:
    BatchFactory(created_by="giver", state="checked")

    done = hand_over(post, taker)

    entry = Entry.objects.get(action="post.hand_over")
    assert entry.ids == [post.pk, done.post.pk]
    assert (entry.actor, entry.reason) == ("security", "轮岗")
    assert entry.detail == {
        "from": post.user_id,
        "to": taker.pk,
        "moved": {**dict.fromkeys(done.moved, 0), "intake.batches": 1},
    }


def test_who_holds_the_post_already_takes_over_the_work(post: Post, taker: User) -> None:
    held = PostFactory(user=taker, role="lead_bureau", division_code=COUNTY)
    BatchFactory(created_by="giver", state="checked")

    done = hand_over(post, taker)

    assert done.post == held
    assert done.moved["intake.batches"] == 1
    assert taker.posts.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": " "}, "理由"),
        ({"on": date(2022, 12, 31)}, "早于任职日期"),
        ({"on": UNTIL}, "已经到期"),
    ],
)
def test_a_handover_that_makes_no_sense_is_refused(
    post: Post, taker: User, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(handovers.HandoverRefused, match=words):
        hand_over(post, taker, **changed)

    post.refresh_from_db()
    assert post.valid_to == UNTIL


def test_one_does_not_hand_over_to_oneself(post: Post) -> None:
    with pytest.raises(handovers.HandoverRefused, match="本人"):
        hand_over(post, post.user)


def test_an_administrator_cannot_take_a_working_post_and_nothing_is_left_half_done(
    post: Post, taker: User
) -> None:
    PostFactory(user=taker, role="auditor", division_code=COUNTY)

    with pytest.raises(posts.PostRefused, match="三员须分设"):
        hand_over(post, taker)

    post.refresh_from_db()
    assert post.valid_to == UNTIL
    assert not Entry.objects.exists()


def test_when_work_cannot_be_moved_the_post_stays(post: Post, taker: User) -> None:
    def stumble(**_given: object) -> int:
        raise RuntimeError("no")

    broken = WorkKind("broken", "坏的", count=lambda **_given: 0, hand_over=stumble)

    with pytest.raises(RuntimeError):
        hand_over(post, taker, works=[broken])

    post.refresh_from_db()
    assert post.valid_to == UNTIL
    assert not taker.posts.exists()


def test_nobody_gives_themselves_a_post(county: County) -> None:
    user = UserFactory(username="security")

    with pytest.raises(posts.PostRefused, match="不能给自己"):
        posts.give(by=SECURITY, on=TODAY, user=user, role="auditor", division_code=COUNTY)


if connection.vendor == "postgresql":  # row-level security is PostgreSQL's

    def test_behind_the_fence_of_rows_the_work_is_counted_and_moves(
        post: Post, taker: User
    ) -> None:
        BatchFactory(created_by="giver", state="checked")
        administrator = PostFactory(role="security_administrator").user

        with as_web_role():
            row_security.enter(viewer_of(administrator, on=TODAY))
            counted = handovers.open_work(by=SECURITY, post=post, works=work.kinds())
            done = hand_over(post, taker)

        assert dict(counted)[BATCHES.name] == 1
        assert done.moved["intake.batches"] == 1
        assert Batch.objects.get().held_by == "taker"
