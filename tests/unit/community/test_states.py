"""Where a request stands, in plain functions: what may follow, which day counts, when it was in time."""

from datetime import date
from itertools import product

import pytest

from anju.community.states import WAYS, Clocks, Move, Outcome, State, in_time, is_open_to, moves

DAYS = Clocks(date(2023, 10, 9), date(2023, 10, 23), date(2023, 10, 27))


def test_a_request_goes_from_told_to_closed_and_never_skips_the_word_of_who_told_it() -> None:
    assert moves(State.TOLD) == (Move.TAKE, Move.PASS_ON, Move.HANDLE, Move.EXPLAIN, Move.JOIN)
    assert moves(State.TAKEN) == (
        Move.PASS_ON, Move.EXTEND, Move.HANDLE, Move.EXPLAIN, Move.JOIN,
    )  # fmt: skip
    assert moves(State.HANDLED) == (Move.CONFIRM, Move.REJECT, Move.LAPSE)
    assert moves(State.CLOSED, Outcome.CONFIRMED) == (Move.REOPEN,)
    assert {WAYS[move].to for move in moves(State.HANDLED)} == {State.CLOSED, State.TAKEN}


def test_what_went_into_another_request_is_not_taken_up_by_itself() -> None:
    assert not is_open_to(Move.REOPEN, State.CLOSED, Outcome.JOINED)
    for state, move in product(State, Move):
        assert is_open_to(move, state) == (state in WAYS[move].since)


def test_every_way_that_closes_says_how_and_no_other_does() -> None:
    for way in WAYS.values():
        assert (way.to is State.CLOSED) == (way.outcome is not None)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        (State.TOLD, date(2023, 10, 9)),
        (State.TAKEN, date(2023, 10, 23)),
        (State.HANDLED, date(2023, 10, 27)),
        (State.CLOSED, None),
    ],
)
def test_one_day_counts_at_a_time(state: State, day: date | None) -> None:
    assert DAYS.running(state) == day


def test_the_office_is_late_after_the_day_and_never_while_the_teller_is_asked() -> None:
    assert not DAYS.is_late(State.TOLD, date(2023, 10, 9))
    assert DAYS.is_late(State.TOLD, date(2023, 10, 10))
    assert DAYS.is_late(State.TAKEN, date(2023, 10, 24))
    assert not DAYS.is_late(State.HANDLED, date(2024, 1, 1))
    passed_on_late = Clocks(date(2023, 10, 30), date(2023, 10, 23))
    assert passed_on_late.running(State.TOLD) == date(2023, 10, 23)


def test_settled_in_time_is_told_from_what_was_done_and_not_from_its_confirmation() -> None:
    by = date(2023, 10, 23)
    assert in_time(by, date(2023, 10, 23), date(2023, 11, 1)) is True
    assert in_time(by, date(2023, 10, 24), None) is False
    assert in_time(by, None, date(2023, 10, 20)) is True
    assert in_time(by, None, None) is None
