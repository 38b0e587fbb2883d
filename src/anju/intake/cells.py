"""Text of cells → values, in columns. Each reader gives the value and the code of what is wrong.

Nothing is guessed: what cannot be read for certain is left out with a code, and the row is refused
with a remedy (`messages`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

BLANKS = ("", "-", "--", "—", "——", "/", "\\", "N/A", "null", "None", "NULL")
_SPACES = r"[\s\u200b\ufeff]+"
_LARGEST_YUAN = 10**9
_FIRST_SERIAL, _LAST_SERIAL = 15_000, 75_000  # 1941 to 2105: day numbers of Excel
_LAST_FUTURE = date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """A column read: its value, and the code of the first thing wrong with it (or NULL)."""

    value: pl.Expr
    problem: pl.Expr


def compact(cell: pl.Expr) -> pl.Expr:
    """Half-width, without any space, NULL where nothing is left."""
    text = cell.str.normalize("NFKC").str.replace_all(_SPACES, "").str.strip_prefix("'")
    return pl.when(~text.is_in(BLANKS)).then(text)


def free_text(cell: pl.Expr, limit: int) -> Reading:
    """Text as it stands, trimmed; too long is refused."""
    text = cell.str.replace_all(_SPACES, " ").str.strip_chars()
    value = pl.when(~text.is_in(BLANKS)).then(text)
    return Reading(value, _when(value.str.len_chars() > limit, "text_too_long"))


def person_name(cell: pl.Expr, limit: int) -> Reading:
    """A name: spaces between characters go, the dots of ethnic names become one kind."""
    text = cell.str.replace_all(r"[•・‧∙●．]", "·").str.replace_all(_SPACES, "")
    value = pl.when(~text.is_in(BLANKS)).then(text)
    problem = pl.coalesce(
        _when(value.str.len_chars() > limit, "text_too_long"),
        _when(value.str.contains(r"\d"), "name_digits"),
    )
    return Reading(value, problem)


def code(cell: pl.Expr, limit: int) -> Reading:
    """A code of letters and digits; one that Excel turned into a power of ten is refused."""
    value = compact(cell).str.replace(r"^(\d+)\.0+$", "${1}")
    problem = pl.coalesce(
        _when(value.str.contains(r"^\d+(\.\d+)?[eE]\+?\d+$"), "code_destroyed"),
        _when(~value.str.contains(r"^[0-9A-Za-z_-]+$"), "code_format"),
        _when(value.str.len_chars() > limit, "text_too_long"),
    )
    return Reading(value, problem)


def choice(cell: pl.Expr, choices: Mapping[str, str]) -> Reading:
    """A label → its code; a label that is not on the list is refused, NULL stays NULL."""
    text = compact(cell)
    table = {label.replace(" ", ""): value for label, value in choices.items()}
    if "无" not in table:
        text = pl.when(text != "无").then(text)
    value = text.replace_strict(list(table), list(table.values()), default=None)
    return Reading(value, _when(text.is_not_null() & value.is_null(), "label_unknown"))


def whole(cell: pl.Expr) -> Reading:
    """A whole number, not negative."""
    text = compact(cell).str.replace_all(r"[,，]", "").str.replace(r"\.0+$", "")
    value = text.cast(pl.Int64, strict=False)
    problem = pl.coalesce(
        _when(value < 0, "number_negative"),
        _when(text.is_not_null() & value.is_null(), "number_format"),
        _when(value > 10**9, "number_too_large"),
    )
    return Reading(value, problem)


def money(cell: pl.Expr, *, factor: int = 1) -> Reading:
    """Yuan → fen, exact; a third decimal is rounded half up. `factor` 10000 for 万元."""
    text = (
        compact(cell)
        .str.replace_all(r"[,，]", "")
        .str.replace(r"^[¥￥]", "")
        .str.strip_suffix("元")
    )
    good = text.str.contains(r"^-?\d{1,13}(\.\d+)?$")
    yuan = text.str.extract(r"^-?(\d+)").cast(pl.Int64, strict=False)
    # Seven decimals: enough for 万元 with fen, and for what Excel's floats add at the end.
    decimals = text.str.extract(r"\.(\d+)$").fill_null("").str.pad_end(7, "0").str.slice(0, 7)
    units = (yuan * 10**7 + decimals.cast(pl.Int64, strict=False)) * factor
    fen = (units + 50_000) // 100_000
    negative = text.str.starts_with("-") & (fen > 0)
    problem = pl.coalesce(
        _when(text.is_not_null() & ~good, "number_format"),
        _when(negative, "number_negative"),
        _when(yuan * factor > _LARGEST_YUAN, "number_too_large"),
    )
    return Reading(pl.when(good & ~negative).then(fen), problem)


def day(cell: pl.Expr, *, latest: date | None, whole_day: bool) -> Reading:
    """A date in any of the styles offices use; a month alone is its first day.

    `latest`: the last day that makes sense (NULL: any to the end of the century). `whole_day`: a
    month alone is refused.
    """
    text = compact(cell.str.replace(r"[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*$", ""))
    text = pl.when(~text.is_in(("无", "至今", "长期"))).then(text)
    text = text.str.replace(r"^(\d{5,8})\.0+$", "${1}")
    eight = text.str.contains(r"^\d{8}$")
    six = text.str.contains(r"^\d{6}$")
    serial = text.str.contains(r"^\d{5}$")
    parted = text.str.contains(r"^\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?|月)?$")
    year = pl.when(parted).then(text.str.slice(0, 4))
    month = text.str.extract(r"^\d{4}[-/.年](\d{1,2})").str.zfill(2)
    number = text.str.extract(r"^\d{4}[-/.年]\d{1,2}[-/.月](\d{1,2})").str.zfill(2)
    joined = (
        pl.when(eight)
        .then(text)
        .when(six)
        .then(text + "01")
        .when(parted)
        .then(pl.concat_str(year, month, number.fill_null("01")))
    )
    count = pl.when(serial).then(text.cast(pl.Int32, strict=False))
    counted = pl.when(count.is_between(_FIRST_SERIAL, _LAST_SERIAL)).then(
        pl.lit(date(1899, 12, 30)) + pl.duration(days=count)
    )
    value = pl.coalesce(joined.str.to_date("%Y%m%d", strict=False), counted.cast(pl.Date))
    month_alone = six | (parted & number.is_null())
    readable = eight | six | parted | counted.is_not_null()
    problem = pl.coalesce(
        _when(text.is_not_null() & ~readable, "date_format"),
        _when(text.is_not_null() & value.is_null(), "date_impossible"),
        _when(value < date(1900, 1, 1), "date_impossible"),
        _when(month_alone, "date_without_day") if whole_day else pl.lit(None, pl.String),
        _when(value > latest, "date_future") if latest else pl.lit(None, pl.String),
        _when(value > _LAST_FUTURE, "date_impossible"),
    )
    return Reading(value, problem)


def phone(cell: pl.Expr) -> Reading:
    """Digits of a telephone number; what is not one is passed over, it decides nothing."""
    text = compact(cell).str.replace_all(r"[^\d]", "")
    good = text.str.len_chars().is_between(7, 13)
    return Reading(pl.when(good).then(text), pl.lit(None, pl.String))


def quarter(cell: pl.Expr) -> Reading:
    """`2023Q2`, `2023年第二季度`, `20232` → 20232."""
    text = compact(cell).str.to_uppercase()
    for written, digit in zip("一二三四", "1234", strict=True):
        text = text.str.replace_all(written, digit)
    found = text.str.extract_groups(r"^(\d{4})年?[-/]?[Q第]?([1-4])(?:季度?)?$")
    value = (found.struct.field("1") + found.struct.field("2")).cast(pl.Int64, strict=False)
    wrong = text.is_not_null() & (value.is_null() | ~value.is_between(19001, 29994))
    return Reading(value, _when(wrong, "quarter_format"))


def _when(condition: pl.Expr, problem: str) -> pl.Expr:
    """The code of a problem where the condition holds, NULL elsewhere."""
    return pl.when(condition).then(pl.lit(problem))
