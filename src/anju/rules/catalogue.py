"""The facts: what each one means, its type and unit, and the columns it is computed from.

`facts/catalogue.toml` lists them in the order of the columns of `facts.parquet`; the `.sql` files
beside it compute them, one aggregation a source table, joined by `households.sql`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

FOLDER: Final = Path(__file__).parent / "facts"

# Steps in the order they build on each other; each is a query in `facts/<step>.sql`.
STEPS: Final = (
    "rare_statuses",
    "person_flags",
    "household_flags",
    "person_work",
    "people",
    "unclear_people",
    "member_flags",
    "uninsured",
    "income",
    "events_by_household",
    "medical_by_person",
    "worker_deaths",
    "holdings_now",
    "measures",
    "households",
)
KEYS: Final = ("household_id", "code", "village_code")
TYPES: Final = ("count", "money", "per_head", "days", "grade", "text", "boolean")


@dataclass(frozen=True)
class Fact:
    """One fact of a household, as of the last day of the month.

    Money is integer fen. A fact with a `denominator` or a `divisor` is the exact fraction
    numerator / (denominator × divisor); its column in `facts.parquet` shows it half-up to the fen.
    """

    id: str
    grain: str
    type: str
    unit: str
    name: str  # short, as pages show it beside a value
    name_en: str
    zh: str  # the whole meaning
    en: str
    sources: tuple[str, ...]
    reads: tuple[str, ...]  # what changes it, as table.column or table.kind
    numerator: str
    denominator: str
    divisor: str  # a window's number, such as quarters_ended
    values: tuple[str, ...]  # what a text or a grade can be, from best to worst
    needs_quarter: bool  # not applicable before a quarter of the year has ended

    @property
    def source(self) -> str:
        """The snapshot tables it is computed from, as one text."""
        return ", ".join(self.sources)

    @property
    def is_fraction(self) -> bool:
        """Whether its column is a rounded display of an exact fraction."""
        return bool(self.denominator or self.divisor)


class Catalogue(Mapping[str, Fact]):
    """The facts by id, in the order of the columns."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        self._facts = MappingProxyType({fact.id: fact for fact in facts})

    def __getitem__(self, fact_id: str) -> Fact:
        return self._facts[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


@lru_cache(maxsize=1)
def load() -> Catalogue:
    """The catalogue shipped with the engine."""
    written = tomllib.loads((FOLDER / "catalogue.toml").read_text(encoding="utf-8"))
    return Catalogue(tuple(_fact(entry) for entry in written["fact"]))


def query(step: str) -> str:
    """The text of a step's SQL, without its comments, with `:windows` not yet filled in."""
    lines = (FOLDER / f"{step}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))


def _fact(entry: dict[str, object]) -> Fact:
    def text(key: str, default: str = "") -> str:
        return str(entry.get(key, default))

    def texts(key: str) -> tuple[str, ...]:
        listed = entry.get(key, [])
        return tuple(str(item) for item in listed) if isinstance(listed, list) else ()

    return Fact(
        id=text("id"),
        grain=text("grain"),
        type=text("type"),
        unit=text("unit"),
        name=text("name"),
        name_en=text("name_en"),
        zh=text("zh"),
        en=text("en"),
        sources=texts("sources"),
        reads=texts("reads"),
        numerator=text("numerator", text("id")),
        denominator=text("denominator"),
        divisor=text("divisor"),
        values=texts("values"),
        needs_quarter=bool(entry.get("quarters", False)),
    )
