"""The two sides of a comparison as columns of numbers: the rows of a list, the persons of a register.

Both frames have `name`, `sex`, `born` (a number like 19650308, unknown parts 00), `village` (code),
`head` (name of the head of the household), `phone` (any token that is equal for equal phones) and
`relation` (to the head, any words); everything may be null. Rows have an id `row`, persons have
`person` and `household`. A row with a `household` is one of that household or nobody. A column a list does not have at all may be left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from anju.linkage import names
from anju.linkage.characters import Array
from anju.linkage.names import Names

TOWN_DIGITS: Final = 9
_TEXTS: Final = ("name", "sex", "village", "head", "phone", "relation")


@dataclass(frozen=True)
class Side:
    """One side; numbers are comparable between the two sides, 0 is unknown."""

    ids: Array
    name: Array
    """Positions in `Both.names`; so is `head`."""
    head: Array
    born: Array
    sex: Array
    village: Array
    town: Array
    phone: Array
    digits: Array
    """Phones of eleven digits as numbers, else 0: these can be compared digit by digit."""
    relation: Array
    household: Array
    leads: Array
    """Whether the own name stands as that of the head, more or less."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Both:
    """Rows and persons with the names that occur in either."""

    rows: Side
    persons: Side
    names: Names


def prepare(rows: pl.DataFrame, register: pl.DataFrame) -> Both:
    """Numbers for two frames; raises ValueError for ids given twice."""
    left, right = _complete(rows, "row"), _complete(register, "person")
    texts = [left["name"], left["head"], right["name"], right["head"]]
    distinct, positions = _numbered(texts)
    known = names.encode(distinct)
    sides = [
        {"name": at_name, "head": at_head} for at_name, at_head in (positions[:2], positions[2:])
    ]
    for field in ("sex", "village", "phone", "relation"):
        for side, numbers in zip(sides, _numbered([left[field], right[field]])[1], strict=True):
            side[field] = numbers
    towns = [frame["village"].str.slice(0, TOWN_DIGITS) for frame in (left, right)]
    for side, numbers in zip(sides, _numbered(towns)[1], strict=True):
        side["town"] = numbers
    for side, frame in zip(sides, (left, right), strict=True):
        side["ids"] = frame["id"].to_numpy()
        side["born"] = frame["born"].to_numpy()
        side["digits"] = _digits(frame["phone"])
        side["household"] = frame["household"].to_numpy()
        own = names.compare(known, side["name"], side["head"])
        side["leads"] = (own > names.MISSING) & (own <= names.ONE_OTHER)
    return Both(Side(**sides[0]), Side(**sides[1]), known)


def _complete(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    if frame[key].n_unique() != frame.height or frame[key].null_count():
        raise ValueError(f"every {key} must be given, and once")
    texts = [
        pl.col(name).cast(pl.String).replace("", None) if name in frame.columns
        else pl.lit(None, pl.String).alias(name)
        for name in _TEXTS
    ]  # fmt: skip
    household = pl.col("household") if "household" in frame.columns else pl.lit(0)
    born = pl.col("born") if "born" in frame.columns else pl.lit(0)
    return frame.select(
        pl.col(key).cast(pl.Int64).alias("id"),
        born.cast(pl.Int32).fill_null(0).alias("born"),
        household.cast(pl.Int64).fill_null(0).alias("household"),
        *texts,
    )


def _numbered(columns: list[pl.Series]) -> tuple[pl.Series, list[Array]]:
    """Distinct texts in order, and for every column positions among them from 1; 0 for null."""
    distinct = pl.concat([one.rename("text") for one in columns]).drop_nulls().unique().sort()
    index = distinct.to_frame().with_row_index("at", offset=1)
    found = [
        one.rename("text")
        .to_frame()
        .join(index, on="text", how="left", maintain_order="left")["at"]
        for one in columns
    ]
    return distinct, [at.fill_null(0).to_numpy().astype(np.int64) for at in found]


def _digits(phones: pl.Series) -> Array:
    whole = pl.col("phone").str.contains(r"^[0-9]{11}$")
    number = pl.when(whole).then("phone").cast(pl.Int64, strict=False).fill_null(0)
    return phones.rename("phone").to_frame().select(number)["phone"].to_numpy()
