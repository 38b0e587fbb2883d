"""Rows spelt in columns are digested as if each were added by itself."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from anju.audit.rows import Digest, canonical

NAMES = ("sheet", "number", "message")
SCHEMA = {"sheet": pl.String, "number": pl.Int64, "message": pl.String}
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ['"', "\\", "\n", "\x00"]
)


@given(st.lists(st.tuples(TEXTS, st.none() | st.integers(0, 10**12), st.none() | TEXTS)))
def test_the_digest_is_that_of_rows_one_by_one(rows: list[tuple[object, ...]]) -> None:
    one_by_one, in_columns = Digest(), Digest()
    for row in rows:
        one_by_one.add(row)
    in_columns.add_lines(canonical(pl.DataFrame(rows, SCHEMA, orient="row"), NAMES), len(rows))

    assert in_columns.summary() == one_by_one.summary()
