"""Text for cells of workbooks and CSV files that no spreadsheet program takes for a formula."""

import polars as pl

# Also the full-width signs: programs set up for Chinese take them for the others.
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_text(text: str) -> str:
    """The text, with an apostrophe in front where it would begin a formula."""
    return f"'{text}" if text.startswith(_SIGNS) else text


def plain_texts(name: str) -> pl.Expr:
    """A whole column of texts in the same way."""
    text = pl.col(name)
    is_formula = pl.any_horizontal(text.str.starts_with(sign) for sign in _SIGNS)
    return pl.when(is_formula).then(pl.lit("'") + text).otherwise(text).alias(name)
