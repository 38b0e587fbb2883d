"""Rows without a usable number: found, asked about, decided once, remembered."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
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

from anju.audit.models import Entry
from anju.intake import kept_lines, left_behind, storing
from anju.intake.actions import batches, clearing, decisions, processing, reopening
from anju.intake.models import Batch, BatchState, Decision, Outcome
from anju.intake.proving import Standing, prove
from anju.intake.refusals import BatchRefused
from anju.registry.models import Event, Person, Status

pytestmark = pytest.mark.django_db

COLUMNS = "姓名 证件号码 性别 出生日期 行政村 户主姓名 联系电话 参保日期"
PEOPLE = (
    ("周志健", "19580712", "北枫二村"),
    ("李桂兰", "19630405", "北枫二村"),
    ("王建国", "19700909", "北枫二村"),
    ("陈晓燕", "19880221", "北枫二村"),
    ("吴光荣", "19491130", "北枫二村"),
    ("谭小燕", "19800401", "北枫二村"),
    ("谭小燕", "19830909", "北枫二村"),
    ("杨文斌", "20010203", "北枫二村"),
)


@pytest.fixture(autouse=True)
def register(county: County) -> None:
    """Eight heads of households; two of them bear the same name in the same village."""
    rows = []
    for number, (name, born, village) in enumerate(PEOPLE, start=1):
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))

        rows.append(
            member(number, 姓名=name, 出生日期=born, 行政村=village)
            | {"证件号码": identity_number(number, day), "性别": "女" if number % 2 == 0 else "男"}
        )
    batch = bring_in(households(*rows), name="户信息名单.xlsx")
    assert batch.counts["created"] == len(PEOPLE)


def asked(**changes: str) -> dict[str, str]:
    row = {"姓名": "周志健", "出生日期": "1958-07-12", "行政村": "北枫二村", "户主姓名": "周志健"}
    sex = {"性别": "男"} if changes.get("姓名", "周志健").startswith("周") else {}
    return row | sex | {"参保日期": "2023-01-01"} | changes


def bring(*rows: dict[str, str], columns: str = COLUMNS, on: date = date(2023, 8, 31)) -> Batch:
    return bring_in(workbook(columns.split(), rows), name="参保.xlsx", on=on)


def person(name: str) -> Person:
    return Person.objects.get(name=name)


def doubtful() -> tuple[Batch, int]:
    """A list with one row that may be two persons; the id of that row."""
    batch = bring(asked(姓名="谭小燕", 出生日期="", 户主姓名="谭小燕"))
    row = the_row(batch, 4)
    assert row.outcome == Outcome.WAITING
    return batch, row.pk


def test_a_row_without_a_number_is_found_by_name_birth_date_and_village() -> None:
    batch = bring(asked(姓名="周志建"))

    assert Status.objects.get().person_id == person("周志健").pk
    row = the_row(batch, 4)
    assert (row.outcome, row.person_id) == (Outcome.CREATED, person("周志健").pk)
    assert "没有可用的证件号码" in row.message
    assert "把握" in row.message


def test_a_wrong_number_does_not_stop_a_row_that_says_enough_beside_it() -> None:
    batch = bring(asked(证件号码="529901195807120019"))

    assert the_row(batch, 4).outcome == Outcome.CREATED


def test_a_destroyed_number_is_refused_with_the_remedy_and_never_guessed() -> None:
    batch = bring(asked(证件号码="5.29901E+17"))

    assert said(batch) == [(4, Outcome.REJECTED, "identity_destroyed")]


def test_a_list_with_nothing_beside_name_and_number_is_read_as_before() -> None:
    batch = bring(asked(), columns="姓名 证件号码 参保日期")

    assert said(batch) == [(4, Outcome.REJECTED, "identity_missing")]


def test_what_cannot_be_read_beside_a_good_number_stops_nothing() -> None:

    good = identity_number(1, date(1958, 7, 12))
    batch = bring(asked(证件号码=good, 出生日期="不详", 性别="?"))

    assert the_row(batch, 4).outcome == Outcome.CREATED


def test_who_is_not_in_the_registers_is_refused() -> None:
    batch = bring(asked(姓名="欧阳金凤", 出生日期="1999-01-17", 户主姓名="欧阳大海"))

    assert said(batch) == [(4, Outcome.REJECTED, "person_not_found")]
    assert not Status.objects.exists()


def test_a_row_that_may_be_two_persons_waits_and_shows_both() -> None:
    batch, _ = doubtful()
    row = the_row(batch, 4)

    likely = {each["person_id"] for each in row.candidates[:2]}
    assert likely == set(Person.objects.filter(name="谭小燕").values_list("pk", flat=True))
    assert row.sides["asked"]["name"] == "谭小燕"
    assert row.candidates[0]["reasons"][0][0] in ("name", "village", "head", "born")
    assert batch.counts["waiting"] == 1
    assert not Status.objects.exists()


def test_a_telephone_is_compared_and_never_kept_beside_the_row() -> None:
    batch = bring(asked(姓名="谭小燕", 出生日期="", 户主姓名="谭小燕", 联系电话="10012345678"))

    row = the_row(batch, 4)
    assert "10012345678" not in f"{row.sides}{row.candidates}{row.message}"
    assert row.sides["has_phone"] is True


def test_a_decision_writes_the_row_by_the_same_way_and_is_audited() -> None:
    batch, row = doubtful()
    chosen = Person.objects.filter(name="谭小燕").order_by("-born_on")[0]

    decisions.decide(
        by=CLERK, at=AT, batch=batch, row_id=row, person_id=chosen.pk, reason="电话问过本人"
    )
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)
    done = processing.commit_now(batch_id=batch.pk)

    assert Status.objects.get().person_id == chosen.pk
    assert (done.state, done.counts["waiting"], done.counts["created"]) == (BatchState.DONE, 0, 1)
    assert "按 clerk 的认定" in the_row(done, 4).message
    entry = Entry.objects.get(action="intake.decide")
    assert entry.detail["person"] == chosen.pk


def test_next_month_the_same_row_is_not_asked_again() -> None:
    batch, row = doubtful()
    chosen = person_id_of(batch)
    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row, person_id=chosen)

    again = bring(
        asked(姓名="谭小燕", 出生日期="", 户主姓名="谭小燕", 参保日期="2023-09-01"),
        on=date(2023, 9, 30),
    )

    assert the_row(again, 4).outcome == Outcome.CREATED
    assert Status.objects.get().person_id == chosen


def test_nobody_of_the_registers_is_an_answer_too() -> None:
    batch, row = doubtful()

    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row, person_id=None)
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)
    done = processing.commit_now(batch_id=batch.pk)

    assert said(done) == [(4, Outcome.REJECTED, "person_decided_nobody")]
    assert not Status.objects.exists()


def test_rows_nobody_decided_about_wait_on_when_the_others_are_written() -> None:
    batch = bring(
        asked(姓名="谭小燕", 出生日期="", 户主姓名="谭小燕"),
        asked(姓名="谭小燕", 出生日期="", 户主姓名="", 参保日期="2023-02-01"),
    )
    assert batch.counts["waiting"] == 2
    chosen = person_id_of(batch)
    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=the_row(batch, 4).pk, person_id=chosen)
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)
    done = processing.commit_now(batch_id=batch.pk)

    assert the_row(done, 4).outcome == Outcome.CREATED
    assert the_row(done, 5).outcome == Outcome.WAITING


def test_a_decision_can_be_taken_back_and_made_otherwise() -> None:
    batch, row = doubtful()
    first, second = (each["person_id"] for each in the_row(batch, 4).candidates[:2])

    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row, person_id=first)
    decisions.undo(by=CLERK, at=AT, batch=batch, row_id=row)
    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row, person_id=second)

    assert list(Decision.objects.values_list("person_id", "revoked_by")) == [
        (first, "clerk"),
        (second, ""),
    ]


def test_what_was_written_is_asked_again_with_its_candidates_and_written_as_decided_then() -> None:
    """With the kept lines, and from the original where these are gone; the batch can still be proven."""
    row = asked(姓名="谭小燕", 出生日期="", 户主姓名="谭小燕")
    batch = bring(row, row | {"参保日期": "2023-02-01"}, asked())
    first, second = Person.objects.filter(name="谭小燕").order_by("-born_on")
    seen = the_row(batch, 4).candidates
    _written_as(batch, first)
    wrong = Decision.objects.get()

    again = reopening.ask_again(by=CLERK, at=AT, batch=batch, decision=wrong)

    batch.refresh_from_db()
    assert (again.rows, bool(again.code), batch.counts["waiting"]) == (2, True, 2)
    waiting = the_row(batch, 4)
    assert {each["person_id"] for each in waiting.candidates} == {
        each["person_id"] for each in seen
    }
    assert the_row(batch, 6).outcome == Outcome.CREATED  # others stay as they are
    assert Status.objects.filter(person=first).count() == 2  # nothing is taken from anybody
    wrong.refresh_from_db()
    assert {each.row.pk for each in left_behind.facts(wrong)} == set(
        Status.objects.filter(person=first).values_list("pk", flat=True)
    )
    with pytest.raises(BatchRefused, match="已经撤回"):
        reopening.ask_again(by=CLERK, at=AT, batch=batch, decision=wrong)
    entry = Entry.objects.filter(action="intake.undecide").latest("sequence")
    assert prove(by=CLERK, entry=entry).standing is Standing.SAME

    _written_as(batch, second)

    assert Status.objects.filter(person=second).count() == 2
    kept_lines.FOLDER.remove(batch.pk)
    last = reopening.ask_again(
        by=CLERK, at=AT, batch=batch, decision=Decision.objects.get(revoked_at=None)
    )
    assert last.rows == 2
    _written_as(batch, second)  # the same again: what was written is right
    assert list(Decision.objects.order_by("pk").values_list("left_behind", "cleared_note")) == [
        (True, ""), (True, "重新认定为同一人"), (False, ""),
    ]  # fmt: skip
    with pytest.raises(BatchRefused, match="理由"):
        clearing.clear(by=CLERK, at=AT, batch=batch, decision=wrong)
    Status.objects.filter(person=first).update(known_to=AT.date())
    clearing.clear(by=CLERK, at=AT, batch=batch, decision=wrong)
    assert Entry.objects.get(action="intake.correct").detail["standing"] == 0
    with pytest.raises(BatchRefused, match="已经处理"):
        clearing.clear(by=CLERK, at=AT, batch=batch, decision=wrong)


def test_a_row_whose_file_is_gone_is_only_taken_back() -> None:
    batch, _row = doubtful()
    _written_as(batch, Person.objects.filter(name="谭小燕").latest("born_on"))
    kept_lines.FOLDER.remove(batch.pk)
    storing.UPLOADS.remove(batch.pk)

    again = reopening.ask_again(
        by=CLERK, at=AT, batch=batch, decision=Decision.objects.get(revoked_at=None)
    )

    assert again.rows == 0
    assert Decision.objects.get().revoked_by == "clerk"
    assert the_row(batch, 4).outcome == Outcome.CREATED


def _written_as(batch: Batch, somebody: Person) -> None:
    row = the_row(batch, 4)
    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row.pk, person_id=somebody.pk)
    batches.take_up(by=CLERK, at=AT, batch_id=batch.pk)
    assert processing.commit_now(batch_id=batch.pk).counts["waiting"] == 0


def test_what_makes_no_sense_is_refused() -> None:
    batch, row = doubtful()
    stranger, chosen = person("周志健").pk, person_id_of(batch)

    with pytest.raises(BatchRefused, match="候选人"):
        decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row, person_id=stranger)
    with pytest.raises(BatchRefused, match="没有认定"):
        decisions.undo(by=CLERK, at=AT, batch=batch, row_id=row)
    decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row, person_id=chosen)
    with pytest.raises(BatchRefused, match="已经有人认定"):
        decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row, person_id=None)
    with pytest.raises(BatchRefused, match="不在等待认定"):
        decisions.decide(by=CLERK, at=AT, batch=batch, row_id=row + 1000, person_id=None)


def test_two_bills_of_one_person_without_a_number_are_both_that_persons() -> None:
    columns = "姓名 证件号码 性别 出生日期 行政村 户主姓名 结算日期 医疗类别 个人自付金额 结算单号"
    bill = {
        "姓名": "陈晓艳",
        "性别": "女",
        "出生日期": "1988-02-21",
        "行政村": "北枫二村",
        "户主姓名": "陈晓燕",
    }
    batch = bring(
        bill | {"结算日期": "2023-08-01", "个人自付金额": "120", "结算单号": "J1"},
        bill | {"结算日期": "2023-08-09", "个人自付金额": "80", "结算单号": "J2"},
        columns=columns,
    )

    assert batch.counts["created"] == 2
    assert set(Event.objects.values_list("person_id", flat=True)) == {person("陈晓燕").pk}


def test_persons_of_another_place_are_no_candidates() -> None:
    batch = bring_in(workbook(COLUMNS.split(), [asked()]), name="参保.xlsx", place="529901102000")

    assert said(batch) == [(4, Outcome.REJECTED, "person_not_found")]


def test_a_list_whose_numbers_are_all_good_does_not_read_the_whole_register() -> None:

    good = identity_number(1, date(1958, 7, 12))
    with CaptureQueriesContext(connection) as queries:
        bring(asked(证件号码=good))

    assert not any("registry_membership m" in query["sql"] for query in queries)


def person_id_of(batch: Batch) -> int:
    """The likeliest candidate of the first row."""
    found: int = the_row(batch, 4).candidates[0]["person_id"]
    return found
