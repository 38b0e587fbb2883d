"""Text of cells → values, in columns. Each reader gives the value and the code of what is wrong.

Nothing is guessed: what cannot be read for certain is left out with a code, and the row is refused
with a remedy (`messages`). A reader is a list of stages, each using the columns of the one before:
`t:<field>` the text, `x:<field>` something in between, `v:<field>` the value, `p:<field>` the code
of the first thing wrong. (As one expression the same work is done again for every use of the text.)
"""

from collections.abc import Mapping, Sequence
from datetime import date
from unicodedata import normalize

import polars as pl

from anju.intake.months import is_alone

Stages = Sequence[Sequence[pl.Expr]]

BLANKS = ("", "-", "--", "—", "——", "/", "\\", "N/A", "null", "None", "NULL")
_SPACES = r"[\s\u200b\ufeff]+"
_LARGEST_YUAN = 10**9
_FIRST_SERIAL, _LAST_SERIAL = 15_000, 75_000  # 1941 to 2105: day numbers of Excel
_LAST_FUTURE = date(2100, 1, 1)
_NEVER_WRONG = pl.lit(None, pl.String)


def compact(cell: pl.Expr) -> pl.Expr:
    """Half-width, without any space, NULL where nothing is left."""
    text = cell.str.normalize("NFKC").str.replace_all(_SPACES, "").str.strip_prefix("'")
    return _filled(text)


def free_text(field: str, cell: pl.Expr, limit: int) -> Stages:
    """Text as it stands, trimmed; too long is refused."""
    value = _filled(cell.str.replace_all(_SPACES, " ").str.strip_chars())
    too_long = when(pl.col(f"v:{field}").str.len_chars() > limit, "text_too_long")
    return [value.alias(f"v:{field}")], [too_long.alias(f"p:{field}")]


def person_name(field: str, cell: pl.Expr, limit: int) -> Stages:
    """A name: spaces between characters go, the dots of ethnic names become one kind."""
    value = _filled(cell.str.replace_all(_SPACES, "").str.replace_all(r"[•・‧∙●．]", "·"))
    v = pl.col(f"v:{field}")
    problem = pl.coalesce(
        when(v.str.len_chars() > limit, "text_too_long"),
        when(v.str.contains(r"[0-9０-９]"), "name_digits"),
    )
    return [value.alias(f"v:{field}")], [problem.alias(f"p:{field}")]


def code(field: str, cell: pl.Expr, is_number: pl.Expr, limit: int) -> Stages:
    """A code of letters and digits; one that Excel rounded or turned into a power of ten is refused.

    `is_number`: the cell is a number, not text: Excel has kept fifteen digits.
    """
    v = pl.col(f"v:{field}")
    problem = pl.coalesce(
        when(is_number & (v.str.len_chars() > 15), "code_destroyed"),
        when(v.str.contains(r"^[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+$"), "code_destroyed"),
        when(~v.str.contains(r"^[0-9A-Za-z_-]+$"), "code_format"),
        when(v.str.len_chars() > limit, "text_too_long"),
    )
    return (
        [compact(cell).alias(f"t:{field}")],
        [pl.col(f"t:{field}").str.replace(r"\.0+$", "").alias(f"v:{field}")],
        [problem.alias(f"p:{field}")],
    )


def choice(field: str, cell: pl.Expr, choices: Mapping[str, str]) -> Stages:
    """A label → its code; a label that is not on the list is refused, NULL stays NULL."""
    t, v = pl.col(f"t:{field}"), pl.col(f"v:{field}")
    table = {normalize("NFKC", label).replace(" ", ""): value for label, value in choices.items()}
    text = compact(cell)
    if "无" not in table:
        text = text.replace("无", None)
    value = t.replace_strict(
        list(table), list(table.values()), default=None, return_dtype=pl.String
    )
    unknown = when(t.is_not_null() & v.is_null(), "label_unknown")
    return [text.alias(f"t:{field}")], [value.alias(f"v:{field}")], [unknown.alias(f"p:{field}")]


def whole(field: str, cell: pl.Expr) -> Stages:
    """A whole number, not negative."""
    text = compact(cell).str.replace_all(r"[,，]", "").str.replace(r"\.0+$", "")
    t, v = pl.col(f"t:{field}"), pl.col(f"v:{field}")
    problem = pl.coalesce(
        when(v < 0, "number_negative"),
        when(t.is_not_null() & v.is_null(), "number_format"),
        when(v > 10**9, "number_too_large"),
    )
    return (
        [text.alias(f"t:{field}")],
        [t.cast(pl.Int64, strict=False).alias(f"v:{field}")],
        [problem.alias(f"p:{field}")],
    )


