"""Household lists: what is taken, what is refused and why, and what the registers then hold."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.county import NORTH_2, County
from tests.factories.registry import identity_number
from tests.unit.intake.lists import ON, bring_in, households, member, said, the_row

from anju.audit.models import Entry
from anju.intake.models import Row
from anju.registry.models import Household, HouseholdRecord, Membership, Person, PersonRecord

pytestmark = pytest.mark.django_db

BORN = date(1985, 5, 20)
SPOUSE = {
    "人编号": "529901100000000102",
    "姓名": "王小兰",
    "性别": None,
    "证件号码": identity_number(901, BORN),
    "与户主关系": "配偶",
}


def test_a_list_opens_households_with_their_members(county: County) -> None:
    batch = bring_in(households(member(1), member(1, **SPOUSE)))

    assert said(batch) == [(4, "created", ""), (5, "created", "")]
    home = Household.objects.get(code="5299011000000001")
    assert (home.head_name, home.head_initials, home.size) == ("乙秀英", "yxy", 2)
    assert (home.village_code, home.household_class) == (NORTH_2, "ordinary")
    person = Person.objects.get(code=SPOUSE["人编号"])
    assert (person.sex, person.born_on, person.initials) == ("M", BORN, "wxl")
    membership = Membership.objects.get(person=person)
    assert (membership.relation, membership.joined_on) == ("spouse", date(2014, 1, 1))
    assert membership.known_from == ON


def test_the_same_list_later_changes_nothing(county: County) -> None:
    bring_in(households(member(1), member(1, **SPOUSE)))

    again = bring_in(
        households(member(1), member(1, **SPOUSE), title="再报一次"), on=date(2023, 8, 31)
    )

    assert again.counts["unchanged"] == 2
    assert Membership.objects.filter(known_from=date(2023, 8, 31)).count() == 0


def test_a_change_closes_what_was_known_and_opens_what_is_known_now(county: County) -> None:
    bring_in(households(member(1)))

    later = bring_in(
        households(member(1, 劳动技能="丧失劳动力", 户类型="脱贫户")), on=date(2023, 8, 31)
    )

    row = the_row(later, 4)
    assert row.outcome == "updated"
    assert row.changes == {
        "劳动技能": ["普通劳动力", "丧失劳动力"],
        "户类型": ["一般农户", "脱贫户"],
    }
    records = PersonRecord.objects.order_by("id").values_list("labour", "known_from", "known_to")
    assert list(records.filter(person__code="529901100000000101")) == [
        ("ordinary", ON, date(2023, 8, 31)),
        ("lost", date(2023, 8, 31), None),
    ]
    homes = HouseholdRecord.objects.filter(household__code="5299011000000001").order_by("id")
    assert [each.known_to for each in homes] == [date(2023, 8, 31), None]


def test_an_older_list_does_not_undo_what_was_learnt_later(county: County) -> None:
    bring_in(households(member(1, 劳动技能="丧失劳动力")), on=date(2023, 8, 31))

    older = bring_in(households(member(1)), on=ON)

    assert said(older) == [(4, "conflict", "newer_known")]
    assert PersonRecord.objects.get(person__code="529901100000000101").labour == "lost"


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"证件号码": "529901198505200011"}, "identity_check", "证件号码"),
        ({"证件号码": "5.29901E+17"}, "identity_destroyed", "证件号码"),
        ({"证件号码": 529901198505200000.0}, "identity_destroyed", "证件号码"),
        ({"证件号码": "52990119850520001"}, "identity_length", "证件号码"),
        ({"证件号码": "529901198502300014"}, "identity_date", "证件号码"),
        ({"证件号码": "5299011985?5200014"}, "identity_format", "证件号码"),
        ({"证件号码": identity_number(1, BORN) + "91"}, "identity_card", "证件号码"),
        ({"出生日期": "19850521"}, "identity_birth", "出生日期"),
        ({"出生日期": "19850230"}, "date_impossible", "出生日期"),
        ({"出生日期": "八五年"}, "date_format", "出生日期"),
        ({"出生日期": "198505"}, "date_without_day", "出生日期"),
        ({"性别": "女"}, "identity_sex", "性别"),
        ({"性别": "不详"}, "label_unknown", "性别"),
        ({"户类型": "贫困户"}, "label_unknown", "户类型"),
        ({"户类型": None}, "required", "户类型"),
        ({"姓名": "张3"}, "name_digits", "姓名"),
        ({"户编号": "5.29E+15"}, "code_destroyed", "户编号"),
        ({"户编号": "五二"}, "code_format", "户编号"),
        ({"人员识别时间": "2024-01-01"}, "date_future", "人员识别时间"),
        ({"行政村": "没有的村"}, "place_unknown", "行政村"),
        ({"所属网格": "529901101202999"}, "grid_unknown", "所属网格"),
        (
            {"易返贫致贫户(监测对象)类型": "脱贫不稳定户", "风险识别时间": "202306", "风险消除时间": "202305"},
            "date_order",
            "风险消除时间",
        ),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_its_column_and_a_remedy_and_the_good_one_is_taken(
    county: County, changes: dict[str, str], code: str, column: str
) -> None:
    batch = bring_in(households(member(1, **changes), member(2)))

    bad = the_row(batch, 4)
    assert (bad.outcome, bad.code, bad.column) == ("rejected", code, column)
    assert bad.message.count("。") >= 2
    assert "{" not in bad.message
    assert the_row(batch, 5).outcome == "created"
    assert batch.counts == {
        "created": 1, "updated": 0, "unchanged": 0, "conflict": 0, "waiting": 0, "rejected": 1,
    }  # fmt: skip


def test_messages_never_hold_an_identity_number(county: County) -> None:
    number = identity_number(1, BORN)
    wrong = number[:17] + ("1" if number[17] != "1" else "2")

    batch = bring_in(households(member(1, 证件号码=wrong), member(2, 姓名=number)))

    said_ = "".join(Row.objects.filter(batch=batch).values_list("message", flat=True))
    assert wrong[:6] + "********" + wrong[14:] in said_
    assert wrong not in said_
    assert number not in said_


def test_an_unknown_label_is_told_with_what_is_allowed(county: County) -> None:
    batch = bring_in(households(member(1, 劳动技能="壮劳力")))

    assert (
        "可填：普通劳动力、技能劳动力、弱劳动力或半劳动力、丧失劳动力、无劳动力"
        in the_row(batch, 4).message
    )


def test_equal_rows_count_once_and_contradicting_ones_not_at_all(county: County) -> None:
    batch = bring_in(
        households(member(1), member(1), member(2), member(2, 文化程度="小学"), member(3))
    )

    assert said(batch) == [
        (4, "created", ""),
        (5, "rejected", "duplicate"),
        (6, "conflict", "contradiction"),
        (7, "conflict", "contradiction"),
        (8, "created", ""),
    ]
    assert "第 4 行" in the_row(batch, 5).message


def test_a_person_cannot_be_in_two_households(county: County) -> None:
    bring_in(households(member(1)))

    batch = bring_in(households(member(1, 户编号="5299011000000009")))

    assert said(batch) == [(4, "conflict", "member_elsewhere")]
    assert "5299011000000001" in the_row(batch, 4).message
    assert not Household.objects.filter(code="5299011000000009").exists()


def test_another_name_for_a_known_number_is_a_conflict(county: County) -> None:
    bring_in(households(member(1)))

    batch = bring_in(households(member(1, 姓名="李四海")))

    assert said(batch) == [(4, "conflict", "name_differs")]


def test_a_second_head_is_a_conflict(county: County) -> None:
    batch = bring_in(households(member(1), member(1, **{**SPOUSE, "与户主关系": "户主"})))

    assert said(batch) == [(4, "created", ""), (5, "conflict", "second_head")]


def test_blank_cells_of_grown_ups_say_none_and_those_of_the_young_say_nothing(
    county: County,
) -> None:
    young = date(2003, 8, 1)
    bring_in(
        households(
            member(1, 在校生状况=None, 劳动技能=None),
            member(2, 出生日期=None, 证件号码=identity_number(2, young), 性别=None,
                   在校生状况=None, 劳动技能=None),
        )
    )  # fmt: skip

    states = PersonRecord.objects.order_by("id").values_list("schooling", "labour")
    assert list(states.filter(known_from=ON)) == [("none", "none"), (None, None)]


def test_rows_of_other_places_are_not_taken(county: County) -> None:
    batch = bring_in(households(member(1)), place="529901102000")

    assert said(batch) == [(4, "rejected", "place_outside")]


def test_a_batch_leaves_one_audit_entry_with_counts_and_digest(county: County) -> None:
    batch = bring_in(households(member(1), member(2)))

    entry = Entry.objects.get(action="intake.done")
    assert entry.ids == [batch.pk]
    assert entry.detail["counts"]["created"] == 2
    assert entry.detail["digest"] == batch.digest


def test_numbers_are_sealed_and_found_by_digest_only(county: County) -> None:
    bring_in(households(member(1, 人联系电话="13800001234")))

    person = Person.objects.get(code="529901100000000101")
    assert identity_number(1, BORN).encode() not in bytes(person.identity_sealed)
    assert b"13800001234" not in bytes(person.phone_sealed)


def test_the_number_of_queries_does_not_follow_the_number_of_rows(
    county: County, django_assert_max_num_queries: type[CaptureQueriesContext]
) -> None:
    rows = [member(number) for number in range(1, 200)]

    most = 64 if connection.vendor == "sqlite" else 70  # locks are queries there

    with django_assert_max_num_queries(most):
        batch = bring_in(households(*rows))

    assert batch.counts["created"] == 199


def test_a_month_alone_keeps_the_day_that_is_known_in_it_a_day_changes_it(county: County) -> None:
    """The official form writes when a risk was found as YYYYMM; the registers may know the day."""
    watched = {"户类型": "脱贫户", "易返贫致贫户(监测对象)类型": "脱贫不稳定户"}
    told = {"风险识别时间": "20230615", "人员识别时间": "20140320"}
    bring_in(households(member(1, **watched, **told)))

    month = {"风险识别时间": "202306", "人员识别时间": "2014年3月"}
    again = bring_in(households(member(1, **watched, **month)), on=date(2023, 8, 31))

    home = Household.objects.get(code="5299011000000001")
    membership = Membership.objects.get(household=home)
    assert said(again) == [(4, "unchanged", "")]
    assert (home.included_on, membership.joined_on) == (date(2023, 6, 15), date(2014, 3, 20))
    other = {"风险识别时间": "20230601", "人员识别时间": "201404"}
    bring_in(households(member(1, **watched, **other)), on=date(2023, 9, 30))
    home.refresh_from_db()
    assert home.included_on == date(2023, 6, 1)
    now = Membership.objects.get(household=home, known_to=None)
    assert now.joined_on == date(2014, 4, 1)
