"""Department lists: who is meant, what is new, and what contradicts the registers."""

from datetime import date

import pytest
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, County
from tests.factories.registry import identity_number
from tests.unit.intake.lists import bring_in, households, member, said, the_row, workbook

from anju.employment.models import Employment
from anju.intake.models import Batch
from anju.places.models import Building, Division, Grid, Site
from anju.registry.identity import BANK_ACCOUNT, DISABILITY_CARD
from anju.registry.models import (
    Event,
    Household,
    Housing,
    Income,
    Membership,
    PersonRecord,
    Status,
)
from anju.registry.queries.people import opened

pytestmark = pytest.mark.django_db

HOME = "5299011000000001"
BORN = date(1985, 5, 20)
NUMBER = identity_number(1, BORN)
NAME = "乙秀英"
AUGUST = date(2023, 8, 31)


@pytest.fixture(autouse=True)
def home(county: County) -> Household:
    """One household with its head, imported from a list."""
    bring_in(households(member(1)), name="户信息名单.xlsx")
    return Household.objects.get(code=HOME)


def bring(columns: str, *rows: dict[str, str | float], on: date = AUGUST, **more: object) -> Batch:
    return bring_in(workbook(columns.split(), rows, **more), on=on)  # type: ignore[arg-type]


INSURED = "序号 姓名 证件号码 险种 参保日期 停保日期"


def insured(**changes: str) -> dict[str, str]:
    return {"姓名": NAME, "证件号码": NUMBER, "参保日期": "2023-01-01", **changes}


def test_a_person_is_found_by_number_and_belongs_to_the_household(home: Household) -> None:
    batch = bring(INSURED, insured())

    status = Status.objects.get()
    assert (status.household_id, status.kind) == (home.pk, "medical_insured")
    assert (status.valid_from, status.valid_to) == (date(2023, 1, 1), None)
    assert the_row(batch, 4).household_id == home.pk


def test_an_end_that_became_known_closes_the_row_and_a_repeated_list_changes_nothing() -> None:
    bring(INSURED, insured(), on=date(2023, 7, 31))
    ended = bring(INSURED, insured(停保日期="2023/8/1"), title="八月")

    again = bring(INSURED, insured(停保日期="2023-08-01"), title="八月重报")
    base_again = bring(INSURED, insured(), title="七月重报")

    assert said(ended) == [(4, "updated", "")]
    assert the_row(ended, 4).changes == {"停保日期": [None, "2023-08-01"]}
    assert again.counts["unchanged"] == base_again.counts["unchanged"] == 1
    assert list(Status.objects.order_by("id").values_list("valid_to", "known_to")) == [
        (None, AUGUST),
        (date(2023, 8, 1), None),
    ]


def test_who_is_unknown_or_named_otherwise_is_not_taken() -> None:
    stranger = insured(姓名="李陌生", 证件号码=identity_number(700, BORN))
    batch = bring(INSURED, stranger, insured(姓名="乙秀兰"), insured(证件号码=""))

    assert said(batch) == [
        (4, "rejected", "person_unknown"),
        (5, "conflict", "name_differs"),
        (6, "rejected", "identity_missing"),
    ]
    assert "李陌生 不在底册" in the_row(batch, 4).message
    assert not Status.objects.exists()


def test_a_disability_card_is_read_and_its_grade_compared(home: Household) -> None:
    columns = "姓名 残疾人证号 残疾类别 残疾等级 发证日期 注销日期"
    card = {"姓名": NAME, "残疾类别": "肢体", "发证日期": "20230105"}

    batch = bring(
        columns,
        {**card, "残疾人证号": NUMBER + "42", "残疾等级": "二级"},
        {**card, "残疾人证号": NUMBER + "43", "残疾等级": "一级"},
    )

    assert said(batch) == [(4, "created", ""), (5, "rejected", "grade_differs")]
    status = Status.objects.select_related("person").get()
    assert status.level == "2"
    assert opened(status.person, DISABILITY_CARD) == NUMBER + "42"


INCOME = "户编号 户主姓名 季度 工资性收入 生产经营性收入 生产经营性支出 财产性收入 转移性收入"


def income(**changes: str | float) -> dict[str, str | float]:
    return {
        "户编号": HOME, "户主姓名": NAME, "季度": "2023Q2", "工资性收入": "3250",
        "生产经营性收入": "812.5", "生产经营性支出": "0", "财产性收入": "", "转移性收入": 100,
        **changes,
    }  # fmt: skip


