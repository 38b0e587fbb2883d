"""Rows without numbers in lists that name a household, and in lists of households without codes."""

from datetime import date

import pytest
from tests.factories.county import County
from tests.factories.registry import identity_number
from tests.unit.intake.lists import (
    AT,
    CLERK,
    bring_in,
    households,
    member,
    said,
    the_row,
    workbook,
)  # fmt: skip

from anju.audit.refusal import Refusal
from anju.intake.actions import batches, decisions, processing
from anju.intake.actions.joining import MemberOfRow
from anju.intake.feeds import FEEDS
from anju.intake.models import Batch, Outcome, Row
from anju.intake.refusals import BatchRefused
from anju.registry.actions.editing import Edit, save
from anju.registry.models import Event, Household, Person, Status

pytestmark = pytest.mark.django_db

HOME, OTHER = "5299011000000001", "5299011000000002"
HELP = "户编号 户主姓名 帮扶对象姓名 帮扶对象证件号码 措施类别 措施内容 开始日期"
ALLOWANCE = "户编号 姓名 证件号码 救助类型 保障范围 起始年月 停发年月 银行账号"
DAMAGE = "户主姓名 行政村 户主证件号码 户主联系电话 灾种 受灾日期 损失金额"
PHONES = {HOME: "13500000101", OTHER: "13500000102"}
PEOPLE = (
    (1, "周志健", "户主", date(1958, 7, 12)), (1, "李桂兰", "配偶", date(1963, 4, 5)),
    (1, "周文斌", "之子", date(2001, 2, 3)), (1, "周文武", "之子", date(2001, 2, 3)),
    (2, "王建国", "户主", date(1970, 9, 9)), (2, "李桂兰", "配偶", date(1971, 3, 14)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def register(county: County) -> None:
    """Two households, a wife of the same name in each, twins in the first; and their neighbours."""
    rows = []
    for number, (home, name, relation, born) in enumerate(PEOPLE, start=1):
        wanted = 2 * number + (relation == "户主" or relation == "之子") + 100
        number_of = identity_number(wanted, born)
        rows.append(
            member(home, 姓名=name, 与户主关系=relation, 人编号=f"{HOME[:15]}{home}{number:02d}")
            | {"人联系电话": PHONES[f"{HOME[:15]}{home}"]}
            | {"户编号": f"{HOME[:15]}{home}", "出生日期": f"{born:%Y%m%d}", "证件号码": number_of}
            | {"性别": "男" if int(number_of[16]) % 2 else "女"}
        )
    rows += [
        member(
            1_000 + each,
            姓名="陈吴杨赵黄孙"[each % 6] + "伟强磊军洋勇杰"[each % 7] + "明超平刚辉"[each % 5],
        )
        for each in range(70)
    ]
    assert bring_in(households(*rows), name="户.xlsx").counts["created"] == len(rows)


def bring(columns: str, *rows: dict[str, str]) -> Batch:
    return bring_in(workbook(columns.split(), rows), on=date(2023, 8, 31))


def of(name: str, home: str = HOME) -> Person:
    return Person.objects.get(name=name, memberships__household__code=home)


def measure(name: str, home: str = HOME, **more: str) -> dict[str, str]:
    row = {"户编号": home, "措施类别": "产业帮扶", "措施内容": "鸡苗", "开始日期": "2023-08-01"}
    return row | {"帮扶对象姓名": name} | more


def damage(head: str, **more: str) -> dict[str, str]:
    row = {"户主姓名": head, "行政村": "北枫二村", "灾种": "洪涝", "受灾日期": "2023-08-02"}
    return row | {"损失金额": "3000"} | more


def test_a_person_without_a_number_is_found_among_the_members_of_the_household() -> None:
    batch = bring(HELP, measure("李桂兰"), measure("李桂蘭", OTHER))

    assert batch.counts["created"] == 2
    assert set(Status.objects.values_list("person_id", flat=True)) == {
        of("李桂兰").pk,
        of("李桂兰", OTHER).pk,
    }
    assert "没有可用的证件号码" in the_row(batch, 4).message


def test_a_wrong_number_of_an_allowance_does_not_stop_a_member_who_is_named() -> None:
    row = {"户编号": HOME, "姓名": "周志健", "证件号码": "529901195807120019", "起始年月": "202301"}
    row |= {"救助类型": "农村低保", "保障范围": "单人", "银行账号": "6217000000000000123"}
    batch = bring(ALLOWANCE, row)

    assert said(batch) == [(4, "created", "")]
    assert Status.objects.get().person_id == of("周志健").pk
    assert of("周志健").bank_account_sealed is None  # money does not go by likeness


def test_somebody_who_lives_elsewhere_is_asked_about_among_the_members() -> None:
    batch = bring(HELP, measure("王建国"))

    row = the_row(batch, 4)
    assert (row.outcome, row.code) == (Outcome.WAITING, "member_unknown")
    assert HOME in row.message
    members = set(Person.objects.filter(memberships__household__code=HOME).values_list("pk"))
    assert {(each["person_id"],) for each in row.candidates} == members
    assert not Status.objects.exists()
    assert sum(batch.counts.values()) == batch.rows == 1


def test_a_name_that_may_be_either_twin_waits_and_is_decided_once() -> None:
    batch = bring(HELP, measure("周文"))
    row = the_row(batch, 4)
    assert (row.outcome, row.code) == (Outcome.WAITING, "member_doubtful")
    assert row.sides["asked"]["household_code"] == HOME
    twins = {of("周文斌").pk, of("周文武").pk}
    assert twins <= {each["person_id"] for each in row.candidates}

    chosen = of("周文武").pk
    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row.pk, person_id=chosen)
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)
    processing.commit_now(batch_id=batch.pk)
    again = bring(HELP, measure("周文", 开始日期="2023-08-20"))

    assert set(Status.objects.values_list("person_id", flat=True)) == {chosen}
    assert again.counts["created"] == 1


