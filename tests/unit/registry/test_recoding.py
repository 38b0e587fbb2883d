"""Villages and grids merged, split and renamed: what moves, what stays, what is refused."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, SOUTH_2, TODAY, Cast, County
from tests.factories.intake import BatchFactory
from tests.factories.monitoring import FindingFactory, RunFactory

from anju.accounts.models import Post
from anju.accounts.queries import viewer_of
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.intake.places import _villages
from anju.monitoring.queries import findings_for
from anju.monitoring.snapshots.writing import write
from anju.places.changes import HEADINGS, ChangesRefused
from anju.places.models import Division, Grid, Recoding, RecodingState, Site
from anju.places.queries import code_changes, earlier_codes, villages_in
from anju.queue.models import Job
from anju.queue.progress import Unattended
from anju.registry.actions import recoding
from anju.registry.models import Household, HouseholdRecord
from anju.registry.queries import households_for, households_from
from anju.rules.months import Month

pytestmark = pytest.mark.django_db
BY = Actor("steward", "数据管理员")
AT = datetime(2023, 10, 8, 3, tzinfo=UTC)
SINCE = date(2023, 9, 1)
NEW = "529901101301"


def table(*rows: tuple[str, ...]) -> bytes:
    """A table of changes as an office fills it in."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for number, row in enumerate((HEADINGS, *rows)):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    book.close()
    return file.getvalue()


def submit(*rows: tuple[str, ...], since: date = SINCE) -> Recoding:
    return recoding.submit(
        by=BY, at=AT, since=since, basis="枫政发〔2023〕9号", content=table(*rows)
    )


def carry_out(*rows: tuple[str, ...]) -> Recoding:
    asked = submit(*rows)
    recoding.perform(progress=Unattended(), recoding_id=asked.pk)
    asked.refresh_from_db()
    return asked


MERGER = (("村", NORTH_1, NEW, "北枫新村"), ("村", NORTH_2, NEW, "北枫新村"))


def test_a_merger_moves_households_records_sites_grids_posts_and_units(
    county: County, cast: Cast
) -> None:
    unit = UnitFactory(division_code=NORTH_2)

    done = carry_out(*MERGER)

    unit.refresh_from_db()
    assert done.state == RecodingState.DONE
    assert done.counts == {
        "changes": 2, "households": 4, "records": 8, "origins": 0, "posts": 2, "units": 1,
    }  # fmt: skip
    assert Household.objects.filter(village_code=NEW).count() == 4
    assert Site.objects.get().village_code == unit.division_code == NEW
    assert Grid.objects.get(code="WG0001").village_code == NEW
    assert set(
        Post.objects.exclude(division_code__endswith="000").values_list("division_code")
    ) == {(NEW,)}
    assert Division.objects.get(code=NORTH_1).ended_on == SINCE
    assert [place.code for place in villages_in(cast.viewer("north_town").scope)] == [NEW]
    entry = Entry.objects.get(action="places.recoding.done")
    assert (entry.actor, entry.count) == ("steward", 4)


def test_the_dry_run_counts_and_changes_nothing(county: County, cast: Cast) -> None:
    asked = submit(*MERGER)

    assert asked.state == RecodingState.CHECKED
    assert asked.counts["households"] == 4
    assert asked.counts["posts"] == 2
    assert not Household.objects.filter(village_code=NEW).exists()
    assert not Division.objects.filter(code=NEW).exists()
    assert not code_changes().exists()


@pytest.mark.parametrize(
    ("month", "known_on"), [("2023-06", TODAY), ("2023-08", date(2023, 12, 1)), ("2023-09", SINCE)]
)
def test_months_before_it_and_days_before_it_was_known_stay_the_same(
    county: County, tmp_path: Path, month: str, known_on: date
) -> None:
    asked = {"month": Month.parse(month), "known_on": known_on, "into": tmp_path}
    before = write(**asked, draft="a")

    carry_out(*MERGER)

    assert write(**asked, draft="b").hash == before.hash
    later = write(
        month=Month.parse("2023-10"), known_on=date(2023, 12, 1), into=tmp_path, draft="c"
    )
    assert later.hash != before.hash


