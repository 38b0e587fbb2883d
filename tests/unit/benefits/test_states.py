"""The way of a claim as a table, and what is known of whether somebody is entitled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.benefits import spans
from anju.benefits.checking import Answer, Check, answer, answers, verdict, why
from anju.benefits.models import Eligibility
from anju.benefits.states import (
    DROPPED,
    MOVES,
    WAITING_AT,
    State,
    Step,
    sources,
    target,
    verbs,
)

_WAY = ["submit", "publish", "clear", "check", "approve", "draw_up", "pay"]


def test_the_way_to_the_money_leads_from_a_draft_to_paid() -> None:
    state = State.DRAFT
    for verb in _WAY:
        found = target(verb, state)
        assert found is not None, (verb, state)
        state = found

    assert state == State.PAID


@pytest.mark.parametrize("verb", _WAY[1:])
def test_no_step_of_the_way_may_be_left_out(verb) -> None:
    assert target(verb, State.DRAFT) is None


def test_what_ended_without_money_leads_nowhere() -> None:
    for state in (*DROPPED, State.RECOVERED):
        assert not verbs(state)


def test_money_is_paid_only_after_the_county_said_yes() -> None:
    """Without the county's approval no order of moves reaches payment."""
    reached, left = {State.DRAFT}, [State.DRAFT]
    while left:
        state = left.pop()
        for move in MOVES:
            if state in move.sources and move.verb != "approve" and move.target not in reached:
                reached.add(move.target)
                left.append(move.target)

    assert not reached & {State.APPROVED, State.IN_PAYMENT, State.PAID}


def test_every_state_that_does_not_end_waits_at_somebody() -> None:
    waiting = set().union(*WAITING_AT.values())

    assert set(State) - waiting == {*DROPPED, State.PAID, State.RECOVERED}
    for step, states in WAITING_AT.items():
        for state in states:
            assert verbs(state, [step]), (step, state)


def test_a_verb_belongs_to_its_step() -> None:
    assert "approve" not in verbs(State.CHECKED, [Step.TOWN, Step.VILLAGE, Step.PAYER])
    assert sources("refuse", Step.COUNTY).isdisjoint(sources("refuse", Step.TOWN))
    assert target("refuse", State.PAID) is None


@given(
    st.dictionaries(
        st.sampled_from(["lifted_out", "open_risk"]), st.sampled_from([True, False, None])
    )
)
def test_an_alternative_is_met_by_one_failed_by_all_and_else_unknown(facts) -> None:
    said = [facts.get("lifted_out"), facts.get("open_risk")]

    found = answer("lifted_out | open_risk", facts).answer

    assert (found == Answer.YES) == (True in said)
    assert (found == Answer.NO) == (said == [False, False])


def test_unknown_is_for_a_person_and_a_no_stays_one() -> None:
    facts = {"lifted_out": True, "living": None}
    checks = answers(["lifted_out", "living"], ["交售记录进了溯源系统"], facts)

    assert verdict(checks) == Eligibility.TO_CHECK
    assert verdict(checks, is_confirmed=True) == Eligibility.CONFIRMED
    assert why(checks, Answer.UNKNOWN) == "在世且仍在本户、交售记录进了溯源系统"
    assert verdict([*checks, Check("x", Answer.NO)], is_confirmed=True) == Eligibility.NOT_ELIGIBLE
    assert verdict(()) == Eligibility.TO_CHECK
    assert verdict(checks[:1]) == Eligibility.ELIGIBLE


def test_a_period_is_a_year_a_quarter_or_a_month() -> None:
    assert spans.span("year", "2023")[1].isoformat() == "2023-12-31"
    assert [day.isoformat() for day in spans.span("quarter", "2023Q3")] == [
        "2023-07-01",
        "2023-09-30",
    ]
    first, last = spans.span("month", "2024-02")
    assert (first.day, last.day) == (1, 29)
    assert spans.label_of("quarter", last) == "2024Q1"
    for every, label in (("year", "2023Q1"), ("month", "2023-13"), ("week", "2023W1")):
        with pytest.raises(ValueError, match="is no"):
            spans.span(every, label)
