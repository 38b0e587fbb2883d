"""Public-welfare posts: setting up, hiring by rule, leaving, pay; the labour ledger says the same."""

from datetime import date

import pytest
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, TODAY, County
from tests.factories.employment import (
    EmploymentFactory,
    LabourProfileFactory,
    PostHoldingFactory,
    PostTermsFactory,
    WelfarePostFactory,
)
from tests.factories.registry import HoldingFactory

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Grant, Viewer
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.employment.actions import following, holdings, post_pays, posts
from anju.employment.actions.posts import PostRefused
from anju.employment.models import (
    Channel,
    Employment,
    EndReason,
    PostHolding,
    PostPay,
    PostTerms,
    WelfarePost,
)
from anju.employment.queries import posts as queries
from anju.employment.queries.post_candidates import Turn, candidates
from anju.employment.queries.post_facts import holds_post, leaving_reasons
from anju.registry.models import Membership, Person, PersonRecord
from anju.rules.months import Month

pytestmark = pytest.mark.django_db
HOW = {"by": Actor("clerk"), "source": "测试"}
SEPTEMBER, MAY = date(2023, 9, 1), date(2023, 5, 1)
SAID = {
    "started_on": SEPTEMBER, "agreed_until": date(2024, 8, 31), "monthly_pay": 80_000,
    "insurance": "accident", "is_part_time": False, "has_licence": False, "has_official": False,
    "note": "入户核实，有劳动能力",
}  # fmt: skip


def viewer(*places: str) -> Viewer:
    given = Grant(frozenset({Permission.VIEW_HOUSEHOLDS}), Scope.of(places or ["529901"]))
    return Viewer.with_grants(user_id=0, username="x", name="", on=TODAY, grants=(given,))


def of(county: County, number: int) -> dict:
    home = county.households[number]
    return {"household": home, "person": home.memberships.first().person}


def able(person: Person, **changes: object) -> Person:
    """Somebody the register knows enough of."""
    PersonRecord.objects.filter(person=person).update(
        **{"labour": "weak", "schooling": "none", **changes}
    )
    return person


@pytest.fixture
def post() -> WelfarePost:
    made = WelfarePostFactory(division_code=NORTH_1)
    PostTermsFactory(post=made, places=1)
    return made


def hired(post: WelfarePost, county: County, number: int = 0, **changes: object) -> PostHolding:
    whose = of(county, number)
    able(whose["person"])
    return holdings.hire(**HOW, on=TODAY, post=post, **whose, values=SAID | changes)


def test_hiring_writes_the_labour_ledger_and_leaving_ends_both(
    post: WelfarePost, county: County
) -> None:
    held = hired(post, county)
    work = Employment.objects.get(channel=Channel.WELFARE_POST)
    assert (work.started_on, work.employer, work.monthly_wage) == (SEPTEMBER, post.unit, 80_000)

    later = date(2023, 10, 20)
    moved = holdings.correct(
        **HOW, on=later, holding=held, changes={"started_on": date(2023, 9, 4), "monthly_pay": 1}
    )
    holdings.leave(
        **HOW, on=later, holding=moved, ended_on=date(2023, 10, 16), reason=EndReason.OTHER_WORK
    )

    known = PostHolding.objects.filter(known_to__isnull=True).get()
    assert (known.started_on, known.ended_on) == (date(2023, 9, 4), date(2023, 10, 16))
    work = Employment.objects.filter(known_to__isnull=True).get()
    assert (work.started_on, work.ended_on, work.monthly_wage) == (
        known.started_on, known.ended_on, 1
    )  # fmt: skip
    assert PostHolding.objects.get(known_to=later).started_on == SEPTEMBER
    told = Entry.objects.filter(action__startswith="post_holding.").order_by("sequence")
    assert [each.action for each in told] == [
        "post_holding.hire", "post_holding.correct", "post_holding.let_go",
    ]  # fmt: skip
    assert told[0].detail["rules"]["below_age"] == "met"
    assert "note" in told[0].detail["changes"]
    assert told[0].detail["changes"]["note"][1] == "*"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"has_licence": True}, "营业执照（有）"),
        ({"has_licence": None}, "请先问清本人.*营业执照（未问）"),
        ({"has_official": None}, "村干部（未问）"),
        ({"started_on": date(2023, 11, 1)}, "还没有到"),
        ({"started_on": date(2021, 11, 1)}, "早于设岗日期"),
        ({"agreed_until": date(2023, 8, 31)}, "早于聘用日期"),
    ],
)
def test_who_may_not_be_hired_is_refused_with_what_was_seen(
    post: WelfarePost, county: County, changes: dict, said: str
) -> None:
    with pytest.raises(PostRefused, match=said):
        hired(post, county, **changes)
    assert not PostHolding.objects.exists()
    assert not Employment.objects.exists()