def test_income_is_kept_in_fen_and_a_correction_keeps_what_was_known() -> None:
    bring(INCOME, income(), on=date(2023, 7, 31))

    batch = bring(INCOME, income(工资性收入="3,250.50", 财产性收入="0"))

    assert the_row(batch, 4).changes == {
        "工资性收入": ["3250", "3250.50"],
        "财产性收入": [None, "0"],
    }
    rows = Income.objects.order_by("id").values_list("wage", "business", "property", "known_to")
    assert list(rows) == [(325000, 81250, None, AUGUST), (325050, 81250, 0, None)]


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({"工资性收入": "-1"}, "rejected", "number_negative"),
        ({"工资性收入": "约三千"}, "rejected", "number_format"),
        ({"工资性收入": "99999999999"}, "rejected", "number_too_large"),
        ({"季度": "2023年"}, "rejected", "quarter_format"),
        ({"户编号": "5299011999999999"}, "rejected", "household_unknown"),
        ({"户主姓名": "赵某某"}, "conflict", "head_differs"),
        (
            dict.fromkeys(
                ("工资性收入", "生产经营性收入", "生产经营性支出", "财产性收入", "转移性收入"), ""
            ),
            "rejected",
            "income_empty",
        ),
    ],
)
def test_income_that_cannot_be_taken(changes: dict[str, str], outcome: str, code: str) -> None:
    batch = bring(INCOME, income(**changes))

    assert said(batch) == [(4, outcome, code)]


def test_money_in_ten_thousands_is_read_as_such() -> None:
    columns = INCOME.replace("工资性收入", "工资性收入（万元）")

    bring(columns, {**income(), "工资性收入（万元）": "0.325"})

    assert Income.objects.get().wage == 325000


def test_two_settlements_of_a_day_are_two_events_and_one_number_is_one() -> None:
    columns = "姓名 证件号码 结算日期 个人自付 结算单号"
    row = {"姓名": NAME, "证件号码": NUMBER, "结算日期": "2023/8/3", "个人自付": "6000"}

    batch = bring(columns, {**row, "结算单号": "A1"}, {**row, "结算单号": "A2"})
    again = bring(columns, {**row, "结算单号": "A1", "个人自付": "6100"}, on=date(2023, 9, 30))

    assert batch.counts["created"] == 2
    assert again.counts["updated"] == 1
    assert sorted(Event.objects.filter(known_to__isnull=True).values_list("amount", flat=True)) == [
        600000,
        610000,
    ]


def test_work_is_told_apart_by_start_and_channel() -> None:
    columns = "姓名 证件号码 就业渠道 务工开始时间 务工结束时间 月收入（元）"
    row = {"姓名": NAME, "证件号码": NUMBER, "就业渠道": "外出务工", "月收入（元）": "4000"}

    bring(columns, {**row, "务工开始时间": "2023-03-01"}, on=date(2023, 7, 31))
    batch = bring(
        columns,
        {**row, "务工开始时间": "2023-03-01", "务工结束时间": "2023-08-10"},
        {**row, "务工开始时间": "2023-08-12", "就业渠道": "县内务工"},
    )

    assert said(batch) == [(4, "updated", ""), (5, "created", "")]
    assert Employment.objects.filter(known_to__isnull=True).count() == 2


def test_a_change_of_school_parts_the_record_at_its_day() -> None:
    bring(
        "姓名 证件号码 学校 在校生状况 变动日期",
        {"姓名": NAME, "证件号码": NUMBER, "在校生状况": "本科", "变动日期": "2023-08-20"},
    )

    now = PersonRecord.objects.filter(known_to__isnull=True, person__name=NAME).order_by("id")
    assert sorted(
        (each.schooling, each.valid_from or date.min, each.valid_to or date.max) for each in now
    ) == [
        ("none", date.min, date(2023, 8, 20)),
        ("tertiary", date(2023, 8, 20), date.max),
    ]


def test_a_death_ends_the_membership_and_is_an_event(home: Household) -> None:
    columns = "户编号 人编号 姓名 证件号码 与户主关系 减少日期 减少原因"
    row = {
        "户编号": HOME, "人编号": "529901100000000101", "姓名": NAME, "证件号码": NUMBER,
        "与户主关系": "户主", "减少日期": "2023-08-05", "减少原因": "死亡",
    }  # fmt: skip

    batch = bring(columns, row)
    again = bring(columns, row, title="重报")

    assert (batch.counts["updated"], again.counts["unchanged"]) == (1, 1)
    member_ = Membership.objects.get(household=home, known_to__isnull=True)
    assert (member_.left_on, member_.left_reason) == (date(2023, 8, 5), "death")
    assert Event.objects.get().occurred_on == date(2023, 8, 5)
    assert Household.objects.get(pk=home.pk).size == 0


