"""Layouts nobody declared: asked about once, known the next month, asked about when they change."""

from datetime import date

import pytest
from tests.factories.county import County
from tests.factories.registry import identity_number
from tests.unit.intake.lists import AT, CLERK, COUNTY, ON, bring_in, households, member, workbook

from anju.audit.models import Entry
from anju.intake.actions import batches, mapping, processing
from anju.intake.actions import profiles as layouts
from anju.intake.actions.mapping import Chosen
from anju.intake.models import Batch, Profile
from anju.intake.refusals import BatchRefused
from anju.registry.models import Status

pytestmark = pytest.mark.django_db

BORN = date(1985, 5, 20)
HEADINGS = ("序", "参保人", "身份号", "起保时间", "终止时间", "缴费档次")


def insured(number: int, start: str = "2023-01-01") -> dict[str, str | float | None]:
    """A row of an insurance list as one bureau writes it."""
    row = member(number)
    return {
        "序": number,
        "参保人": row["姓名"],
        "身份号": identity_number(number, BORN),
        "起保时间": start,
        "缴费档次": "一档",
    }


def send(content: bytes, *, feed: str = "medical_insured", on: date = ON) -> Batch:
    """As the page does: whatever is not clear is asked."""
    batch = batches.receive(
        by=CLERK, at=AT, known_on=on, feed=feed, file_name="参保.xlsx", content=content,
        division_code=COUNTY, asks=True, queued=False,
    )  # fmt: skip
    return processing.commit_now(batch_id=batch.pk)


def explained(batch: Batch) -> Batch:
    """Answer with what is suggested, and process the file."""
    chosen = Chosen(feed="medical_insured", layout="medical_insured")
    look = mapping.look(by=CLERK, batch=batch, chosen=chosen)
    fields = {c.place: c.suggestion.field for c in look.preview.columns if c.suggestion}
    mapping.settle(by=CLERK, at=AT, batch=batch, chosen=chosen, fields=fields, source="医保局")
    return processing.commit_now(batch_id=batch.pk)


@pytest.fixture
def people(county: County) -> None:
    bring_in(households(member(1), member(2)))


def test_an_unknown_layout_waits_until_its_columns_are_said_and_is_known_from_then_on(
    people: None,
) -> None:
    first = send(workbook(HEADINGS, [insured(1)]))
    assert (first.state, first.rows) == ("mapping", 0)
    assert not Status.objects.exists()

    done = explained(first)

    assert (done.state, done.counts["created"]) == ("done", 1)
    assert Status.objects.get().valid_from == date(2023, 1, 1)
    profile = Profile.objects.get(feed="medical_insured")
    assert (profile.source, profile.by_hand, profile.saved_by) == ("医保局", True, "clerk")
    assert profile.columns == {
        "name": "参保人", "identity": "身份号", "started_on": "起保时间", "ended_on": "终止时间",
    }  # fmt: skip
    next_month = send(
        workbook(HEADINGS, [insured(1), insured(2, "2023-08-01")]), on=date(2023, 8, 31)
    )
    assert (next_month.state, next_month.counts["created"]) == ("done", 1)
    assert Entry.objects.filter(action="intake.profile").count() == 1
    assert Entry.objects.filter(action="intake.preview").count() == 1


def test_suggestions_say_how_sure_they_are_and_numbers_are_masked(people: None) -> None:
    batch = send(workbook(HEADINGS, [insured(1)]))

    look = mapping.look(by=CLERK, batch=batch, chosen=Chosen())

    assert look.feed.id == "medical_insured"
    columns = {column.heading: column for column in look.preview.columns}
    assert set(columns) == set(HEADINGS)
    guess = columns["身份号"].suggestion
    assert guess is not None
    assert (guess.field, guess.confidence) == ("identity", "likely")
    assert columns["缴费档次"].suggestion is None
    number = columns["身份号"].values[0]
    assert len(number) == 18
    assert number[6:14] not in mapping.shown_text(number)


def test_a_needed_column_that_nobody_named_is_refused(people: None) -> None:
    batch = send(workbook(HEADINGS, [insured(1)]))
    chosen = Chosen(feed="medical_insured", layout="medical_insured")

    with pytest.raises(BatchRefused) as refused:
        mapping.settle(by=CLERK, at=AT, batch=batch, chosen=chosen, fields={1: "name"}, source="")
    assert "“证件号码”" in str(refused.value)
    with pytest.raises(BatchRefused, match="选了两列"):
        mapping.settle(
            by=CLERK, at=AT, batch=batch, chosen=chosen, fields={1: "name", 2: "name"}, source=""
        )

    assert Batch.objects.get(pk=batch.pk).state == "mapping"


