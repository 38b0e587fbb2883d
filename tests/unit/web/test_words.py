"""Figures and cells as people read them."""

import pytest

from anju.exports.cells import plain_text
from anju.web.words import yuan


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0"),
        (100, "1"),
        (1, "0.01"),
        (123_456_700, "1,234,567"),
        (123_450, "1,234.50"),
        (-5, "−0.05"),
        (-274_950, "−2,749.50"),
    ],
)
def test_fen_are_written_as_yuan(fen: int, text: str) -> None:
    assert yuan(fen) == text


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_begins_like_a_formula_is_marked(text: str) -> None:
    assert plain_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["王小明", "12", "无", "a=b"])
def test_other_text_stays(text: str) -> None:
    assert plain_text(text) == text
