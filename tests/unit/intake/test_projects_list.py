"""项目库清单 and 项目资金支付台账: what of them is written, put right, or sent back."""

from datetime import date

import pytest
from tests.factories.accounts import UnitFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, County
from tests.unit.intake.lists import bring_in, workbook

from anju.accounts.scope import Scope
from anju.intake.models import Batch, Row
from anju.intake.outgoing import of_projects
from anju.projects.models import Funding, Payment, Project, ProjectRecord, ProjectStep, Step

pytestmark = pytest.mark.django_db

LIBRARY = (
    "序号 项目编号 项目名称 项目类型 乡镇 行政村 安置点编码 责任单位 实施年度 计划开工日期 计划完工日期"
    " 是否以工代赈 资金合计（万元） 中央衔接资金（万元） 其他资金（万元） 入库日期 开工日期 完工日期"
    " 形象进度(%)"
).split()
PAID = "序号 项目编号 凭证号 支付日期 支付类别 支付金额（元） 收款单位 领取劳务报酬人数 其中搬迁群众人数".split()
AUGUST, SEPTEMBER = date(2023, 8, 31), date(2023, 9, 30)


def line(code: str = "XM2023001", **changes: str) -> dict[str, str]:
    row = {
        "项目编号": code, "项目名称": "北枫一村产业路", "项目类型": "产业发展", "乡镇": "北枫镇",
        "行政村": "北枫一村", "安置点编码": "AZ0001", "责任单位": "农业农村局", "实施年度": "2023",
        "计划开工日期": "2023-03-01", "计划完工日期": "2023-10-31", "是否以工代赈": "是",
        "资金合计（万元）": "100", "中央衔接资金（万元）": "80", "其他资金（万元）": "20",
        "入库日期": "2022-11-20", "开工日期": "2023-03-10", "形象进度(%)": "60",
    }  # fmt: skip
    return {**row, **changes}


def paid(voucher: str = "PZ001", **changes: str) -> dict[str, str]:
    row = {
        "项目编号": "XM2023001", "凭证号": voucher, "支付日期": "2023-06-20", "支付类别": "劳务报酬",
        "支付金额（元）": "150000", "领取劳务报酬人数": "30", "其中搬迁群众人数": "12",
    }  # fmt: skip
    return {**row, **changes}


def bring(*rows: dict[str, str], on: date = AUGUST, columns: list[str] = LIBRARY) -> Batch:
    content = workbook(columns, rows, title=f"项目清单（{on:%Y年%m月}）")
    return bring_in(content, name="项目.xlsx", on=on)


def said(batch: Batch) -> dict[int, str]:
    rows = Row.objects.filter(batch=batch).exclude(message="")
    return {row.number: f"{row.code}: {row.message}" for row in rows}


def test_a_project_arrives_with_place_unit_steps_and_money(county: County) -> None:
    unit = UnitFactory(name="枫溪县农业农村局")

    batch = bring(line(), line("XM2023002", 行政村="", 安置点编码="", 项目名称="全镇项目"))

    assert (batch.feed, batch.counts["created"]) == ("projects", 2)
    project, other = Project.objects.order_by("code")
    assert (project.division_code, other.division_code) == (NORTH_1, NORTH)
    assert (project.unit, project.site, project.is_work_relief) == (unit, county.site, True)
    assert (project.step, project.reached_on) == (Step.STARTED, date(2023, 3, 10))
    funds = dict(Funding.objects.filter(project=project).values_list("fund", "amount"))
    assert funds == {"central": 80_000_000, "other": 20_000_000}
    assert project.progress.get().percent == 60


def test_the_next_list_puts_right_what_changed_and_keeps_what_was_known(county: County) -> None:
    bring(line())

    same = bring(line(序号="8"), on=date(2023, 9, 1))
    later = bring(line(完工日期="2023-09-20", 计划完工日期="2023-11-30"), on=SEPTEMBER)

    assert same.counts["unchanged"] == later.counts["updated"] == 1
    project = Project.objects.get()
    assert (project.step, project.planned_finish) == (Step.FINISHED, date(2023, 11, 30))
    records = ProjectRecord.objects.order_by("id").values_list("planned_finish", "known_to")
    assert list(records) == [(date(2023, 10, 31), SEPTEMBER), (date(2023, 11, 30), None)]
    (row,) = Row.objects.filter(batch=later)
    assert row.changes == {
        "计划完工日期": ["2023-10-31", "2023-11-30"], "完工日期": [None, "2023-09-20"],
    }  # fmt: skip

    older = bring(line(计划完工日期="2023-12-31"), on=date(2023, 9, 10))
    assert said(older)[4].startswith("newer_known")


