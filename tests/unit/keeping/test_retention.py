"""What was kept long enough goes, what was not stays; each time with an entry."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.factories.casework import DraftFactory, ObjectionFactory, SelfReportFactory
from tests.factories.employment import EmploymentFactory
from tests.factories.intake import BatchFactory, RowFactory
from tests.factories.registry import (
    HouseholdFactory,
    HousingFactory,
    MembershipFactory,
    PersonFactory,
    StatusFactory,
)

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.casework.models import Draft, Objection, SelfReport
from anju.employment.models import Employment
from anju.intake import storing
from anju.intake.models import Batch, BatchState, Row
from anju.intake.refusals import BatchRefused
from anju.keeping import retention
from anju.privacy.retention import RULES
from anju.queue.models import Job, JobState
from anju.queue.progress import Unattended
from anju.registry.models import Household, Housing, Person, Status

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 8, 3, tzinfo=UTC)
OLD, NEW = AT - timedelta(days=31 * 61), AT - timedelta(days=30)
BY_ID = {rule.id: rule for rule in RULES}
Commits = Callable[..., object]


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.UPLOAD_DIR = tmp_path / "uploads"


def _due() -> dict[str, int]:
    return {each.rule.id: each.count for each in retention.due(at=AT)}


def _batch(finished_at: datetime | None, state: str = BatchState.DONE) -> Batch:
    batch = BatchFactory(finished_at=finished_at, state=state)
    storing.UPLOADS.store(batch.pk, b"content")
    RowFactory(batch=batch)
    return batch


def test_old_originals_go_and_their_import_stays(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    old, new, open_ = _batch(OLD), _batch(NEW), _batch(None, BatchState.CHECKED)
    assert _due()["uploads"] == 1

    with django_capture_on_commit_callbacks(execute=True):
        assert retention.apply(by=SYSTEM, at=AT, rule=BY_ID["uploads"]) == 1

    with pytest.raises(BatchRefused, match="超过保存期限"):
        storing.fetch(old.pk)
    assert storing.fetch(new.pk) == storing.fetch(open_.pk) == b"content"
    assert Batch.objects.filter(pk=old.pk).exists()
    assert Entry.objects.get(action="retention.apply").detail["rule"] == "uploads"
    assert _due()["uploads"] == 0
    assert retention.apply(by=SYSTEM, at=AT, rule=BY_ID["uploads"]) == 0
    assert Entry.objects.filter(action="retention.apply").count() == 1


def test_an_original_stays_when_the_entry_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commits
) -> None:
    old = _batch(OLD)
    monkeypatch.setattr(retention, "record", lambda **_: 1 / 0)

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
    ):
        retention.apply(by=SYSTEM, at=AT, rule=BY_ID["uploads"])

    assert storing.fetch(old.pk) == b"content"


def test_old_rows_and_jobs_go(django_capture_on_commit_callbacks: Commits) -> None:
    _batch(OLD)
    new = _batch(NEW)
    for at, state in ((OLD, JobState.DONE), (NEW, JobState.DONE), (None, JobState.WAITING)):
        Job.objects.create(
            kind="x", key=f"{at}{state}", state=state, run_after=AT, created_by="", created_at=AT,
            finished_at=at,
        )  # fmt: skip
    assert (_due()["rows"], _due()["jobs"]) == (1, 1)

    with django_capture_on_commit_callbacks(execute=True):
        done = retention.apply_daily(progress=Unattended(), day=AT.date().isoformat())

    assert {rule: done[rule] for rule in ("uploads", "rows", "jobs")} == {
        "uploads": 1, "rows": 1, "jobs": 1,
    }  # fmt: skip
    assert list(Row.objects.values_list("batch_id", flat=True)) == [new.pk]
    assert Job.objects.count() == 2


def test_what_people_sent_in_goes_a_year_after_it_was_handled() -> None:
    for handled in (None, OLD.date(), NEW.date()):
        SelfReportFactory(handled_on=handled)
    ObjectionFactory(name="邻居", answered_on=OLD.date(), is_upheld=False, answer="核实过")
    assert _due()["open"] == 2

    assert retention.apply(by=SYSTEM, at=AT, rule=BY_ID["open"]) == 2

    assert set(SelfReport.objects.values_list("handled_on", flat=True)) == {None, NEW.date()}
    assert Objection.objects.get().name == ""
    assert _due()["open"] == 0
    assert Entry.objects.get(action="retention.apply").detail["rule"] == "open"


def test_a_household_that_left_long_ago_becomes_anonymous(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    gone = [_family(date(2020, 1, 1)) for _ in range(3)]
    lately, stays = _family(date(2026, 1, 1)), _family(None)
    assert _due()["households"] == 3

    assert retention.apply(by=SYSTEM, at=AT, rule=BY_ID["households"]) == 3

    for person in gone:
        person.refresh_from_db()
        assert (person.name, person.born_on, person.identity_sealed, person.phone_sealed) == (
            "（已删除）", None, None, None,
        )  # fmt: skip
        home = Household.objects.get(memberships__person=person)
        assert (home.head_name, home.code) == ("（已删除）", f"ERASED{home.pk}")
        assert set(Housing.objects.filter(household=home).values_list("address")) == {("",)}
        assert set(Status.objects.filter(household=home).values_list("reference")) == {("",)}
        assert set(Employment.objects.filter(person=person).values_list("employer")) == {("",)}
    for person in (lately, stays):
        assert Person.objects.get(pk=person.pk).identity_sealed is not None
    assert _due()["households"] == 0
    assert Entry.objects.filter(action="retention.apply").count() == 3


def test_who_moved_to_another_household_keeps_their_data() -> None:
    person = _family(date(2020, 1, 1))
    MembershipFactory(household=HouseholdFactory(), person=person, joined_on=date(2020, 1, 1))

    retention.apply(by=SYSTEM, at=AT, rule=BY_ID["households"])

    person.refresh_from_db()
    assert person.identity_sealed is not None
    assert Household.objects.filter(head_name="（已删除）").count() == 1


def test_nothing_is_erased_by_the_timetable() -> None:
    _family(date(2020, 1, 1))

    retention.apply_daily(progress=Unattended(), day=AT.date().isoformat())

    assert _due()["households"] == 1


def _family(left_on: date | None) -> Person:
    """A household of one person, who left on a day or lives there still."""
    home, person = HouseholdFactory(), PersonFactory(phone="10000005678")
    MembershipFactory(household=home, person=person, joined_on=date(2010, 1, 1), left_on=left_on)
    HousingFactory(household=home, address="某路七号")
    StatusFactory(household=home, person=person, reference="某某")
    EmploymentFactory(person=person, employer="某公司")
    return person


def test_drafts_nobody_went_on_with_are_deleted() -> None:
    DraftFactory(saved_at=AT - timedelta(days=32))
    young = DraftFactory(saved_at=AT - timedelta(days=30))

    assert _due()["drafts"] == 1
    assert retention.apply(by=SYSTEM, at=AT, rule=BY_ID["drafts"]) == 1
    assert list(Draft.objects.all()) == [young]
