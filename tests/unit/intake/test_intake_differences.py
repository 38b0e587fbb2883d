"""A list against the one before, and departments that contradict each other."""

from datetime import UTC, date, datetime

import pytest
from tests.unit.intake.lists import bring_in, households, member, workbook

from anju.intake.actions.differences import compare_now
from anju.intake.models import Batch, Difference
from anju.registry.models import PersonRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

AUGUST = date(2023, 8, 31)
SEPTEMBER = date(2023, 9, 30)
INSURED = ("姓名", "证件号码", "参保日期", "停保日期")
ROLLS = ("姓名", "证件号码", "学校", "在校生状况", "变动日期")
PUPIL = {
    "与户主关系": "之子",
    "文化程度": None,
    "在校生状况": "小学",
    "出生日期": None,
    "性别": None,
}


def insured(*people: dict, **more: object) -> bytes:
    rows = [
        {"姓名": p["姓名"], "证件号码": p["证件号码"], "参保日期": "20230101", **p} for p in people
    ]
    return workbook(
        INSURED, [{k: row.get(k) for k in INSURED} for row in rows], sheet="参保", **more
    )


def rolls(*rows: dict) -> bytes:
    return workbook(ROLLS, rows, sheet="学籍变动")


def told(batch: Batch) -> list[tuple[str, int, dict]]:
    """Kind, row number and fields of everything that is different."""
    found = Difference.objects.filter(batch=batch).order_by("kind", "number")
    return [(each.kind, each.number, each.fields) for each in found]


def test_the_first_list_has_nothing_to_be_compared_with() -> None:
    bring_in(households(member(1)))
    batch = bring_in(insured(member(1)), name="医保7月.xlsx")

    batch.refresh_from_db()

    assert told(batch) == []
    assert batch.differences["earlier"] is None


def test_a_list_tells_who_is_new_gone_and_changed_since_the_month_before() -> None:
    people = [member(number) for number in range(1, 6)]
    bring_in(households(*people))
    before = bring_in(insured(*people[:4]), name="医保7月.xlsx")
    ended = {**people[1], "停保日期": "20230815"}

    batch = bring_in(
        insured(people[4], people[0], ended, people[2]), name="医保8月.xlsx", on=AUGUST
    )

    batch.refresh_from_db()
    assert told(batch) == [
        ("changed", 6, {"停保日期": [None, "2023-08-15"]}),
        ("gone", 7, {"参保日期": ["2023-01-01", None]}),
        ("new", 4, {"参保日期": [None, "2023-01-01"]}),
    ]
    assert batch.differences["earlier"] == before.pk
    assert batch.differences["same"] == 2


def test_each_difference_names_the_rules_it_may_trigger() -> None:
    people = [member(number) for number in range(1, 4)]
    bring_in(households(*people))
    bring_in(insured(*people), name="医保7月.xlsx")

    batch = bring_in(insured(*people[:2]), name="医保8月.xlsx", on=AUGUST)

    (gone,) = Difference.objects.filter(batch=batch)
    assert gone.rules == ["uninsured"]


def test_a_list_of_changes_alone_says_nobody_is_gone() -> None:
    people = [member(number) for number in range(1, 6)]
    bring_in(households(*people))
    bring_in(insured(*people), name="医保7月.xlsx")

    batch = bring_in(insured({**people[1], "停保日期": "20230815"}), name="医保8月.xlsx", on=AUGUST)

    batch.refresh_from_db()
    assert [kind for kind, _, _ in told(batch)] == ["changed"]
    assert batch.differences["changes_only"]


def test_who_could_not_be_read_is_not_called_gone() -> None:
    people = [member(number) for number in range(1, 4)]
    bring_in(households(*people))
    bring_in(insured(*people), name="医保7月.xlsx")
    torn = {**people[2], "参保日期": "二〇二三"}

    batch = bring_in(insured(*people[:2], torn), name="医保8月.xlsx", on=AUGUST)

    assert told(batch) == []


def test_a_date_that_was_corrected_is_a_change_and_not_another_line() -> None:
    people = [member(1), member(2)]
    bring_in(households(*people))
    bring_in(insured(*people), name="医保7月.xlsx")

    batch = bring_in(
        insured(people[0], {**people[1], "参保日期": "20230201"}), name="医保8月.xlsx", on=AUGUST
    )

    assert told(batch) == [("changed", 5, {"参保日期": ["2023-01-01", "2023-02-01"]})]


def test_a_telephone_that_changed_is_not_repeated() -> None:
    bring_in(households(member(1, 人联系电话="10000000001")), name="名单7月.xlsx")

    batch = bring_in(
        households(member(1, 人联系电话="10000000002")), name="名单8月.xlsx", on=AUGUST
    )

    assert told(batch) == [("changed", 4, {"人联系电话": ["***", "***"]})]


