"""A list is checked in parts as it would be whole, is shown whole or not at all, and only once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from pytest_django.fixtures import Settings
from tests.factories.county import COUNTY, NORTH, Cast, County
from tests.unit.intake.lists import bring_in, households, member

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Grant, Viewer
from anju.audit.actor import Actor
from anju.inspection.actions import list_checks as actions
from anju.inspection.asked import Asked
from anju.inspection.models import InspectionState, ListCheck, ListProblem
from anju.inspection.queries import list_checks as queries
from anju.intake.actions import outgoing
from anju.intake.feeds import BY_ID
from anju.intake.outgoing import lists, writing
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.lists import Offer
from anju.queue.models import Job
from anju.queue.progress import Cancelled, LeaseLost, Unattended

pytestmark = pytest.mark.django_db
AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
TODAY = date(2023, 10, 8)
BY = Actor("bureau")
WHOLE = Asked("households", None, "", Scope.whole(COUNTY).ranges)
LIFTED = {"户类型": "脱贫户"}


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Settings) -> Path:
    settings.RUN_DIR = tmp_path / "runs"
    return tmp_path


@pytest.fixture
def loaded(county: County) -> None:
    """Two households with faults: a telephone of both, a daughter said to be a son, no work known."""
    phone = {"人联系电话": "13900000001"}
    home = member(2)["户编号"]
    assert member(4)["性别"] == "女"
    odd = member(4, 户编号=home, 与户主关系="之子", **LIFTED)
    bring_in(
        households(
            member(1, **phone, **LIFTED),
            member(2, 劳动技能=None, **phone, **LIFTED),
            odd,
            member(5, 户编号=home, 与户主关系="其他", **LIFTED),
        ),
        name="户名单.xlsx",
    )


def _checked() -> list[tuple[object, ...]]:
    check = actions.perform_now(by=BY, at=AT, as_of=TODAY, asked=WHOLE)
    fields = "household_id", "person_id", "village_code", "sheet", "line", "code", "found"
    return [check.report, *check.problems.order_by("id").values_list(*fields)]


def test_a_list_in_parts_is_found_as_it_is_whole(
    loaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, file = _checked(), _file("households")

    monkeypatch.setattr(lists, "HOUSEHOLDS_AT_ONCE", 1)

    assert _checked() == whole
    assert _file("households").equals(file)
    codes = whole[0]["codes"]  # type: ignore[index]
    assert {"2_01_004"} <= set(codes)
    assert len(whole) > 4


def _file(feed: str, span: Span | None = None) -> pl.DataFrame:
    content = BytesIO()
    outgoing.take_out(
        by=BY, viewer=_viewer(), scope=Scope.whole(COUNTY), offer=Offer(BY_ID[feed], ()),
        batch=None, in_full=True, file=content, span=span,
    )  # fmt: skip
    sheet = fastexcel.read_excel(content.getvalue()).load_sheet(0, header_row=None, dtypes="string")
    return sheet.to_polars()


def _viewer() -> Viewer:
    may = frozenset(Permission)
    grant = Grant(may, Scope.whole(COUNTY))
    return Viewer.with_grants(user_id=1, username="b", name="局", on=TODAY, grants=(grant,))


def test_a_list_longer_than_a_worksheet_goes_on_in_another(
    loaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_SHEET_ROWS", 7)
    content = BytesIO()
    offer = Offer(BY_ID["households"], ())
    outgoing.take_out(
        by=BY, viewer=_viewer(), scope=Scope.whole(COUNTY), offer=offer, batch=None,
        in_full=True, file=content,
    )  # fmt: skip

    book = fastexcel.read_excel(content.getvalue())
    check = actions.perform_now(by=BY, at=AT, as_of=TODAY, asked=WHOLE)
    names = dict.fromkeys(check.problems.order_by("line").values_list("sheet", flat=True))

    assert len(book.sheet_names) > 1
    assert set(names) <= set(book.sheet_names)
    for problem in check.problems.filter(code="2_01_004"):
        sheet = book.load_sheet(problem.sheet, header_row=None, dtypes="string").to_polars()
        assert member(4)["人编号"] in sheet.row(problem.line - 1)


@pytest.mark.parametrize("at", ["检查各行", "逐项检查", "写入结果"])
def test_one_that_is_cancelled_on_the_way_leaves_nothing(
    loaded: None, at: str, folders: Path
) -> None:
    started = actions.start(by=BY, at=AT, as_of=TODAY, asked=WHOLE)

    with pytest.raises(Cancelled):
        actions.perform(progress=_Stops(Cancelled(), at), check_id=started.pk)
    actions.closed(state="cancelled", message="", at=AT, check_id=started.pk)

    assert ListCheck.objects.get().state == InspectionState.CANCELLED
    assert not ListProblem.objects.exists()
    assert [path for path in folders.rglob("*") if path.is_file()] == []


def test_one_that_was_overtaken_shows_nothing_and_can_be_repeated(loaded: None) -> None:
    started = actions.start(by=BY, at=AT, as_of=TODAY, asked=WHOLE)

    with pytest.raises(LeaseLost):
        actions.perform(progress=_Stops(LeaseLost(), "hold"), check_id=started.pk)
    assert not ListProblem.objects.exists()

    actions.perform(progress=Unattended(), check_id=started.pk)
    found = ListProblem.objects.count()
    assert found > 0
    assert actions.perform(progress=Unattended(), check_id=started.pk)["already"]
    assert ListProblem.objects.count() == found


def test_the_same_list_waits_once_whoever_asks(county: County) -> None:
    first = actions.start(by=BY, at=AT, as_of=TODAY, asked=WHOLE)
    same = actions.start(by=Actor("town"), at=AT, as_of=TODAY, asked=WHOLE)
    of_a_town = Asked("households", None, NORTH, Scope.of([NORTH]).ranges)
    other = actions.start(by=BY, at=AT, as_of=TODAY, asked=of_a_town)

    assert (same, Job.objects.count()) == (first, 2)
    assert other != first


def test_a_check_is_shown_to_who_may_take_out_all_of_it(cast: Cast, county: County) -> None:
    whole = actions.perform_now(by=BY, at=AT, as_of=TODAY, asked=WHOLE)
    of_a_town = Asked("households", None, NORTH, Scope.of([NORTH]).ranges)
    part = actions.perform_now(by=BY, at=AT, as_of=TODAY, asked=of_a_town)

    assert queries.check_for(cast.viewer("bureau"), whole.pk) == whole
    assert queries.check_for(cast.viewer("north_town"), part.pk) == part
    for who, check in (("north_town", whole), ("south_town", part), ("village", part)):
        with pytest.raises(ListCheck.DoesNotExist):
            queries.check_for(cast.viewer(who), check.pk)


def test_what_tells_of_health_is_counted_only_for_who_may_see_it(
    cast: Cast, county: County
) -> None:
    ill = member(1, 健康状况="残疾", 劳动技能="普通劳动力", **LIFTED)
    bring_in(households(ill), name="户名单.xlsx")
    check = actions.perform_now(by=BY, at=AT, as_of=TODAY, asked=WHOLE)
    seeing, viewer = _viewer(), cast.viewer("bureau")
    hidden = {code for code in check.report["codes"] if "health" in queries.guard_of(code)}

    assert hidden
    assert hidden <= set(queries.codes_of(seeing, check))
    blind = Viewer.with_grants(
        user_id=viewer.user_id, username="b", name="局", on=TODAY,
        grants=(Grant(frozenset(Permission) - {Permission.VIEW_HEALTH}, Scope.whole(COUNTY)),),
    )  # fmt: skip
    told = queries.codes_of(blind, check)
    assert hidden.isdisjoint(told)
    assert sum(told.values()) == queries.problems_of(blind, check).count()
    assert sum(sum((each.must, each.look)) for each in queries.villages_of(blind, check)) == sum(
        queries.levels_of(blind, check)
    )


class _Stops(Unattended):
    """Progress whose step or hold raises."""

    def __init__(self, error: Exception, at: str) -> None:
        super().__init__()
        self._error, self._at = error, at

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        if self._at in text:
            raise self._error

    def hold(self) -> None:
        if self._at == "hold":
            raise self._error