def test_what_the_registers_know_decides_with_what_the_person_says(
    post: WelfarePost, county: County
) -> None:
    whose = of(county, 0)
    HoldingFactory(**whose, kind="company", reference="9152")
    able(whose["person"], labour="none")
    EmploymentFactory(person=whose["person"], channel=Channel.LOCAL)
    with pytest.raises(PostRefused) as refused:
        holdings.hire(**HOW, on=TODAY, post=post, **whose, values=SAID)
    assert "无劳动力" in refused.value.zh
    assert "县内务工" in refused.value.zh
    assert "营业执照（有）" in refused.value.zh

    unknown = of(county, 1)
    able(unknown["person"], labour=None)
    with pytest.raises(PostRefused, match="有劳动能力（未掌握）"):
        holdings.hire(**HOW, on=TODAY, post=post, **unknown, values=SAID | {"note": ""})
    holdings.hire(**HOW, on=TODAY, post=post, **unknown, values=SAID)


def test_a_full_post_and_a_second_one_of_the_household_are_refused(
    post: WelfarePost, county: County
) -> None:
    hired(post, county)
    with pytest.raises(PostRefused, match="核定 1 人，已有 1 人在岗"):
        hired(post, county, 1)
    other = WelfarePostFactory(division_code=NORTH_1, name="护路")
    PostTermsFactory(post=other)
    with pytest.raises(PostRefused, match="同户在岗数未满（现有 1 个）"):
        hired(other, county, 0, started_on=date(2023, 9, 20))
    with pytest.raises(PostRefused, match="还有 1 人在岗"):
        posts.end(by=HOW["by"], on=TODAY, post=post, ended_on=TODAY, reason="不再需要")


def test_terms_part_on_a_day_and_are_put_right_without_one(post: WelfarePost) -> None:
    told = {"places": 3, "monthly_pay": 90_000, "fund": "budget", "paper": "人社发1号"}
    assert posts.change_terms(**HOW, on=TODAY, post=post, since=MAY, values=told)
    assert not posts.change_terms(**HOW, on=TODAY, post=post, since=MAY, values=told)
    assert posts.change_terms(**HOW, on=TODAY, post=post, since=None, values=told | {"places": 4})
    rows = PostTerms.objects.filter(known_to__isnull=True).order_by("valid_from")
    assert [(row.places, row.valid_from, row.valid_to) for row in rows] == [
        (1, date(2022, 1, 1), MAY), (4, MAY, None),
    ]  # fmt: skip
    with pytest.raises(PostRefused, match="同名的岗位"):
        posts.add(
            **HOW, on=TODAY, terms=told,
            values={name: getattr(post, name) for name in posts.FIELDS},
        )  # fmt: skip


def test_lists_ask_the_registers_the_same_as_the_rules_do(county: County) -> None:
    changes = [
        {"agreed_until": date(2023, 10, 1)}, {"agreed_until": date(2023, 10, 20)},
        {"agreed_until": None}, {}, {}, {"is_part_time": True}, {}, {},
    ]  # fmt: skip
    rows = [PostHoldingFactory(**of(county, n), **more) for n, more in enumerate(changes)]
    people = [row.person for row in rows]
    for person in people:
        able(person)
    Membership.objects.filter(person=people[2]).update(left_on=SEPTEMBER, left_reason="death")
    Person.objects.filter(pk=people[3].pk).update(born_on=date(1953, 10, 8))
    EmploymentFactory(person=people[4], channel=Channel.MIGRANT)
    EmploymentFactory(person=people[5], channel=Channel.MIGRANT)
    able(people[6], labour="lost")
    able(people[7], schooling="tertiary")
    HoldingFactory(household=rows[7].household, person=people[7], kind="company", reference="1")

    standing = PostHolding.objects.filter(holds_post(TODAY)).select_related("person")
    reasons = leaving_reasons(list(standing), TODAY)
    by_rules = {(why.why, pk) for pk, found in reasons.items() for why in found}
    asked = queries.to_leave(TODAY)
    by_lists = {(why, pk) for why, condition in asked.items()
                for pk in standing.filter(condition).values_list("pk", flat=True)}  # fmt: skip

    assert {("gone" if why == "died" else why, pk) for why, pk in by_rules} == by_lists
    assert len(by_lists) == 8