def money(field: str, cell: pl.Expr, *, factor: int = 1) -> Stages:
    """Yuan → fen, exact; a third decimal is rounded half up. `factor` 10000 for 万元."""
    text = compact(cell).str.replace_all(r"[,，¥￥]", "").str.strip_suffix("元")
    t, yuan, v = pl.col(f"t:{field}"), pl.col(f"x:{field}"), pl.col(f"v:{field}")
    good = t.str.contains(r"^-?[0-9]{1,13}(\.[0-9]+)?$")
    # Seven decimals: enough for 万元 with fen, and for what Excel's floats add at the end.
    decimals = t.str.extract(r"\.([0-9]+)$").fill_null("").str.pad_end(7, "0").str.slice(0, 7)
    units = (yuan * 10**7 + decimals.cast(pl.Int64, strict=False)) * factor
    problem = pl.coalesce(
        when(t.is_not_null() & yuan.is_null(), "number_format"),
        when(t.str.starts_with("-") & (v > 0), "number_negative"),
        when(yuan * factor > _LARGEST_YUAN, "number_too_large"),
    )
    return (
        [text.alias(f"t:{field}")],
        [
            pl.when(good)
            .then(t.str.extract(r"^-?([0-9]+)").cast(pl.Int64, strict=False))
            .alias(f"x:{field}")
        ],
        [((units + 50_000) // 100_000).alias(f"v:{field}")],
        [problem.alias(f"p:{field}")],
    )


def day(field: str, cell: pl.Expr, *, latest: date | None, whole_day: bool) -> Stages:
    """A date in any of the styles offices use; a month alone is its first day.

    `latest`: the last day that makes sense (None: any to the end of the century). `whole_day`: a
    month alone is refused.
    """
    time = r"[ T]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?\s*$"
    text = compact(cell.str.replace(time, "")).str.replace(r"\.0+$", "")
    # 2023年8月5日, 2023/8/5, 2023.08 → 2023-8-5, 2023-08
    plain = text.str.replace_all(r"[年月/.]", "-").str.strip_suffix("日").str.strip_chars_end("-")
    t, digits, v = pl.col(f"t:{field}"), pl.col(f"x:{field}"), pl.col(f"v:{field}")
    parts = t.str.extract_groups(r"^([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?$")
    joined = pl.concat_str(
        parts.struct.field("1"),
        parts.struct.field("2").str.zfill(2),
        parts.struct.field("3").fill_null("01").str.zfill(2),
    )
    size = t.str.len_chars()
    only_digits = t.str.contains(r"^[0-9]+$")
    eight = (
        pl.when(only_digits & (size == 8))
        .then(t)
        .when(only_digits & (size == 6))
        .then(t + "01")
        .when(~only_digits)
        .then(joined)
    )
    count = pl.when(only_digits & (size == 5)).then(t.cast(pl.Int32, strict=False))
    counted = pl.when(count.is_between(_FIRST_SERIAL, _LAST_SERIAL)).then(
        pl.lit(date(1899, 12, 30)) + pl.duration(days=count)
    )
    value = pl.coalesce(digits.str.to_date("%Y%m%d", strict=False), counted.cast(pl.Date))
    problem = pl.coalesce(
        when(t.is_not_null() & digits.is_null() & v.is_null(), "date_format"),
        when(t.is_not_null() & (v.is_null() | (v < date(1900, 1, 1))), "date_impossible"),
        when(is_alone(t), "date_without_day") if whole_day else _NEVER_WRONG,
        when(v > latest, "date_future") if latest else _NEVER_WRONG,
        when(v > _LAST_FUTURE, "date_impossible"),
    )
    return (
        [plain.replace(["无", "至今", "长期"], None).alias(f"t:{field}")],
        [eight.alias(f"x:{field}")],
        [value.alias(f"v:{field}")],
        [problem.alias(f"p:{field}")],
    )


def phone(field: str, cell: pl.Expr) -> Stages:
    """Digits of a telephone number; what is not one is passed over, it decides nothing."""
    t = pl.col(f"t:{field}")
    good = t.str.len_chars().is_between(7, 13)
    return (
        [compact(cell).str.replace_all(r"[^0-9]", "").alias(f"t:{field}")],
        [pl.when(good).then(t).alias(f"v:{field}"), _NEVER_WRONG.alias(f"p:{field}")],
    )


def account(field: str, cell: pl.Expr, is_number: pl.Expr) -> Stages:
    """The digits of a bank account; one that Excel rounded, or that is too short, is refused."""
    v = pl.col(f"v:{field}")
    problem = pl.coalesce(
        when(is_number & (v.str.len_chars() > 15), "code_destroyed"),
        when(v.str.contains(r"^[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+$"), "code_destroyed"),
        when(~v.str.contains(r"^[0-9]{12,19}$"), "account_format"),
    )
    return (
        [compact(cell).str.replace_all("-", "").alias(f"t:{field}")],
        [pl.col(f"t:{field}").str.replace(r"\.0+$", "").alias(f"v:{field}")],
        [problem.alias(f"p:{field}")],
    )


def quarter(field: str, cell: pl.Expr) -> Stages:
    """`2023Q2`, `2023年第二季度`, `20232` → 20232."""
    text = compact(cell).str.to_uppercase().str.replace_many(list("一二三四"), list("1234"))
    t, v = pl.col(f"t:{field}"), pl.col(f"v:{field}")
    found = t.str.extract_groups(r"^([0-9]{4})年?[-/]?[Q第]?([1-4])(?:季度?)?$")
    value = (found.struct.field("1") + found.struct.field("2")).cast(pl.Int64, strict=False)
    wrong = t.is_not_null() & (v.is_null() | ~v.is_between(19001, 29994))
    return (
        [text.alias(f"t:{field}")],
        [value.alias(f"v:{field}")],
        [when(wrong, "quarter_format").alias(f"p:{field}")],
    )


def absent(field: str, dtype: type[pl.DataType]) -> Stages:
    """A column that does not stand in the file."""
    return ([pl.lit(None, dtype).alias(f"v:{field}"), _NEVER_WRONG.alias(f"p:{field}")],)


def run(rows: pl.DataFrame, columns: Sequence[Stages]) -> pl.DataFrame:
    """Carry out the stages of all columns together."""
    for step in range(max((len(stages) for stages in columns), default=0)):
        due = [each for stages in columns if step < len(stages) for each in stages[step]]
        rows = rows.with_columns(due)
    return rows


def when(condition: pl.Expr, problem: str) -> pl.Expr:
    """The code of a problem where the condition holds, NULL elsewhere."""
    return pl.when(condition).then(pl.lit(problem))


def _filled(text: pl.Expr) -> pl.Expr:
    """Text that stands for nothing becomes NULL."""
    return text.replace(list(BLANKS), None)