def test_rows_that_cannot_be_are_sent_back_with_the_remedy(county: County) -> None:
    batch = bring(
        line(),
        line("X2", 入库日期=""),
        line("X3", 完工日期="2023-02-01"),
        line("X4", 资金合计="", **{"资金合计（万元）": "120"}),
        line("X5", 行政村="北枫九村"),
        line("X6", 实施年度="23"),
        line("X7", 计划完工日期="2023-01-31"),
        line("X8", 安置点编码="AZ9999"),
    )

    assert batch.counts["created"] == 1
    told = said(batch)
    assert told[5] == "step_skipped: 填了“开工日期”，却没有“入库日期”。请补填“入库日期”。"
    assert told[6].startswith("step_order: “完工日期”（2023-02-01）早于“开工日期”")
    assert told[7].startswith(
        "funds_total: “资金合计”（1200000 元）不等于各来源资金之和（1000000 元）"
    )
    assert told[8].startswith("division_not_found: 没有叫“北枫镇北枫九村”的乡镇或村")
    assert told[9].startswith("year_format: “实施年度”不是年份（23）")
    assert told[10].startswith("plan_order: “计划完工日期”（2023-01-31）早于“计划开工日期”")
    assert told[11].startswith("site_unknown")


def test_payments_arrive_once_and_are_put_right_by_voucher(county: County) -> None:
    bring(line())
    first = bring(paid(), paid("PZ002", 支付类别="工程款", 领取劳务报酬人数="", 其中搬迁群众人数=""),
                  columns=PAID)  # fmt: skip
    again = bring(paid(**{"支付金额（元）": "180000"}), on=SEPTEMBER, columns=PAID)

    assert (first.feed, first.counts["created"]) == ("project_payments", 2)
    assert again.counts["updated"] == 1
    assert Row.objects.get(batch=again).changes == {"支付金额": ["150000", "180000"]}
    open_ones = Payment.objects.filter(known_to__isnull=True, kind="labour")
    assert [(each.amount, each.workers) for each in open_ones] == [(18_000_000, 30)]
    assert Payment.objects.filter(known_to=SEPTEMBER).count() == 1


def test_payments_that_cannot_be_are_sent_back(county: County) -> None:
    bring(line())
    batch = bring(
        paid(),
        paid("P2", 项目编号="XM9"),
        paid("P3", 支付日期="2022-10-01"),
        paid("P4", 支付类别="工程款"),
        paid("P5", 其中搬迁群众人数="31"),
        columns=PAID,
    )

    codes = {number: text.partition(":")[0] for number, text in said(batch).items()}
    assert codes == {
        5: "project_unknown", 6: "paid_before_entry", 7: "workers_of_no_labour",
        8: "relocated_above_workers",
    }  # fmt: skip


def test_what_came_in_goes_out_in_the_same_fields(county: County) -> None:
    bring(line())
    bring(paid(), columns=PAID)

    (project,) = of_projects.library(Scope.of([COUNTY])).to_dicts()
    (payment,) = of_projects.payments(Scope.of([NORTH])).to_dicts()

    assert (project["town"], project["village"], project["site_code"]) == (
        "北枫镇", "北枫一村", "AZ0001",
    )  # fmt: skip
    assert (project["total"], project["fund_central"], project["progress"]) == (
        100_000_000, 80_000_000, 60,
    )  # fmt: skip
    assert (project["started_on"], project["finished_on"]) == (date(2023, 3, 10), None)
    assert (payment["voucher"], payment["amount"], payment["payee"]) == ("PZ001", 15_000_000, None)
    assert of_projects.library(Scope.of(["529901102000"])).is_empty()
    assert ProjectStep.objects.count() == 2
