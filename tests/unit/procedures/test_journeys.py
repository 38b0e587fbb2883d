"""Whole ways through the national procedures: deadlines, green channel, return, appeal, reopening."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from anju import procedures
from anju.procedures import (
    LEVELS,
    REQUIREMENTS,
    BookError,
    Calendar,
    Outcome,
    ProcedureBook,
    ProcedureRefused,
    Standing,
)

HERE = Path(__file__).parent / "packs"
CALENDAR = Calendar()
MONDAY = date(2025, 6, 9)


@lru_cache
def _book(pack: str = "national", on: date = MONDAY) -> ProcedureBook:
    return procedures.load(pack, on, HERE)


def _standing(found: Outcome, on: date) -> Standing:
    return Standing(
        found.step, on, found.due_on, dict.fromkeys(REQUIREMENTS, True), frozenset(LEVELS),
        found.is_green, found.state,
    )  # fmt: skip


def _walk(book: ProcedureBook, found: Outcome, *actions: str, on: date = MONDAY) -> Outcome:
    """Take the actions one after the other, with the first reason and a note where asked."""
    for name in actions:
        standing = _standing(found, on)
        procedure = book.procedure(found.procedure)
        action = next(a for a in procedure.actions_at(found.step, found.state) if a.id == name)
        reason = action.reasons[0].id if action.reasons else ""
        found = book.take(
            found.procedure, standing, name, reason=reason, note="经核实", calendar=CALENDAR
        )
    return found


def _started(book: ProcedureBook, kind: str = "relapse") -> Outcome:
    purpose = "inclusion" if kind == "relapse" else "clearing"
    return book.of(kind, purpose).start(on=MONDAY, opened_on=date(2025, 6, 7), calendar=CALENDAR)


TO_DECISION = (
    "to_home_check", "to_comparison", "to_review", "to_publicity", "to_town_check", "to_decision",
)  # fmt: skip
TO_REMOVAL = (
    "start_removal", "to_removal_review", "to_removal_publicity", "to_removal_town_check",
    "to_removal_decision",
)  # fmt: skip


def test_the_whole_runs_from_the_lead_and_each_step_from_its_own_start() -> None:
    found = _started(_book())

    assert (found.step, found.holder) == ("authorisation", "village")
    assert found.step_due_on == date(2025, 6, 10)
    assert found.due_on == date(2025, 6, 22)


def test_from_lead_to_risk_removed() -> None:
    book = _book()

    included = _walk(book, _started(book), *TO_DECISION, "include")
    removed = _walk(book, included, *TO_REMOVAL, "remove", on=date(2026, 1, 5))

    assert (included.state, included.step, included.is_closed) == ("included", "", False)
    assert (removed.state, removed.procedure) == ("removed", "removal")
    assert (removed.removal_kind, removed.is_closed) == ("helped", True)


def test_beginning_the_removal_starts_its_own_clock() -> None:
    book = _book()
    included = _walk(book, _started(book), *TO_DECISION, "include")

    found = _walk(book, included, "start_removal", on=date(2026, 1, 5))

    assert (found.procedure, found.step, found.state) == ("removal", "removal_check", "included")
    assert found.due_on == date(2026, 1, 20)


def test_a_household_that_is_gone_takes_the_natural_way() -> None:
    book = _book()
    included = _walk(book, _started(book), *TO_DECISION, "include")

    found = _walk(book, included, "start_natural_removal", "to_natural_decision", "remove")

    assert (found.procedure, found.removal_kind) == ("natural_removal", "natural")


def test_a_household_wholly_without_labour_cannot_begin_its_removal() -> None:
    book = _book()
    included = _walk(book, _started(book), *TO_DECISION, "include")
    standing = _standing(included, MONDAY)
    standing = replace(standing, present={**standing.present, "has_labour": False})

    with pytest.raises(ProcedureRefused, match="somebody in the household can work"):
        book.take("inclusion", standing, "start_removal", calendar=CALENDAR)


def test_not_yet_lets_help_go_on_and_the_removal_may_be_begun_again() -> None:
    book = _book()
    included = _walk(book, _started(book), *TO_DECISION, "include")

    found = _walk(book, included, "start_removal", "not_yet")
    again = _walk(book, found, "start_removal")

    assert (found.state, found.step, found.is_closed) == ("included", "", False)
    assert again.step == "removal_check"


def test_a_return_keeps_the_deadline_of_the_whole() -> None:
    book = _book()
    held = _walk(book, _started(book), *TO_DECISION[:5])

    found = _walk(book, held, "return_to_home_check", on=date(2025, 6, 19))

    assert (found.step, found.is_return) == ("home_check", True)
    assert found.step_due_on == date(2025, 6, 21)
    assert found.due_on == date(2025, 6, 22)


def test_the_green_channel_keeps_the_step_and_gives_papers_until_its_own_deadline() -> None:
    book = _book()

    green = _walk(book, _started(book), "start_green")
    later = _walk(book, green, "to_home_check")

    assert (green.step, green.is_green) == ("authorisation", True)
    assert green.papers_due_on == green.due_on == date(2025, 7, 9)
    assert (later.is_green, later.papers_due_on) == (True, None)
    assert later.step_due_on == later.due_on == date(2025, 7, 9)
    with pytest.raises(ProcedureRefused, match="cannot be done at step"):
        _walk(book, later, "start_green")  # its deadline is not put off


def test_the_green_channel_excuses_nothing_at_the_countys_decision() -> None:
    decision = _book().procedure("inclusion").step("decision")
    (include,) = (action for action in decision.actions if action.id == "include")

    assert include.later == ()
    assert "authorisation" in include.needs


def test_data_are_never_compared_without_the_authorisation() -> None:
    comparison = _book().procedure("inclusion").step("comparison")
    (forward,) = (action for action in comparison.actions if action.id == "to_review")

    assert "authorisation" in forward.needs
    assert "authorisation" not in forward.later


def test_an_appeal_starts_the_clock_anew_and_may_lead_back_to_the_home_check() -> None:
    book = _book()
    refused = _walk(book, _started(book), *TO_DECISION, "not_include")
    appealed_on = date(2025, 6, 30)

    appeal = _walk(book, refused, "appeal", on=appealed_on)
    again = _walk(book, appeal, "recheck", on=date(2025, 7, 2))

    assert refused.is_closed
    assert (appeal.state, appeal.step, appeal.due_on) == ("checking", "appeal", date(2025, 7, 15))
    assert (again.step, again.is_return, again.due_on) == ("home_check", True, date(2025, 7, 15))


def test_reopening_goes_through_the_identification_again() -> None:
    book = _book()
    included = _walk(book, _started(book), *TO_DECISION, "include")
    removed = _walk(book, included, *TO_REMOVAL, "remove")

    found = _walk(book, removed, "reopen", on=date(2025, 12, 1))

    assert (found.procedure, found.step) == ("inclusion", "authorisation")
    assert (found.state, found.due_on) == ("checking", date(2025, 12, 16))


@pytest.mark.parametrize(
    ("kind", "actions", "due_on"),
    [
        ("zero_employment", ("to_placing", "to_clearing", "clear"), date(2025, 6, 12)),
        ("out_of_school", ("to_returning", "to_clearing", "clear"), date(2025, 6, 22)),
    ],
)
def test_a_list_that_must_reach_zero(kind: str, actions: tuple[str, ...], due_on: date) -> None:
    book = _book()
    begun = _started(book, kind)

    cleared = _walk(book, begun, *actions)

    assert begun.due_on == due_on
    assert (cleared.state, cleared.is_closed) == ("cleared", True)


def test_the_islands_twenty_working_days_pass_over_the_dragon_boat_festival() -> None:
    book = _book("island-2021", date(2025, 5, 26))

    found = book.of("relapse", "inclusion").start(
        on=date(2025, 5, 26), opened_on=date(2025, 5, 26), calendar=CALENDAR
    )

    assert (found.step, found.holder) == ("assets", "county")
    # 2 June was off: 5 working days end a day later than by Monday to Friday alone.
    assert found.step_due_on == date(2025, 6, 3)
    assert found.due_on == date(2025, 6, 24)
    assert book.limit("village_publicity").zh == "5个工作日"


def test_the_island_goes_its_own_steps_and_keeps_the_common_removal() -> None:
    book = _book("island-2021")

    included = _walk(book, _started(book), "to_review", "to_town_check", "to_decision", "include")
    removed = _walk(book, included, *TO_REMOVAL, "remove")

    assert [step.id for step in book.procedure("inclusion").steps] == [
        "assets", "review", "town_check", "decision",
    ]  # fmt: skip
    assert removed.state == "removed"


def test_from_2026_new_cases_go_the_new_way_and_old_ones_keep_theirs() -> None:
    book = _book("island-2021", date(2026, 1, 1))

    assert _book("island-2021", date(2025, 12, 31)).of("relapse", "inclusion").id == "inclusion"
    assert book.of("relapse", "inclusion").id == "inclusion_2026"
    assert book.procedure("inclusion").step("assets").holder == "county"


def test_from_2026_old_classes_can_be_read_but_not_entered() -> None:
    book = _book("island-2021", date(2026, 1, 1))

    assert "unstable" not in {found.id for found in book.open_classes}
    assert {"unstable", "low_income"} <= {found.id for found in book.classes}


def test_a_procedure_step_limit_or_pack_that_is_not_there_is_refused() -> None:
    book = _book()

    for ask in (
        lambda: book.procedure("nothing"),
        lambda: book.of("relapse", "clearing"),
        lambda: book.procedure("inclusion").step("nothing"),
        lambda: book.limit("nothing"),
        lambda: procedures.load("no-such-pack", MONDAY),
    ):
        with pytest.raises(BookError):
            ask()


def test_measures_answer_risks_and_tell_development_from_the_safety_net() -> None:
    book = _book()
    medical = {measure.id for measure in book.measures_for("medical")}

    assert medical == {"health", "social"}
    assert {measure.id for measure in book.measures if measure.safety_net} == {"safety_net"}
    assert {measure.id for measure in book.measures if measure.developmental} == {
        "industry", "employment", "finance", "public_post",
    }  # fmt: skip
