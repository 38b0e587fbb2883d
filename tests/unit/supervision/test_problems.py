"""Problems: given to units, put right, checked, closed, looked back at; who sees which."""

from datetime import date

import pytest
from tests.factories.county import TODAY, Cast, County
from tests.unit.supervision.conftest import BUREAU, Units, found

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.audit.attachments import checked
from anju.supervision import proofs, queries
from anju.supervision.actions import problems as actions
from anju.supervision.actions import rectifying
from anju.supervision.models import FoundProblem, ProblemState
from anju.supervision.queries import desk
from anju.supervision.queries.health import hidden
from anju.supervision.refusals import SupervisionRefused

pytestmark = pytest.mark.django_db


def told(viewer: Viewer, problem: FoundProblem, words: str = "签到册已经补齐。") -> object:
    return rectifying.submit(
        by=Actor(viewer.username), on=TODAY, viewer=viewer, problem=problem, words=words,
        files=[checked("签到册.txt", "甲乙丙".encode())],
    )  # fmt: skip


def decided(viewer: Viewer, problem: FoundProblem, *, accepted: bool, words: str = "") -> None:
    waiting = problem.rectifications.filter(state="submitted").first()
    rectifying.check(
        by=BUREAU, on=TODAY, viewer=viewer, rectification=waiting, is_accepted=accepted,
        words=words,
    )  # fmt: skip
    problem.refresh_from_db()


def test_a_problem_is_closed_when_every_unit_was_accepted(cast: Cast, units: Units) -> None:
    bureau, north, south = (cast.viewer(who) for who in ("bureau", "north_town", "south_town"))
    problem = found(bureau, units.north, units.south)
    assert problem.number == "WT-529901-2023-0001"
    assert [row.pk for row in desk.to_rectify(north)] == [problem.pk]

    report = told(north, problem)
    assert proofs.RECTIFICATIONS.fetch(report.proofs.get().pk) == "甲乙丙".encode()
    assert not desk.to_rectify(north).exists()
    assert desk.to_rectify(south).exists()
    assert desk.to_check(bureau).count() == 1
    assert not desk.to_check(north).exists()
    decided(bureau, problem, accepted=True)
    assert problem.state == ProblemState.WAITING
    told(south, problem)
    decided(bureau, problem, accepted=True)

    assert (problem.state, problem.closed_on) == (ProblemState.CLOSED, TODAY)
    assert problem.rounds.get().closed_on == TODAY


def test_what_is_sent_back_comes_again_with_the_reason(cast: Cast, units: Units) -> None:
    bureau, north = cast.viewer("bureau"), cast.viewer("north_town")
    problem = found(bureau, units.north)
    told(north, problem)
    with pytest.raises(SupervisionRefused, match="还差什么"):
        decided(bureau, problem, accepted=False)
    with pytest.raises(SupervisionRefused, match="已经报送"):
        told(north, problem)
    decided(bureau, problem, accepted=False, words="缺第三期。")

    assert problem.state == ProblemState.RETURNED
    assert desk.to_rectify(north).exists()
    told(north, problem)
    decided(bureau, problem, accepted=True)
    assert problem.state == ProblemState.CLOSED
    assert [each.state for each in problem.rectifications.all()] == ["returned", "accepted"]


def test_a_look_back_opens_it_again_and_keeps_what_was(cast: Cast, units: Units) -> None:
    bureau, north = cast.viewer("bureau"), cast.viewer("north_town")
    problem = found(bureau, units.north)
    with pytest.raises(SupervisionRefused, match="已销号"):
        actions.look_back(
            by=BUREAU, on=TODAY, viewer=bureau, problem=problem, is_solved=True, words="都在。"
        )
    told(north, problem)
    decided(bureau, problem, accepted=True)
    with pytest.raises(SupervisionRefused, match="新的整改期限"):
        actions.look_back(
            by=BUREAU, on=TODAY, viewer=bureau, problem=problem, is_solved=False, words="又缺了。"
        )
    again = actions.look_back(
        by=BUREAU, on=TODAY, viewer=bureau, problem=problem, is_solved=False, words="又缺了。",
        due_on=date(2023, 11, 1),
    )  # fmt: skip

    assert (again.round, again.state, again.closed_on) == (2, ProblemState.WAITING, None)
    assert [each.closed_on for each in again.rounds.all()] == [TODAY, None]
    assert again.rectifications.count() == again.look_backs.count() == 1
    assert desk.to_rectify(north).exists()


def test_a_problem_of_a_household_is_seen_where_that_lives(
    county: County, cast: Cast, units: Units
) -> None:
    bureau, north, south = (cast.viewer(who) for who in ("bureau", "north_town", "south_town"))
    homely = found(bureau, units.north, units.south, household=county.households[0])
    plain = found(bureau, units.south)

    assert homely.division_code == county.households[0].village_code
    assert set(queries.problems_for(bureau)) == {homely, plain}
    assert set(queries.problems_for(north)) == {homely}
    assert set(queries.problems_for(south)) == {plain}
    assert not queries.problems_for(cast.viewer("grid")).exists()


def test_words_about_health_are_hidden_from_who_does_not_see_health(
    county: County, cast: Cast, units: Units
) -> None:
    bureau = cast.viewer("bureau")
    problem = found(bureau, units.north, household=county.households[0], about_health=True)
    general = found(bureau, units.north, about_health=True)
    rows = [problem, general]
    blind = Viewer(0, "x", "", bureau.scope, bureau.permissions - {"view_health"}, TODAY)

    assert hidden(bureau, rows) == set()
    assert hidden(blind, rows) == {problem.pk, general.pk}
    assert hidden(cast.viewer("north_town"), rows) == {general.pk}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": "无"}, "具体情况"),
        ({"due_on": date(2023, 10, 1)}, "整改期限"),
        ({"found_on": date(2023, 10, 9)}, "发现日期"),
    ],
)
def test_what_makes_no_sense_is_refused(
    cast: Cast, units: Units, given: dict[str, object], said: str
) -> None:
    with pytest.raises(SupervisionRefused, match=said):
        found(cast.viewer("bureau"), units.north, **given)


def test_only_a_unit_that_answers_for_it_reports_and_only_an_inspector_finds(
    cast: Cast, units: Units
) -> None:
    bureau = cast.viewer("bureau")
    with pytest.raises(SupervisionRefused, match="整改单位"):
        found(bureau)
    with pytest.raises(SupervisionRefused, match="不能登记"):
        found(cast.viewer("north_town"), units.north)
    with pytest.raises(SupervisionRefused, match="不由您的单位"):
        told(bureau, found(bureau, units.north))
