"""Lists as text (csv): in the encodings offices use, with the separator that fits."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator

import polars as pl

from anju.intake import packing

_SEPARATORS = ",\t;|"
_LOOKED_AT = 30
_AT_ONCE = 5_000
_MOST_COLUMNS = 1_000
_LONGEST_CELL = 100_000
# `="0012"`: how systems keep Excel from making a number of a code.
_AS_TEXT = r'^="(.*)"$'


def read(content: bytes, file_name: str) -> pl.DataFrame:
    """Every cell as text, column `i` as `c<i>`; refused where it is no text, or not a list."""
    text = _decoded(content, file_name)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        frames = list(_frames(text, _separator(text), file_name))
    except csv.Error:
        raise packing.broken(file_name) from None
    if not any(frame.width > 1 for frame in frames):
        raise packing.not_a_list(file_name)
    return pl.concat(frames, how="diagonal").with_columns(
        pl.all().str.replace(_AS_TEXT, "${1}").replace("", None)
    )


def _decoded(content: bytes, file_name: str) -> str:
    """UTF-8, GB18030 (GBK, GB2312), or what Excel calls Unicode text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _is_readable(text[:2_000]):
            return text
    raise packing.not_a_list(file_name)


def _is_readable(text: str) -> bool:
    """Not the bytes of a picture that happen to be characters."""
    strange = sum(
        unicodedata.category(sign) in ("Cc", "Cn", "Co") and not sign.isspace() for sign in text
    )
    return strange * 50 <= len(text)


def _separator(text: str) -> str:
    """The separator that parts most of the first lines into the same number of cells, over one."""
    lines = [line for line in text[:200_000].splitlines()[:_LOOKED_AT] if line.strip()]

    def fit(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines]
        widest = max(counts, default=0)
        return (sum(count == widest for count in counts) if widest else 0, widest)

    return max(_SEPARATORS, key=fit) if lines else ","


def _frames(text: str, separator: str, file_name: str) -> Iterator[pl.DataFrame]:
    """The rows in portions; every row as wide as the widest so far."""
    rows: list[list[str]] = []
    width = 1
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        rows.append(row)
        width = max(width, len(row))
        if width > _MOST_COLUMNS:
            raise packing.not_a_list(file_name)
        if len(rows) == _AT_ONCE:
            yield _frame(rows, width)
            rows = []
    if rows:
        yield _frame(rows, width)


def _frame(rows: list[list[str]], width: int) -> pl.DataFrame:
    padded = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    schema = {f"c{place}": pl.String for place in range(width)}
    return pl.DataFrame(padded, schema=schema, orient="row")
