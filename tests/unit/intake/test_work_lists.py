"""就业帮扶车间台账 and 岗位需求表: lists of workshops with their numbers, and of vacancies near and far."""

from datetime import date

import pytest
from tests.factories.county import NORTH, NORTH_1, County
from tests.unit.intake.lists import bring_in, said, workbook

from anju.accounts.scope import Scope
from anju.employment import phones
from anju.employment.models import Vacancy, Workshop, WorkshopCount
from anju.intake.models import Batch, Row
from anju.intake.outgoing import of_work

pytestmark = pytest.mark.django_db

SHOPS = (
    "序号 乡镇 行政村 安置点编码 车间名称 车间类型 经营主体 主要产品 认定时间 停产时间 是否四好 统计日期 岗位数 "
    "吸纳就业人数 其中脱贫人口（含监测对象） 其中搬迁群众 月平均工资（元）"
).split()
POSTS = (
    "序号 企业名称 招聘岗位 乡镇 行政村 工作地点 招聘人数 已招人数 薪资待遇 年龄要求 是否要求技能 食宿 "
    "联系人 联系电话 发布日期 截止日期"
).split()
AUGUST, SEPTEMBER = date(2023, 8, 31), date(2023, 9, 30)


def shop(name: str = "枫叶鞋厂", **changes: str) -> dict[str, str]:
    row = {
        "乡镇": "北枫镇", "行政村": "北枫一村", "车间名称": name, "车间类型": "社区工厂",
        "认定时间": "2022-03", "统计日期": "2023-08-31", "岗位数": "40", "吸纳就业人数": "30",
        "其中脱贫人口（含监测对象）": "12", "月平均工资（元）": "3200",
    }  # fmt: skip
    return {**row, **changes}


def post(trade: str = "缝纫工", **changes: str) -> dict[str, str]:
    row = {
        "企业名称": "兴达服饰公司", "招聘岗位": trade, "乡镇": "北枫镇", "招聘人数": "5",
        "薪资待遇": "3000-4500元/月", "年龄要求": "18-50周岁", "联系电话": "13800001234",
        "发布日期": "2023-08-01",
    }  # fmt: skip
    return {**row, **changes}


def bring(rows: tuple, columns: list[str], name: str, on: date = AUGUST) -> Batch:
    return bring_in(workbook(columns, rows, title=name), name=f"{name}.xlsx", on=on)


def bring_shops(*rows: dict[str, str], on: date = AUGUST) -> Batch:
    return bring(rows, SHOPS, "就业帮扶车间台账", on)


def bring_posts(*rows: dict[str, str], on: date = AUGUST) -> Batch:
    return bring(rows, POSTS, "岗位需求表", on)


def test_a_list_brings_workshops_and_the_next_one_their_new_numbers(county: County) -> None:
    at_site = {"安置点编码": county.site.code, "乡镇": "", "行政村": ""}
    first = bring_shops(shop(), shop("安置点车间", **at_site, 车间类型="扶贫车间"))
    later = bring_shops(
        shop(统计日期="2023-09-30", 吸纳就业人数="35", 是否四好="四好"), on=SEPTEMBER
    )
    again = bring_shops(shop(统计日期="2023-09-30", 吸纳就业人数="35"), on=SEPTEMBER)
    mended = bring_shops(shop(统计日期="2023-09-30", 吸纳就业人数="36"), on=date(2023, 10, 8))

    assert (first.feed, first.counts["created"], said(first)[0][2]) == ("workshops", 2, "")
    assert (later.counts["updated"], again.counts["unchanged"]) == (1, 1)
    assert Row.objects.get(batch=mended).changes == {"吸纳就业人数": [35, 36]}
    row, other = Workshop.objects.order_by("-name")
    assert {row.division_code, other.division_code} == {NORTH_1, county.site.village_code}
    known = WorkshopCount.objects.filter(workshop__name="枫叶鞋厂")
    assert known.get(told_on=AUGUST).average_wage == 320_000
    assert [each.workers for each in known.order_by("pk")] == [30, 35, 36]
    assert known.filter(known_to__isnull=True).count() == 2
    assert Workshop.objects.get(name="枫叶鞋厂").rating == "four_good"


def test_lines_that_cannot_be_say_why(county: County) -> None:
    batch = bring_shops(
        shop("甲", 停产时间="2021-01-01"),
        shop("乙", 统计日期=""),
        shop("丙", 行政村="没有村"),
        shop("丁", 其中搬迁群众="31"),
        shop("戊", 统计日期="2021-01-01"),
        shop("己"),
        shop("己", 岗位数="41"),
    )
    posts = bring_posts(
        post("甲", 年龄要求="14-50"),
        post("乙", 薪资待遇="看情况"),
        post("丙", 招聘人数="0"),
        post("丁", 截止日期="2023-07-01"),
        post("戊", 乡镇="没有镇"),
    )

    assert {each[2] for each in said(batch)} == {
        "workshop_closed_before", "count_day_missing", "division_not_found", "count_part_above_all",
        "count_before_opening", "contradiction",
    }  # fmt: skip
    assert {each[2] for each in said(posts)} == {
        "vacancy_minors", "ends_unread", "vacancy_nobody_wanted", "vacancy_closes_before",
        "division_not_found",
    }  # fmt: skip
    assert not Workshop.objects.exists()
    assert not Vacancy.objects.exists()


def test_vacancies_come_with_wages_ages_places_and_sealed_numbers(county: County) -> None:
    bring_shops(shop())
    first = bring_posts(
        post(),
        post("普工", 乡镇="", 工作地点="广东省东莞市长安镇", 薪资待遇="5000以上", 食宿="包吃住"),
        post("保安", 乡镇="", 工作地点="开发区", 薪资待遇="面议", 年龄要求=""),
        post("鞋工", 企业名称="枫叶鞋厂", 行政村="北枫一村"),
    )
    again = bring_posts(post(), on=SEPTEMBER)
    later = bring_posts(post(已招人数="2", 联系电话="13900001234"), on=SEPTEMBER)

    assert (first.counts["created"], again.counts["unchanged"]) == (4, 1)
    near, far, somewhere, own = (
        Vacancy.objects.get(trade=trade) for trade in ("缝纫工", "普工", "保安", "鞋工")
    )
    assert (near.wage_from, near.wage_to, near.age_from, near.age_to) == (300_000, 450_000, 18, 50)
    assert (near.division_code, near.filled, near.county_code) == (NORTH, 2, "529901")
    assert (far.division_code, far.wage_to, far.keep) == ("440000000000", None, "both")
    assert (somewhere.division_code, somewhere.wage_from) == ("", None)
    assert own.workshop == Workshop.objects.get()
    assert phones.opened(near) == "13900001234"
    assert Row.objects.get(batch=later).changes == {"已招人数": [None, 2], "联系电话": ["*", "*"]}


def test_both_lists_go_out_as_they_came_without_telephone_numbers(county: County) -> None:
    bring_shops(shop())
    bring_posts(post(), post("普工", 乡镇="", 工作地点="广东省东莞市"))
    whole, town = Scope.of(["529901"]), Scope.of([NORTH])

    (line,) = of_work.workshops(town).to_dicts()
    near, far = of_work.vacancies(whole).sort("town", nulls_last=True).to_dicts()

    assert (line["town"], line["village"], line["workers"]) == ("北枫镇", "北枫一村", 30)
    assert (near["town"], near["wage"], near["ages"]) == ("北枫镇", "3000-4500", "18-50")
    assert (far["work_code"], near["phone"]) == ("440000000000", None)
    assert of_work.vacancies(town).height == 1
