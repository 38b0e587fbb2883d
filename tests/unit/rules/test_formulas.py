from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.rules import formulas
from anju.rules.errors import PackError


def _value(text: str, **given_values: int) -> Fraction:
    return formulas.parse(text).value(lambda name: Fraction(given_values[name]))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.6 * :income", Fraction(6, 10) * 1234567),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("1 / 3 * 3", Fraction(1)),
        ("2 + 3 * 4", Fraction(14)),
        ("(2 + 3) * 4", Fraction(20)),
        ("10 - 3 - 2", Fraction(5)),
        ("12 / 2 / 3", Fraction(2)),
        ("-:income + 1", Fraction(-1234566)),
        ("--2", Fraction(2)),
        ("  7  ", Fraction(7)),
    ],
)
def test_a_formula_is_exact(text: str, value: Fraction) -> None:
    assert _value(text, income=1234567) == value


def test_a_formula_names_its_parameters_once_in_order() -> None:
    assert formulas.parse(":b * :a + :b").names == ("b", "a")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "ends too early"),
        ("2 +", "ends too early"),
        ("(2 + 3", "ends too early"),
        ("2 3", "'3' is not expected here"),
        ("2 + * 3", r"'\*' is not expected here"),
        (")", r"'\)' is not expected here"),
        ("a + 1", "cannot read 'a"),
        ("2 ** 3", r"'\*' is not expected here"),
        ("__import__('os')", "cannot read"),
        (":Line", "cannot read"),
        ("1e9", "cannot read 'e9'"),
        (".5", "cannot read"),
        ("9" * 16, "cannot read"),
        ("0.1234567891", "cannot read"),
        ("1.2.3", "cannot read"),
        ("٣", "cannot read"),
        ("(" * 200 + "1" + ")" * 200, "nested too deeply"),
        ("-" * 5000 + "1", "nested too deeply"),
    ],
)
def test_anything_else_is_refused(text: str, words: str) -> None:
    with pytest.raises(PackError, match=words) as refusal:
        formulas.parse(text)

    assert "use numbers, :parameters, + - * / and brackets" in str(refusal.value)
    assert "只能写数字、:参数" in refusal.value.zh


def test_a_division_by_zero_is_refused() -> None:
    with pytest.raises(PackError, match="divides by zero"):
        _value("1 / :nothing", nothing=0)


_leaves = st.integers(0, 9999).map(lambda n: (str(n), Fraction(n))) | st.decimals(
    0, 100, places=2
).map(lambda d: (str(d), Fraction(d)))


@settings(max_examples=50)
@given(
    st.recursive(
        _leaves,
        lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
            lambda t: (
                f"({t[0][0]} {t[1]} {t[2][0]})",
                {"+": t[0][1] + t[2][1], "-": t[0][1] - t[2][1], "*": t[0][1] * t[2][1]}[t[1]],
            )
        ),
        max_leaves=10,
    )
)
def test_any_sum_of_products_comes_out_exactly(pair: tuple[str, Fraction]) -> None:
    text, value = pair

    assert _value(text) == value