def decide(batch: Batch, number: int, person: int | None, reason: str = "") -> Batch:
    row = the_row(batch, number)
    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row.pk, person_id=person, reason=reason)
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)
    return processing.commit_now(batch_id=batch.pk)


def test_a_member_who_is_written_otherwise_is_told_once_by_number_too() -> None:
    stranger = identity_number(911, date(1963, 4, 5))
    rows = (measure("王小花"), measure("桂兰嫂", 帮扶对象证件号码=stranger, 措施内容="猪苗"))
    batch = bring(HELP, *rows)
    assert [each[1:] for each in said(batch)] == [("waiting", "member_unknown")] * 2
    assert not the_row(batch, 4).sides["has_number"]
    assert stranger not in str(Row.objects.values_list("sides", "message", "candidates"))

    wife = of("李桂兰").pk
    for number in (4, 5):
        batch = decide(batch, number, wife)
    assert batch.counts | {"created": 2} == batch.counts
    again = bring(HELP, *(row | {"开始日期": "2023-08-20"} for row in rows))

    assert again.counts["created"] == 2
    assert "按 clerk 的认定" in the_row(again, 5).message
    assert set(Status.objects.values_list("person_id", flat=True)) == {wife}


def test_a_row_is_turned_away_with_a_reason_and_the_same_file_adds_nothing() -> None:
    batch = bring(HELP, measure("王小花"))
    with pytest.raises(BatchRefused, match="理由"):
        decide(batch, 4, None)

    batch = decide(batch, 4, None, reason="已随父母迁出")

    assert said(batch) == [(4, "rejected", "person_decided_nobody")]
    assert "已随父母迁出" in the_row(batch, 4).message
    again = bring(HELP, measure("王小花", 措施内容="化肥"))
    assert said(again) == [(4, "rejected", "person_decided_nobody")]
    assert not Status.objects.exists()


