"""Masks hide enough, keep what is needed to find a row, and let nothing through in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.privacy.masking import (
    holds_a_number,
    mask_account,
    mask_identity,
    mask_name,
    mask_phone,
    masked_text,
)

DIGITS = st.text("0123456789X", max_size=30)


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("529901198003051234", "529901********1234"),
        (" 52990119800305123X ", "529901********123X"),
        ("529901800305123", "529901*****5123"),
        ("52990119800305123443", "529901********1234**"),
        ("5299011980030512344321", "529901********1234****"),
        ("E1234567", "********"),
        ("", ""),
        (None, None),
    ],
)
def test_identity_numbers_and_disability_cards(plain: str | None, shown: str | None) -> None:
    assert mask_identity(plain) == shown


@pytest.mark.parametrize(
    ("plain", "shown"), [("13800005678", "138****5678"), ("8812345", "*******"), (None, None)]
)
def test_telephones(plain: str | None, shown: str | None) -> None:
    assert mask_phone(plain) == shown


def test_accounts() -> None:
    assert mask_account("6229990000001234567") == "6229***********4567"
    assert mask_account("12345678901") == "***********"
    assert mask_account(None) is None


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("云三", "云*"),
        ("云三丰", "云*"),
        ("欧阳云", "欧阳*"),
        ("欧阳", "欧*"),
        ("阿依云·木拉提", "阿*"),
        ("云", "*"),
        ("", ""),
        (None, None),
    ],
)
def test_names_on_public_notices(plain: str | None, shown: str | None) -> None:
    assert mask_name(plain) == shown


@given(DIGITS)
def test_a_mask_keeps_the_length_and_hides_four_characters_or_all(number: str) -> None:
    for mask in (mask_identity, mask_phone, mask_account):
        masked = mask(number)

        assert len(masked) == len(number)
        assert masked.count("*") >= min(4, len(number))
        assert all(m in ("*", n) for m, n in zip(masked, number, strict=True))
        assert mask(masked) == masked


@given(st.text("云岭欧阳司马·a", max_size=12))
def test_a_masked_name_tells_at_most_a_surname(name: str) -> None:
    masked = mask_name(name)

    assert len(masked.rstrip("*")) <= 2
    assert masked != name or not name
    assert len(masked) <= 3


@given(
    st.sampled_from(["证件 ", "（", "，", ""]),
    st.dates().map(lambda day: f"529901{1900 + day.year % 120}{day:%m%d}1234"),
    st.sampled_from(["。", "）", " 电话", "，"]),
)
def test_a_number_inside_a_text_is_masked(before: str, number: str, after: str) -> None:
    text = f"{before}{number}{after}"

    assert holds_a_number(text)
    assert number not in masked_text(text)
    assert not holds_a_number(masked_text(text))


def test_telephones_and_accounts_inside_a_text_are_masked_and_other_figures_are_not() -> None:
    text = "电话13800005678，账号6229990000001234567，户编号H000000001，收入12345678元"

    assert masked_text(text) == (
        "电话138****5678，账号6229***********4567，户编号H000000001，收入12345678元"
    )
