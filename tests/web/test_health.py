"""Health and disability are shown to roles that need them, and to nobody through a side door."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.factories.county import County
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.factories.registry import EventFactory, StatusFactory

from anju.monitoring.models import Run
from anju.registry.models import Membership, Person, PersonRecord

SignedIn = Callable[[str], Client]
TABS = ("people", "guarantees", "timeline", "findings", "work")
SECRETS = ("尘肺病三期", "糖尿病史", "大病甲", "新增重度残疾", "确诊大病人次", "长期慢性")
REPORT = {
    "pack": {"name": "甲", "documents": {}},
    "rules": {
        "disability_severe_new": {
            "name": "新增重度残疾", "level": "orange", "risk": "disability", "unit": "人",
            "observe": "disability_new_3m", "when": "", "threshold": "", "clears": "", "basis": [],
        },
        "uninsured": {
            "name": "有成员未参保", "level": "orange", "risk": "insurance", "unit": "人",
            "observe": "uninsured", "when": "", "threshold": "", "clears": "", "basis": [],
        },
    },
    "facts": {"serious_illness_3m": {"zh": "确诊大病人次", "unit": "人"}},
    "parameters": {},
}  # fmt: skip


@pytest.fixture
def patient(county: County) -> Person:
    """A member of the first household about whom much of health is known."""
    household = county.households[0]
    person = Membership.objects.filter(household=household).first().person
    PersonRecord.objects.filter(person=person).update(health="长期慢性")
    since = date(2023, 1, 1)
    for kind, what in (("chronic", "尘肺病三期"), ("chronic", "糖尿病史"), ("disabled", "4")):
        StatusFactory(
            household=household, person=person, kind=kind, reference=what, valid_from=since
        )
    EventFactory(household=household, person=person, kind="serious_illness", reference="大病甲")
    return person


@pytest.fixture
def run(county: County, patient: Person) -> Run:
    """A finding about health and one that is not, of the first household."""
    run = RunFactory(report=REPORT)
    first = county.households[0]
    FindingFactory(run=run, household=first, rule="uninsured", risk="insurance")
    FindingFactory(run=run, household=first, rule="disability_severe_new", risk="disability")
    return run


def _pages(client: Client) -> str:
    answers = [client.get(f"/households/H000000001/{tab}/") for tab in TABS]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.text for answer in answers)


def test_who_may_see_health_sees_all_of_it(signed_in: SignedIn, run: Run) -> None:
    text = _pages(signed_in("village"))

    assert all(secret in text for secret in SECRETS if secret != "确诊大病人次")


def test_who_may_not_sees_none_of_it_on_any_tab(signed_in: SignedIn, run: Run) -> None:
    text = _pages(signed_in("grid"))

    assert not [secret for secret in SECRETS if secret in text]
    assert "健康类预警（按岗位不显示细节）" in text
    assert "健康和残疾方面的记录按岗位不显示。" in text
    assert "有成员未参保" in text


def test_the_list_of_findings_tells_who_may_not_see_health_only_that_there_is_one(
    signed_in: SignedIn, run: Run
) -> None:
    page = signed_in("grid").get("/monitoring/findings/")

    assert "健康类预警" in page.text
    assert "新增重度残疾" not in page.text
    assert "有成员未参保" in page.text
    assert "新增重度残疾" in signed_in("village").get("/monitoring/findings/").text


def test_nobody_can_find_the_disabled_by_filtering(signed_in: SignedIn, run: Run) -> None:
    query = "/monitoring/findings/?rule=disability_severe_new"

    refused = signed_in("grid").get(query)
    allowed = signed_in("village").get(query)

    assert [row.rule for row in allowed.context["page"].rows] == ["disability_severe_new"]
    rows = refused.context["page"].rows
    assert "disability_severe_new" not in [row.rule for row in rows] or len(rows) == 2


def test_children_and_minors_are_marked(signed_in: SignedIn, patient: Person) -> None:
    client = signed_in("bureau")
    year = date.today().year

    def marks(born: date) -> tuple[int, int]:
        Person.objects.filter(pk=patient.pk).update(born_on=born)
        text = client.get("/households/H000000001/people/").text
        return text.count("未满14周岁"), text.count("未成年人")

    children, minors = marks(date(1980, 1, 1))
    assert marks(date(year - 13, 12, 31)) == (children + 1, minors)
    assert marks(date(year - 17, 12, 31)) == (children, minors + 1)
