"""What changed since the list before, and contradictions on the desk of the office that decides."""

from datetime import date

import fastexcel
import pytest
from django.test import Client
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import County
from tests.factories.intake import DifferenceFactory
from tests.unit.intake.lists import bring_in, households, member, workbook
from tests.web.conftest import SignedIn

from anju.accounts.models import Unit
from anju.audit.models import Entry
from anju.intake.models import Difference

pytestmark = pytest.mark.django_db

INSURED = ("姓名", "证件号码", "参保日期", "停保日期")


@pytest.fixture
def schools(county: County) -> Client:
    """Somebody of the education bureau, whose unit answers for no lists yet."""
    return _client("department", "schools")


def _client(role: str, username: str) -> Client:
    user = UserFactory(username=username, unit=UnitFactory(name="县教育局"))
    PostFactory(user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


def _answers_for_schools() -> None:
    Unit.objects.filter(name="县教育局").update(office="教育")


def _insured(*people: dict) -> bytes:
    rows = [{**person, "参保日期": "20230101"} for person in people]
    return workbook(INSURED, rows, sheet="参保")


def test_the_page_of_a_list_counts_what_changed_and_leads_to_it(
    signed_in: SignedIn, county: County
) -> None:
    people = [member(number) for number in range(1, 4)]
    bring_in(households(*people))
    bring_in(_insured(*people[:2]), name="医保7月.xlsx")
    batch = bring_in(_insured(*people[1:]), name="医保8月.xlsx", on=date(2023, 8, 31))
    client = signed_in("bureau")

    page = client.get(f"/imports/{batch.pk}/").text
    gone = client.get(f"/imports/{batch.pk}/changes/?kind=gone").text

    assert f"/imports/{batch.pk}/changes/?kind=gone" in page
    assert "参保日期：2023-01-01" in gone
    assert "有人未参加基本医保" in gone or "医保" in gone
    assert "共 1 行" in gone


def test_changes_can_be_narrowed_to_a_rule_and_taken_out(
    signed_in: SignedIn, county: County
) -> None:
    people = [member(number) for number in range(1, 4)]
    bring_in(households(*people))
    bring_in(_insured(*people[:2]), name="医保7月.xlsx")
    batch = bring_in(_insured(*people[1:]), name="医保8月.xlsx", on=date(2023, 8, 31))
    client = signed_in("bureau")

    assert "共 2 行" in client.get(f"/imports/{batch.pk}/changes/?rule=uninsured").text
    assert "共 0 行" in client.get(f"/imports/{batch.pk}/changes/?rule=loan_overdue").text
    answer = client.get(f"/imports/{batch.pk}/changes/?export=xlsx")
    rows = fastexcel.read_excel(b"".join(answer.streaming_content)).load_sheet(0, header_row=None)
    assert rows.to_polars().height == 4
    assert Entry.objects.filter(action="register.export", kind="difference").exists()


def test_a_contradiction_reaches_the_desk_of_the_office_that_decides_and_no_other(
    schools: Client,
) -> None:
    DifferenceFactory(batch__finished_at="2023-08-01T01:00:00Z")
    assert "部门不一致" not in schools.get("/").text

    _answers_for_schools()

    assert "有 1 条部门不一致要本单位认定" in schools.get("/").text
    assert "在校生状况：底册为不在校，名单为小学" in schools.get("/imports/contradictions/").text


def test_a_department_sees_only_what_it_decides(schools: Client) -> None:
    other = DifferenceFactory(decides="公安")
    _answers_for_schools()

    assert "共 0 条" in schools.get("/imports/contradictions/").text
    assert schools.get(f"/imports/contradictions/{other.pk}/").status_code == 404


def test_what_somebody_settled_is_recorded_and_cannot_be_settled_again(schools: Client) -> None:
    difference = DifferenceFactory()
    _answers_for_schools()
    address = f"/imports/contradictions/{difference.pk}/"

    assert schools.post(address, {}).status_code == 422
    assert (
        schools.post(address, {"settlement": "stands", "note": "学籍系统为准"}).status_code == 302
    )

    difference.refresh_from_db()
    assert (difference.settlement, difference.settled_by) == ("stands", "schools")
    assert Entry.objects.get(action="intake.settle").reason == "学籍系统为准"
    again = schools.post(address, {"settlement": "corrected"})
    assert (again.status_code, "已经认定过" in again.text) == (422, True)


def test_what_was_settled_is_not_asked_again_next_month(
    signed_in: SignedIn, county: County
) -> None:
    people = [member(1), member(2)]
    bring_in(households(*people))
    misnamed = [member(1, 姓名="王秀英"), member(2)]
    bring_in(_insured(*misnamed), name="医保7月.xlsx")
    Difference.objects.update(settlement="stands", settled_at="2023-08-01T01:00:00Z")

    later = bring_in(_insured(*misnamed, member(1)), name="医保8月.xlsx", on=date(2023, 8, 31))

    assert not Difference.objects.filter(batch=later, kind="contradicting").exists()


def test_a_village_sees_contradictions_of_its_own_people_alone(
    signed_in: SignedIn, county: County
) -> None:
    DifferenceFactory(village_code="529901102201")

    assert "共 0 条" in signed_in("village").get("/imports/contradictions/").text


def test_a_unit_is_told_whose_lists_it_answers_for(county: County) -> None:
    unit = UnitFactory(name="县医保局", division_code="529901000000")
    client = _client("security_administrator", "security")
    given = {"name": "县医保局", "kind": "bureau", "place": "529901000000"}

    assert client.post(f"/people/units/{unit.pk}/", {**given, "office": "医保"}).status_code == 302
    refused = client.post(f"/people/units/{unit.pk}/", {**given, "office": "医保处"})

    unit.refresh_from_db()
    assert (unit.office, refused.status_code) == ("医保", 422)
