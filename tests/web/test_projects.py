"""The project library on screen: the list, one project, entering and correcting it, payments."""

from datetime import date

import pytest
from django.test import Client
from tests.factories.county import NORTH, NORTH_1, SOUTH_1, County
from tests.factories.projects import (
    FundingFactory,
    PaymentFactory,
    ProjectFactory,
    ProjectRecordFactory,
    ProjectStepFactory,
)
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.projects.models import Funding, Payment, Project, ProjectRecord, ProjectStep, Step

pytestmark = pytest.mark.django_db


def project(**said: object) -> Project:
    """A project begun in March 2023 with a million yuan."""
    steps = {Step.ENTERED: date(2022, 11, 20), Step.STARTED: date(2023, 3, 10)}
    made: Project = ProjectFactory(
        **{"step": Step.STARTED, "reached_on": date(2023, 3, 10), **said}
    )
    ProjectRecordFactory(project=made)
    for step, on in steps.items():
        ProjectStepFactory(project=made, step=step, reached_on=on)
    FundingFactory(project=made)
    return made


def rows(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/projects/{query}")
    assert page.status_code == 200
    return [row.name for row in page.context["page"].rows]


def form(client: Client, address: str, **typed: str) -> dict[str, str]:
    """The form as it stands on the page, with some fields typed anew."""
    context = client.get(address).context
    sent = {each.field.name: each.text for _, group in context["groups"] for each in group}
    return {**sent, "version": context["version"], **typed}


NEW = {
    "code": "XM20230001", "name": "北枫一村桥", "kind": "construction", "division_code": NORTH_1,
    "is_key": "0", "is_work_relief": "0", "labour_base": "total", "fund_central": "500000",
    "step_entered": "2022-11-20", "plan_year": "2023",
}  # fmt: skip


def test_everybody_sees_the_projects_of_their_place(county: County, signed_in: SignedIn) -> None:
    project(name="全县管理费", division_code="529901000000")
    project(name="全镇路", division_code=NORTH)
    project(name="北桥", division_code=NORTH_1)
    project(name="南桥", division_code=SOUTH_1)

    assert len(rows(signed_in("bureau"))) == 4
    assert rows(signed_in("north_town")) == ["全镇路", "北桥"]
    assert rows(signed_in("village")) == ["北桥"]
    assert rows(signed_in("grid")) == []


def test_the_list_is_narrowed_by_what_is_asked(
    county: County, signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    late = project(name="逾期路", kind="industry", is_work_relief=True)
    done = project(name="完工路", step=Step.FINISHED, plan_year=2022)
    PaymentFactory(project=done, amount=200_000_000)
    bureau = signed_in("bureau")

    assert rows(bureau, "?kind=industry") == rows(bureau, "?standing=late") == [late.name]
    assert rows(bureau, "?relief=1&fund=bridging&year=2023") == [late.name]
    assert rows(bureau, "?standing=overpaid") == rows(bureau, "?year=2022") == [done.name]
    assert rows(bureau, f"?q={late.code}") == [late.name]
    for _each in range(5):
        project()
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        bureau.get("/projects/")


def test_a_project_says_what_it_still_owes(county: County, signed_in: SignedIn) -> None:
    made = project(is_work_relief=True, labour_percent=15)
    PaymentFactory(project=made, kind="labour", amount=5_000_000, workers=20, relocated_workers=8)
    PaymentFactory(project=made, amount=96_000_000)

    page = signed_in("village").get(f"/projects/{made.pk}/")

    assert page.context["owed"] == [
        "计划 2023-09-30 完工，已逾期",
        "劳务报酬还差 100,000 元",
        "已开工，没有登记形象进度",
        "支付超出批复资金 10,000 元，请核对支付台账和批复文件",
    ]
    assert "占资金总额 5.0%" in page.text
    assert "其中搬迁群众 8" in page.text


def test_a_project_is_entered_by_hand(county: County, signed_in: SignedIn) -> None:
    north = signed_in("north_town")
    answer = north.post("/projects/new/", NEW)

    made = Project.objects.get()
    assert answer["Location"] == f"/projects/{made.pk}/"
    assert (made.county_code, made.step, made.plan_year) == ("529901", Step.ENTERED, 2023)
    assert ProjectRecord.objects.get().source == "北枫镇工作人员（north）页面填写"
    assert Entry.objects.filter(action="project.add", ids=[made.pk]).exists()

    again = north.post("/projects/new/", NEW)
    assert "项目编号 XM20230001 已在项目库" in again.text
    assert "请从列表中选择。" in north.post(
        "/projects/new/", {**NEW, "code": "X2", "division_code": SOUTH_1}
    ).text  # fmt: skip
    skipped = north.post("/projects/new/", {**NEW, "code": "X2", "step_finished": "2023-09-01"})
    assert (skipped.status_code, "请先补填“开工”日期" in skipped.text) == (422, True)
    assert signed_in("grid").get("/projects/new/").status_code == 403


def test_a_correction_keeps_what_was_known_before(county: County, signed_in: SignedIn) -> None:
    made, north = project(), signed_in("north_town")
    address = f"/projects/{made.pk}/edit/"

    sent = form(
        north, address, name="北枫桥", step_started="2023-03-20", fund_central="1200000",
        step_finished="2023-09-25", progress="100", seen_on="2023-09-25",
    )  # fmt: skip
    assert north.post(address, sent).status_code == 302

    made.refresh_from_db()
    assert (made.name, made.step) == ("北枫桥", Step.FINISHED)
    started = ProjectStep.objects.filter(project=made, step=Step.STARTED).order_by("id")
    assert [(row.reached_on, row.known_to is None) for row in started] == [
        (date(2023, 3, 10), False), (date(2023, 3, 20), True),
    ]  # fmt: skip
    page = north.get(f"/projects/{made.pk}/").text
    for told in ("更正记录", "2023-03-10", "1,000,000", "1,200,000", "2023-09-25"):
        assert told in page
    entry = Entry.objects.get(action="project.correct")
    assert entry.detail["facts"]["funds central"] == [100_000_000, 120_000_000]

    taken_back = form(north, address, step_finished="")
    assert north.post(address, taken_back).status_code == 302
    made.refresh_from_db()
    assert made.step == Step.STARTED


def test_what_others_wrote_meanwhile_is_not_overwritten(
    county: County, signed_in: SignedIn
) -> None:
    made, north, bureau = project(), signed_in("north_town"), signed_in("bureau")
    address = f"/projects/{made.pk}/edit/"
    first, second = (form(north, address) for _each in range(2))
    bureau.post(address, {**form(bureau, address), "fund_central": "900000"})

    conflicting = north.post(address, {**first, "fund_central": "800000"})
    other = north.post(address, {**second, "builder": "某公司"})

    assert "别人改了“中央衔接资金”" in conflicting.text
    assert other.status_code == 302
    assert Funding.objects.get(known_to__isnull=True).amount == 90_000_000
    assert Project.objects.get().builder == "某公司"


def test_payments_are_entered_put_right_and_taken_back(county: County, signed_in: SignedIn) -> None:
    made, north = project(), signed_in("north_town")
    pay = f"/projects/{made.pk}/pay/"
    sent = {"voucher": "PZ1", "paid_on": "2023-06-01", "kind": "works", "amount": "1000001"}

    answer = north.post(pay, sent, follow=True)
    assert "支付合计超出批复资金" in answer.text
    assert "这个凭证号的同类支付已登记" in north.post(pay, sent).text
    wrong = north.post(pay, {**sent, "voucher": "PZ2", "workers": "3"})
    assert "只有劳务报酬才填领取人数" in wrong.text
    assert "早于项目入库日期" in north.post(
        pay, {**sent, "voucher": "PZ3", "paid_on": "2021-01-01"}
    ).text  # fmt: skip

    known = Payment.objects.get(known_to__isnull=True)
    address = f"/projects/{made.pk}/payments/{known.pk}/"
    assert north.post(address, {**sent, "amount": "900000"}).status_code == 302
    known = Payment.objects.get(known_to__isnull=True)
    assert known.amount == 90_000_000
    assert signed_in("grid").get(address).status_code == 403
    address = f"/projects/{made.pk}/payments/{known.pk}/withdraw/"
    assert "请写明撤销理由" in north.post(address, {"reason": "错"}, follow=True).text
    north.post(address, {"reason": "重复登记"})
    assert not Payment.objects.filter(known_to__isnull=True).exists()
    assert Entry.objects.get(action="project.payment_withdraw").reason == "重复登记"


def test_projects_of_other_towns_are_as_if_they_were_not_there(
    county: County, signed_in: SignedIn
) -> None:
    made = project(division_code=SOUTH_1)
    north = signed_in("north_town")

    for address in ("", "edit/", "pay/"):
        assert north.get(f"/projects/{made.pk}/{address}").status_code == 404
