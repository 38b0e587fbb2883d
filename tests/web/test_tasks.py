"""Tasks on screen: lists, the page of one, reporting, checking, handing down, the desk."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.factories.county import County
from tests.factories.duties import PlanMeasureFactory, PlanVersionFactory
from tests.unit.duties.offices import Offices
from tests.web.forms import filled

from anju.audit.models import Entry
from anju.duties.models import Plan, Progress, Proof, Task, TaskUnit
from anju.web.tasks import standing_kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def offices(county: County, settings: object, tmp_path: Path) -> Offices:
    settings.FILES_DIR = tmp_path / "files"
    return Offices()


@pytest.fixture
def plan() -> Plan:
    return PlanVersionFactory(plan__short_title="扶持方案").plan


@pytest.fixture
def task(offices: Offices, plan: Plan, today: date) -> Task:
    """300 people to be trained, late by two days."""
    measure = PlanMeasureFactory(version=plan.versions.get(), key="二/1", position=4)
    return offices.task(
        ("work", "lead"), ("money", "co-operating"), plan=plan, measure=measure, clause="二/1",
        operator=">=", goal=300, goal_unit="人", due_on=today - timedelta(days=2),
    )  # fmt: skip


@pytest.fixture
def client_of(offices: Offices):  # type: ignore[no-untyped-def]
    def client(who: str) -> Client:
        signed_in = Client()
        signed_in.force_login(offices.users[who])
        return signed_in

    return client


def test_a_report_goes_from_the_desk_to_the_lead_bureau_and_back_and_is_settled(
    client_of, task: Task
) -> None:
    work, lead = client_of("work"), client_of("lead")
    assert "填报进展：开展技能培训" in work.get("/").text
    assert "开展技能培训" not in client_of("money").get("/").text
    form = f"/tasks/{task.number}/dues/{task.dues.get().pk}/"
    assert client_of("north").get(form).status_code == 404
    assert "完成比例" not in work.get(form).text  # it follows from the goal
    file = SimpleUploadedFile("名册.xlsx", b"PK\x03\x04 rows")

    sent = work.post(form, {"words": "已培训。", "value": "120", "files": [file]})
    assert (sent.status_code, sent.url) == (302, f"/tasks/{task.number}/")
    assert "填报进展" not in work.get("/").text
    assert "审核填报：开展技能培训" in lead.get("/").text
    page = lead.get(f"/tasks/{task.number}/").text
    assert "技能培训。每季度" in page  # the plan's own words
    made = Progress.objects.get()
    check = f"/tasks/reports/{made.pk}/check/"
    assert work.post(check, {"answer": "accept"}).status_code == 422
    assert (
        f'id="wrong-{made.pk}">退回时请写明'
        in lead.post(check, {"answer": "send_back", "note": ""}).text
    )
    lead.post(check, {"answer": "send_back", "note": "缺名册"})

    assert "补充后重报" in work.get("/").text
    again = work.get(form).text
    assert "缺名册" in again
    assert "已培训。" in again
    kept = Proof.objects.get()
    values = {"words": "已补。", "value": "300", "is_complete": "1", "kept": str(kept.pk)}
    assert work.post(form, values).status_code == 302
    last = Progress.objects.order_by("pk").last()
    lead.post(f"/tasks/reports/{last.pk}/check/", {"answer": "accept"})
    task.refresh_from_db()
    assert task.state == "done"
    got = client_of("money").get(f"/tasks/proofs/{last.proofs.get().pk}/")
    assert got.content == b"PK\x03\x04 rows"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in got["Content-Disposition"]
    assert Entry.objects.get(action="progress.fetch").actor == "t-money"
    assert client_of("south").get(f"/tasks/proofs/{kept.pk}/").status_code == 404


def test_what_cannot_be_meant_stays_in_the_form(client_of, task: Task) -> None:
    form = f"/tasks/{task.number}/dues/{task.dues.get().pk}/"
    answer = client_of("work").post(form, {"words": "已培训很多人", "value": "很多"})
    assert answer.status_code == 422
    assert "请填数字" in answer.text
    assert "已培训很多人" in answer.text
    bad = SimpleUploadedFile("网页.docx", b"<html>")
    answer = client_of("work").post(form, {"words": "x", "value": "1", "files": [bad]})
    assert "改过扩展名" in answer.text
    assert not Progress.objects.exists()


def test_a_report_is_taken_back_and_stands_in_the_form(client_of, task: Task) -> None:
    work, form = client_of("work"), f"/tasks/{task.number}/dues/{task.dues.get().pk}/"
    work.post(form, {"words": "写错了", "value": "12"})
    back = work.post(f"/tasks/reports/{Progress.objects.get().pk}/withdraw/")
    assert back.url == form
    assert "写错了" in work.get(form).text


def test_a_town_does_not_read_what_another_town_reports(
    client_of, offices: Offices, plan: Plan
) -> None:
    task = offices.task(("north", "responsible"), ("south", "responsible"), plan=plan)
    form = f"/tasks/{task.number}/dues/{task.dues.get().pk}/"
    file = SimpleUploadedFile("名册.txt", b"names")
    client_of("north").post(form, {"words": "北枫镇的情况", "files": [file]})

    assert "北枫镇的情况" in client_of("north").get(f"/tasks/{task.number}/").text
    assert "北枫镇的情况" in client_of("work").get(f"/tasks/{task.number}/").text
    for address in (f"/tasks/{task.number}/", form, "/tasks/?col=words&col=value"):
        assert "北枫镇的情况" not in client_of("south").get(address).text
    assert client_of("south").get(f"/tasks/proofs/{Proof.objects.get().pk}/").status_code == 404


def test_a_task_is_handed_down_and_the_answers_stand_in_the_form(
    client_of, offices: Offices, plan: Plan, today: date
) -> None:
    task = offices.task(
        ("work", "lead"), plan=plan, goal_unit="人", due_on=today + timedelta(days=20)
    )
    work, address = client_of("work"), f"/tasks/{task.number}/delegate/"
    assert client_of("north").get(address).status_code == 404
    assert client_of("lead").get(address).status_code == 403
    values = {"due_on": (today + timedelta(days=5)).isoformat(), "requirement": "报人数"}
    asked = work.post(address, values)
    assert "请选择" in asked.text
    assert [str(label) for label, _units in asked.context["groups"]][0] == "乡镇"
    towns = [str(offices.units[name].pk) for name in ("north", "south")]
    assert work.post(address, {**values, "unit": towns}).status_code == 302
    for who, value in (("north", "80"), ("south", "45")):
        part = Task.objects.get(parent=task, units__unit=offices.units[who])
        form = f"/tasks/{part.number}/dues/{part.dues.get().pk}/"
        said = {"words": f"培训{value}人", "value": value, "is_complete": "1"}
        assert client_of(who).post(form, said).status_code == 302

    assert "审核填报" in work.get("/").text
    form = work.get(f"/tasks/{task.number}/dues/{task.dues.get().pk}/").text
    assert 'value="125"' in form
    assert "北枫镇人民政府：培训80人" in form
    assert "各交办单位填报之和" in form
    page = work.get(f"/tasks/{task.number}/").text
    assert page.count("待审核") >= 2


def test_the_lead_bureau_sets_dates_and_units_adds_and_ends(
    client_of, offices: Offices, plan: Plan, today: date
) -> None:
    task = offices.task(("work", "lead"), plan=plan, due_on=None)
    lead, base = client_of("lead"), f"/tasks/{task.number}"
    assert "1 项任务还没有期限或单位" in lead.get("/").text
    assert task.title in lead.get("/tasks/?lack=1").text
    for what in ("dates", "units", "end"):
        assert client_of("work").get(f"{base}/{what}/").status_code == 403
    day = (today + timedelta(days=30)).isoformat()
    first = filled(lead, f"{base}/dates/", due_on=day)
    assert lead.post(f"{base}/dates/", first).status_code == 302
    assert "没有期限" not in lead.get("/").text
    stale = lead.post(f"{base}/dates/", {**first, "reason": "x"})
    assert "已被他人改动" in stale.text

    role = {f"role_{offices.units['money'].pk}": "lead", "reason": "职责调整"}
    sent = {**filled(lead, f"{base}/units/"), f"role_{offices.units['work'].pk}": "", **role}
    assert lead.post(f"{base}/units/", sent).status_code == 302
    assert list(TaskUnit.objects.filter(task=task).values_list("unit__name", flat=True)) == [
        "县财政局"
    ]
    added = {
        "plan": str(plan.pk), "title": "建立台账", "every": "quarter", "goal": "5", "goal_unit": "本",
        f"role_{offices.units['work'].pk}": "lead",
    }  # fmt: skip
    assert client_of("work").post("/tasks/new/", added).status_code == 403
    assert lead.post("/tasks/new/", {**added, "title": ""}).status_code == 422
    done = lead.post("/tasks/new/", added)
    assert "每季度" in lead.get(done.url).text
    assert Task.objects.get(title="建立台账").goal == Decimal(5)
    end = filled(lead, f"{base}/end/", reason="并入其他工作")
    assert lead.post(f"{base}/end/", end).status_code == 302
    assert "并入其他工作" in lead.get(f"{base}/").text


def test_lists_filter_by_light_unit_role_month_and_words(
    client_of, offices: Offices, plan: Plan, task: Task, today: date
) -> None:
    later = offices.task(
        ("money", "lead"), plan=plan, title="发放补助", due_on=today + timedelta(days=200)
    )
    lead = client_of("lead")

    def titles(query: str) -> set[str]:
        text = lead.get(f"/tasks/?{query}").text
        return {each.title for each in (task, later) if f"/tasks/{each.number}/" in text}

    money = offices.units["money"].pk
    assert titles("") == {"开展技能培训", "发放补助"}
    assert titles("light=red") == {"开展技能培训"}
    assert titles("light=green") == {"发放补助"}
    assert titles(f"unit={money}") == {"开展技能培训", "发放补助"}
    assert titles(f"unit={money}&role=lead") == {"发放补助"}
    assert titles(f"month={later.due_on:%Y-%m}") == {"发放补助"}
    assert titles("q=补助") == {"发放补助"}
    assert titles("state=done") == set()
    assert client_of("north").get(f"/tasks/{task.number}/").status_code == 404
    assert "没有符合条件的任务" in client_of("north").get("/tasks/").text


def test_the_ledger_and_the_responsibility_list_are_workbooks(
    client_of, offices: Offices, plan: Plan, task: Task, settings: object
) -> None:
    settings.EXPORT_APPROVAL_ROWS = 0  # nobody stands in these rows: no second person is asked
    whole = offices.task(("work", "lead"), plan=plan, title="办好培训", is_whole=True, due_on=None)
    offices.task(("work", "lead"), plan=plan, title="期数", kind="promise", parent=whole)

    def rows(address: str) -> list[tuple[object, ...]]:
        answer = client_of("work").get(address)
        book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
        return list(book.active.values)[1:]

    ledger = rows("/tasks/?export=xlsx")
    assert [row[1] for row in ledger] == ["任务名称", "期数", "开展技能培训"]
    found = rows(f"/tasks/plans/{plan.pk}/?export=xlsx")
    assert found[0][:5] == ("条款", "措施", "分项", "牵头单位", "配合单位")
    assert [row[2:5] for row in found[1:]] == [
        ("无", "县人社局", "县财政局"), ("无", "县人社局", "无"), ("期数", "县人社局", "无")
    ]  # fmt: skip
    assert found[1][7:9] == (task.due_on.isoformat(), "不低于300人")
    assert Entry.objects.filter(action="register.export").count() == 2


def test_lights_are_counted_by_plan_and_unit(client_of, task: Task, offices: Offices) -> None:
    text = client_of("lead").get("/tasks/standing/").text
    unit = offices.units["work"].pk
    assert f"/tasks/?unit={unit}&amp;light=red" in text
    assert "县人社局" in text
    assert "县人社局" not in client_of("south").get("/tasks/standing/").text
    assert "重新统计" not in text


def test_lights_of_very_many_tasks_are_kept_until_asked_afresh(
    client_of, task: Task, offices: Offices, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_kept, "MANY_TASKS", 0)
    lead, shown = client_of("lead"), f"/tasks/?plan={plan.pk}&light="
    before = lead.get("/tasks/standing/").text
    assert "重新统计" in before
    offices.task(("work", "lead"), plan=plan)
    assert lead.get("/tasks/standing/").context["tables"][0]["rows"][0].total == 1
    assert lead.get("/tasks/standing/?afresh=1").context["tables"][0]["rows"][0].total == 2
    assert lead.get("/tasks/standing/").context["tables"][0]["rows"][0].total == 2
    assert shown.replace("&", "&amp;") in before


def test_pages_of_many_tasks_take_few_queries(
    client_of, offices: Offices, plan: Plan, task: Task,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _number in range(12):
        offices.task(("work", "lead"), ("money", "co-operating"), plan=plan)
    lead = client_of("lead")
    for address, most in (
        ("/tasks/", 21),
        (f"/tasks/plans/{plan.pk}/", 20),
        (f"/tasks/{task.number}/", 24),
        ("/tasks/standing/", 14),
    ):
        lead.get(address)
        with django_assert_max_num_queries(most):
            assert lead.get(address).status_code == 200


def test_a_draft_is_kept_while_typing_and_stands_in_the_form_again(client_of, task: Task) -> None:
    work = client_of("work")
    form = f"/tasks/{task.number}/dues/{task.dues.get().pk}/"
    kept = work.post(f"{form}draft/", {"words": "写到一半", "value": "9"}, HTTP_HX_REQUEST="true")
    assert "自动保存" in kept.text
    page = work.get(form).text
    assert "写到一半" in page
    assert "存的草稿" in page
    assert client_of("lead").post(f"{form}draft/", {"words": "x"}).status_code == 302
    assert work.post(f"{form}draft/discard/").status_code == 302
    assert "写到一半" not in work.get(form).text


def test_what_waits_to_be_checked_is_a_line_a_task_and_of_many_one_a_plan(
    client_of, offices: Offices, plan: Plan, today: date
) -> None:
    made = [
        offices.task(("work", "lead"), ("money", "lead"), plan=plan, title=f"任务{n}", due_on=today)
        for n in range(4)
    ]
    for task in made[:1]:
        for who in ("work", "money"):
            address = f"/tasks/{task.number}/dues/{task.dues.get().pk}/"
            client_of(who).post(address, {"words": "已办", "is_complete": "1"})
    desk = client_of("lead").get("/").text
    assert desk.count("审核填报：") == 1
    assert "县人社局、县财政局 · 扶持方案" in desk
    for task in made[1:]:
        client_of("work").post(
            f"/tasks/{task.number}/dues/{task.dues.get().pk}/",
            {"words": "已办", "is_complete": "1"},
        )
    desk = client_of("lead").get("/").text
    assert "审核填报：4 项任务" in desk
    listed = client_of("lead").get(f"/tasks/?waits=mine&plan={plan.pk}").text
    assert all(task.number in listed for task in made)


def test_an_accepted_report_is_opened_again_on_the_page(client_of, task: Task) -> None:
    client_of("work").post(
        f"/tasks/{task.number}/dues/{task.dues.get().pk}/",
        {"words": "已培训。", "value": "300", "is_complete": "1"},
    )
    lead, check = client_of("lead"), f"/tasks/reports/{Progress.objects.get().pk}/check/"
    lead.post(check, {"answer": "accept"})
    assert "重新打开" in lead.get(f"/tasks/{task.number}/").text
    assert "重新打开" not in client_of("work").get(f"/tasks/{task.number}/").text
    assert lead.post(check, {"answer": "reopen", "note": ""}).status_code == 422
    assert lead.post(check, {"answer": "reopen", "note": "抽查不实"}).status_code == 302
    assert "抽查不实" in client_of("work").get(f"/tasks/{task.number}/").text
    assert "补充后重报" in client_of("work").get("/").text
