"""Which pairs are worth comparing: those that share a key of two facts, or one rare fact.

Names give keys by their sounds, folded so that near sounds agree: the whole name, its sounds in order of
the alphabet, and the name without one of its characters. A key that too many persons share is no key.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from anju.linkage import dates, names
from anju.linkage.characters import Array
from anju.linkage.records import Both, Side

_COMMON: Final = 250
"""Persons that may share a key; beyond that it tells too little."""
_RARE: Final = 6
"""Persons that may share a name which stands alone as a key."""

KEYS: Final[tuple[tuple[str, ...], ...]] = (
    ("household",),
    ("phone",),
    ("born",),
    ("turned",),
    ("head", "village"),
    ("full", "village"),
    ("full", "year"),
    ("full", "head"),
    ("sorted", "village"),
    ("sorted", "year"),
    ("village", "month"),
    ("village", "day"),
    ("village", "year", "surname"),
    ("village", "year", "last"),
    ("head", "month"),
    ("head", "day"),
    ("head", "last"),
)
PIECE_KEYS: Final[tuple[tuple[str, ...], ...]] = (
    ("piece", "village"),
    ("piece", "month"),
    ("piece", "day"),
    ("piece", "head"),
)
"""`month`: year and month of birth; `day`: month and day; `piece`: a name without one character."""


def find(both: Both) -> tuple[Array, Array]:
    """Positions of rows and persons, each pair once, in order of rows and persons."""
    left, right = _facts(both, both.rows), _facts(both, both.persons)
    turned = dates.swapped(both.rows.born)
    left = left.with_columns(turned=turned)
    right = right.with_columns(turned=pl.col("born"))
    found = [_sharing(left, right, key, _COMMON) for key in KEYS]
    found.append(_sharing(left, right, ("full",), _RARE))
    pieces = _pieces(both, both.rows, left), _pieces(both, both.persons, right)
    found += [_sharing(*pieces, key, _COMMON) for key in PIECE_KEYS]
    pairs = pl.concat(found).unique().sort()
    width = max(len(both.persons), 1)
    packed = pairs.to_numpy()
    rows, persons = packed // width, packed % width
    home = both.rows.household[rows]
    kept = (home == 0) | (home == both.persons.household[persons])
    return rows[kept], persons[kept]


def _sharing(left: pl.DataFrame, right: pl.DataFrame, key: tuple[str, ...], most: int) -> pl.Series:
    """Pairs with equal keys, packed as row × persons + person."""
    columns = list(key)
    width = int(right["width"][0]) if right.height else 1
    known = pl.all_horizontal(pl.col(name) != 0 for name in columns)
    theirs = right.lazy().filter(known).select("at", *columns)
    theirs = theirs.filter(pl.len().over(columns) <= most)
    ours = left.lazy().filter(known).select("at", *columns)
    pairs = ours.join(theirs, on=columns, suffix="_person")
    return pairs.select(pair=pl.col("at") * width + pl.col("at_person")).collect()["pair"]


def _facts(both: Both, side: Side) -> pl.DataFrame:
    sounds = _sounds(both)
    full, ordered = names.key(sounds), names.key(np.sort(sounds, axis=1))
    lengths = both.names.lengths
    last = np.take_along_axis(sounds, np.maximum(lengths - 1, 0)[:, None].astype(np.int64), 1)[:, 0]
    surname = np.where(both.names.surnames > 0, sounds[:, 0], 0)
    year, month, day = dates.parts(side.born)
    return pl.DataFrame(
        {
            "at": np.arange(len(side), dtype=np.int64),
            "width": np.full(len(side), len(both.persons), dtype=np.int64),
            "full": full[side.name],
            "sorted": ordered[side.name],
            "surname": surname[side.name],
            "last": last[side.name],
            "head": full[side.head],
            "household": side.household,
            "village": side.village,
            "phone": side.phone,
            "born": np.where(day > 0, side.born, 0),
            "year": year,
            "month": np.where(month > 0, year * 100 + month, 0),
            "day": np.where(day > 0, month * 100 + day, 0),
        }
    )


def _sounds(both: Both) -> Array:
    sounds = both.names.alphabet.sound[both.names.codes]
    return np.asarray(sounds)


def _pieces(both: Both, side: Side, facts: pl.DataFrame) -> pl.DataFrame:
    """Facts repeated for the whole name and for the name without each of its characters."""
    sounds, lengths = _sounds(both), both.names.lengths
    used = np.unique(side.name)
    pieces = [(used, names.key(sounds[used]))]
    for place in range(int(lengths.max(initial=0))):
        cut = used[(lengths[used] > 2) & (lengths[used] > place)]
        pieces.append((cut, names.key(np.delete(sounds[cut], place, axis=1))))
    table = pl.DataFrame(
        {
            "name": np.concatenate([who for who, _ in pieces]),
            "piece": np.concatenate([piece for _, piece in pieces]),
        }
    ).unique()
    kept = facts.select("at", "width", "village", "month", "day", "head").with_columns(
        name=side.name
    )
    return kept.join(table, on="name")
