"""What was accepted is opened again with a reason; what has no date is reported on; drafts are one's own."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.factories.county import County
from tests.unit.duties.offices import ON, Offices

from anju.audit.models import Entry
from anju.duties.actions import drafts, dues, progress, reopening
from anju.duties.actions.progress import Said
from anju.duties.actions.tasks import Dates, set_dates
from anju.duties.lights import Light
from anju.duties.models import NEVER, Progress, ProgressDraft, Task, TaskState
from anju.duties.queries import reports, standing, task_desk
from anju.duties.queries.drafts import draft_for
from anju.duties.refusals import DutyRefused

pytestmark = pytest.mark.django_db
AT = datetime(2023, 6, 20, 2, tzinfo=UTC)
DONE = Said("已全部完成。", is_complete=True)


@pytest.fixture
def offices(county: County, settings: object, tmp_path: Path) -> Offices:
    settings.FILES_DIR = tmp_path / "files"
    return Offices()


def _submit(offices: Offices, who: str, task: Task, said: Said = DONE) -> Progress:
    viewer = offices.viewer(who)
    due = reports.next_due_of(task)
    return progress.submit(by=viewer.actor(), on=ON, viewer=viewer, due=due, said=said)


def _accepted(offices: Offices, task: Task, who: str = "lead") -> Progress:
    made, viewer = _submit(offices, "work", task), offices.viewer(who)
    return progress.accept(by=viewer.actor(), on=ON, viewer=viewer, progress=made)


def _reopen(
    offices: Offices, made: Progress, who: str = "checker", reason: str = "抽查不实"
) -> None:
    viewer = offices.viewer(who)
    reopening.reopen(by=viewer.actor(), on=ON, viewer=viewer, progress=made, reason=reason)


def test_an_accepted_task_is_opened_again_and_comes_back_to_the_desk(offices: Offices) -> None:
    task = offices.task(("work", "lead"))
    made = _accepted(offices, task)
    task.refresh_from_db()
    assert task.state == TaskState.DONE

    with pytest.raises(DutyRefused, match="为什么"):
        _reopen(offices, made, reason=" ")
    with pytest.raises(DutyRefused, match="岗位"):
        _reopen(offices, made, who="money")
    _reopen(offices, made)

    task.refresh_from_db()
    made.refresh_from_db()
    assert (task.state, task.closed_on, task.next_due_on) == ("open", None, date(2023, 12, 31))
    assert made.state == "returned"
    assert (
        made.check_note == f"{ON}认定后重新打开：抽查不实"
    )  # that it had been accepted stays told
    assert [due.task_id for due in task_desk.owed(offices.viewer("work"), ON, 7, 9)] == [task.pk]
    entry = Entry.objects.get(action="progress.reopen")
    assert (entry.actor, entry.reason, entry.ids) == ("t-checker", "抽查不实", [task.number])
    with pytest.raises(DutyRefused, match="他人处理"):
        _reopen(offices, made, who="lead")  # the second of two is told
    assert _accepted(offices, task).state == "accepted"


def test_a_whole_is_open_again_with_its_part_and_what_was_ended_stays(offices: Offices) -> None:
    whole = offices.task(("work", "lead"), is_whole=True)
    part = offices.task(("work", "lead"), plan=whole.plan, parent=whole, kind="promise")
    made = _accepted(offices, part)
    whole.refresh_from_db()
    assert whole.state == TaskState.DONE

    _reopen(offices, made)

    whole.refresh_from_db()
    assert (whole.state, whole.next_due_on) == (TaskState.OPEN, date(2023, 12, 31))
    Task.objects.filter(pk=part.pk).update(state=TaskState.ENDED, closed_on=ON)
    Progress.objects.filter(pk=made.pk).update(state="accepted")
    with pytest.raises(DutyRefused):
        _reopen(offices, made)


def test_a_task_without_a_date_is_reported_on_and_turns_no_light(offices: Offices) -> None:
    task = offices.task(("work", "lead"), due_on=None)
    assert (task.dues.get().day, task.next_due_on) == (None, NEVER)
    assert reports.last_day_for_parts(task, ON) is None
    made = _submit(offices, "work", task)
    task.refresh_from_db()
    for light in Light:
        found = Task.objects.filter(standing.where(light, ON, 7), pk=task.pk).exists()
        assert found == (light is standing.light_of(task, ON, 7) is Light.NO_DATE)
    assert standing.light_of_due(task.dues.get(), ON, 7) is Light.NO_DATE
    assert not task_desk.owed(offices.viewer("work"), ON, 7, 9)

    viewer = offices.viewer("lead")
    progress.accept(by=viewer.actor(), on=ON, viewer=viewer, progress=made)
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def test_a_date_set_later_takes_the_place_of_none_and_old_tasks_get_theirs(
    offices: Offices,
) -> None:
    task, old = (offices.task(("work", "lead"), due_on=None) for _ in range(2))
    viewer = offices.viewer("lead")
    set_dates(
        by=viewer.actor(), on=ON, viewer=viewer, task=task, seen=task.version,
        dates=Dates(date(2023, 9, 30)), reason="",
    )  # fmt: skip
    assert [due.day for due in task.dues.all()] == [date(2023, 9, 30)]

    old.dues.all().delete()
    assert dues.lay_ahead(by=viewer.actor(), on=ON) == 1
    assert dues.lay_ahead(by=viewer.actor(), on=ON) == 0
    assert old.dues.get().due_on == NEVER


def test_a_draft_is_its_writers_and_goes_when_the_report_is_sent(offices: Offices) -> None:
    task = offices.task(("work", "lead"))
    due, viewer = task.dues.get(), offices.viewer("work")
    given = {"by": viewer.actor(), "viewer": viewer, "due": due}
    drafts.keep(**given, at=AT, texts={"words": "已办一"})
    drafts.keep(**given, at=AT, texts={"words": "已办一半"})

    assert draft_for(viewer, due).texts == {"words": "已办一半"}
    assert draft_for(offices.viewer("lead"), due) is None
    with pytest.raises(DutyRefused):
        drafts.keep(
            by=viewer.actor(), viewer=offices.viewer("money"), due=due, at=AT, texts={"words": "x"}
        )
    _submit(offices, "work", task)
    assert not ProgressDraft.objects.exists()
    told = Entry.objects.filter(action__contains="draft").order_by("sequence")
    assert [each.action for each in told] == ["progress.draft", "progress.end_draft"]
    drafts.keep(**given, at=AT, texts={"words": "再写"})
    assert drafts.forget(before=AT) == 0
    assert drafts.forget(before=AT.replace(year=2024)) == 1