def test_who_moves_between_households_leaves_one_and_joins_the_other(home: Household) -> None:
    bring_in(households(member(2)), name="b.xlsx")
    person = {
        "人编号": "529901100000000101", "姓名": NAME, "证件号码": NUMBER, "与户主关系": "其他",
    }  # fmt: skip
    joined = "户编号 人编号 姓名 证件号码 与户主关系 增加日期 增加原因"
    arriving = {
        **person, "户编号": "5299011000000002", "增加日期": "2023-08-05", "增加原因": "户间迁移",
    }  # fmt: skip

    too_early = bring(joined, arriving)
    bring(
        "户编号 人编号 姓名 证件号码 与户主关系 减少日期 减少原因",
        {**person, "户编号": HOME, "减少日期": "2023-08-05", "减少原因": "户间迁移"},
    )
    batch = bring(joined, arriving, title="再报")

    assert said(too_early) == [(4, "conflict", "member_elsewhere")]
    assert said(batch) == [(4, "created", "")]
    now = Membership.objects.filter(person__name=NAME, known_to__isnull=True, left_on__isnull=True)
    assert now.get().household.code == "5299011000000002"


def test_a_relocated_household_lives_at_its_site_and_keeps_its_origin(home: Household) -> None:
    batch = bring(
        "户编号 户主姓名 安置点编码 安置点名称 楼栋 单元 房号 住房面积（㎡） 网格编码 入住时间",
        {
            "户编号": HOME, "户主姓名": NAME, "安置点编码": "AZ0001", "安置点名称": "北枫安置点",
            "楼栋": "1号楼", "单元": "2单元", "房号": "302", "住房面积（㎡）": "98.5",
            "网格编码": "WG0001", "入住时间": "2019.12.01",
        },
    )  # fmt: skip

    assert said(batch) == [(4, "updated", "")]
    home.refresh_from_db()
    assert (home.relocated, home.village_code, home.origin_village_code) == (True, NORTH_1, NORTH_2)
    assert (home.site.code, home.grid.code) == ("AZ0001", "WG0001")
    flat = Housing.objects.get(household=home)
    assert (flat.building.number, flat.room, flat.area_dm2) == ("1号楼", "302", 9850)

    again = bring_in(households(member(1), title="九月"), on=date(2023, 9, 30))
    home.refresh_from_db()
    assert again.counts["unchanged"] == 1
    assert home.village_code == NORTH_1


def test_self_moved_households_live_where_they_are_now(home: Household) -> None:
    bring(
        "户编号 户主姓名 现居乡镇 现居村 网格编码 迁入时间",
        {"户编号": HOME, "户主姓名": NAME, "现居乡镇": "南枫镇", "现居村": "南枫一村"},
    )

    home.refresh_from_db()
    assert (home.self_moved, home.village_code, home.origin_village_code) == (
        True, SOUTH_1, NORTH_2,
    )  # fmt: skip


def test_monitoring_begins_ends_and_begins_again(home: Household) -> None:
    columns = "户编号 户主姓名 监测对象类别 风险识别时间 风险消除时间"
    row = {"户编号": HOME, "户主姓名": NAME, "监测对象类别": "边缘易致贫户"}
    bring(columns, {**row, "风险识别时间": "202201"}, on=date(2023, 7, 31))
    bring(columns, {**row, "风险识别时间": "202201", "风险消除时间": "202307"})

    bring(columns, {**row, "风险识别时间": "202309"}, on=date(2023, 9, 30))

    home.refresh_from_db()
    assert (home.monitored_kind, home.included_on, home.risk_removed_on) == (
        "marginal", date(2023, 9, 1), None,
    )  # fmt: skip


def test_an_allowance_is_the_households_or_one_persons(home: Household) -> None:
    columns = "户编号 姓名 证件号码 救助类型 保障范围 起始年月 停发年月"
    row = {"户编号": HOME, "姓名": NAME, "证件号码": NUMBER, "起始年月": "202301"}

    bring(
        columns,
        {**row, "救助类型": "农村低保", "保障范围": "整户"},
        {**row, "救助类型": "农村特困", "保障范围": "单人"},
    )

    kinds = Status.objects.order_by("kind").values_list("kind", "person__name")
    assert list(kinds) == [("dibao", None), ("tekun", NAME)]