def test_what_was_written_under_the_old_code_stays_and_is_still_seen(
    county: County, cast: Cast
) -> None:
    run = RunFactory()
    FindingFactory(run=run, household=county.households[2])
    batch = BatchFactory(division_code=NORTH_2)

    carry_out(*MERGER)

    viewer = viewer_of(cast.village, on=TODAY)
    batch.refresh_from_db()
    assert earlier_codes([NEW]) == {NORTH_1, NORTH_2}
    assert households_for(viewer).count() == 4
    assert [finding.village_code for finding in findings_for(viewer, run)] == [NORTH_2]
    assert batch.division_code == NORTH_2
    assert code_changes(NORTH_2[:11]).filter(old_code=NORTH_2).get().new_code == NEW


def test_a_split_takes_named_grids_and_households_and_leaves_the_rest(
    county: County, cast: Cast
) -> None:
    home = county.households[6]
    other = county.households[7]
    Household.objects.filter(pk=other.pk).update(grid=None)
    post = PostFactory(user=UserFactory(), role="village", division_code=SOUTH_2)

    done = carry_out(
        ("村", SOUTH_2, "529901102301", "南枫三村", "WG0002"),
        ("村", SOUTH_2, SOUTH_2, "南枫二村"),
    )

    assert done.counts["households"] == 1
    assert Household.objects.get(pk=home.pk).village_code == "529901102301"
    assert Household.objects.get(pk=other.pk).village_code == SOUTH_2
    assert Grid.objects.get(code="WG0002").village_code == "529901102301"
    held = Post.objects.filter(user=post.user).values_list("division_code", flat=True)
    assert set(held) == {SOUTH_2, "529901102301"}
    assert earlier_codes(["529901102301"]) == set()
    assert Division.objects.get(code=SOUTH_2).ended_on is None


def test_a_village_changes_its_name_and_nothing_else(county: County) -> None:
    done = carry_out(("村", SOUTH_1, SOUTH_1, "南枫红旗村"))

    assert done.counts["households"] == 0
    assert Division.objects.get(code=SOUTH_1).name == "南枫红旗村"
    assert code_changes("南枫一").get().new_name == "南枫红旗村"


def test_households_that_came_from_a_merged_village_belong_to_its_successor(
    county: County, cast: Cast
) -> None:
    done = carry_out(("村", SOUTH_2, SOUTH_1, "南枫一村"))

    assert done.counts["origins"] == 2
    assert households_from(viewer_of(cast.south_town, on=TODAY)).count() == 2


def test_grids_are_merged_with_their_workers(county: County, cast: Cast) -> None:
    Grid.objects.create(code="WG0009", name="新网格", village_code=NORTH_1, site=county.site)

    done = carry_out(("网格", "WG0001", "WG0009", "新网格"))

    viewer = viewer_of(cast.grid, on=TODAY)
    assert done.counts["households"] == 2
    assert households_for(viewer).count() == 2
    assert viewer.scope.grid_codes == ("WG0009",)
    assert HouseholdRecord.objects.filter(grid__code="WG0009", known_to=None).count() == 2


def test_lists_that_use_the_old_name_find_the_new_village(county: County) -> None:
    carry_out(*MERGER)

    found = {
        (row["village_name"], row["code"])
        for row in _villages().iter_rows(named=True)
        if row["town_name"] == "北枫镇"
    }
    assert found == {("北枫一村", NEW), ("北枫二村", NEW), ("北枫新村", NEW)}


def test_it_is_carried_out_once_however_often_the_job_comes_back(county: County) -> None:
    done = carry_out(*MERGER)
    records = HouseholdRecord.objects.count()

    again = recoding.perform(progress=Unattended(), recoding_id=done.pk)

    assert again["already"] is True
    assert HouseholdRecord.objects.count() == records


