"""The pages of runs: who may start one, what a finished one shows, in whose places."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.again import made_again_upon
from tests.factories.county import NORTH, SOUTH, Cast, County

from anju.audit.actor import Actor
from anju.monitoring.actions import runs
from anju.monitoring.models import Run, RunState
from anju.monitoring.queries import Rulebook
from anju.queue.models import Job, JobState

AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
Perform = Callable[..., Run]
SignedIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Settings) -> Path:
    settings.SNAPSHOT_DIR, settings.RUN_DIR = tmp_path / "snapshots", tmp_path / "runs"
    return tmp_path


@pytest.fixture
def run(cast: Cast, folders: Path) -> Run:
    given = {"month": "2023-09", "pack": "shiquan-2023", "known_on": date(2023, 10, 8)}
    perform = partial(runs.perform_now, by=Actor("bureau"), at=AT, **given)
    return made_again_upon("run of September", perform, files=folders)


def test_a_run_is_started_from_the_form_and_shows_its_progress(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in("bureau")
    given = {"month": "2023-09", "pack": "shiquan-2023", "known_on": "2023-10-08"}

    answer = client.post("/monitoring/runs/", given)
    page = client.get(answer["Location"])

    assert Job.objects.get().payload == {"run_id": Run.objects.get().pk}
    assert "取消研判" in page.content.decode()
    assert 'hx-trigger="every 1s"' in page.content.decode()


def test_the_same_run_asked_for_twice_waits_once(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("bureau")
    given = {"month": "2023-09", "pack": "shiquan-2023", "known_on": "2023-10-08"}

    first, second = client.post("/monitoring/runs/", given), client.post("/monitoring/runs/", given)

    assert first["Location"] == second["Location"]
    assert Run.objects.count() == Job.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("month", "2023-13", "2023-13"),
        ("pack", "no-such-plan", "no-such-plan"),
        ("known_on", "2023-08-31", "早于"),
        ("known_on", "9999-01-01", "还没有到"),
        ("known_on", "soon", "请填写掌握日期"),
    ],
)
def test_nonsense_in_the_form_is_refused_with_what_to_do(
    cast: Cast, signed_in: SignedIn, field: str, value: str, said: str
) -> None:
    given = {"month": "2023-09", "pack": "shiquan-2023", "known_on": "2023-10-08", field: value}

    answer = signed_in("bureau").post("/monitoring/runs/", given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Run.objects.exists()


def test_who_may_only_look_has_no_form_and_cannot_start(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("north_town")

    assert "开始一次研判" not in client.get("/monitoring/runs/").content.decode()
    assert client.post("/monitoring/runs/", {"month": "2023-09"}).status_code == 403


def test_a_waiting_run_is_cancelled_at_once(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("bureau")
    given = {"month": "2023-09", "pack": "shiquan-2023", "known_on": "2023-10-08"}
    address = client.post("/monitoring/runs/", given)["Location"]

    page = client.post(f"{address}cancel/", follow=True)

    assert "研判已取消" in page.content.decode()
    assert Job.objects.get().state == JobState.CANCELLED


def test_who_may_only_look_cannot_cancel(cast: Cast, signed_in: SignedIn) -> None:
    run = runs.start(
        by=Actor("bureau"), at=AT, month="2023-09", pack="national", known_on=date(2023, 10, 8)
    )

    assert signed_in("north_town").post(f"/monitoring/runs/{run.pk}/cancel/").status_code == 403
    assert Run.objects.get().state == RunState.WAITING


def test_a_finished_run_tells_what_it_found_and_on_what_it_rests(
    run: Run, cast: Cast, signed_in: SignedIn
) -> None:
    text = signed_in("bureau").get(f"/monitoring/runs/{run.pk}/").content.decode()

    assert run.snapshot is not None
    for said in (
        run.snapshot.hash, run.pack_hash, "防返贫监测线", "7,300 元/人·年", "默认，待确认",
        "缺数据，无法判断", "北枫镇", "南枫镇", "duckdb",
    ):  # fmt: skip
        assert said in text


def test_the_progress_fragment_of_a_finished_run_reloads_the_page(
    run: Run, cast: Cast, signed_in: SignedIn
) -> None:
    answer = signed_in("bureau").get(f"/monitoring/runs/{run.pk}/", headers={"HX-Request": "true"})

    assert answer["HX-Refresh"] == "true"


def test_a_repeated_run_says_that_its_result_is_the_same(
    run: Run, cast: Cast, signed_in: SignedIn
) -> None:
    again = runs.perform_now(
        by=Actor("bureau"), at=AT, month=run.month, pack=run.pack, known_on=run.known_on
    )

    page = signed_in("bureau").get(f"/monitoring/runs/{again.pk}/")

    assert f"研判 #{run.pk}</a> 相同，结果也完全相同" in page.content.decode()


def test_a_town_sees_only_its_own_numbers(
    run: Run, cast: Cast, county: County, signed_in: SignedIn
) -> None:
    north = signed_in("north_town").get(f"/monitoring/runs/{run.pk}/")
    whole = signed_in("bureau").get(f"/monitoring/runs/{run.pk}/")

    def uninsured(page: object) -> int:
        rows = page.context["hits"]  # type: ignore[attr-defined]
        return next(row.total.number for row in rows if "基本医疗保险" in row.name)

    assert uninsured(whole) == len(county.households)
    assert uninsured(north) == len(county.households_in(NORTH[:9]))
    assert "南枫镇" not in north.content.decode()
    assert SOUTH not in north.content.decode()


def test_a_failed_run_says_why(cast: Cast, signed_in: SignedIn) -> None:
    run = runs.start(
        by=Actor("bureau"), at=AT, month="2019-12", pack="national", known_on=date(2023, 10, 8)
    )
    runs.closed(state="failed", message="参数在 2019-12 还没有值", at=AT, run_id=run.pk)

    text = signed_in("bureau").get(f"/monitoring/runs/{run.pk}/").content.decode()

    assert "研判没有完成，没有产生任何结果" in text
    assert "参数在 2019-12 还没有值" in text


def test_an_unknown_run_is_not_found(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in("bureau").get("/monitoring/runs/99/").status_code == 404


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    run: Run,
    cast: Cast,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in("bureau")
    for _again in range(3):
        runs.perform_now(
            by=Actor("bureau"), at=AT, month=run.month, pack=run.pack, known_on=run.known_on
        )

    with django_assert_num_queries(9):
        client.get("/monitoring/runs/")
    with django_assert_num_queries(11):
        client.get(f"/monitoring/runs/{run.pk}/")


def test_counts_of_health_are_told_only_to_who_may_see_health(
    run: Run, signed_in: SignedIn
) -> None:
    book = Rulebook(run)
    of_health = {book.name(rule) for rule in book.rules if book.is_about_health(rule)}
    user = UserFactory(username="without-health")
    PostFactory(user=user, role="county_leader", division_code="529901000000")
    client = Client()
    client.force_login(user)
    address = f"/monitoring/runs/{run.pk}/"

    told = {name for name in of_health if name in signed_in("bureau").get(address).text}
    page = client.get(address)

    assert told
    assert page.status_code == 200
    assert not {name for name in of_health if name in page.text}
