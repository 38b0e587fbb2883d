"""Workshops and vacancies on pages: lists, who may be put to an opening and why, offers and answers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.county import NORTH, NORTH_1, SOUTH_1, County
from tests.factories.employment import (
    EmploymentFactory,
    LabourProfileFactory,
    OfferFactory,
    VacancyFactory,
    WorkshopCountFactory,
    WorkshopFactory,
)
from tests.web.conftest import SignedIn
from tests.web.forms import filled

from anju.audit.models import Entry
from anju.employment.models import Employment, Offer, Vacancy, Workshop, WorkshopCount

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def of(county: County, number: int) -> dict:
    home = county.households[number]
    return {"household": home, "person": home.memberships.first().person}


def asks(county: County, number: int, **more: object) -> dict:
    """A head who wants sewing work for 3 000 yuan."""
    who = of(county, number)
    said = {"wished_trade": "缝纫", "wished_wage": 300_000, "told_on": TODAY} | more
    LabourProfileFactory(**who, **said)
    return who


def vacancy(**more: object) -> Vacancy:
    return VacancyFactory(**{"opened_on": TODAY, **more})


def rows(response) -> list:
    return list(response.context["page"].rows)


def test_workshops_are_listed_with_what_they_told_last_and_seen_in_their_place(
    signed_in: SignedIn,
) -> None:
    shop = WorkshopFactory(division_code=NORTH_1, name="北枫服饰")
    WorkshopCountFactory(workshop=shop, told_on=date(2023, 3, 31), workers=7)
    WorkshopCountFactory(workshop=shop, workers=18)
    WorkshopFactory(division_code=SOUTH_1, closed_on=date(2023, 1, 1), rating="four_good")

    bureau, town = signed_in("bureau"), signed_in("north_town")

    assert [row.count.workers for row in rows(bureau.get("/workshops/?state=open"))] == [18]
    assert len(rows(bureau.get("/workshops/?rating=four_good"))) == 1
    assert [row.name for row in rows(town.get("/workshops/"))] == ["北枫服饰"]
    assert signed_in("south_town").get(f"/workshops/{shop.pk}/").status_code == 404


def test_who_works_in_a_workshop_comes_from_the_ledger(signed_in: SignedIn, county: County) -> None:
    shop = WorkshopFactory(division_code=NORTH_1)
    head, other, south = (of(county, number)["person"] for number in (0, 1, 5))
    EmploymentFactory(person=head, channel="workshop", employer=shop.name)
    EmploymentFactory(person=other, channel="migrant", employer=shop.operator)
    EmploymentFactory(person=south, channel="workshop", employer=shop.operator)

    text = signed_in("north_town").get(f"/workshops/{shop.pk}/").text

    assert head.name in text
    assert other.name not in text
    assert "H000000006" not in text
    assert "H000000006" in signed_in("bureau").get(f"/workshops/{shop.pk}/").text
    assert Entry.objects.filter(action="workshop.read").count() == 2


def test_a_workshop_and_its_numbers_are_entered_put_right_and_taken_back(
    signed_in: SignedIn, county: County
) -> None:
    client, new = signed_in("north_town"), "/workshops/new/"
    typed = {
        "name": "枫叶鞋厂",
        "kind": "factory",
        "site": county.site.code,
        "opened_on": "2023-01-05",
    }

    wrong = client.post(new, filled(client, new, **typed, closed_on="2022-01-01"))
    done = client.post(new, filled(client, new, **typed))
    shop = Workshop.objects.get()
    count = f"/workshops/{shop.pk}/count/"
    above = client.post(
        count, filled(client, count, told_on="2023-06-30", workers="3", relocated="4")
    )
    client.post(count, filled(client, count, told_on="2023-06-30", workers="30", posts="40"))
    row = WorkshopCount.objects.get()
    edit = f"{count}{row.pk}/"
    client.post(edit, filled(client, edit, workers="31"))
    now = WorkshopCount.objects.get(known_to__isnull=True)
    client.post(f"{count}{now.pk}/withdraw/", {"reason": "登到别的车间"})

    assert "停办日期早于开办日期" in wrong.text
    assert (done.status_code, shop.division_code) == (302, county.site.village_code)
    assert "多于吸纳就业人数" in above.text
    assert (now.workers, now.posts) == (31, 40)
    assert not WorkshopCount.objects.filter(known_to__isnull=True).exists()
    assert {
        "workshop.add",
        "workshop.count",
        "workshop.correct_count",
        "workshop.withdraw_count",
    } <= set(Entry.objects.values_list("action", flat=True))
    assert signed_in("bureau").get(edit).status_code == 404


def test_people_of_ones_place_are_recommended_and_told_why(
    signed_in: SignedIn, county: County
) -> None:
    fits = asks(county, 0)
    dear = asks(county, 1, wished_trade="焊工", wished_wage=900_000)
    works = asks(county, 2)
    EmploymentFactory(person=works["person"])
    asks(county, 5)
    row = vacancy(trade="服装车工")

    town = signed_in("north_town").get(f"/vacancies/{row.pk}/")
    bureau = signed_in("bureau").get(f"/vacancies/{row.pk}/")

    found = [each.profile.person_id for each in town.context["suggestions"]]
    assert found == [fits["person"].pk, dear["person"].pk]
    for words in (
        "工种合意愿",
        "工资够期望",
        "工种与意愿不同",
        "工资低于期望",
        "全家没有人就业",
        "还差 3 个",
    ):
        assert words in town.text
    homes = {each.profile.household.code for each in bureau.context["suggestions"]}
    assert homes == {"H000000001", "H000000006"}
    assert Entry.objects.filter(action="vacancy.read", kind="household").count() == 2


def test_an_opening_is_offered_once_answered_and_becomes_work(
    signed_in: SignedIn, county: County
) -> None:
    who, client = asks(county, 0), signed_in("village")
    row = vacancy(wanted=1, workshop=WorkshopFactory(division_code=NORTH_1, name="枫叶鞋厂"))
    person = who["person"]

    client.post(f"/vacancies/{row.pk}/offer/", {"person": person.pk, "back": "household"})
    again = client.post(f"/vacancies/{row.pk}/offer/", {"person": person.pk}, follow=True)
    offer = Offer.objects.get()
    tab = client.get("/households/H000000001/work/").text
    form = f"/offers/{offer.pk}/"
    bare = client.post(form, filled(client, form, result="declined", answered_on=str(TODAY)))
    early = client.post(form, filled(client, form, result="taken", answered_on=str(TODAY)))
    typed = {"result": "taken", "answered_on": str(TODAY), "started_on": str(TODAY)}
    done = client.post(form, filled(client, form, **typed, monthly_wage="3200"))

    assert "已经向此人推荐过" in again.text
    assert "等待答复" in tab
    assert "还差 2 个" in tab
    assert "请选择不愿去的原因" in bare.text
    assert "请填到岗日期" in early.text
    assert done.status_code == 302
    job = Employment.objects.get(person=person)
    assert (job.channel, job.employer, job.monthly_wage) == ("workshop", row.employer, 320_000)
    assert job.started_on == TODAY
    assert not rows(client.get("/vacancies/?state=open"))
    assert "已录用" in client.get(f"/vacancies/{row.pk}/").text


def test_nobody_offers_to_people_elsewhere_or_without_the_permission(
    signed_in: SignedIn, county: County
) -> None:
    who, row = asks(county, 5), vacancy()
    sent = {"person": who["person"].pk}
    offer = OfferFactory(**who)

    assert signed_in("north_town").post(f"/vacancies/{row.pk}/offer/", sent).status_code == 404
    assert signed_in("north_town").get(f"/offers/{offer.pk}/").status_code == 404
    assert signed_in("grid").post(f"/vacancies/{row.pk}/offer/", sent).status_code == 403
    assert signed_in("south_town").post(f"/vacancies/{row.pk}/offer/", sent).status_code == 302
    taken_back = f"/offers/{Offer.objects.get(vacancy=row).pk}/withdraw/"
    signed_in("south_town").post(taken_back, {"reason": "点错了人"})
    assert not Offer.objects.filter(vacancy=row, known_to__isnull=True).exists()


def test_the_household_shows_what_suits_its_members(signed_in: SignedIn, county: County) -> None:
    asks(county, 0)
    near = vacancy(trade="缝纫工", division_code=NORTH_1)
    vacancy(trade="缝纫工", division_code="440000000000", wage_to=700_000)
    vacancy(trade="焊工", division_code="440000000000", wage_from=None, wage_to=100_000)
    vacancy(trade="缝纫工", wanted=2, filled=2)

    (seeker,) = signed_in("village").get("/households/H000000001/work/").context["seekers"]

    assert [line.vacancy.trade for line in seeker.lines] == ["缝纫工", "缝纫工"]
    assert seeker.lines[0].vacancy == near
    assert seeker.owed == 3


def test_a_vacancy_is_entered_by_hand_its_number_sealed(
    signed_in: SignedIn, county: County
) -> None:
    client, new = signed_in("north_town"), "/vacancies/new/"
    typed = {
        "employer": "枫溪制衣厂", "trade": "缝纫工", "division_code": NORTH, "wanted": "3",
        "wage_from": "3000", "wage_to": "4000", "phone": "0854-7654321", "opened_on": str(TODAY),
    }  # fmt: skip

    young = client.post(new, filled(client, new, **typed, age_from="15"))
    away = client.post(new, filled(client, new, **typed | {"division_code": "440000000000"}))
    done = client.post(new, filled(client, new, **typed))
    twice = client.post(new, filled(client, new, **typed))
    row = Vacancy.objects.get()
    edit = f"/vacancies/{row.pk}/edit/"
    changed = client.post(edit, filled(client, edit, filled="1"))

    assert "未满 16 周岁" in young.text
    assert (away.status_code, done.status_code, twice.status_code) == (422, 302, 422)
    assert b"7654321" not in bytes(row.phone_sealed)
    assert "08547654321" in client.get(f"/vacancies/{row.pk}/").text
    assert changed.status_code == 302
    assert Vacancy.objects.get().filled == 1
    assert signed_in("south_town").get(edit).status_code == 403
    assert "7654321" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_seekers_are_listed_and_stand_on_the_desk_of_a_village(
    signed_in: SignedIn, county: County
) -> None:
    asks(county, 0, openings=2)
    asks(county, 1, wants_work="no")
    works = asks(county, 2)
    EmploymentFactory(person=works["person"])
    vacancy()

    village = signed_in("village")
    (row,) = rows(village.get("/seekers/?home=1"))

    assert (row.household.code, row.had, row.owed) == ("H000000001", 2, 1)
    assert "1 户全家没有人就业" in village.get("/").text
    assert "户全家没有人就业" not in signed_in("bureau").get("/").text
    Vacancy.objects.update(closes_on=date(2023, 6, 30), opened_on=date(2023, 6, 1))
    assert "户全家没有人就业" not in village.get("/").text


def test_longer_lists_cost_no_more_queries(signed_in: SignedIn, county: County) -> None:
    client, row = signed_in("bureau"), vacancy()
    addresses = ("/workshops/", "/vacancies/", "/seekers/", f"/vacancies/{row.pk}/")
    counts: list[int] = []
    asks(county, 0)
    WorkshopCountFactory()
    for address in addresses:
        client.get(address)
    for more in ((1, 2, 3, 4), ()):
        for address in addresses:
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
        for number in more:
            asks(county, number)
            vacancy(trade="焊工")
            WorkshopCountFactory()

    assert counts[:4] == counts[4:]
