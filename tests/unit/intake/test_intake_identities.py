"""Identity numbers as lists write them: which are read, which are refused, and as what."""

from datetime import date

import polars as pl
import pytest
from tests.factories.registry import identity_number

from anju.intake import cells, identities

BORN = date(1985, 5, 20)
NUMBER = identity_number(7, BORN)
WITH_X = next(
    number for sequence in range(1, 400) if (number := identity_number(sequence, BORN))[-1] == "X"
)
WITH_ZERO = NUMBER.replace("0", "O")


def read(text: str | None, *, is_number: bool = False) -> tuple[str | None, str | None]:
    """The number as kept, and the code of what is wrong."""
    frame = pl.DataFrame(
        {"cell": [text], "n": [is_number]}, schema={"cell": pl.String, "n": pl.Boolean}
    )
    row = cells.run(frame, [identities.read("it", pl.col("cell"), pl.col("n"))]).row(0, named=True)
    return row["v:it"], row["p:it"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (NUMBER, NUMBER),
        (f" {NUMBER[:6]} {NUMBER[6:14]}　{NUMBER[14:]} ", NUMBER),
        ("'" + NUMBER, NUMBER),
        (NUMBER.translate(str.maketrans("0123456789", "０１２３４５６７８９")), NUMBER),
        (WITH_X.lower(), WITH_X),
        (WITH_X[:-1] + "×", WITH_X),
        (WITH_X[:-1] + "Ｘ", WITH_X),
        (WITH_X[:-1] + "Х", WITH_X),
        (WITH_ZERO, NUMBER),
        (NUMBER.replace("1", "l", 1), NUMBER),
        (NUMBER.replace("1", "I", 1), NUMBER),
        (NUMBER + "43", NUMBER),
        (NUMBER + "43B1", NUMBER),
        (NUMBER[:6] + NUMBER[8:17], NUMBER),
    ],
)  # fmt: skip
def test_what_is_read(written: str, kept: str) -> None:
    assert read(written) == (kept, None)


@pytest.mark.parametrize(
    "written", [None, "", " ", "999999", "999999999999999999", "99999919850520"]
)
def test_no_number_is_no_fault(written: str | None) -> None:
    assert read(written) == (None, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("5.29901E+17", "identity_destroyed"),
        ("5.29901198505200E+17", "identity_destroyed"),
        ("5.29901e17", "identity_destroyed"),
        ("529901198505201000", "identity_destroyed"),
        (NUMBER[:17], "identity_length"),
        (NUMBER + "1", "identity_length"),
        (NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1"), "identity_check"),
        (NUMBER[:16] + "A" + NUMBER[17], "identity_format"),
        ("529901198513200014", "identity_date"),
        (NUMBER + "91", "identity_card"),
        (NUMBER + "4311", "identity_card"),
        ("529901851320001", "identity_date"),
    ],
)
def test_what_is_refused(written: str, code: str) -> None:
    assert read(written) == (None, code)


def test_a_number_that_was_cut_off_is_not_taken_for_one_of_fifteen_digits() -> None:
    child = identity_number(7, date(2005, 5, 20))

    assert read(child[:15]) == (None, "identity_length")


def test_a_cell_that_is_a_number_has_lost_its_last_digits_but_not_one_of_fifteen() -> None:
    assert read(NUMBER[:17] + "0", is_number=True)[1] == "identity_destroyed"
    assert read(NUMBER[:6] + NUMBER[8:17], is_number=True) == (NUMBER, None)
