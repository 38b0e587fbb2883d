"""Public-welfare posts on pages: lists, hiring that explains itself, leaving, a month's pay, the ledger."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.county import NORTH_1, County
from tests.factories.employment import (
    EmploymentFactory,
    LabourProfileFactory,
    PostHoldingFactory,
    PostPayFactory,
    PostTermsFactory,
    WelfarePostFactory,
)
from tests.web.conftest import SignedIn
from tests.web.forms import filled, form_of

from anju.audit.models import Entry
from anju.employment.models import Employment, PostHolding, PostPay, WelfarePost
from anju.registry.models import PersonRecord

pytestmark = pytest.mark.django_db


def of(county: County, number: int) -> dict:
    home = county.households[number]
    return {"household": home, "person": home.memberships.first().person}


def rows(response) -> list:
    return list(response.context["page"].rows)


@pytest.fixture
def post(county: County) -> WelfarePost:
    made = WelfarePostFactory(division_code=NORTH_1, name="安置点保洁")
    PostTermsFactory(post=made)
    return made


@pytest.fixture
def held(post: WelfarePost, county: County) -> PostHolding:
    row = PostHoldingFactory(post=post, **of(county, 0), agreed_until=date(2099, 1, 1))
    EmploymentFactory(
        person=row.person, channel="welfare_post", started_on=row.started_on, employer=post.unit
    )
    return row


def test_posts_are_listed_with_places_taken_and_free_in_the_viewers_places(
    signed_in: SignedIn, held: PostHolding
) -> None:
    WelfarePostFactory(division_code=NORTH_1, name="护路")  # nobody knows how many
    bureau = signed_in("bureau")
    (first, second) = rows(bureau.get("/welfare-posts/"))
    assert (first.places, first.taken, first.free) == (2, 1, 1)
    assert (second.places, second.taken, second.free) == (None, 0, None)
    for state, number in (("free", 1), ("over", 0), ("unknown", 1), ("ended", 0), ("open", 2)):
        assert len(rows(bureau.get(f"/welfare-posts/?state={state}"))) == number
    assert rows(signed_in("south_town").get("/welfare-posts/")) == []
    assert signed_in("south_town").get(f"/welfare-posts/{first.pk}/").status_code == 404
    book = bureau.get("/welfare-posts/?export=xlsx")
    assert book.status_code == 200
    book.close()


def test_a_post_is_set_up_given_other_terms_and_ended(signed_in: SignedIn, county: County) -> None:
    town = signed_in("north_town")
    form = {"kind": "road", "name": "通组路管护", "division_code": NORTH_1, "unit": "北枫镇人民政府",
            "places": "2", "monthly_pay": "750.5", "fund": "bridging"}  # fmt: skip
    assert town.post("/welfare-posts/new/", form | {"places": "两"}).status_code == 422
    outside = town.post("/welfare-posts/new/", form | {"division_code": "529901102201"})
    assert outside.status_code == 422
    page = town.post("/welfare-posts/new/", form, follow=True)
    assert "750.50" in page.text
    made = WelfarePost.objects.get()
    address = f"/welfare-posts/{made.pk}/"
    typed = filled(town, f"{address}terms/") | {"places": "3", "since": "2023-06-01"}
    assert town.post(f"{address}terms/", typed).status_code == 302
    assert "没有改动" in town.post(f"{address}edit/", filled(town, f"{address}edit/"),
                                follow=True).text  # fmt: skip
    assert (
        town.post(f"{address}end/", {"ended_on": "2023-01-01", "reason": "少"}).status_code == 422
    )
    done = town.post(
        f"{address}end/", {"ended_on": "2023-10-01", "reason": "路段移交"}, follow=True
    )
    assert "不再需要" in done.text
    assert signed_in("village").get("/welfare-posts/new/").status_code == 200
    assert signed_in("grid").get("/welfare-posts/new/").status_code == 403


def test_hiring_shows_each_rule_and_writes_both_books(
    signed_in: SignedIn, post: WelfarePost, county: County
) -> None:
    whose, town = of(county, 0), signed_in("north_town")
    PersonRecord.objects.filter(person=whose["person"]).update(labour="weak", schooling="none")
    LabourProfileFactory(**whose, told_on=date.today())
    assert whose["person"].name in town.get(f"/welfare-posts/{post.pk}/").text
    address = f"/welfare-posts/{post.pk}/hire/"
    found = town.get(f"{address}?household={whose['household'].code}").text
    assert f"person={whose['person'].code}" in found
    assert "没有这个户编码" in town.get(f"{address}?household=H000000007").text

    address += f"?household={whose['household'].code}&person={whose['person'].code}"
    page = town.get(address)
    told = {each.seen for each in page.context["rules"]}
    assert {"弱劳动力或半劳动力", "现有 0 个", "未问"} <= told
    typed = filled(town, address) | {"started_on": "2023-09-01", "agreed_until": "2099-08-31"}
    refused = town.post(address, typed)
    assert refused.status_code == 422
    assert "请先问清本人" in refused.text
    typed |= {"has_licence": "0", "has_official": "0", "note": "入户核实"}
    done = town.post(address, typed, follow=True)
    assert "已登记聘用" in done.text
    assert Employment.objects.get().monthly_wage == 80_000
    listed = rows(town.get("/post-holders/?state=on"))
    assert [row.to_decide for row in listed] == [""]
    assert Entry.objects.filter(action="post_holding.hire").count() == 1


def test_who_must_be_decided_about_is_listed_explained_and_leaves(
    signed_in: SignedIn, held: PostHolding, county: County
) -> None:
    PostHoldingFactory(post=held.post, **of(county, 1), agreed_until=date(2023, 9, 1))
    town = signed_in("north_town")
    (row,) = rows(town.get("/post-holders/?need=over"))
    assert "协议已到期，没有续签（2023-09-01）" in row.to_decide
    assert row.pk in {each.pk for each in rows(town.get("/post-holders/?need=any"))}
    page = town.get(f"/post-holders/{row.pk}/leave/")
    assert form_of(page.text)["reason"] == "ended"
    done = town.post(f"/post-holders/{row.pk}/leave/", form_of(page.text) | {"ended_on": "2023-09-02"},
                     follow=True)  # fmt: skip
    assert "协议到期" in done.text
    assert str(Employment.objects.get(started_on=row.started_on, person=row.person).ended_on) == (
        "2023-09-02"
    )
    early = {"agreed_until": "2023-01-01"}
    assert town.post(f"/post-holders/{held.pk}/renew/", early).status_code == 422
    assert town.post(
        f"/post-holders/{held.pk}/renew/", {"agreed_until": "2099-06-30"}
    ).status_code == 302  # fmt: skip
    now = PostHolding.objects.get(person=held.person, known_to__isnull=True)
    typed = filled(town, f"/post-holders/{now.pk}/edit/") | {"monthly_pay": "900"}
    assert town.post(f"/post-holders/{now.pk}/edit/", typed).status_code == 302
    now = PostHolding.objects.get(person=held.person, known_to__isnull=True)
    assert (now.monthly_pay, now.agreed_until) == (90_000, date(2099, 6, 30))
    shown = town.get(f"/households/{now.household.code}/work/").text
    assert f"/post-holders/{now.pk}/" in shown
    gone = town.post(f"/post-holders/{now.pk}/withdraw/", {"reason": "登记到别人名下"}, follow=True)
    assert "已撤销" in gone.text


def test_a_months_pay_is_recorded_by_list_filled_in_from_the_month_before(
    signed_in: SignedIn, held: PostHolding, county: County
) -> None:
    other = PostHoldingFactory(post=held.post, **of(county, 1), monthly_pay=70_000)
    town = signed_in("north_town")
    whole = town.get("/post-pay/").context["month"]
    month, before, today = str(whole), whole.shift(-1), whole.last_day
    PostPayFactory(household=other.household, person=other.person, post=other.post,
                   month=str(before), due=70_000, amount=65_000)  # fmt: skip
    page = town.get(f"/post-pay/record/?month={month}")
    texts = {line.row.pk: line.texts["amount"] for line in page.context["lines"]}
    assert texts == {held.pk: "800", other.pk: "650"}
    typed = {f"due-{other.pk}": "700", f"amount-{other.pk}": "6x", f"row-{other.pk}": "1"}
    wrong = town.post(f"/post-pay/record/?month={month}", typed | {"paid_on": str(today)})
    assert wrong.status_code == 422
    assert "请填数字" in wrong.text
    assert town.post(f"/post-pay/record/?month={month}", {}).status_code == 422
    typed[f"amount-{other.pk}"] = "650"
    done = town.post(f"/post-pay/record/?month={month}", typed | {"paid_on": str(today)})
    assert done.status_code == 302
    states = {row.pk: str(row.pay_state) for row in rows(town.get(f"/post-pay/?month={month}"))}
    assert states == {held.pk: "还没有登记", other.pk: "少发"}
    assert [row.pk for row in rows(town.get("/post-pay/?state=wrong"))] == [other.pk]
    pay = PostPay.objects.get(month=month)
    typed = filled(town, f"/post-pay/{pay.pk}/") | {"amount": "700"}
    assert town.post(f"/post-pay/{pay.pk}/", typed).status_code == 302
    pay = PostPay.objects.get(month=month, known_to__isnull=True)
    assert pay.amount == 70_000
    assert signed_in("south_town").get(f"/post-pay/{pay.pk}/").status_code == 404
    town.post(f"/post-pay/{pay.pk}/withdraw/", {"reason": "重复登记"})
    assert not PostPay.objects.filter(month=month, known_to__isnull=True).exists()


def test_rows_of_the_ledger_are_linked_on_their_page(
    signed_in: SignedIn, held: PostHolding, county: County
) -> None:
    whose = of(county, 1)
    lone = EmploymentFactory(person=whose["person"], channel="welfare_post", monthly_wage=60_000)
    twin = EmploymentFactory(
        person=held.person, channel="welfare_post", started_on=date(2023, 3, 8)
    )
    town = signed_in("north_town")
    said = {row.pk: row.said for row in rows(town.get("/post-ledger/"))}
    assert said[lone.pk] == "没有聘用登记"
    assert said[twin.pk] == "聘用日期不同"
    assert len(rows(town.get("/post-ledger/?link=yes&state=on"))) == 1
    typed = filled(town, f"/post-ledger/{lone.pk}/link/") | {"post": str(held.post_id)}
    assert town.post(f"/post-ledger/{lone.pk}/link/", typed).status_code == 302
    assert PostHolding.objects.get(person=whose["person"]).monthly_pay == 60_000
    assert "合为一条" in town.get(f"/post-ledger/{twin.pk}/").text
    town.post(f"/post-ledger/{twin.pk}/join/", {"holding": str(held.pk)})
    assert {row.said for row in rows(town.get("/post-ledger/"))} == {"一致"}
    assert signed_in("south_town").get(f"/post-ledger/{twin.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/post-holders/", "/post-ledger/"])
def test_a_longer_list_costs_no_more_queries(
    signed_in: SignedIn, held: PostHolding, county: County, address: str
) -> None:
    bureau = signed_in("bureau")
    bureau.get(address)
    with CaptureQueriesContext(connection) as one:
        assert len(rows(bureau.get(address))) == 1
    for number in (1, 2, 3):
        row = PostHoldingFactory(**of(county, number), post__division_code=NORTH_1)
        EmploymentFactory(
            person=row.person, channel="welfare_post", started_on=row.started_on, employer="x"
        )
    with CaptureQueriesContext(connection) as several:
        assert len(rows(bureau.get(address))) == 4
    assert len(several) == len(one)
