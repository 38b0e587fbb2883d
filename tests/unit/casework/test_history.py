"""From when what was written down counts, in the removal of a risk."""

from datetime import date

import pytest
from tests.factories.casework import MoveFactory
from tests.factories.county import County
from tests.unit.casework.helped import INCLUDED, at_removal, included

from anju.casework.models import Case
from anju.casework.queries import counts_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county: County) -> Case:
    """Included in November, at the review of its removal since May 12."""
    case = included()
    MoveFactory(
        case=case, version=9, procedure="inclusion", from_step="decision", action="include",
        to_step="", moved_on=INCLUDED,
    )  # fmt: skip
    at_removal(case, on=date(2024, 5, 10))
    return moved(case, "removal_check", "to_removal_review", "removal_review", 12)


def since(case: Case, requirement: str) -> date | None:
    move = counts_from(case, requirement)
    return move.moved_on if move else None


def moved(case: Case, before: str, action: str, after: str, day: int) -> Case:
    case.step, case.version = after, case.version + 1
    case.save()
    MoveFactory(
        case=case, version=case.version, procedure="removal", from_step=before, action=action,
        to_step=after, moved_on=date(2024, 5, day),
    )  # fmt: skip
    return case


def test_what_was_written_for_the_inclusion_does_not_count_for_the_removal(case: Case) -> None:
    for requirement in ("removal_check", "review", "publicity_over", ""):
        assert since(case, requirement) == date(2024, 5, 10)


def test_a_return_to_the_check_asks_for_all_behind_it_again(case: Case) -> None:
    moved(case, "removal_review", "return_to_removal_check", "removal_check", 15)

    assert since(case, "removal_check") == date(2024, 5, 15)
    assert since(case, "review") == date(2024, 5, 15)


def test_a_return_to_the_review_leaves_the_check_as_it_was(case: Case) -> None:
    moved(case, "removal_review", "to_removal_publicity", "removal_publicity", 16)
    moved(case, "removal_publicity", "return_to_removal_review", "removal_review", 20)

    assert since(case, "removal_check") == date(2024, 5, 10)
    assert since(case, "review") == date(2024, 5, 20)
    assert since(case, "publicity_over") == date(2024, 5, 20)