def test_the_account_of_an_allowance_is_kept_sealed(home: Household) -> None:
    columns = "户编号 姓名 证件号码 救助类型 保障范围 起始年月 停发年月 一卡通账号"
    row = {
        "户编号": HOME, "姓名": NAME, "证件号码": NUMBER, "起始年月": "202301",
        "救助类型": "农村低保", "保障范围": "整户",
    }  # fmt: skip
    bring(columns, {**row, "一卡通账号": "6217 0000 0000 0000 123"})

    again = bring(columns, {**row, "一卡通账号": "6217000000000000456"}, title="换卡")
    wrong = bring(columns, {**row, "一卡通账号": "621700000000000045678"}, title="写错")
    blank = bring(columns, row, title="空白")

    person = Membership.objects.get(household=home).person
    assert opened(person, BANK_ACCOUNT) == "6217000000000000456"
    assert again.counts["unchanged"] == blank.counts["unchanged"] == 1
    assert said(wrong) == [(4, "rejected", "account_format")]
    assert "6217" not in the_row(wrong, 4).message.replace("6217*", "")
    assert "45678" not in the_row(wrong, 4).message


def test_an_account_that_excel_rounded_is_refused(home: Household) -> None:
    columns = "户编号 姓名 证件号码 救助类型 保障范围 起始年月 停发年月 银行账号"
    row = {
        "户编号": HOME, "姓名": NAME, "证件号码": NUMBER, "起始年月": "202301",
        "救助类型": "农村低保", "保障范围": "单人",
    }  # fmt: skip

    batch = bring(columns, {**row, "银行账号": 6217000000000000456.0})

    assert said(batch) == [(4, "rejected", "code_destroyed")]
    assert Membership.objects.get(household=home).person.bank_account_sealed is None


def test_measures_of_one_day_are_told_apart_by_what_they_are(home: Household) -> None:
    columns = "户编号 户主姓名 帮扶对象姓名 帮扶对象证件号码 措施类别 措施内容 开始日期"
    row = {"户编号": HOME, "户主姓名": NAME, "措施类别": "产业帮扶", "开始日期": "2023-08-01"}

    batch = bring(columns, {**row, "措施内容": "鸡苗"}, {**row, "措施内容": "茶苗"})

    assert batch.counts["created"] == 2
    assert set(Status.objects.values_list("level", flat=True)) == {"industry"}


def test_places_come_with_towns_villages_sites_buildings_and_grids(home: Household) -> None:
    divisions = "序号 行政区划代码 名称 级别 上级代码"
    batch = bring(
        divisions,
        {"行政区划代码": "529901103000", "名称": "西枫镇", "级别": "乡镇", "上级代码": "529901000000"},
        {"行政区划代码": "529901103201", "名称": "西枫村", "级别": "村", "上级代码": "529901103000"},
        {"行政区划代码": "529901103", "名称": "坏一镇", "级别": "乡镇", "上级代码": "529901000000"},
        {"行政区划代码": "529901104201", "名称": "坏二村", "级别": "村", "上级代码": "529901104000"},
        {"行政区划代码": "529901101000", "名称": "北枫新镇", "级别": "乡镇", "上级代码": "529901000000"},
    )  # fmt: skip
    bring(
        "安置点编码 安置点名称 安置方式 所在村代码 规划户数 建成时间",
        {"安置点编码": "AZ9", "安置点名称": "西枫", "安置方式": "农村集中安置", "所在村代码": "529901103201"},
    )  # fmt: skip
    bring("安置点编码 楼栋 单元 层数", {"安置点编码": "AZ9", "楼栋": "3号楼", "单元": "1单元"})
    bring(
        "网格编码 网格名称 所在村代码 安置点编码",
        {"网格编码": "529901103201001", "网格名称": "一网格", "所在村代码": "529901103201", "安置点编码": "AZ9"},
    )  # fmt: skip

    assert said(batch) == [
        (4, "created", ""),
        (5, "created", ""),
        (6, "rejected", "division_code"),
        (7, "rejected", "parent_unknown"),
        (8, "updated", ""),
    ]
    assert Division.objects.get(code="529901103201").parent_id == "529901103000"
    assert Site.objects.get(code="AZ9").kind == "rural"
    assert Building.objects.get(number="3号楼").site.code == "AZ9"
    assert Grid.objects.get(code="529901103201001").site.code == "AZ9"
