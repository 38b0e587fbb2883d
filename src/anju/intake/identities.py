"""Identity numbers in columns: GB 11643 check digit, birth date and sex."""

import polars as pl

from anju.intake.cells import Stages, compact, when

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_POWER_OF_TEN = r"^[0-9]+(\.[0-9]+)?E\+?[0-9]+$"
_NO_NUMBER = "999999"


def normal(cell: pl.Expr) -> pl.Expr:
    """Upper case, half-width, without spaces and dashes; NULL for none (`999999…`)."""
    text = compact(cell).str.replace_all(r"[-'‘’]", "").str.to_uppercase()
    return pl.when(~text.str.starts_with(_NO_NUMBER)).then(text)


def read(field: str, cell: pl.Expr, is_number: pl.Expr) -> Stages:
    """The first 18 characters where they are a valid number.

    `is_number`: the cell is a number, not text. A number of 18 digits has lost its last three:
    Excel keeps fifteen. It is refused even when the check digit happens to fit.
    """
    t, first = pl.col(f"t:{field}"), pl.col(f"x:{field}")
    length, fits = pl.col(f"length:{field}"), pl.col(f"fits:{field}")
    lost = t.str.contains(_POWER_OF_TEN) | (is_number & (length >= 16))
    problem = pl.coalesce(
        when(lost, "identity_destroyed"),
        when(~length.is_in([18, 20, 22]), "identity_length"),
        when(~first.str.contains(r"^[1-9][0-9]{16}[0-9X]$"), "identity_format"),
        when(~fits & first.str.ends_with("000"), "identity_destroyed"),
        when(t.is_not_null() & born_on(first).is_null(), "identity_date"),
        when(~fits, "identity_check"),
        when((length == 20) & ~t.str.contains(r"[1-7][1-4]$"), "identity_card"),
    )
    p = pl.col(f"p:{field}")
    return (
        [normal(cell).alias(f"t:{field}")],
        [t.str.slice(0, 18).alias(f"x:{field}"), t.str.len_chars().alias(f"length:{field}")],
        [(first.str.slice(17, 1) == check_digit(first)).alias(f"fits:{field}")],
        [problem.alias(f"p:{field}")],
        [pl.when(p.is_null()).then(first).alias(f"v:{field}")],
    )


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