def test_a_free_place_is_offered_to_zero_employment_households_first(
    post: WelfarePost, county: County
) -> None:
    from tests.factories.registry import MembershipFactory, PersonFactory, PersonRecordFactory

    homes = county.households_in(NORTH_1)
    for home in homes:
        person = able(home.memberships.first().person)
        LabourProfileFactory(household=home, person=person)
    other = PersonFactory()
    PersonRecordFactory(person=other)
    MembershipFactory(household=homes[0], person=other, relation="spouse")
    EmploymentFactory(person=other, channel=Channel.LOCAL)
    away = county.households_in(SOUTH_1)[0]
    LabourProfileFactory(household=away, person=able(away.memberships.first().person))

    found = candidates(viewer(), post, TODAY)

    assert {each.household.village_code for each in found} == {NORTH_1}
    assert [each.turn for each in found] == sorted(each.turn for each in found)
    assert found[-1].household == homes[0]
    assert found[-1].turn is Turn.OTHER
    assert found[0].turn is not Turn.OTHER
    assert candidates(viewer(SOUTH_1), post, TODAY) == []


def test_a_month_is_paid_by_list_once_and_put_right_later(
    post: WelfarePost, county: County
) -> None:
    held, month = hired(post, county), Month(2023, 9)
    line = post_pays.Line(held, 80_000, 80_000, date(2023, 10, 7))
    with pytest.raises(PostRefused, match="不在岗"):
        post_pays.record_month(**HOW, on=TODAY, month=Month(2023, 8), lines=[line])
    with pytest.raises(PostRefused, match="要么都填"):
        post_pays.record_month(
            **HOW, on=TODAY, month=month, lines=[post_pays.Line(held, 80_000, 80_000)]
        )
    assert post_pays.record_month(**HOW, on=TODAY, month=month, lines=[line]) == 1
    with pytest.raises(PostRefused, match="已经登记过"):
        post_pays.record_month(**HOW, on=TODAY, month=month, lines=[line])

    def states() -> list[str]:
        rows = queries.month_pay(viewer(), month)
        asked = queries.pay_states(month)
        found = [each for each, where in asked.items() if rows.filter(where).exists()]
        assert found == [queries.pay_state(row, month) for row in rows]
        return found

    assert states() == ["paid"]
    pay = PostPay.objects.get()
    later = date(2023, 10, 20)
    pay = post_pays.correct(
        **HOW, on=later, pay=pay, changes={"amount": 70_000, "paid_on": date(2023, 10, 9)}
    )
    assert states() == ["short"]
    pay = post_pays.correct(**HOW, on=later, pay=pay, changes={"paid_on": date(2023, 10, 12)})
    assert states() == ["late"]
    pay = post_pays.correct(**HOW, on=later, pay=pay, changes={"paid_on": None, "amount": None})
    assert states() == ["unpaid"]
    post_pays.withdraw(by=HOW["by"], on=later, pay=pay, reason="登记到别人名下")
    assert states() == ["untold"]


def test_rows_of_the_labour_ledger_are_linked_and_say_one_thing(
    post: WelfarePost, county: County
) -> None:
    whose = of(county, 0)
    work = EmploymentFactory(
        person=whose["person"], channel=Channel.WELFARE_POST, started_on=MAY, employer="村委会"
    )
    assert [row.is_linked for row in queries.ledger_for(viewer())] == [False]
    values = {"agreed_until": None, "monthly_pay": 80_000, "insurance": None, "is_part_time": None}
    held = holdings.take_up(
        **HOW, on=TODAY, employment=work, post=post, household=whose["household"], values=values
    )
    (row,) = queries.ledger_for(viewer())
    assert row.is_linked
    assert row.employer == post.unit
    assert row.monthly_wage == 80_000

    Employment.objects.filter(pk=row.pk).update(ended_on=SEPTEMBER)
    assert queries.ledger_for(viewer()).filter(queries.differing()).count() == 1
    holdings.join(**HOW, on=TODAY, employment=queries.ledger_for(viewer()).get(), holding=held)
    assert queries.ledger_for(viewer()).get().ended_on is None

    stray = EmploymentFactory(
        person=whose["person"], channel=Channel.WELFARE_POST, started_on=date(2023, 5, 9)
    )
    holdings.join(**HOW, on=TODAY, employment=stray, holding=held)
    assert queries.ledger_for(viewer()).get().started_on == MAY
    holdings.withdraw(by=HOW["by"], on=TODAY, holding=held, reason="登记到别人名下")
    assert not queries.ledger_for(viewer()).exists()


def test_posts_follow_a_merger_of_villages_unless_one_of_that_name_is_there(
    county: County,
) -> None:
    moving, staying = (WelfarePostFactory(division_code=NORTH_2, name=each) for each in "甲乙")
    WelfarePostFactory(division_code=NORTH_1, name="乙")
    at_site = WelfarePostFactory(division_code=NORTH_1, name="丙", site=county.site)

    assert following._posts({NORTH_2: NORTH_1}) == 1

    codes = [WelfarePost.objects.get(pk=row.pk).division_code for row in (moving, staying, at_site)]
    assert codes == [NORTH_1, NORTH_2, NORTH_1]