def test_a_changed_layout_is_asked_about_and_told(people: None) -> None:
    usual = ("姓名", "证件号码", "参保日期", "停保日期")
    now = ("姓名", "证件号码", "首次参保日期", "停保日期", "备注栏")

    def row(headings: tuple[str, ...]) -> dict[str, str | float | None]:
        person = member(1)
        return dict(zip(headings, (person["姓名"], person["证件号码"], "2023-01-01"), strict=False))

    assert send(workbook(usual, [row(usual)])).state == "done"
    changed = send(workbook(now, [row(now)]), on=date(2023, 8, 31))

    assert changed.state == "mapping"
    assert "参保日期" in changed.question.get("unknown", "")
    assert explained(changed).counts["unchanged"] == 1


def test_a_new_a_missing_and_a_renamed_column_are_told(people: None) -> None:
    usual = ("姓名", "证件号码", "参保日期", "停保日期", "险种")
    now = ("姓名", "身份证号码", "参保日期", "险种类型", "缴费档次")
    values = dict(zip(usual, ("", "", "2023-01-01", None, "居民"), strict=True))
    person = {"姓名": member(1)["姓名"], "证件号码": member(1)["证件号码"]}

    assert send(workbook(usual, [values | person])).state == "done"
    row = {**person, "身份证号码": person["证件号码"], "参保日期": "2023-01-01", "险种类型": "居民"}
    changed = send(workbook(now, [row]), on=date(2023, 8, 31))

    assert changed.state == "mapping"
    assert changed.question["sheet"] == "名单"
    assert ["险种", "险种类型"] in changed.question["renamed"]
    assert ["证件号码", "身份证号码"] in changed.question["renamed"]
    assert changed.question["missing"] == ["停保日期"]
    assert changed.question["new"] == ["缴费档次"]


def test_the_command_does_not_ask(people: None) -> None:
    usual = ("姓名", "证件号码", "参保日期")
    values = {**{n: member(1)[n] for n in usual[:2]}, "参保日期": "2023-01-01"}

    assert bring_in(workbook(usual, [values])).state == "done"
    again = bring_in(workbook((*usual, "备注"), [values]), on=date(2023, 8, 31))

    assert again.state == "done"


def test_a_layout_that_is_forgotten_is_asked_about_again(people: None) -> None:
    explained(send(workbook(HEADINGS, [insured(1)])))

    layouts.forget(by=CLERK, profile_id=Profile.objects.get(feed="medical_insured").pk)

    assert send(workbook(HEADINGS, [insured(2)]), on=date(2023, 8, 31)).state == "mapping"
    assert Entry.objects.filter(action="intake.profile_forget").count() == 1


def test_two_columns_of_the_same_name_are_told_apart_by_what_stands_above(people: None) -> None:
    import io

    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("表")
    page.merge_range(0, 0, 0, 4, "参保情况")
    for place, label in enumerate(("参保人", "身份号")):
        page.merge_range(1, place, 2, place, label)
    page.merge_range(1, 2, 1, 3, "本期")
    page.write_row(2, 2, ("时间", "档次"))
    page.write_row(1, 4, ("上期",))
    page.write_row(2, 4, ("时间",))
    row = insured(1)
    page.write_row(3, 0, (row["参保人"], row["身份号"], "2023-01-01", "一档", "2022-01-01"))
    book.close()
    batch = send(file.getvalue())
    chosen = Chosen(feed="medical_insured", layout="medical_insured")

    look = mapping.look(by=CLERK, batch=batch, chosen=chosen)

    assert [column.heading for column in look.preview.columns] == [
        "参保人", "身份号", "本期›时间", "档次", "上期›时间",
    ]  # fmt: skip
    fields = {0: "name", 1: "identity", 2: "started_on"}
    mapping.settle(by=CLERK, at=AT, batch=batch, chosen=chosen, fields=fields, source="")
    assert processing.commit_now(batch_id=batch.pk).counts["created"] == 1
    assert Status.objects.get().valid_from == date(2023, 1, 1)
