"""How much a claim is: exact, rounded as the scheme says, never above its cap."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.benefits.amounts import Amount, compute, explain
from anju.benefits.terms import Terms

AWARD = Terms(measure="当年种植、养殖实际收入", per="户·年", rate=Fraction(1, 10), cap=500_000)
EGGS = Terms(unit="元/张", measure="蚕种张数", amount=3_500)
LOAN = Terms(per="企业", cap=300_000_000)
ROUNDINGS = st.sampled_from(["fen", "yuan", "yuan_down"])


@pytest.mark.parametrize(
    ("terms", "measure", "room", "raw", "paid"),
    [
        (AWARD, 1_234_567, 500_000, 123_457, 123_457),
        (AWARD, 6_000_000, 500_000, 600_000, 500_000),
        (AWARD, 6_000_000, 120_000, 600_000, 120_000),
        (AWARD, 6_000_000, -1, 600_000, 0),
        (EGGS, Decimal("2.5"), None, 8_750, 8_750),
        (LOAN, 250_000_000, 300_000_000, 250_000_000, 250_000_000),
    ],
)
def test_what_the_packs_pay(terms, measure, room, raw, paid) -> None:
    assert compute(terms, measure, room=room) == Amount(raw, paid)


@given(
    measure=st.integers(0, 10**12),
    rate=st.fractions(0, 1, max_denominator=1_000),
    cap=st.integers(0, 10**9),
    rounding=ROUNDINGS,
)
def test_an_amount_is_never_below_zero_above_its_cap_or_off_its_rounding(
    measure, rate, cap, rounding
) -> None:
    terms = replace(AWARD, rate=rate, cap=cap)

    found = compute(terms, measure, rounding=rounding, room=cap)

    assert 0 <= found.paid <= min(found.raw, cap)
    assert found.cut == found.raw - found.paid
    if rounding != "fen":
        assert found.paid % 100 == 0
    step = 1 if rounding == "fen" else 100
    assert abs(found.raw - rate * measure) < step


@given(
    measures=st.lists(st.integers(0, 10**10), max_size=6),
    cap=st.integers(0, 10**9),
    rounding=ROUNDINGS,
)
def test_claims_that_share_a_cap_never_pass_it_together(measures, cap, rounding) -> None:
    taken = 0
    for measure in measures:
        taken += compute(AWARD, measure, rounding=rounding, room=cap - taken).paid

    assert taken <= cap


@given(less=st.integers(0, 10**10), more=st.integers(0, 10**10), rounding=ROUNDINGS)
def test_more_is_never_paid_less(less, more, rounding) -> None:
    low, high = sorted((less, more))

    assert (
        compute(AWARD, low, rounding=rounding).paid <= compute(AWARD, high, rounding=rounding).paid
    )


def test_terms_come_back_from_what_is_kept() -> None:
    for terms in (AWARD, EGGS, LOAN, replace(AWARD, eligibility=("lifted_out | open_risk",))):
        assert Terms.of_kept(terms.kept()) == terms


def test_nothing_is_computed_without_a_figure_or_below_zero() -> None:
    with pytest.raises(ValueError, match="no figure"):
        compute(Terms(open="见上级文件"), 1)
    with pytest.raises(ValueError, match="below zero"):
        compute(EGGS, -1)
    with pytest.raises(ValueError, match="not both"):
        Terms(amount=1, rate=Fraction(1))


def test_an_amount_is_explained_by_measure_figure_sum_and_cut() -> None:
    told = explain(AWARD, 6_000_000, compute(AWARD, 6_000_000, room=500_000), origin="收入台账")

    assert [(line.what, line.value) for line in told] == [
        ("当年种植、养殖实际收入", "60,000.00元"),
        ("补贴标准", "10%"),
        ("计算", "60,000.00元 × 10% = 6,000.00元"),
        ("封顶", "每户·年最多 5,000.00元"),
        ("补贴金额", "5,000.00元"),
    ]
    assert told[0].why == "收入台账"
    assert told[3].why == "按封顶减少 1,000.00元"
    assert explain(EGGS, Decimal(3), compute(EGGS, Decimal(3)))[2].value == (
        "3张 × 35.00元 = 105.00元"
    )
    assert explain(EGGS, None, None)[-1].value == "未掌握"
