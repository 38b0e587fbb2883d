"""Pages where indicators are entered: regional figures, many values at once; lists behind numbers."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, County
from tests.factories.duties import IndicatorFactory

from anju.duties.models import IndicatorValue
from anju.reporting.models import RegionalIncome

SignedIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def office(cast):
    """Somebody of a department that reports, beside the cast."""
    unit = UnitFactory(name="云岭县人社局")
    user = UserFactory(unit=unit)
    PostFactory(user=user, role="department", division_code=COUNTY)
    return user


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(answer) -> str:
    return answer.content.decode()


def test_regional_figures_are_entered_corrected_and_removed_and_read_by_all(
    office, signed_in: SignedIn
):
    bureau, reader = signed_in("bureau"), client_of(office)
    sent = {
        "area": "city", "quarter": "20234", "amount": "16,000.50", "growth": "8.5%",
        "source": "市统计局公报", "published_on": "2024-01-20",
    }  # fmt: skip
    wrong = bureau.post("/indicators/references/", {**sent, "growth": "八"})
    assert wrong.status_code == 422
    assert "请填写数值" in said(wrong)
    assert "市统计局公报" in said(wrong)
    assert reader.post("/indicators/references/", sent).status_code == 422
    assert bureau.post("/indicators/references/", sent).status_code == 302
    row = RegionalIncome.objects.get()
    assert (row.amount, row.growth) == (1_600_050, Decimal("8.5"))
    shown = said(reader.get("/indicators/references/"))
    assert "[(" not in shown  # no name of the page hides one of the frame's
    assert "2023年全年" in shown
    assert "8.5%" in shown
    assert "录入或更正" not in shown
    remove = f"/indicators/references/{row.pk}/remove/"
    assert reader.post(remove).status_code == 403
    bureau.post(remove)
    assert not RegionalIncome.objects.exists()


def test_a_list_behind_a_number_is_refused_what_it_cannot_mean(county: County, signed_in: SignedIn):
    bureau = signed_in("bureau")
    for wrong in ("nothing:numerator:2023-09-30", "risk_removed_share:rest:soon", "x"):
        answer = bureau.get(f"/households/?behind={wrong}")
        assert "没有这个值" in said(answer)


def test_many_values_of_a_unit_are_kept_together_or_not_at_all(office):
    rows = [
        IndicatorFactory(
            name=name, plan=None, reporting_unit=office.unit, unit=unit, every="quarter",
            begun_on=date(2023, 7, 1),
        )
        for name, unit in (("粮食产量", "万吨"), ("覆盖率", "比例"), ("别的", "个"))
    ]  # fmt: skip
    IndicatorFactory(name="别单位的", reporting_unit=UnitFactory())
    client = client_of(office)
    answer = client.get("/indicators/report/?as_of=2023-09-30")
    assert [row.name for row in answer.context["rows"]] == ["粮食产量", "覆盖率", "别的"]
    sent = {
        "as_of": "2023-09-30", "words": "统计报表",
        f"value-{rows[0].pk}": "4.3", f"value-{rows[1].pk}": "八成",
    }  # fmt: skip
    wrong = client.post("/indicators/report/", sent)
    assert wrong.status_code == 422
    assert "全部没有保存" in said(wrong)
    assert wrong.context["rows"][0].value == "4.3"
    assert "请填写数值" in wrong.context["rows"][1].problem
    assert not IndicatorValue.objects.exists()
    without = client.post("/indicators/report/", {**sent, "words": "", f"value-{rows[1].pk}": ""})
    assert "从哪里来" in without.context["rows"][0].problem
    file = SimpleUploadedFile("台账.txt", "按村汇总".encode())
    done = client.post(
        "/indicators/report/",
        {**sent, f"value-{rows[1].pk}": "80%", f"words-{rows[1].pk}": "逐村核对",
         f"proofs-{rows[1].pk}": file},
    )  # fmt: skip
    assert done.status_code == 302
    kept = {each.indicator_id: each for each in IndicatorValue.objects.all()}
    assert {pk: each.value for pk, each in kept.items()} == {
        rows[0].pk: Decimal("4.3"), rows[1].pk: Decimal("0.8"),
    }  # fmt: skip
    assert [kept[row.pk].note for row in rows[:2]] == ["统计报表", "逐村核对"]
    assert kept[rows[1].pk].proofs.count() == 1
    left = client.get("/indicators/report/?as_of=2023-09-30").context["rows"]
    assert [row.name for row in left] == ["别的"]


def test_the_workbook_of_a_unit_comes_back_filled_in_and_keeps_nothing_twice(office):
    rows = [
        IndicatorFactory(
            name=name, plan=None, reporting_unit=office.unit, unit=unit, every="quarter",
            begun_on=date(2023, 7, 1),
        )
        for name, unit in (("粮食产量", "万吨"), ("覆盖率", "比例"))
    ]  # fmt: skip
    client = client_of(office)
    address = "/indicators/report/workbook/"
    taken = client.get(f"{address}?as_of=2023-09-30")
    cells = CalamineWorkbook.from_filelike(io.BytesIO(taken.content)).get_sheet_by_index(0)
    lines = [[str(each) for each in line] for line in cells.to_python()]
    assert [line[0] for line in lines[3:]] == [row.code for row in rows]
    assert lines[3][7] == "2023-09-30"

    def sent_back(*values: str) -> HttpResponse:
        filled = [[*line[:8], each, "台账"] for line, each in zip(lines[3:], values, strict=True)]
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            for number, line in enumerate([*lines[:3], *filled]):
                sheet.write_row(number, 0, line)
        return client.post(address, {"workbook": SimpleUploadedFile("表.xlsx", file.getvalue())})

    wrong = sent_back("4.3", "八成")
    assert (wrong.status_code, [each.row for each in wrong.context["wrong"]]) == (422, [5])
    assert [row.value for row in wrong.context["rows"]] == ["", ""]  # all or none
    read = sent_back("4.3", "80%")
    assert "还没有提交" in said(read)
    assert not IndicatorValue.objects.exists()
    typed = {f"value-{row.indicator.pk}": row.value for row in read.context["rows"]}
    typed |= {f"words-{row.indicator.pk}": row.words for row in read.context["rows"]}
    file = SimpleUploadedFile("台账.txt", "按村汇总".encode())
    proof = {f"proofs-{rows[0].pk}": file}
    assert (
        client.post("/indicators/report/", {"as_of": "2023-09-30", **typed, **proof}).status_code
        == 302
    )
    assert [each.value for each in IndicatorValue.objects.order_by("pk")] == [
        Decimal("4.3"),
        Decimal("0.8"),
    ]
    assert rows[0].values.get().proofs.count() == 1
    again = sent_back("4.3", "80%")
    assert "没有新的数" in said(again)
    assert IndicatorValue.objects.count() == 2
