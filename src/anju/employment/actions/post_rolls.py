"""Lists of who holds posts, written as they came in: in the caller's transaction and audit entry.

Whoever calls has checked the rows and compared them with the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from anju.employment.ledger import EMPLOYMENTS
from anju.employment.models import Channel, PostTerms, WelfarePost
from anju.registry.actions import ledger as writing
from anju.registry.actions.superseding_many import Replacing

#: What tells one post from another.
KEY: Final = ("division_code", "unit", "kind", "name")
_AT_ONCE: Final = 500


def open_posts(
    *, known_on: date, source: str, rows: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, ...], int]:
    """Posts nobody has listed before, with the terms that the list tells; their ids by `KEY`."""
    made = [
        WelfarePost(**{name: row[name] for name in KEY}, known_on=known_on, source=source)
        for row in rows
    ]
    WelfarePost.objects.bulk_create(made, batch_size=_AT_ONCE)
    PostTerms.objects.bulk_create(
        PostTerms(post=post, known_from=known_on, source=source, **_terms(row))
        for post, row in zip(made, rows, strict=True)
    )
    return {tuple(getattr(post, name) for name in KEY): post.pk for post in made}


def change_terms(
    *, known_on: date, source: str, changes: Sequence[tuple[PostTerms, Mapping[str, Any]]]
) -> None:
    """Terms that a list tells otherwise; what was known before stays on record."""
    writes = Replacing(on=known_on, source=source)
    for terms, said in changes:
        writes.supersede(terms, said)
    writes.carry_out()


def follow(*, known_on: date, source: str, holdings: pl.DataFrame) -> None:
    """The labour ledger has a row for each of these holdings (`person_id`, `started_on`, `ended_on`,
    `monthly_pay`, `unit`); a row that ended there stays ended, one known from a later day stays as it is.
    """
    now = EMPLOYMENTS.open_rows(
        "person_id", holdings["person_id"], {"channel": [Channel.WELFARE_POST.value]}
    )
    said = holdings.select(
        "person_id",
        "started_on",
        "ended_on",
        channel=pl.lit(Channel.WELFARE_POST.value),
        county_code=pl.lit(None, pl.String),
        employer="unit",
        monthly_wage="monthly_pay",
    )
    rows = said.join(now, on=["person_id", "started_on", "channel"], how="left", suffix="_now")
    names = ("ended_on", "county_code", "monthly_wage")
    rows = rows.with_columns(pl.coalesce(name, f"{name}_now") for name in names)
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in (*names, "employer")
    )
    is_new = pl.col("id").is_null()
    writing.write(
        known_on=known_on,
        source=source,
        ledger=EMPLOYMENTS,
        created=rows.filter(is_new),
        updated=rows.filter(~is_new & differs & (pl.col("known_from") <= known_on)),
    )


def _terms(row: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: row[name] or "" for name in ("fund", "paper")}
    return {"places": row["places"], "monthly_pay": row["standard"], **texts}
