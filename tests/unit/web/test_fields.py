"""Fields of a form: what is read is what was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.web.registers.editing.fields import Field, Input, Wrong

VALUES = {
    Input.TEXT: st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
    Input.DATE: st.dates(),
    Input.YES_NO: st.booleans(),
    Input.MONEY: st.integers(0, 10**12),
    Input.AREA: st.integers(0, 10**6),
    Input.PHONE: st.from_regex(r"[0-9]{7,13}", fullmatch=True),
}


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_a_value_comes_back_as_it_went_into_the_input(kind: Input, data: st.DataObject) -> None:
    field = Field("x", "X", kind, most=10_000)
    value = data.draw(VALUES[kind])

    assert field.read(field.write(value)) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Input.MONEY, "1,200", 120_000),
        (Input.MONEY, "1200.5", 120_050),
        (Input.MONEY, "0", 0),
        (Input.AREA, "98.05", 9_805),
        (Input.PHONE, "139-0000 1234", "13900001234"),
        (Input.DATE, " 2023-09-30 ", date(2023, 9, 30)),
        (Input.DATE, "", None),
        (Input.MONEY, "", None),
        (Input.TEXT, "", ""),
    ],
)
def test_what_people_type_is_understood(kind: Input, text: str, value: object) -> None:
    assert Field("x", "X", kind).read(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Input.MONEY, "-5"),
        (Input.MONEY, "12.345"),
        (Input.MONEY, "一千"),
        (Input.DATE, "30.9.2023"),
        (Input.YES_NO, "maybe"),
        (Input.PHONE, "12345"),
        (Input.TEXT, "x" * 121),
        (Input.TEXT, "a\x00b"),
    ],
)
def test_what_cannot_be_meant_is_refused(kind: Input, text: str) -> None:
    with pytest.raises(Wrong):
        Field("x", "X", kind).read(text)


def test_what_must_be_there_is_asked_for() -> None:
    with pytest.raises(Wrong, match="请填写“X”"):
        Field("x", "X", is_required=True).read(" ")
