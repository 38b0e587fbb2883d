"""The common shape of department lists: a person or household, a day, an amount or a state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from anju.intake.comparing import Comparison, settle
from anju.intake.context import Context
from anju.intake.matching import match_households, match_persons
from anju.intake.outcomes import Outcomes, Sieve
from anju.registry.ledgers import EVENTS, HOLDINGS, STATUSES, Ledger

Prepare = Callable[[Sieve, Context], None]


@dataclass(frozen=True, slots=True)
class Facts:
    """Takes the rows of a sheet into a ledger.

    `kind`: of the fact, where the sheet has none of its own. `of`: `person` or `household`, as the
    sheet names it. `day`: the field whose day says which household a person belongs to. `key`,
    `values`: ledger columns that tell facts apart, and that may change. `fields`: ledger column →
    field of the sheet. `prepare` runs before the rows are matched, `then` after they are settled.
    """

    ledger: Ledger
    of: str
    day: str
    key: tuple[str, ...]
    values: tuple[str, ...]
    kind: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    prepare: Prepare | None = None
    then: Prepare | None = None

    def __call__(self, rows: pl.DataFrame, context: Context) -> Outcomes:
        """Match, compare, write; the outcome of every row."""
        sieve = Sieve(rows, Outcomes(context.layout))
        if self.prepare is not None:
            self.prepare(sieve, context)
        if self.of == "person":
            match_persons(sieve, context, day=self.day)
        else:
            match_households(sieve, context)
            sieve.rows = sieve.rows.with_columns(person_id=pl.lit(None, pl.Int64))
        sieve.rows = self._shaped(sieve.rows)
        settle(sieve, context, Comparison(self.ledger, self.key, self.values, dict(self.fields)))
        if self.then is not None:
            self.then(sieve, context)
        return sieve.outcomes

    def _shaped(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The ledger's columns: from the sheet, the fixed kind, or empty."""
        made = []
        for name, dtype in self.ledger.columns.items():
            source = self.fields.get(name, name)
            if name == "kind" and self.kind is not None:
                made.append(pl.lit(self.kind).alias(name))
            elif source in rows.columns:
                made.append(pl.col(source).cast(dtype).alias(name))
            else:
                made.append(pl.lit(None, dtype).alias(name))
        return rows.with_columns(made)


def status(kind: str | None, of: str, *key: str, **more: object) -> Facts:
    """A state that holds from a day until a day."""
    values = tuple(name for name in ("level", "ended_on") if name not in key)
    return Facts(STATUSES, of, "started_on", ("kind", "started_on", *key), values, kind, **more)  # type: ignore[arg-type]


def event(kind: str, of: str, *key: str, **more: object) -> Facts:
    """Something that happened on a day. `key` beside the kind, by default the day."""
    key = key or ("occurred_on",)
    values = tuple(name for name in ("occurred_on", "amount", "level") if name not in key)
    return Facts(EVENTS, of, "occurred_on", ("kind", *key), values, kind, **more)  # type: ignore[arg-type]


def holding(kind: str) -> Facts:
    """A thing registered in a person's name, told apart by its number."""
    return Facts(
        HOLDINGS, "person", "started_on", ("kind", "reference"),
        ("started_on", "ended_on", "value"), kind,
    )  # fmt: skip
