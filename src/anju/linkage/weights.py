"""How much each kind of agreement tells: probabilities among pairs of one person, of two, of housemates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np

from anju.linkage.characters import Array
from anju.linkage.comparing import FIELDS, PERSONAL

_LEAST = 1e-7
TWINS = tuple(field for field in PERSONAL if field != "born")


@dataclass(frozen=True)
class Weights:
    """Probabilities of levels by field (`missing` left out of them), and of the kinds of rows.

    `same`: the row is that person. `strangers`: it is anybody else. `housemates`: it is another of the
    person's household. `registered`: share of rows whose person is in the register. `at_home`: share of
    the other rows that belong to a household of the register.
    """

    same: Mapping[str, Array]
    strangers: Mapping[str, Array]
    housemates: Mapping[str, Array]
    twins: Mapping[str, Array]
    """Housemates born on the same day: personal fields but the birth date."""
    registered: float
    at_home: float

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as it is shipped in `data/weights.toml` and can be kept beside a result."""
        kinds = {"same": self.same, "strangers": self.strangers, "housemates": self.housemates}
        tables = {
            kind: {field: _words(words, table[field]) for field, words in FIELDS.items()}
            for kind, table in kinds.items()
        }
        twins = {"twins": {field: _words(FIELDS[field], self.twins[field]) for field in TWINS}}
        return {"registered": self.registered, "at_home": self.at_home} | tables | twins


def _words(words: tuple[str, ...], table: Array) -> dict[str, float]:
    return {word: float(f"{p:.3g}") for word, p in zip(words[1:], table[1:], strict=True)}


def from_dict(data: Mapping[str, Any]) -> Weights:
    """The opposite of `Weights.to_dict`; raises KeyError for a field or level left out."""
    kinds = {
        kind: {field: _table(words, data[kind][field]) for field, words in FIELDS.items()}
        for kind in ("same", "strangers", "housemates")
    }
    twins = {field: _table(FIELDS[field], data["twins"][field]) for field in TWINS}
    return Weights(**kinds, twins=twins, registered=data["registered"], at_home=data["at_home"])


def _table(words: tuple[str, ...], data: Mapping[str, float]) -> Array:
    return shares([0.0, *(data[word] for word in words[1:])])


def shipped() -> Weights:
    """The weights that come with the program: for lists too short to learn from."""
    text = (files("anju.linkage") / "data" / "weights.toml").read_text("utf-8")
    return from_dict(tomllib.loads(text))


def shares(counts: Any) -> Array:
    """Counts of levels as probabilities of those that are not missing, none of them quite zero."""
    found = np.array(counts, dtype=np.float64)
    found[0] = 0.0
    found = np.maximum(found, _LEAST * max(found.sum(), 1e-12))
    found[0] = 0.0
    return np.asarray(found / found.sum())
