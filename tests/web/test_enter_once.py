"""How much of each form the county knows already."""

import re

import pytest
from django.test import Client
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.casework import CaseFactory
from tests.factories.county import NORTH_1, Cast, County
from tests.factories.duties import ProgressFactory, TaskDueFactory, TaskUnitFactory
from tests.factories.registry import ClinicReportFactory
from tests.factories.reporting import ReportFactory
from tests.factories.supervision import SampleItemFactory
from tests.unit.intake.lists import bring_in, households, member, workbook
from tests.web.conftest import SignedIn

from anju.intake.outgoing.coverage import counted
from anju.registry.models import Household

pytestmark = pytest.mark.django_db


def _row(page: str, name: str) -> list[str]:
    """The figures of the row of a form."""
    row = next(each for each in page.split("<tr>") if name in each)
    return re.findall(r">([0-9.]+)</td>", row)


def test_each_form_says_how_many_of_its_fields_are_known(
    signed_in: SignedIn, county: County
) -> None:
    bring_in(households(member(1), member(2, 民族=None)), name="户名单.xlsx")
    measure = ("户编号", "户主姓名", "措施类别", "措施内容", "开始日期")
    row = {"户编号": member(1)["户编号"], "措施类别": "产业帮扶", "开始日期": "20230506"}
    bring_in(workbook(measure, [row], sheet="措施"), name="措施.xlsx")

    page = signed_in("bureau").get("/enter-once/").text

    fields, forms, known = _row(page, "帮扶措施台账")
    # 户编号, 户主姓名 (of the register), 措施类别, 开始日期; not who it is for, what, until when.
    assert (fields, forms, known) == ("8", "1", "4.0")
    assert float(_row(page, "成员")[2]) > 5


def test_a_check_at_home_counts_what_comes_with_a_source(
    signed_in: SignedIn, county: County
) -> None:
    CaseFactory(household=county.households[0], village_code=NORTH_1)

    fields, forms, known = _row(signed_in("bureau").get("/enter-once/").text, "登记入户核查")

    assert forms == "1"
    assert 0 < float(known) < int(fields)


def test_no_number_is_opened_to_count(county: County, signed_in: SignedIn) -> None:
    bring_in(households(member(1)), name="户名单.xlsx")

    page = signed_in("bureau").get("/enter-once/").text

    assert member(1)["证件号码"] not in page
    assert "***" not in page


def test_lists_about_health_are_not_counted_for_who_may_not_see_it(county: County) -> None:
    user = UserFactory(username="schools")
    PostFactory(user=user, role="department")
    client = Client()
    client.force_login(user)

    page = client.get("/enter-once/").text

    assert ("慢性病名单" in page, "低保特困名单" in page) == (False, True)


def test_only_households_of_the_viewers_places_are_counted(cast: Cast) -> None:
    viewer = cast.viewer("village")
    theirs = Household.objects.filter(village_code=NORTH_1).count()

    assert 0 < theirs < Household.objects.count()
    assert counted(viewer).households == theirs


def test_forms_of_cases_tasks_and_open_pages_are_counted_too(
    signed_in: SignedIn, county: County
) -> None:
    CaseFactory(household=county.households[0], village_code=NORTH_1)

    page = signed_in("bureau").get("/enter-once/").text

    assert _row(page, "登记回访")[:2] == ["3", "1"]
    assert _row(page, "登记消除核查")[1] == "1"
    assert _row(page, "自主申报（公开页）") == ["5", "1", "1.0"]


def test_a_report_on_a_task_counts_what_was_reported_last(
    signed_in: SignedIn, county: County
) -> None:
    unit = UnitFactory(name="县人社局")
    reporter = UserFactory(username="reporter", unit=unit)
    PostFactory(user=reporter, role="lead_bureau")
    due = TaskDueFactory(task__goal=100, task__goal_unit="人", task__operator=">=")
    TaskUnitFactory(task=due.task, unit=unit)
    ProgressFactory(due=TaskDueFactory(task=due.task, due_on="2023-06-30"), unit=unit)
    client = Client()
    client.force_login(reporter)

    fields, forms, known = _row(client.get("/enter-once/").text, "填报任务进展（县人社局）")

    # The value said last, and the share that follows from it; not the words.
    assert (fields, forms, known) == ("3", "1", "2.0")


def test_clinics_problems_and_reports_count_what_stands_in_them(
    signed_in: SignedIn, county: County, cast: Cast
) -> None:
    ClinicReportFactory(village_code=NORTH_1, has_staff=False, arrangement="乡镇卫生院每周巡诊")
    SampleItemFactory(household=county.households[0], checked_on="2023-09-12", words="屋顶漏水")
    unit = UnitFactory(name="县住建局")
    cast.bureau.unit = unit
    cast.bureau.save()
    ReportFactory(unit=unit)

    page = signed_in("bureau").get("/enter-once/").text

    fields, villages, known = _row(page, "登记村卫生室核实情况")
    assert (fields, float(known) * int(villages)) == ("5", pytest.approx(3, abs=0.5))
    # Source, day, place, plan, household, words, and whether it is about health; no task was looked at.
    assert _row(page, "登记问题") == ["14", "1", "7.0"]
    fields, reports, known = _row(page, "编写调度报告")
    # Title and addressee; in this county there is nothing to tell yet.
    assert (reports, known, int(fields) >= 3) == ("1", "2.0", True)
