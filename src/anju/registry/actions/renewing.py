"""Sealing and digesting numbers of persons anew after a change of key, a batch of rows at a time.

Which rows wait is told by the rows themselves (the head of each seal, `digest_key_id`), so that an
interrupted change goes on where it stopped, and nothing is counted or kept elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import polars as pl
from django.db import connection
from django.db.models import Count

from anju.registry.actions import bulk
from anju.registry.identity import NUMBERS, TABLE, digested
from anju.registry.models import Person
from anju.sealing import CryptoProvider
from anju.sealing.sm4 import HEAD_BYTES, head_of


def heads() -> Counter[bytes]:
    """How many sealed numbers begin with which head (format and key)."""
    counted: Counter[bytes] = Counter()
    with connection.cursor() as cursor:
        for number in NUMBERS:
            cursor.execute(
                f"SELECT substr({number.field}, 1, %s), count(*) FROM {TABLE}"  # noqa: S608
                f" WHERE {number.field} IS NOT NULL GROUP BY 1",
                [HEAD_BYTES],
            )
            for head, count in cursor.fetchall():
                counted[bytes(head)] += count
    return counted


def digest_keys() -> Counter[int]:
    """How many persons' digests were made with which key."""
    rows = Person.objects.order_by().filter(identity_digest__isnull=False)
    return Counter(dict(rows.values_list("digest_key_id").annotate(count=Count("pk"))))


def renew(*, keys: CryptoProvider, most: int) -> int:
    """Seal and digest the numbers of at most so many rows anew, in the caller's transaction."""
    fields = [number.field for number in NUMBERS]
    rows = _waiting(keys, fields, most)
    if not rows:
        return 0
    ids = [row[0] for row in rows]
    columns = [pl.Series("id", ids, dtype=pl.Int64)]
    for at, number in enumerate(NUMBERS, start=1):
        plain = keys.open_many((_as_bytes(row[at]) for row in rows), number.place, ids)
        sealed = keys.seal_many(plain, number.place, ids)
        columns.append(pl.Series(number.field, sealed, dtype=pl.Binary))
        for field, purpose in number.digests:
            columns.append(pl.Series(field, digested(keys, plain, purpose), dtype=pl.Binary))
    columns.append(pl.Series("digest_key_id", [keys.digest_key_id] * len(ids), dtype=pl.Int64))
    return bulk.update(TABLE, pl.DataFrame(columns))


def _waiting(
    keys: CryptoProvider, fields: Iterable[str], most: int
) -> list[tuple[int, *tuple[bytes | None, ...]]]:
    """Rows with a number under an older key, held against other writers."""
    old = [f"({field} IS NOT NULL AND substr({field}, 1, %s) <> %s)" for field in fields]
    params: list[object] = []
    for _ in old:
        params += [HEAD_BYTES, head_of(keys.seal_key_id)]
    sql = (
        f"SELECT id, {', '.join(fields)} FROM {TABLE}"  # noqa: S608
        f" WHERE {' OR '.join(old)} OR digest_key_id <> %s ORDER BY id LIMIT %s"
    )
    if connection.vendor == "postgresql":
        sql += " FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, keys.digest_key_id, most])
        return cursor.fetchall()


def _as_bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
