"""Reports of units: submitted, withdrawn, accepted, sent back, and what they make of a task."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories.county import County
from tests.factories.duties import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    MeasureTargetFactory,
)
from tests.unit.duties.offices import ON, Offices

from anju.audit.attachments import checked
from anju.audit.models import Entry
from anju.duties.actions import progress, reopening
from anju.duties.actions.progress import PROOFS, Said
from anju.duties.models import NEVER, Progress, Proof, Task, TaskDue
from anju.duties.queries import reports, task_desk
from anju.duties.refusals import DutyRefused

pytestmark = pytest.mark.django_db
DONE = Said("已完成300人培训。", Decimal(300), is_complete=True)


@pytest.fixture
def offices(county: County, settings: object, tmp_path: Path) -> Offices:
    settings.FILES_DIR = tmp_path / "files"
    return Offices()


@pytest.fixture
def task(offices: Offices) -> Task:
    """300 people to be trained by the end of the year, led by one bureau, helped by another."""
    return offices.task(
        ("work", "lead"), ("money", "co-operating"), operator=">=", goal=300, goal_unit="人"
    )


def _submit(offices: Offices, who: str, task: Task, said: Said = DONE, on: date = ON) -> Progress:
    due = reports.next_due_of(task)
    viewer = offices.viewer(who, on)
    return progress.submit(by=viewer.actor(), on=on, viewer=viewer, due=due, said=said)


def _accept(offices: Offices, made: Progress, who: str = "lead", on: date = ON) -> Progress:
    viewer = offices.viewer(who, on)
    return progress.accept(by=viewer.actor(), on=on, viewer=viewer, progress=made)


def _send_back(offices: Offices, made: Progress, note: str = "缺名册。") -> Progress:
    viewer = offices.viewer("lead")
    return progress.send_back(by=viewer.actor(), on=ON, viewer=viewer, progress=made, note=note)


def _state(task: Task) -> tuple[str, str, date]:
    task.refresh_from_db()
    return task.state, task.dues.order_by("due_on").first().state, task.next_due_on


def test_a_complete_report_that_is_accepted_settles_the_task(offices: Offices, task: Task) -> None:
    help_ = _submit(offices, "money", task, Said("已拨付培训补助。"))
    assert _state(task)[1] == "waiting"  # whoever only helps settles nothing
    made = _submit(offices, "work", task)
    assert (made.percent, made.value) == (100, Decimal(300))  # nobody was asked for the share
    assert _state(task) == ("open", "submitted", date(2023, 12, 31))
    assert task.next_reported_on == ON

    _accept(offices, made)

    assert _state(task) == ("done", "accepted", NEVER)
    assert task.closed_on == ON
    help_.refresh_from_db()
    assert (help_.state, help_.checked_by) == ("accepted", "t-lead")
    assert list(
        Entry.objects.filter(action__startswith="progress").order_by("sequence").values_list(
            "action", "actor"
        )
    ) == [
        ("progress.submit", "t-money"), ("progress.submit", "t-work"), ("progress.settle", "t-lead"),
    ]  # fmt: skip


def test_a_report_on_the_way_is_accepted_and_the_task_stays_open(
    offices: Offices, task: Task
) -> None:
    made = _submit(offices, "work", task, Said("已培训120人。", Decimal(120)))
    assert made.percent == 40
    assert task.next_reported_on is None

    _accept(offices, made)

    assert _state(task) == ("open", "waiting", date(2023, 12, 31))
    known = reports.known_of(task.dues.get(), offices.units["work"])
    assert (known.value, known.words) == (Decimal(120), "")


def test_what_is_sent_back_to_a_unit_that_helps_waits_for_it(offices: Offices) -> None:
    task = offices.task(("work", "lead"), ("money", "responsible"), due_on=date(2023, 12, 31))

    def waits(who: str) -> list[int]:
        return [due.task_id for due in task_desk.sent_back_to_helpers(offices.viewer(who), 9)]

    made = _submit(offices, "money", task, Said("已拨付。"))
    assert waits("money") == []
    _send_back(offices, made)

    assert waits("money") == [task.pk]
    assert waits("work") == waits("lead") == []
    _submit(offices, "money", task, Said("已拨付，附凭证。"))
    assert waits("money") == []


def test_what_is_sent_back_comes_to_the_form_again_with_its_files(
    offices: Offices, task: Task
) -> None:
    file = checked("名册.xlsx", b"PK\x03\x04 rows")
    made = _submit(offices, "work", task, Said("已培训。", Decimal(300), files=[file]))
    _send_back(offices, made)
    assert _state(task)[1] == "returned"
    assert [due.task_id for due in task_desk.owed(offices.viewer("work"), ON, 7, 9)] == [task.pk]

    known = reports.known_of(task.dues.get(), offices.units["work"])
    assert (known.words, [each.file_name for each in known.proofs]) == ("已培训。", ["名册.xlsx"])
    again = _submit(
        offices, "work", task,
        Said("附上名册。", Decimal(300), is_complete=True, kept=[known.proofs[0].pk]),
    )  # fmt: skip

    proof = again.proofs.get()
    assert proof.pk != known.proofs[0].pk
    assert PROOFS.fetch(proof.pk) == b"PK\x03\x04 rows"
    assert _state(task)[1] == "submitted"
    viewer = offices.viewer("money")
    assert progress.fetch_proof(by=viewer.actor(), proof=proof) == b"PK\x03\x04 rows"
    assert Entry.objects.get(action="progress.fetch").detail["proof"] == proof.pk


def test_files_of_others_are_not_taken_over(offices: Offices, task: Task) -> None:
    other = offices.task(("work", "lead"), operator=">=", goal=1)
    made = _submit(offices, "work", other, Said("x", files=[checked("a.txt", b"a")]))

    again = _submit(offices, "work", task, Said("y", kept=[made.proofs.get().pk]))

    assert not again.proofs.exists()


def test_a_report_is_withdrawn_before_it_is_checked_and_not_after(
    offices: Offices, task: Task
) -> None:
    made = _submit(offices, "work", task)
    viewer = offices.viewer("work")
    with pytest.raises(DutyRefused, match="本单位"):
        progress.withdraw(by=viewer.actor(), on=ON, viewer=offices.viewer("money"), progress=made)
    progress.withdraw(by=viewer.actor(), on=ON, viewer=viewer, progress=made)
    assert _state(task) == ("open", "waiting", date(2023, 12, 31))
    assert task.next_reported_on is None

    second = _submit(offices, "work", task)
    _accept(offices, second)
    with pytest.raises(DutyRefused):
        progress.withdraw(by=viewer.actor(), on=ON, viewer=viewer, progress=second)
    assert Progress.objects.get(pk=second.pk).state == "accepted"


def test_words_and_notes_hold_no_numbers_of_persons(offices: Offices, task: Task) -> None:
    number = "52990119900101123X"
    with pytest.raises(DutyRefused, match="证件号码"):
        _submit(offices, "work", task, Said(f"已为{number}办理。"))
    made = _submit(offices, "work", task)
    viewer = offices.viewer("lead")
    given = {"by": viewer.actor(), "on": ON, "viewer": viewer, "progress": made}
    for answer in (progress.accept, progress.send_back):
        with pytest.raises(DutyRefused, match="证件号码"):
            answer(**given, note=f"{number}的材料没有附。")
    _accept(offices, made)
    with pytest.raises(DutyRefused, match="证件号码"):
        reopening.reopen(**given, reason=f"{number}没有办。")


def test_nobody_acts_twice_or_on_their_own_report(offices: Offices, task: Task) -> None:
    made = _submit(offices, "work", task)
    with pytest.raises(DutyRefused, match="先撤回"):
        _submit(offices, "work", task)
    with pytest.raises(DutyRefused, match="不能审核"):
        _accept(offices, made, "money")
    _send_back(offices, made)
    with pytest.raises(DutyRefused, match="他人处理"):
        _accept(offices, made)

    own = offices.task(("lead", "lead"))
    mine = _submit(offices, "lead", own, Said("已办。", is_complete=True))
    with pytest.raises(DutyRefused, match="另一位同事"):
        _accept(offices, mine, "lead")
    _accept(offices, mine, "checker")
    assert _state(own)[0] == "done"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said("  "), "请填写进展情况"),
        (Said("字" * 4001), "最多 4000"),
        (Said("x", percent=101), "0 到 100"),
        (Said("x", Decimal(-1)), "不小于 0"),
        (Said("x", files=[checked("a.txt", b"a")] * 11), "最多 10 个文件"),
    ],
)
def test_what_does_not_make_sense_is_refused(
    offices: Offices, task: Task, said: Said, words: str
) -> None:
    with pytest.raises(DutyRefused, match=words):
        _submit(offices, "work", task, said)


def test_who_has_nothing_to_do_with_a_task_does_not_report(offices: Offices, task: Task) -> None:
    for who in ("north", "lead"):
        with pytest.raises(DutyRefused, match="不由您的单位填报"):
            _submit(offices, who, task)


def test_a_task_of_several_units_is_settled_when_all_have_reported(offices: Offices) -> None:
    task = offices.task(("north", "responsible"), ("south", "responsible"))
    north = _submit(offices, "north", task, Said("已办。", is_complete=True))
    _accept(offices, north)
    assert _state(task)[:2] == ("open", "waiting")
    with pytest.raises(DutyRefused, match="不用再报"):
        _submit(offices, "north", task)

    _accept(offices, _submit(offices, "south", task, Said("已办。", is_complete=True)))

    assert _state(task)[:2] == ("done", "accepted")


def test_what_recurs_goes_on_until_its_last_day(offices: Offices) -> None:
    task = offices.task(
        ("work", "lead"), due_on=None, every="quarter", ends_on=date(2023, 9, 30),
        starts_on=date(2023, 4, 10),
    )  # fmt: skip
    assert list(task.dues.values_list("period", flat=True)) == ["2023Q2"]
    _accept(offices, _submit(offices, "work", task, DONE))
    assert _state(task)[0] == "open"
    TaskDue.objects.create(task=task, period="2023Q3", due_on=date(2023, 9, 30))

    _accept(offices, _submit(offices, "work", task, DONE))

    assert _state(task)[0] == "done"


def test_a_whole_is_done_with_its_last_part(offices: Offices) -> None:
    whole = offices.task(("work", "lead"), due_on=None, is_whole=True)
    parts = [
        offices.task(
            ("work", "lead"), kind="promise", parent=whole, plan=whole.plan, due_on=date(2023, m, 1)
        )
        for m in (7, 9)
    ]
    whole.refresh_from_db()
    assert whole.next_due_on == date(2023, 7, 1)
    _accept(offices, _submit(offices, "work", parts[0]))
    whole.refresh_from_db()
    assert (whole.state, whole.next_due_on) == ("open", date(2023, 9, 1))
    _accept(offices, _submit(offices, "work", parts[1]))
    whole.refresh_from_db()
    assert (whole.state, whole.next_due_on) == ("done", NEVER)


def test_what_the_registers_know_is_not_asked_for(offices: Offices) -> None:
    target = MeasureTargetFactory()
    task = offices.task(
        ("work", "lead"), operator=">=", goal=80, goal_unit="%", target=target,
        due_on=date(2023, 6, 30),
    )  # fmt: skip
    indicator = IndicatorFactory(source="computed", figure="in_use", unit="比例")
    IndicatorTargetFactory(indicator=indicator, promised=target)
    IndicatorValueFactory(indicator=indicator, as_of=date(2023, 5, 31), value=Decimal("0.6"))
    IndicatorValueFactory(indicator=indicator, as_of=date(2023, 9, 30), value=Decimal("0.9"))

    known = reports.known_of(task.dues.get(), offices.units["work"])
    assert (known.value, known.is_computed, known.as_of) == (60, True, date(2023, 5, 31))
    made = _submit(offices, "work", task, Said("按台账。", Decimal(99)))

    assert (made.value, made.percent) == (60, 75)


def test_a_proof_belongs_to_a_report(offices: Offices, task: Task) -> None:
    made = _submit(
        offices, "work", task, Said("x", files=[checked("图.png", b"\x89PNG\r\n\x1a\n")])
    )

    assert reports.proof_for(offices.viewer("money"), made.proofs.get().pk).file_name == "图.png"
    with pytest.raises(Proof.DoesNotExist):
        reports.proof_for(offices.viewer("south"), made.proofs.get().pk)
