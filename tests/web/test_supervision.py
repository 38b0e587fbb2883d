"""The pages of supervision, problems, points, acceptance and villages, as people use them."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.accounts import UnitFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH, Cast, County
from tests.factories.duties import IndicatorFactory, PlanFactory, PlanVersionFactory, TaskFactory
from tests.factories.supervision import (
    FoundProblemFactory,
    NoticeUnitFactory,
    ProblemRoundFactory,
    ProblemUnitFactory,
    SampleItemFactory,
    SupervisionFactory,
    SupervisionNoticeFactory,
)
from tests.web.conftest import SignedIn
from tests.web.forms import filled, form_of

from anju.accounts.models import Unit
from anju.audit.models import Entry
from anju.duties.models import Plan
from anju.supervision.models import Acceptance, FoundProblem, Supervision, SupervisionNotice

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def town(cast: Cast, tmp_path: Path, settings: Any) -> Unit:
    """The unit of the north town, which puts things right; the bureau has one too."""
    settings.FILES_DIR = tmp_path
    cast.bureau.unit = UnitFactory(name="枫溪县乡村振兴局", division_code=COUNTY)
    cast.bureau.save()
    cast.north_town.unit = UnitFactory(name="北枫镇人民政府", kind="town", division_code=NORTH)
    cast.north_town.save()
    return cast.north_town.unit


@pytest.fixture
def plan() -> Plan:
    return PlanVersionFactory(plan=PlanFactory(pack="yinchuan-2021")).plan


def a_problem(unit: Unit, today: date, **given: Any) -> FoundProblem:
    due_on = given.pop("due_on", today + timedelta(days=3))
    problem = FoundProblemFactory(found_on=today, due_on=due_on, **given)
    ProblemUnitFactory(problem=problem, unit=unit)
    ProblemRoundFactory(problem=problem, opened_on=today, due_on=due_on)
    return problem


def test_an_inspection_is_opened_drawn_filled_in_at_the_door_and_concluded(
    county: County, town: Unit, signed_in: SignedIn, today: date
) -> None:
    client = signed_in("bureau")
    form = filled(client, "/supervisions/new/", title="三季度督查", division_code=COUNTY)
    form |= {"ends_on": today.isoformat()}
    page = client.post("/supervisions/new/", form).url
    row = Supervision.objects.get()
    assert page == f"/supervisions/{row.number}/"
    client.post(f"{page}draw/", filled(client, f"{page}draw/", size="3"))
    assert row.items.count() == 3
    assert "这个样本是怎样抽的" in client.get(page).text
    assert "重抽，结果一样" in client.get(f"{page}?verify=1").text

    item = f"{page}items/1/"
    assert "保存，下一个" in client.get(item).text
    refused = client.post(item, {"checked_on": today.isoformat(), "q_work": "met"})
    assert refused.status_code == 422
    assert 'value="met" checked' in refused.text
    answers = {f"q_{each['id']}": "met" for each in row.questions} | {"q_work": "unmet"}
    following = client.post(item, {"checked_on": today.isoformat(), "words": "无人就业", **answers})
    assert following.url == f"{page}items/2/"
    assert "不符合：有劳动能力" in client.get(page).text
    there = client.post(item, {"checked_on": today.isoformat(), "then": "problem", **answers}).url
    form = filled(client, there, title="无人就业", words="两名劳动力均未就业。",
                  due_on=today.isoformat()) | {"units": [str(town.pk)]}  # fmt: skip
    assert form["household"] == row.items.get(position=1).household.code
    problem = client.post(there, form).url
    assert FoundProblem.objects.get().item.position == 1
    assert "两名劳动力" in client.get(problem).text

    client.post(f"{page}conclude/", {"conclusion": "总体较好，两户未查。"})
    row.refresh_from_db()
    assert row.state == "concluded"
    assert "组织回头看" in client.get(page).text
    assert Entry.objects.filter(action="supervision.read", kind="household").exists()
    look_back_at_it(client, row, today)


def look_back_at_it(client: Client, row: Supervision, today: date) -> None:
    """The form knows what the inspection was; the page lists its problems, the sample what was not met."""
    address = f"/supervisions/new/?looks_back_at={row.number}"
    form = filled(client, address, ends_on=today.isoformat())
    assert (form["title"], form["checklist"]) == ("三季度督查回头看", "home")
    again = client.post(address, form).url
    assert "上次发现的问题" in client.get(again).text
    assert form_of(client.get(f"{again}draw/").text)["among"] == "unmet"
    problem = FoundProblem.objects.get()
    FoundProblem.objects.update(state="closed", closed_on=today)
    sent = {"is_solved": "1", "words": "仍在岗。", "supervision": again.split("/")[-2]}
    told = client.post(f"/problems/{problem.number}/look-back/", sent)
    assert told.url == f"{again}#before"
    assert "已巩固" in client.get(again).text


def test_a_town_puts_it_right_with_proof_and_the_bureau_closes_it(
    town: Unit, signed_in: SignedIn, today: date
) -> None:
    problem = a_problem(town, today)
    page = f"/problems/{problem.number}/"
    north, bureau = signed_in("north_town"), signed_in("bureau")
    assert "待整改：培训台账不全" in north.get("/").text

    bad = SimpleUploadedFile("签到册.exe", b"MZ")
    refused = north.post(f"{page}rectify/", {"words": "已经补齐。", "files": [bad]})
    assert refused.status_code == 422
    assert "已经补齐。" in refused.text
    good = SimpleUploadedFile("签到册.txt", "甲".encode())
    assert (
        north.post(f"{page}rectify/", {"words": "已经补齐。", "files": [good]}).status_code == 302
    )
    assert "待复核整改" in bureau.get("/").text
    told = problem.rectifications.get()
    file = bureau.get(f"{page}proofs/{told.proofs.get().pk}/")
    assert (file.content, file["X-Content-Type-Options"]) == ("甲".encode(), "nosniff")
    assert file["Content-Disposition"].startswith("attachment")
    answer = bureau.post(f"{page}check/{told.pk}/", {"decision": "accept"}, follow=True)
    assert "问题已销号" in answer.text

    again = {"is_solved": "0", "words": "又缺一期。"}
    assert bureau.post(f"{page}look-back/", again).status_code == 422
    again["due_on"] = (today + timedelta(days=5)).isoformat()
    assert bureau.post(f"{page}look-back/", again).status_code == 302
    assert "问题反弹" in north.get(page).text
    assert north.post(f"{page}check/{told.pk}/", {"decision": "accept"}).status_code == 403


def test_lists_of_problems_and_rectifications_filter_and_are_workbooks(
    county: County, town: Unit, signed_in: SignedIn, today: date
) -> None:
    late = a_problem(town, today, due_on=today - timedelta(days=1), seriousness="grave")
    a_problem(town, today, title="入户少")
    closed = a_problem(town, today, state="closed", closed_on=today)
    a_problem(UnitFactory(division_code=SOUTH), today, title="南枫的")

    def listed(who: str, address: str) -> list[str]:
        return [row.number for row in signed_in(who).get(address).context["page"].rows]

    assert len(listed("bureau", "/problems/")) == 3
    assert len(listed("north_town", "/problems/")) == 2
    assert listed("bureau", "/problems/?due=late") == [late.number]
    assert listed("bureau", "/problems/?standing=closed") == [closed.number]
    assert listed("bureau", "/problems/?seriousness=grave&q=台账") == [late.number]
    assert len(listed("north_town", "/problems/?standing=mine")) == 2
    assert len(listed("bureau", "/problems/rectifications/")) == 3
    book = openpyxl.load_workbook(
        BytesIO(signed_in("bureau").get("/problems/?export=xlsx").getvalue())
    )
    assert "逾期" in {cell.value for row in book.worksheets[0].rows for cell in row}


def test_what_is_about_health_shows_its_words_to_nobody_who_may_not_read_them(
    county: County, town: Unit, cast: Cast, signed_in: SignedIn, today: date
) -> None:
    problem = a_problem(town, today, household=county.households[0], about_health=True,
                        title="大病未救助", words="户主住院。", division_code=NORTH_1)  # fmt: skip
    cast.south_town.posts.update(role="department", division_code=COUNTY)
    blind, seeing = signed_in("south_town"), signed_in("north_town")

    for address in ("/problems/?sort=latest&col=words", f"/problems/{problem.number}/"):
        text = blind.get(address).text
        assert problem.number in text
        assert "大病" not in text
        assert "住院" not in text
    assert not blind.get("/problems/?q=大病").context["page"].rows
    assert "户主住院" in seeing.get(f"/problems/{problem.number}/").text


def test_lists_ask_a_fixed_number_of_questions(
    county: County, town: Unit, signed_in: SignedIn, today: date,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    supervision = SupervisionFactory(drawn_on=today, sample_of="households", strata="town")
    for household in county.households:
        item = SampleItemFactory(supervision=supervision, household=household)
        a_problem(town, today, household=household, item=item, supervision=supervision)
    client = signed_in("bureau")
    for address in ("/problems/", "/problems/rectifications/", "/supervisions/"):
        client.get(address)
        with django_assert_max_num_queries(24):
            client.get(address)
    with django_assert_max_num_queries(34):
        client.get(f"/supervisions/{supervision.number}/")


def test_a_notice_that_is_out_is_withdrawn_by_another_and_lists_say_so(
    town: Unit, signed_in: SignedIn, today: date
) -> None:
    client = signed_in("bureau")
    old = SupervisionNoticeFactory(issued_by="bureau", on_paper=True, issued_on=today)
    NoticeUnitFactory(notice=old, unit=town)
    page = f"/supervision-notices/{old.number}/"
    asked = {"how": "withdrawal", "reason": ""}
    wrong = client.post(f"{page}replace/", asked)
    assert wrong.status_code == 422
    assert "请写明更正或撤回的原因" in wrong.text
    draft = client.post(f"{page}replace/", {**asked, "reason": "对象有误"}).url
    assert "正在办理更正或撤回" in client.get(page).text
    assert "现予撤回" in client.get(draft).text
    said = {"kind": "order", "replacing_reason": "对象有误", "units": [str(town.pk)]}
    form = filled(client, f"{draft}edit/", on_paper="1") | said
    assert client.post(f"{draft}edit/", form).status_code == 302  # needs no words of its own
    assert "这份文件已撤回" in client.get(page).text
    replaced = client.get("/supervision-notices/?standing=replaced").context["page"].rows
    assert [(row.number, row.standing) for row in replaced] == [(old.number, "已撤回")]
    assert client.post(f"{draft}discard/", {"version": "1"}).status_code == 422
    assert "（已作废）.docx" in unquote(client.get(f"{page}docx/")["Content-Disposition"])


def test_a_notice_is_put_on_record_and_counts(town: Unit, signed_in: SignedIn, today: date) -> None:
    problem, client = a_problem(town, today), signed_in("bureau")
    address = f"/supervision-notices/new/?problem={problem.number}"
    assert form_of(client.get(address).text)["title"] == problem.title
    form = filled(client, address, kind="summons", title="约谈通知", words="请说明情况。")
    assert client.post(address, form | {"units": []}).status_code == 422
    client.post(address, form | {"units": [str(town.pk)]})

    row = SupervisionNotice.objects.get()
    assert row.problem == problem
    page = client.get(f"/supervision-notices/{row.number}/").text
    assert "关于约谈通知" in page
    assert "套头编号请由另一位" in page
    word = client.get(f"/supervision-notices/{row.number}/docx/")
    assert "（草稿）.docx" in unquote(word["Content-Disposition"])
    assert client.post(f"/supervision-notices/{row.number}/sign/").status_code in (403, 422)
    visit = SupervisionFactory(division_code=COUNTY)
    about = f"/supervision-notices/new/?supervision={visit.number}"
    sent = filled(client, about, kind="order", title="督办", words="请办。") | {
        "units": [str(town.pk)]
    }
    client.post(about, sent)
    assert (
        SupervisionNotice.objects.get(supervision=visit).number
        in client.get(f"/supervisions/{visit.number}/").text
    )
    assert "约谈通知" in client.get("/supervision-notices/").text
    edit = f"/supervision-notices/{row.number}/edit/"
    form = filled(client, edit, words="请书面说明。") | {"units": [str(town.pk)]}
    assert client.post(edit, form | {"numbered": "9999"}).status_code == 422
    client.post(edit, form | {"numbered": "2"})
    row.refresh_from_db()
    assert (row.words, row.numbered, row.version) == ("请书面说明。", 2, 1)
    assert "份号（1 到 2）" in client.get(f"/supervision-notices/{row.number}/").text
    text = client.get("/points-off/").text
    assert "北枫镇人民政府" in text
    assert "共扣 4 分" in text
    assert "默认，待确认" in text


def test_a_stage_is_recorded_with_proof_and_the_next_one_opens(
    town: Unit, plan: Plan, signed_in: SignedIn, today: date
) -> None:
    client = signed_in("bureau")
    assert plan.short_title in client.get("/acceptance/").text
    page = f"/acceptance/{plan.pk}/"
    assert "上一个阶段通过后才能登记" in client.get(page).text
    form = {"held_on": today.isoformat(), "result": "passed", "words": "已自查。"}
    assert client.post(f"{page}self_check/", form).status_code == 422
    report = SimpleUploadedFile("自查报告.txt", "自查".encode())
    assert client.post(f"{page}self_check/", form | {"files": [report]}).url == page

    proof = Acceptance.objects.get().proofs.get()
    assert client.get(f"{page}proofs/{proof.pk}/").content == "自查".encode()
    assert "登记当天的核对结果" in client.get(page).text
    town_page = signed_in("north_town").get(page)
    assert "application/" not in town_page.text
    assert signed_in("north_town").get(f"{page}self_check/").status_code == 403


def test_a_village_gets_a_class_and_reaches_its_standard(
    town: Unit, plan: Plan, signed_in: SignedIn
) -> None:
    client = signed_in("bureau")
    page = f"/village-classes/{plan.pk}/{NORTH_1}/"
    client.post(
        page, {"what": "classify", "code": "repair", "words": "分类意见", "day": "2021-08-01"}
    )
    short = {"what": "attain", "code": "repair", "day": "2021-12-01", "words": "现场核验"}
    assert "还有标准没有达到" in client.post(page, short | {"met": ["dumps"]}).text
    client.post(page, short | {"met": ["dumps", "drains", "clean"]})

    assert "2021-12-01 达到整治类标准" in client.get(page).text
    rows = client.get(f"/village-classes/?plan={plan.pk}&class=repair").context["page"].rows
    assert [row.code for row in rows] == [NORTH_1]
    assert len(client.get("/village-classes/?class=none", follow=True).context["page"].rows) == 3
    assert signed_in("south_town").get(page).status_code == 404


def test_without_a_plan_of_that_kind_the_pages_say_so(town: Unit, signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    assert "没有规定分阶段验收的方案" in client.get("/acceptance/").text
    assert "没有规定村庄分类的方案" in client.get("/village-classes/").text
    assert "没有扣分" in client.get("/points-off/").text


def test_a_problem_names_the_indicator_it_concerns(
    town: Unit, plan: Plan, signed_in: SignedIn, today: date
) -> None:
    indicator = IndicatorFactory(name="资产盘活率", plan=plan)
    client, address = signed_in("bureau"), "/problems/new/"
    form = filled(
        client, address, title="盘活率填报不实", words="两处资产仍闲置。", indicator=str(indicator.pk),
        due_on=(today + timedelta(days=9)).isoformat(), division_code=COUNTY,
    )  # fmt: skip
    made = client.post(address, form | {"units": [str(town.pk)]})

    assert FoundProblem.objects.get().indicator == indicator
    assert f"/indicators/{indicator.pk}/" in client.get(made.url).text


def test_a_task_is_chosen_by_words_of_its_title_and_what_is_wrong_stays_in_the_form(
    town: Unit, signed_in: SignedIn, today: date, plan: Plan
) -> None:
    task = TaskFactory(number="RW-77", title="修建污水管网", plan=plan)
    client = signed_in("bureau")
    offered = client.get("/problems/tasks/", {"task": "污水", "plan": plan.pk}).text
    assert 'value="RW-77" label="RW-77 修建污水管网"' in offered
    assert "RW-77" not in client.get("/problems/tasks/", {"task": "没有的"}).text
    assert signed_in("north_town").get("/problems/tasks/").status_code == 403
    form = filled(
        client, "/problems/new/", title="管网未通", words="未通水。", due_on=str(today), task="污水管网",
    ) | {"units": [str(town.pk)]}  # fmt: skip

    again = client.post("/problems/new/", form)

    assert again.status_code == 422
    assert "没有编号为“污水管网”的任务" in again.text
    assert form_of(again.text)["task"] == "污水管网"
    assert ">未通水。</textarea>" in again.text
    assert f'value="{town.pk}" checked' in again.text
    client.post("/problems/new/", form | {"task": "RW-77"})
    assert FoundProblem.objects.get(title="管网未通").task == task
