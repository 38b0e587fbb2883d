"""村卫生室情况表: a list of villages by the health bureau, which makes and empties blank spots."""

from datetime import date

import pytest
from tests.factories.county import NORTH_1, NORTH_2, County
from tests.unit.intake.lists import bring_in, said, workbook

from anju.intake.models import Batch, Row
from anju.jobs import casework
from anju.registry.models import ClinicReport

pytestmark = pytest.mark.django_db

COLUMNS = "序号 乡镇 行政村 有无村卫生室 有无合格村医 空白期间的安排 核实日期".split()
AUGUST = date(2023, 8, 31)


def village(name: str = "北枫一村", **changes: str) -> dict[str, str]:
    row = {
        "乡镇": "北枫镇", "行政村": name, "有无村卫生室": "有", "有无合格村医": "是",
        "核实日期": "2023-08-20",
    }  # fmt: skip
    return {**row, **changes}


def bring(*rows: dict[str, str], on: date = AUGUST) -> Batch:
    content = workbook(COLUMNS, rows, title=f"村卫生室情况表（{on:%Y年%m月}）")
    return bring_in(content, name="村卫生室情况表.xlsx", on=on)


def test_villages_are_found_by_name_and_a_blank_spot_gets_its_case(county: County) -> None:
    none = village("北枫二村", 有无合格村医="无", 空白期间的安排="乡镇卫生院每周二巡诊")

    batch = bring(village(), none)

    assert batch.feed == "clinics"
    assert batch.counts["created"] == 2
    blank = ClinicReport.objects.get(village_code=NORTH_2)
    assert (blank.is_blank, blank.arrangement) == (True, "乡镇卫生院每周二巡诊")
    assert blank.source.startswith("村卫生室情况表")
    assert casework.raise_leads(progress=None)["clinics"] == 1  # type: ignore[arg-type]


def test_the_next_list_fills_it_and_the_same_list_changes_nothing(county: County) -> None:
    bring(village(有无村卫生室="否", 有无合格村医="否", 空白期间的安排="邻村代管"))
    filled = village(核实日期="2023-09-20")

    later = bring(filled, on=date(2023, 9, 30))
    again = bring(filled, on=date(2023, 10, 31))

    assert (later.counts["updated"], again.counts["unchanged"]) == (1, 1)
    rows = ClinicReport.objects.filter(village_code=NORTH_1).order_by("id")
    assert [(row.is_blank, row.fills_blank) for row in rows] == [(True, False), (False, True)]


def test_rows_that_cannot_be_meant_are_sent_back_with_the_remedy(county: County) -> None:
    bring(village(核实日期="2023-08-25"))

    batch = bring(
        village(核实日期="2023-08-20"),
        village("北枫二村", 有无村卫生室="无"),
        village("北枫三村"),
        village("北枫二村", 乡镇="南枫镇", 有无合格村医="否"),
        on=date(2023, 9, 30),
    )

    assert batch.counts["rejected"] == 4
    assert [(line, code) for line, _outcome, code in said(batch)] == [
        (4, "seen_later"), (5, "staff_without_clinic"), (6, "place_unknown"), (7, "place_unknown"),
    ]  # fmt: skip
    first, second, *_rest = Row.objects.filter(batch=batch).order_by("number")
    assert "2023-08-25" in first.message
    assert "没有村卫生室却填了有合格村医" in second.message
    assert ClinicReport.objects.count() == 1
