"""Identity numbers in columns: GB 11643 check digit, birth date and sex.

Read are numbers of 18 characters, of 15 (until 1999; the century and the check digit are added), and
disability cards of 20 and 22. Letters that look like digits are read as these: the check digit then
proves it. Nothing else is mended.
"""

import polars as pl

from anju.intake.cells import Stages, compact, run, when

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_POWER_OF_TEN = r"^[0-9]+(\.[0-9]+)?E\+?[0-9]+$"
_NO_NUMBER = "999999"
_LOOK_ALIKES = {"O": "0", "I": "1", "L": "1", "|": "1", "×": "X", "Х": "X", "Χ": "X"}
# Of 15 digits, 7 and 8 are the year in the twentieth century. "19" and "20" there are the beginning
# of a number of 18 that was cut off, not somebody born in 1919 or 1920.
_OLD_NUMBER = r"^[1-9][0-9]{5}(?:0[0-9]|1[0-8]|2[1-9]|[3-9][0-9])[0-9]{7}$"
_CARD_TAIL = r"^.{18}[1-7][1-4](?:[A-Z][0-9])?$"


def normal(cell: pl.Expr) -> pl.Expr:
    """Upper case, half-width, without spaces and dashes; NULL for none (`999999…`)."""
    text = compact(cell).str.replace_all(r"[-'‘’]", "").str.to_uppercase()
    return pl.when(~text.str.starts_with(_NO_NUMBER)).then(text)


def _first_eighteen(text: pl.Expr) -> pl.Expr:
    """The number itself, with look-alikes as digits; one of 15 digits as one of 18."""
    plain = text.str.slice(0, 18).str.replace_many(list(_LOOK_ALIKES), list(_LOOK_ALIKES.values()))
    is_old = (text.str.len_chars() == 15) & plain.str.contains(_OLD_NUMBER)
    longer = pl.concat_str(plain.str.slice(0, 6), pl.lit("19"), plain.str.slice(6, 9))
    return pl.when(is_old).then(pl.concat_str(longer, check_digit(longer))).otherwise(plain)


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
        when(~length.is_in([15, 18, 20, 22]) | (first.str.len_chars() < 18), "identity_length"),
        when(~first.str.contains(r"^[1-9][0-9]{16}[0-9X]$"), "identity_format"),
        when(~fits & first.str.ends_with("000"), "identity_destroyed"),
        when(t.is_not_null() & born_on(first).is_null(), "identity_date"),
        when(~fits, "identity_check"),
        when((length > 18) & ~t.str.contains(_CARD_TAIL), "identity_card"),
    )
    p = pl.col(f"p:{field}")
    return (
        [normal(cell).alias(f"t:{field}")],
        [_first_eighteen(t).alias(f"x:{field}"), t.str.len_chars().alias(f"length:{field}")],
        [(first.str.slice(17, 1) == check_digit(first)).alias(f"fits:{field}")],
        [problem.alias(f"p:{field}")],
        [pl.when(p.is_null()).then(first).alias(f"v:{field}")],
    )


def one(text: str) -> tuple[str | None, str | None]:
    """A number that somebody types: as it is kept, or the code of what is wrong with it."""
    typed = pl.DataFrame({"c": [text]}, schema={"c": pl.String})
    stages = read("identity", pl.col("c"), pl.lit(value=False))
    number, problem = run(typed, [stages]).select("v:identity", "p:identity").row(0)
    return number, problem


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
