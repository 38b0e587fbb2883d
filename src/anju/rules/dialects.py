"""The few things DuckDB and Spark write differently. Everything else is one text for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Dialect:
    """How one engine writes what is not portable."""

    name: str
    exact_type: str  # whole numbers beyond 64 bits, with overflow an error
    text_type: str
    quotient: str  # of whole numbers, towards zero; both operands not negative here


DUCKDB: Final = Dialect("duckdb", "HUGEINT", "VARCHAR", "({0} // {1})")
SPARK: Final = Dialect("spark", "DECIMAL(38, 0)", "STRING", "({0} DIV {1})")