def test_the_school_roll_stands_against_a_household_list() -> None:
    """教育 decides schooling: the rest of the row is taken, the child stays at school."""
    child = member(2, **{**PUPIL, "在校生状况": "不在校", "劳动技能": None})
    bring_in(households(member(1), {**child, "户编号": member(1)["户编号"]}), name="名单7月.xlsx")
    roll = rolls(
        {
            "姓名": child["姓名"],
            "证件号码": child["证件号码"],
            "在校生状况": "九年级",
            "变动日期": "20230801",
        }
    )
    bring_in(roll, name="学籍8月.xlsx", on=AUGUST)
    later = {**child, "户编号": member(1)["户编号"], "文化程度": "小学"}

    batch = bring_in(households(member(1), later), name="名单9月.xlsx", on=SEPTEMBER)

    record = PersonRecord.objects.get(
        person__code=child["人编号"], known_to__isnull=True, valid_to__isnull=True
    )
    assert (record.schooling, record.education) == ("compulsory", "primary")
    row = batch.lines.get(number=5)
    assert row.outcome == "updated"
    contradiction = Difference.objects.get(batch=batch, kind="contradicting")
    assert contradiction.fields == {"在校生状况": ["小学", "不在校"]}
    assert contradiction.decides == "教育"
    assert contradiction.sources["在校生状况"].startswith("学籍变动名单 #")
    assert "out_of_school" in contradiction.rules


def test_the_deciding_office_corrects_what_others_said() -> None:
    child = member(2, **{**PUPIL, "在校生状况": "不在校"})
    bring_in(households(member(1), {**child, "户编号": member(1)["户编号"]}), name="名单7月.xlsx")

    batch = bring_in(
        rolls({"姓名": child["姓名"], "证件号码": child["证件号码"], "在校生状况": "九年级", "变动日期": "20230801"}),
        name="学籍8月.xlsx",
        on=AUGUST,
    )  # fmt: skip

    assert batch.counts["updated"] == 1
    assert told(batch) == []


def test_a_name_against_the_register_is_for_the_police_to_decide() -> None:
    bring_in(households(member(1), member(2)))

    batch = bring_in(insured(member(1, 姓名="王秀英"), member(2)), name="医保8月.xlsx", on=AUGUST)

    contradiction = Difference.objects.get(batch=batch)
    assert contradiction.decides == "公安"
    assert contradiction.outcome == "conflict"
    assert contradiction.fields["姓名"][1] == "王秀英"


def _wrong(name: str) -> dict:
    return member(1, 姓名=name)


def _settle(item: Difference, settlement: str = "stands") -> None:
    stamp = datetime(2023, 9, 2, 8, tzinfo=UTC)
    Difference.objects.filter(pk=item.pk).update(settlement=settlement, settled_at=stamp)


def test_what_was_decided_is_not_asked_again_until_a_value_changes() -> None:
    bring_in(households(member(1), member(2)))
    july = bring_in(insured(_wrong("王秀英"), member(2)), name="医保7月.xlsx")
    _settle(Difference.objects.get(batch=july))

    august = bring_in(insured(member(2), _wrong("王秀英")), name="医保8月.xlsx", on=AUGUST)
    september = bring_in(insured(_wrong("王秀兰"), member(2)), name="医保9月.xlsx", on=SEPTEMBER)

    august.refresh_from_db()
    assert august.differences["decided"] == 1
    assert not Difference.objects.filter(batch=august, kind="contradicting").exists()
    again = Difference.objects.get(batch=september, kind="contradicting")
    assert again.fields["姓名"][1] == "王秀兰"
    assert Difference.objects.get(batch=july).settlement == "stands"


def test_what_waits_goes_on_as_the_same_item_with_its_age() -> None:
    bring_in(households(member(1), member(2)))
    july = bring_in(insured(_wrong("王秀英"), member(2)), name="医保7月.xlsx")
    first = Difference.objects.get(batch=july)

    august = bring_in(insured(member(2), _wrong("王秀英")), name="医保8月.xlsx", on=AUGUST)
    compare_now(batch_id=august.pk)  # the job may come twice
    compare_now(batch_id=july.pk)  # nor does an older list take the item back

    (item,) = Difference.objects.filter(kind="contradicting")
    assert (item.pk, item.batch_id, item.number) == (first.pk, august.pk, 5)
    assert item.since == july.known_on
    august.refresh_from_db()
    assert (august.differences["contradicting"], august.differences["continued"]) == (1, 1)


def test_what_a_later_list_agrees_on_is_over() -> None:
    bring_in(households(member(1), member(2)))
    july = bring_in(insured(_wrong("王秀英"), member(2)), name="医保7月.xlsx")
    bring_in(insured(member(2)), name="医保补8月.xlsx", on=AUGUST)
    waiting = Difference.objects.get(batch=july)
    assert waiting.settlement == ""  # a list that does not name them says nothing

    september = bring_in(insured(member(1), member(2)), name="医保9月.xlsx", on=SEPTEMBER)

    waiting.refresh_from_db()
    assert (waiting.settlement, waiting.settled_by) == ("passed", "")
    assert waiting.settled_at == september.finished_at


def test_what_is_said_to_be_corrected_and_is_not_comes_back_with_its_age() -> None:
    bring_in(households(member(1), member(2)))
    july = bring_in(insured(_wrong("王秀英"), member(2)), name="医保7月.xlsx")
    _settle(Difference.objects.get(batch=july), "corrected")

    august = bring_in(insured(member(2), _wrong("王秀英")), name="医保8月.xlsx", on=AUGUST)

    again = Difference.objects.get(batch=august, kind="contradicting")
    assert (again.settlement, again.since) == ("", july.known_on)
