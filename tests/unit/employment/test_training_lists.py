"""Lists of trainings and of wishes: what is new, what became known, what is refused, who is meant."""

from datetime import date

import pytest
from tests.factories.county import County
from tests.factories.registry import identity_number
from tests.unit.intake.lists import bring_in, households, member, said, the_row, workbook

from anju.employment.models import LabourProfile, Training
from anju.intake.models import Batch

pytestmark = pytest.mark.django_db
NAME, NUMBER = "乙秀英", identity_number(1, date(1985, 5, 20))
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
TRAINING = "姓名 证件号码 性别 出生日期 行政村 户主姓名 培训类别 培训工种 培训机构 开班日期 结业日期 取得证书 证书等级 补贴金额（元）"
WISHES = "姓名 证件号码 摸底日期 是否常住 就业意愿 培训意愿 意向工种 期望工资（元） 推荐岗位数"


@pytest.fixture(autouse=True)
def _register(county: County) -> None:
    others = [
        member(number, 姓名=name, 出生日期=born, 证件号码=identity_number(number, day), 性别=sex)
        for number, name, born, day, sex in (
            (2, "周志健", "19780712", date(1978, 7, 12), "女"),
            (3, "李建国", "19730405", date(1973, 4, 5), "男"),
            (4, "陈晓燕", "19880221", date(1988, 2, 21), "女"),
        )
    ]
    bring_in(households(member(1), *others), name="户信息名单.xlsx")


def trained(**changes: str) -> dict[str, str]:
    row = {"姓名": NAME, "证件号码": NUMBER, "培训类别": "就业技能培训", "培训工种": "电工"}
    return row | {"培训机构": "县职教中心", "开班日期": "2023-07-24"} | changes


def told(**changes: str) -> dict[str, str]:
    row = {"姓名": NAME, "证件号码": NUMBER, "摸底日期": "2023-07-20", "是否常住": "是"}
    return row | {"就业意愿": "有", "培训意愿": "愿意", "推荐岗位数": "2"} | changes


def bring(columns: str, *rows: dict[str, str], on: date = AUGUST, title: str = "名册") -> Batch:
    return bring_in(workbook(columns.split(), rows, title=title), on=on)


def test_what_became_of_a_course_is_added_later_and_the_same_list_twice_writes_nothing() -> None:
    first = bring(TRAINING, trained(), on=JULY)
    done = trained(结业日期="2023-08-11", 取得证书="技能等级证书", 证书等级="中级工")
    done["补贴金额（元）"] = "1200.5"
    ended = bring(TRAINING, done, title="八月")
    again = bring(TRAINING, done, title="八月重报")

    assert said(first) == [(4, "created", "")]
    assert said(ended) == [(4, "updated", "")]
    assert the_row(ended, 4).changes == {
        "结业日期": [None, "2023-08-11"],
        "取得证书": [None, "职业技能等级证书"],
        "证书等级": [None, "四级（中级工）"],
        "培训补贴": [None, "1200.50"],
    }
    assert again.counts["unchanged"] == 1
    rows = Training.objects.order_by("id").values_list("certificate", "subsidy", "known_to")
    assert list(rows) == [(None, None, AUGUST), ("skill_level", 120_050, None)]


def test_what_a_list_of_trainings_gets_wrong_is_said_in_its_row() -> None:
    batch = bring(
        TRAINING,
        trained(培训类别="上岗培训"),
        trained(培训工种=""),
        trained(开班日期="2023-09-24"),
        trained(结业日期="2023-07-01"),
        trained(取得证书="合格证", 证书等级="初级"),
        trained(姓名="李陌生", 证件号码=identity_number(700, date(1985, 5, 20))),
    )

    lines = batch.lines.order_by("number").values_list("number", "message")
    assert [(number, text.split("。")[0]) for number, text in lines] == [
        (4, "“培训类别”填的“上岗培训”不在代码表里"),
        (5, "“培训工种”没有填写"),
        (6, "“开班日期”晚于数据日期（2023-09-24）"),
        (7, "“结业日期”早于“开班日期”（2023-07-01）"),
        (8, "填了“证书等级”，“取得证书”却不是职业技能等级证书或职业资格证书"),
        (9, "李陌生 不在底册"),
    ]
    assert not Training.objects.exists()


def test_who_has_no_number_is_found_by_what_else_is_there() -> None:
    who = {"姓名": "陈晓燕", "证件号码": "", "性别": "女", "出生日期": "1988-02-21"}
    batch = bring(TRAINING, trained(**who, 行政村="北枫二村", 户主姓名="陈晓燕"))

    assert said(batch)[0][1] == "created"
    assert Training.objects.get().person.name == "陈晓燕"


def test_each_round_is_kept_and_an_answer_set_right_keeps_what_was_known() -> None:
    bring(WISHES, told(), on=JULY)
    bring(WISHES, told(摸底日期="2023-08-20", 培训意愿="无"), title="八月")
    put_right = bring(WISHES, told(培训意愿="无"), title="七月更正")

    assert the_row(put_right, 4).changes == {"培训意愿": ["有", "无"]}
    rows = LabourProfile.objects.order_by("id").values_list("told_on", "wants_training", "known_to")
    assert list(rows) == [
        (date(2023, 7, 20), "yes", AUGUST),
        (date(2023, 8, 20), "no", None),
        (date(2023, 7, 20), "no", None),
    ]
    row = LabourProfile.objects.order_by("id").last()
    assert (row.residence, row.wants_work, row.openings, row.wished_wage) == (
        "here",
        "yes",
        2,
        None,
    )
