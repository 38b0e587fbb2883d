"""Trainings and wishes on pages: lists by place, who still waits for training, forms."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.county import County
from tests.factories.employment import EmploymentFactory, LabourProfileFactory, TrainingFactory
from tests.factories.registry import HouseholdRecordFactory
from tests.web.conftest import SignedIn
from tests.web.forms import filled

from anju.audit.models import Entry
from anju.employment.models import LabourProfile, Training

pytestmark = pytest.mark.django_db
HOME = "/households/H000000001/"


def of(county: County, number: int) -> dict:
    home = county.households[number]
    return {"household": home, "person": home.memberships.first().person}


def names(response) -> list[str]:
    return [row.household.code for row in response.context["page"].rows]


@pytest.fixture
def asked(county: County) -> None:
    """In 2023: one trained, one not, one who was asked again and wants no more, one in the south."""
    TrainingFactory(**of(county, 0), certificate=None)
    for number in (0, 1, 2, 5):
        LabourProfileFactory(**of(county, number))
    LabourProfileFactory(**of(county, 2), told_on=date(2023, 8, 1), wants_training="no")


@pytest.mark.usefixtures("asked")
def test_who_wants_training_and_had_none_in_the_year_is_listed(signed_in: SignedIn) -> None:
    bureau, town = signed_in("bureau"), signed_in("north_town")

    assert names(bureau.get("/training-owed/?year=2023")) == ["H000000002", "H000000006"]
    assert names(town.get("/training-owed/?year=2023")) == ["H000000002"]
    assert names(town.get("/training-owed/")) == ["H000000002"]  # the last round was in 2023
    assert names(town.get("/training-owed/?year=2024")) == []  # what was said a year ago
    assert Entry.objects.filter(action="register.read", detail__register="training-owed").exists()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/trainings/", 1),
        ("/trainings/?year=2022", 0),
        ("/trainings/?category=skills&counted=1&relocated=1", 1),
        ("/trainings/?certificate=unknown", 1),
        ("/trainings/?certificate=any", 0),
        ("/labour/", 4),
        ("/labour/?wants_training=no", 1),
        ("/labour/?residence=here&wants_work=yes&town=529901102000", 1),
    ],
)
def test_lists_are_narrowed_by_what_stands_in_the_address(
    signed_in: SignedIn, address: str, number: int
) -> None:
    assert len(names(signed_in("bureau").get(address))) == number


@pytest.mark.usefixtures("asked")
def test_a_longer_list_costs_no_more_queries(signed_in: SignedIn, county: County) -> None:
    client = signed_in("bureau")
    counts: list[int] = []
    for more in ((3, 4, 6), ()):
        for address in ("/trainings/", "/labour/", "/training-owed/?year=2023"):
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
        for number in more:
            LabourProfileFactory(**of(county, number))
            TrainingFactory(**of(county, number), started_on=date(2022, 5, 1))

    assert counts[:3] == counts[3:]


def test_a_training_is_entered_corrected_and_taken_back(
    signed_in: SignedIn, county: County
) -> None:
    client, address = signed_in("north_town"), f"{HOME}edit/training/"
    who = of(county, 0)["person"]
    typed = {"person": who.code, "category": "skills", "trade": "电工", "started_on": "2023-05-08"}

    wrong = client.post(address, filled(client, address, **typed, ended_on="2023-05-01"))
    assert wrong.status_code == 422
    assert "结业日期 2023-05-01 早于开班日期 2023-05-08" in wrong.text
    assert client.post(address, filled(client, address, **typed)).status_code == 302
    twice = client.post(address, filled(client, address, **typed))
    assert "同一工种已经登记过了" in twice.text

    row = Training.objects.get()
    one = f"{address}{row.pk}/"
    refused = client.post(one, filled(client, one, level="5"))
    assert "只有职业资格证书和职业技能等级证书有等级" in refused.text
    client.post(one, filled(client, one, certificate="skill_level", level="5", subsidy="1200"))
    row.refresh_from_db()
    assert (row.certificate, row.level, row.subsidy) == ("skill_level", "5", 120_000)
    page = client.get(f"{HOME}work/").text
    assert "五级（初级工）" in page

    client.post(f"{one}withdraw/", {"reason": "登记到别户了"})
    assert not Training.objects.filter(known_to__isnull=True).exists()
    assert "电工" in client.get(f"{HOME}timeline/").text
    told = Entry.objects.filter(action__startswith="training.").order_by("sequence")
    assert list(told.values_list("action", flat=True)) == [
        "training.record", "training.correct", "training.withdraw",
    ]  # fmt: skip


def test_an_answer_is_entered_once_a_day_and_says_something(
    signed_in: SignedIn, county: County
) -> None:
    client, address = signed_in("north_town"), f"{HOME}edit/labour/"
    typed = {"person": of(county, 0)["person"].code, "told_on": "2023-09-01"}

    nothing = client.post(address, filled(client, address, **typed))
    assert "至少填写一项" in nothing.text
    typed |= {"wants_training": "yes", "openings": "3"}
    assert client.post(address, filled(client, address, **typed)).status_code == 302
    again = client.post(address, filled(client, address, **typed))
    assert "当日的意愿已经登记过了" in again.text
    row = LabourProfile.objects.get()
    one = f"{address}{row.pk}/"
    client.post(one, filled(client, one, wished_wage="4,500"))
    assert LabourProfile.objects.get(known_to__isnull=True).wished_wage == 450_000
    assert signed_in("south_town").get(one).status_code == 404


def test_who_works_is_listed_and_behind_a_comparison_who_did_and_does_not(
    county: County, signed_in: SignedIn
) -> None:
    people = [of(county, number)["person"] for number in (0, 1, 5)]
    EmploymentFactory(person=people[0], started_on=date(2022, 1, 1), channel="local")
    EmploymentFactory(person=people[1], started_on=date(2022, 1, 1), ended_on=date(2023, 1, 1))
    EmploymentFactory(person=people[2], started_on=date(2023, 1, 1))
    for number in (0, 1, 5):
        HouseholdRecordFactory(household=county.households[number])
    bureau, town = signed_in("bureau"), signed_in("north_town")

    assert names(bureau.get("/at-work/")) == ["H000000001", "H000000006"]
    assert names(bureau.get("/at-work/?channel=local")) == ["H000000001"]
    assert names(town.get("/at-work/")) == ["H000000001"]
    asked = "migrant_work_against_2022:rest:2023-09-30"
    gone = bureau.get(f"/at-work/?behind={asked}")
    assert names(gone) == ["H000000002"]
    shown = gone.content.decode()
    assert "不在业" in shown
    assert "2022年同月末务工、现在没有的人" in shown
    assert Entry.objects.filter(action="register.read", detail__register="labour-work").exists()