def test_an_interrupted_change_leaves_nothing_behind(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = submit(*MERGER)
    monkeypatch.setattr(recoding.people, "follow", _killed)

    with pytest.raises(KeyboardInterrupt):
        recoding.perform(progress=Unattended(), recoding_id=asked.pk)

    assert not Household.objects.filter(village_code=NEW).exists()
    assert not Division.objects.filter(code=NEW).exists()
    monkeypatch.undo()
    recoding.perform(progress=Unattended(), recoding_id=asked.pk)
    assert Household.objects.filter(village_code=NEW).count() == 4


def _killed(**given: object) -> None:
    raise KeyboardInterrupt


def test_confirming_puts_one_job_into_the_queue_and_cancelling_takes_it_out(
    county: County,
) -> None:
    asked = submit(*MERGER)

    recoding.confirm(by=BY, at=AT, recoding_id=asked.pk)
    job = Job.objects.get(kind="places.recode")
    recoding.cancel(by=BY, at=AT, recoding_id=asked.pk)

    job.refresh_from_db()
    asked.refresh_from_db()
    assert (job.state, asked.state) == ("cancelled", RecodingState.CANCELLED)
    with pytest.raises(ChangesRefused, match="已核对、待确认"):
        recoding.confirm(by=BY, at=AT, recoding_id=asked.pk)


def test_a_failed_job_says_so_and_may_be_tried_again(county: County) -> None:
    asked = submit(*MERGER)
    recoding.confirm(by=BY, at=AT, recoding_id=asked.pk)

    recoding.closed(state="failed", message="作业出错", at=AT, recoding_id=asked.pk)

    asked.refresh_from_db()
    assert (asked.state, asked.problem) == (RecodingState.FAILED, "作业出错")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("村", "529901101999", NEW, "新村"),), "没有代码为"),
        ((("村", NORTH_1, "52990110130", "新村"),), "12 位"),
        ((("村", NORTH_1, "529901101000", "新村"),), "乡镇代码"),
        ((("村", NORTH_1, NEW, ""),), "新名称"),
        ((("镇", NORTH_1, NEW, "新村"),), "类别"),
        ((("村", NORTH_1, "529909101301", "新村"),), "不在区划表中"),
        ((("村", NORTH_1, NEW, "甲村"), ("村", NORTH_2, NEW, "乙村")), "两个不同的名称"),
        ((("村", NORTH_1, NEW, "甲村"), ("村", NORTH_1, SOUTH_1, "南枫一村")), "没有限定"),
        ((("村", NORTH_1, NEW, "甲村", "WG0002"),), "不在村"),
        ((("村", NORTH_1, NEW, "甲村", "", "H000000005"),), "不在"),
        ((("村", NORTH_1, NORTH_2, "北枫二村"), ("村", NORTH_2, NEW, "新村")), "分两次提交"),
        ((("网格", "WG0001", "WG0003", "新", "WG0002"),), "只含网格"),
        ((), "没有内容"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_reason(
    county: County, rows: tuple[tuple[str, ...], ...], said: str
) -> None:
    with pytest.raises(ChangesRefused, match=said):
        submit(*rows)

    assert not Recoding.objects.exists()


def test_days_to_come_and_files_that_are_no_tables_are_refused(county: County) -> None:
    with pytest.raises(ChangesRefused, match="不能晚于今天"):
        submit(*MERGER, since=date(2023, 11, 1))
    with pytest.raises(ChangesRefused, match="读不出"):
        recoding.submit(by=BY, at=AT, since=SINCE, basis="x", content=b"not a workbook")
    with pytest.raises(ChangesRefused, match="依据文件"):
        recoding.submit(by=BY, at=AT, since=SINCE, basis=" ", content=table(*MERGER))
