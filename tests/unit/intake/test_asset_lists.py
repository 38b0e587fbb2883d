"""扶贫项目资产台账 and 资产收益分配台账: lists of assets, their states and contracts, and what they yield."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories.county import NORTH, NORTH_1, County
from tests.unit.intake.lists import bring_in, said, workbook

from anju.assets.models import Asset, AssetState, Lease, Title, Upkeep, Valuation, Yield
from anju.assets.queries.facts import aspect_on, use_on
from anju.intake.models import Batch, Row

pytestmark = pytest.mark.django_db

COLUMNS = (
    "序号 资产编号 资产名称 资产类型 资产类别 乡镇 行政村 安置点编码 户编号 建成（购置）日期 原值（万元） "
    "现值（万元） 产权主体 是否确权登记 确权登记日期 管护主体 使用状况 状况起始日期 处置批准文号 承租（经营）主体 合同起始日期 "
    "合同终止日期 年租金（元）"
).split()
YIELDS = "资产编号 年度 应得收益（元） 实得收益（元） 公益岗位（元） 困难户补助（元） 分配公示日期".split()
AUGUST, SEPTEMBER, OCTOBER = date(2023, 8, 31), date(2023, 9, 30), date(2023, 10, 31)


def asset(code: str = "ZC-1", **changes: str) -> dict[str, str]:
    row = {
        "资产编号": code, "资产名称": "农贸市场门面", "资产类型": "经营性", "资产类别": "门面",
        "乡镇": "北枫镇", "行政村": "北枫一村", "建成（购置）日期": "2019-06", "原值（万元）": "50",
        "产权主体": "股份经济合作社", "是否确权登记": "是", "确权登记日期": "2020-03-01",
        "管护主体": "村民委员会", "使用状况": "正常使用",
    }  # fmt: skip
    return {**row, **changes}


def bring(*rows: dict[str, str], on: date = AUGUST) -> Batch:
    content = workbook(COLUMNS, rows, title=f"扶贫项目资产台账（{on:%Y年%m月}）")
    return bring_in(content, name="扶贫项目资产台账.xlsx", on=on)


def bring_yields(*rows: dict[str, str], on: date = AUGUST) -> Batch:
    content = workbook(YIELDS, rows, title="资产收益分配台账")
    return bring_in(content, name="资产收益分配台账.xlsx", on=on)


def test_a_ledger_brings_assets_of_villages_towns_sites_and_households(county: County) -> None:
    home = county.households_in(NORTH_1)[0]
    batch = bring(
        asset(**{"承租（经营）主体": "绿野合作社", "合同起始日期": "2022-01-01", "合同终止日期": "2024-12-31",
                 "年租金（元）": "12000"}),
        asset("ZC-2", 资产类型="公益性", 资产类别="道路桥梁", 行政村="", 是否确权登记="否", 确权登记日期=""),
        asset("ZC-3", 安置点编码=county.site.code, 使用状况="闲置", 状况起始日期="2023-05-01"),
        asset("ZC-4", 资产类型="到户类", 资产类别="牲畜", 户编号=home.code),
    )  # fmt: skip

    assert (batch.feed, batch.counts["created"], said(batch)[0][2]) == ("assets", 4, "")
    first, road, idle, cattle = Asset.objects.order_by("code")
    assert (first.original_value, first.category, first.has_title) == (50_000_000, "house", True)
    lease = Lease.objects.get(asset=first)
    assert (lease.ends_on, lease.yearly_rent) == (date(2024, 12, 31), 1_200_000)
    assert (road.division_code, idle.site, idle.use) == (NORTH, county.site, "idle")
    assert (cattle.household, cattle.title_holder, cattle.holder_level) == (home, "", "household")
    assert use_on(idle, on=date(2023, 6, 1), known_on=OCTOBER).use == "idle"  # type: ignore[union-attr]


def test_the_next_list_changes_what_differs_and_keeps_what_was(county: County) -> None:
    bring(asset())
    later = bring(
        asset(使用状况="闲置", 状况起始日期="2023-09-10", **{"现值（万元）": "40"}), on=SEPTEMBER
    )
    again = bring(
        asset(使用状况="闲置", 状况起始日期="2023-09-10", **{"现值（万元）": "40"}), on=OCTOBER
    )

    assert (later.counts["updated"], again.counts["unchanged"]) == (1, 1)
    changes = Row.objects.get(batch=later).changes
    assert changes["使用状况"] == ["在用", "闲置"]
    assert changes["现值(元)"] == [None, "400000"]
    row = Asset.objects.get()
    assert AssetState.objects.filter(asset=row).count() == 3  # known then, ended, begun
    held = [use_on(row, on=day, known_on=OCTOBER) for day in (AUGUST, date(2023, 9, 10))]
    assert [state and state.use for state in held] == ["in_use", "idle"]
    then = use_on(row, on=date(2023, 9, 10), known_on=AUGUST)
    assert then is not None
    assert then.use == "in_use"


def test_title_keeper_and_value_are_answered_as_of_a_day(
    county: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bring(*(asset(f"ZC-{n}", 是否确权登记="否", 确权登记日期="") for n in range(1, 6)))
    titled = {"是否确权登记": "是", "确权登记日期": "2023-09-10"}
    moved = {**titled, "管护主体": "物业公司", "现值（万元）": "40"}
    with django_assert_max_num_queries(130):
        later = bring(*(asset(f"ZC-{n}", **moved) for n in range(1, 6)), on=SEPTEMBER)

    assert later.counts["updated"] == 5
    row = Asset.objects.get(code="ZC-3")
    assert (row.keeper, row.has_title, row.present_value) == ("物业公司", True, 40_000_000)
    keepers = [
        aspect_on(Upkeep, row, on=on, known_on=OCTOBER) for on in (AUGUST, date(2023, 10, 1))
    ]
    assert [each and each.keeper for each in keepers] == ["村民委员会", "物业公司"]
    days = (date(2023, 9, 9), date(2023, 9, 10))
    titles = [aspect_on(Title, row, on=on, known_on=OCTOBER) for on in days]
    assert [each and each.has_title for each in titles] == [False, True]
    then = aspect_on(Title, row, on=days[1], known_on=AUGUST)
    assert then is not None
    assert then.has_title is False
    # What was not known before is filled in: nobody said it was otherwise.
    assert Valuation.objects.filter(asset=row, known_to__isnull=True).count() == 1


def test_a_disposal_needs_its_paper_and_is_not_undone_by_a_list(county: County) -> None:
    bring(asset())
    without = bring(asset(使用状况="报废"), on=SEPTEMBER)
    disposed = bring(asset(使用状况="报废", 处置批准文号="县政函〔2023〕9号"), on=SEPTEMBER)
    back = bring(asset(使用状况="在用"), on=OCTOBER)

    assert said(without)[0][2] == "asset_disposal_unapproved"
    assert disposed.counts["updated"] == 1
    assert (back.counts["conflict"], said(back)[0][2]) == (1, "asset_disposed_before")
    assert Asset.objects.get().use == "disposed"


def test_rows_that_cannot_be_meant_are_sent_back_with_the_remedy(county: County) -> None:
    home = county.households_in(NORTH_1)[0]
    bring(asset())
    batch = bring(
        asset("ZC-2", 资产类型="到户类"),
        asset("ZC-3", 户编号=home.code),
        asset("ZC-4", 确权登记日期="2018-01-01"),
        asset("ZC-5", 行政村="北枫九村"),
        asset("ZC-6", 安置点编码="AZ-NO"),
        asset("ZC-7", **{"承租（经营）主体": "绿野合作社", "合同起始日期": "2022-01-01"}),
        asset("ZC-8", 管护主体="张某 13900001111"),
        asset(资产类型="公益性"),
        on=SEPTEMBER,
    )

    assert [code for _line, _outcome, code in said(batch)] == [
        "asset_without_household", "asset_not_of_household", "asset_titled_before",
        "division_not_found", "site_unknown", "lease_incomplete", "asset_number_inside",
        "asset_kind_differs",
    ]  # fmt: skip
    told = Row.objects.filter(batch=batch, code="asset_titled_before").get()
    assert "确权登记日期早于建成" in told.message
    assert told.column == "确权登记日期"
    assert Asset.objects.count() == 1


def test_an_older_list_does_not_change_what_became_known_later(county: County) -> None:
    bring(asset(**{"现值（万元）": "40"}), on=OCTOBER)

    batch = bring(asset(**{"现值（万元）": "30"}), on=SEPTEMBER)

    assert said(batch)[0][1:] == ("conflict", "newer_known")


def test_yields_come_by_year_and_are_put_right(county: County) -> None:
    bring(asset(), asset("ZC-2", 资产类型="公益性"))
    row = {"资产编号": "ZC-1", "年度": "2022", "应得收益（元）": "12000", "实得收益（元）": "10000",
           "公益岗位（元）": "4000"}  # fmt: skip
    first = bring_yields(row)
    later = bring_yields(
        {**row, "实得收益（元）": "12000", "困难户补助（元）": "6000"}, on=SEPTEMBER
    )
    bad = bring_yields(
        {**row, "年度": "2021", "公益岗位（元）": "90000"},
        {**row, "资产编号": "ZC-2"},
        {**row, "资产编号": "ZC-9"},
        {**row, "年度": "2018"},
        on=SEPTEMBER,
    )

    assert (first.feed, first.counts["created"], later.counts["updated"]) == ("asset_yields", 1, 1)
    assert Row.objects.get(batch=later).changes["实得收益(元)"] == ["10000", "12000"]
    now = Yield.objects.get(known_to__isnull=True)
    assert (now.due, now.received, now.shared) == (1_200_000, 1_200_000, 1_000_000)
    assert [code for _line, _outcome, code in said(bad)] == [
        "yield_shared_too_much", "yield_not_operating", "asset_unknown", "yield_year_before",
    ]  # fmt: skip