def test_a_new_member_joins_with_the_number_of_the_list_and_is_found_from_then_on() -> None:
    number = identity_number(913, date(2023, 3, 9))
    row = {"户编号": HOME, "姓名": "周小宝", "证件号码": number, "起始年月": "202308"}
    batch = bring(ALLOWANCE, row | {"救助类型": "农村低保", "保障范围": "单人"})
    waiting = the_row(batch, 4)
    household = Household.objects.get(code=HOME)
    size = household.size
    sheet = MemberOfRow(household, batch, waiting, AT)
    assert sheet.numbers() == {"identity": number}
    sex = "FM"[int(number[16]) % 2]
    assert sheet.given() == {"name": "周小宝", "sex": sex, "born_on": date(2023, 3, 9)}

    edit = Edit(by=CLERK, on=date(2023, 9, 1), source="经办人页面填写")
    told = {"name": "周小宝", "relation": "grandson", "joined_on": date(2023, 3, 9)}
    save(edit=edit, sheet=sheet, seen={}, typed=told)
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)
    batch = processing.commit_now(batch_id=batch.pk)

    baby = of("周小宝")
    assert (baby.born_on, baby.sex, baby.code) == (
        date(2023, 3, 9), sex, f"{HOME}05",
    )  # fmt: skip
    assert Status.objects.get().person_id == baby.pk
    assert Household.objects.get(code=HOME).size == size + 1
    assert said(batch) == [(4, "created", "")]
    with pytest.raises(Refusal):
        save(edit=edit, sheet=sheet, seen={}, typed=told)


INSURED = "姓名 证件号码 户编号 户主姓名 户主证件号码 行政村 参保日期"


def test_a_list_of_persons_names_the_household_by_code_by_its_head_or_by_his_number() -> None:
    head = identity_number(103, date(1958, 7, 12))
    strange = identity_number(915, date(2019, 6, 1))
    rows = (
        {"户编号": HOME},
        {"户主证件号码": head},
        {"户主姓名": "王建国", "行政村": "北枫二村"},
        {"户主姓名": "查无此人", "行政村": "北枫二村"},
        {"户编号": OTHER, "证件号码": strange},
        {"证件号码": identity_number(917, date(2020, 6, 1))},
    )
    batch = bring(INSURED, *({"姓名": "周小妹", "参保日期": "2023-01-01"} | row for row in rows))

    assert [each[1:] for each in said(batch)] == [
        *[("waiting", "member_unknown")] * 3,
        ("rejected", "person_not_found"),
        ("waiting", "member_unknown"),
        ("rejected", "person_unknown"),
    ]
    named = [the_row(batch, number).sides["asked"]["household_code"] for number in (4, 5, 6, 8)]
    assert named == [HOME, HOME, OTHER, OTHER]
    assert sum(batch.counts.values()) == batch.rows == 6


def test_a_list_of_households_without_codes_finds_them_by_head_village_and_telephone() -> None:
    batch = bring(
        DAMAGE,
        damage("周志建", 户主联系电话=PHONES[HOME]),
        damage("王建国", 户主联系电话=PHONES[OTHER]),
        damage("欧阳长风"),
    )

    assert [each[1:] for each in said(batch)] == [
        ("created", ""),
        ("created", ""),
        ("rejected", "head_not_found"),
    ]
    assert set(Event.objects.values_list("household__code", flat=True)) == {HOME, OTHER}
    assert "没有户编号" in the_row(batch, 4).message


def test_the_number_of_the_head_tells_the_household_and_his_name_must_agree() -> None:
    number = identity_number(103, date(1958, 7, 12))
    batch = bring(
        DAMAGE, damage("周志健", 户主证件号码=number), damage("王建国", 户主证件号码=number)
    )

    assert [each[1:] for each in said(batch)] == [("created", ""), ("conflict", "name_differs")]
    assert Household.objects.get(code=HOME).events.count() == 1


def test_a_list_of_households_with_neither_code_nor_village_is_refused_as_a_file() -> None:
    with pytest.raises(Exception, match="户编号"):
        bring("户主姓名 灾种 受灾日期 损失金额", damage("周志健"))


def test_every_list_finds_persons_and_households_without_numbers_or_says_why_not() -> None:
    for feed in FEEDS:
        for sheet in feed.sheets:
            fields = {column.field for column in sheet.columns}
            witnessed = any(column.witness for column in sheet.columns)
            about_somebody = bool(fields & {"household_code", "identity"})
            assert witnessed or not about_somebody or feed.unlinked, feed.id
