"""公益性岗位花名册: posts and holders come in, the labour ledger follows, what is wrong is refused."""

from datetime import date

import pytest
from tests.factories.county import County
from tests.factories.registry import identity_number
from tests.unit.intake.lists import bring_in, households, member, said, the_row, workbook

from anju.employment.models import Employment, PostHolding, PostTerms, WelfarePost
from anju.intake.models import Batch

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
COLUMNS = (
    "姓名 证件号码 岗位类别 岗位名称 用人单位 岗位所在乡镇 岗位所在村 设岗人数 补贴资金来源 设岗文号"
    " 上岗日期 协议到期日期 岗位补贴（元） 保险类型 非全日制 退岗时间 退岗原因"
)


@pytest.fixture(autouse=True)
def _register(county: County) -> None:
    bring_in(households(member(1), member(2), member(3)), name="户信息名单.xlsx")


def held(number: int = 1, **changes: str) -> dict[str, str]:
    row = {
        "姓名": "甲乙丙丁戊己庚辛"[number % 8] + "秀英",
        "证件号码": identity_number(number, date(1985, 5, 20)),
        "岗位类别": "保洁员", "用人单位": "北枫镇人民政府", "设岗人数": "2",
        "上岗日期": "2023-03-01", "协议到期日期": "2024-02-29", "岗位补贴（元）": "800",
    }  # fmt: skip
    return row | changes


def bring(*rows: dict[str, str], on: date = AUGUST, title: str = "名册") -> Batch:
    return bring_in(workbook(COLUMNS.split(), rows, title=title), on=on)


def test_posts_are_set_up_holders_hired_and_the_ledger_follows_once() -> None:
    first = bring(held(1), held(2, 非全日制="是"), held(3, 岗位类别="护林员", 岗位名称="山林防火",
                  岗位所在乡镇="南枫镇", 岗位所在村="南枫一村"), on=JULY)  # fmt: skip
    assert [each[1:] for each in said(first)] == [("created", "")] * 3
    posts = WelfarePost.objects.order_by("kind")
    told = [(post.kind, post.name, post.division_code) for post in posts]
    assert told == [("cleaning", "保洁", "529901101202"), ("forest", "山林防火", "529901102201")]
    terms = PostTerms.objects.get(post=posts[0])
    assert (terms.places, terms.monthly_pay) == (2, 80_000)
    rows = PostHolding.objects.filter(post=posts[0]).order_by("pk")
    assert [row.is_part_time for row in rows] == [None, True]
    assert rows[0].agreed_until == date(2024, 2, 29)
    works = Employment.objects.filter(channel="welfare_post")
    assert {(row.started_on, row.employer, row.monthly_wage) for row in works} == {
        (date(2023, 3, 1), "北枫镇人民政府", 80_000)
    }
    assert works.count() == 3

    again = bring(held(1), held(2, 非全日制="是"), on=AUGUST, title="八月")
    assert again.counts["unchanged"] == 2
    assert works.count() == 3


def test_what_changed_is_told_from_to_and_the_old_stays_on_record() -> None:
    bring(held(1), held(2), on=JULY)
    left = held(1, 退岗时间="2023-08-20", 退岗原因="不履职", 保险类型="意外险", 非全日制="否")
    batch = bring(left | {"设岗人数": "3"}, held(2) | {"设岗人数": "3"}, title="八月")

    assert [each[1] for each in said(batch)] == ["updated", "updated"]
    assert the_row(batch, 4).changes == {
        "参保情况": [None, "意外伤害保险"],
        "是否非全日制": [None, "否"],
        "退岗日期": [None, "2023-08-20"],
        "退岗原因": [None, "不履行岗位职责"],
        "核定人数": [2, 3],
    }
    assert the_row(batch, 5).changes == {"核定人数": [2, 3]}
    rows = PostTerms.objects.order_by("pk").values_list("places", "known_to")
    assert list(rows) == [(2, AUGUST), (3, None)]
    ended = Employment.objects.filter(known_to__isnull=True).order_by("ended_on")
    assert {row.ended_on for row in ended} == {None, date(2023, 8, 20)}
    assert PostHolding.objects.filter(known_to=AUGUST).count() == 1


def test_the_ledgers_row_of_the_same_day_becomes_the_posts_and_its_end_is_kept() -> None:
    columns = "姓名 证件号码 就业渠道 务工单位 务工开始时间 务工结束时间 月收入".split()
    row = {"就业渠道": "公益岗", "务工单位": "村委会", "务工开始时间": "2023-03-01",
           "务工结束时间": "2023-06-01", "月收入": "700"}  # fmt: skip
    bring_in(workbook(columns, [held(1) | row]), on=JULY)
    bring(held(1))

    work = Employment.objects.get(known_to__isnull=True)
    assert (work.employer, work.monthly_wage) == ("北枫镇人民政府", 80_000)
    assert work.ended_on == date(2023, 6, 1)
    assert PostHolding.objects.get().ended_on is None


def test_what_a_list_of_posts_gets_wrong_is_said_in_its_row() -> None:
    bring(held(1), on=JULY)
    batch = bring(
        held(1, 岗位名称="护路"),
        held(2, 岗位类别="巡视岗"),
        held(2, 退岗原因="升学"),
        held(2, 退岗时间="2023-02-01"),
        held(2, 退岗时间="2023-12-01"),
        held(2, 岗位所在乡镇="西枫镇"),
        held(2, 用人单位=""),
        held(3, 岗位名称="河道", 设岗人数="1"),
        held(2, 岗位名称="河道", 设岗人数="4"),
        held(3, 姓名="李陌生", 证件号码=identity_number(700, date(1985, 5, 20))),
    )

    lines = {row.number: (row.outcome, row.code) for row in batch.lines.all()}
    assert lines == {
        4: ("conflict", "post_differs"),
        5: ("rejected", "label_unknown"),
        6: ("rejected", "post_reason_without_end"),
        7: ("rejected", "date_order"),
        8: ("rejected", "post_end_to_come"),
        9: ("rejected", "division_not_found"),
        10: ("rejected", "required"),
        11: ("rejected", "post_told_twice"),
        12: ("rejected", "post_told_twice"),
        13: ("rejected", "person_unknown"),
    }
    assert PostHolding.objects.count() == 1
