"""Identity numbers in columns: GB 11643 check digit, birth date and sex; masking for messages."""

import re

import polars as pl

from anju.intake.cells import Reading, compact

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_POWER_OF_TEN = r"^\d+(\.\d+)?E\+?\d+$"
_NO_NUMBER = "999999"
_LOOKS_LIKE_ONE = re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{9,10}[\dXx]?\d{0,4}(?!\d)")


def normal(cell: pl.Expr) -> pl.Expr:
    """Upper case, half-width, without spaces and dashes; NULL for none (`999999…`)."""
    text = compact(cell).str.replace_all(r"[-'‘’]", "").str.to_uppercase()
    return pl.when(~text.str.starts_with(_NO_NUMBER)).then(text)


def read(cell: pl.Expr, is_number: pl.Expr) -> Reading:
    """The first 18 characters where they are a valid number.

    `is_number`: the cell is a number, not text. A number of 18 digits has lost its last three:
    Excel keeps fifteen. It is refused even when the check digit happens to fit.
    """
    text = normal(cell)
    first = text.str.slice(0, 18)
    length = text.str.len_chars()
    shaped = first.str.contains(r"^[1-9]\d{16}[\dX]$")
    lost = text.str.contains(_POWER_OF_TEN) | (is_number & (length >= 16))
    wrong_digit = first.str.slice(17, 1) != check_digit(first)
    rounded = first.str.ends_with("000") & wrong_digit
    card = text.str.contains(r"^.{18}[1-7][1-4]")
    problem = pl.coalesce(
        _when(lost, "identity_destroyed"),
        _when(~length.is_in([18, 20, 22]), "identity_length"),
        _when(~shaped, "identity_format"),
        _when(rounded, "identity_destroyed"),
        _when(text.is_not_null() & born_on(first).is_null(), "identity_date"),
        _when(wrong_digit, "identity_check"),
        _when((length == 20) & ~card, "identity_card"),
    )
    return Reading(pl.when(problem.is_null()).then(first), problem)


def check_digit(number: pl.Expr) -> pl.Expr:
    """The 18th character that the first 17 demand (mod 11-2)."""
    total = pl.sum_horizontal(
        number.str.slice(place, 1).cast(pl.Int32, strict=False) * weight
        for place, weight in enumerate(_WEIGHTS)
    )
    return pl.lit(_CHECK_DIGITS).str.slice(total % 11, 1)


def born_on(number: pl.Expr) -> pl.Expr:
    """The birth date inside a number; NULL where there is no such day."""
    return number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)


def sex(number: pl.Expr) -> pl.Expr:
    """`M` for an odd 17th digit, `F` for an even one."""
    odd = number.str.slice(16, 1).cast(pl.Int32, strict=False) % 2 == 1
    return pl.when(odd).then(pl.lit("M")).when(~odd).then(pl.lit("F"))


def mask(number: str) -> str:
    """`529901********1234`: enough to find the row, too little to use."""
    text = number.strip()
    if len(text) < 11:
        return "*" * len(text)
    return f"{text[:6]}********{text[14:18] if len(text) >= 18 else '****'}"


def masked_text(text: str) -> str:
    """A text with everything in it masked that looks like an identity number."""
    return _LOOKS_LIKE_ONE.sub(lambda found: mask(found.group()), text)


def _when(condition: pl.Expr, problem: str) -> pl.Expr:
    return pl.when(condition).then(pl.lit(problem))
