"""The rows of a list in open formats: csv and Parquet, and beside them what each column means."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.audit.rows import Digest
from anju.exports.cells import plain_text
from anju.web import lights, words
from anju.web.lists.declaration import Column, Kind, Rows
from anju.web.lists.state import State

_CHUNK: Final = 2_000
_TYPES: Final = {
    Kind.NUMBER: pa.int64(),
    Kind.MONEY: pa.decimal128(18, 2),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("s"),
    Kind.YES_NO: pa.bool_(),
}
_NAMES: Final = {
    Kind.NUMBER: "int64",
    Kind.MONEY: "decimal(18,2)",
    Kind.DATE: "date",
    Kind.MOMENT: "timestamp",
    Kind.YES_NO: "boolean",
}


def write_open(file: BinaryIO, asked: State, rows: Rows, said: str) -> dict[str, Any]:
    """Write a zip of `data.csv`, `data.parquet` and `dictionary.csv`; number and digest of the rows.

    Unknown is empty, none is the empty text; text never begins like a formula.
    """
    digest = Digest()
    text, packed = io.StringIO(newline=""), io.BytesIO()
    lines = csv.writer(text)
    lines.writerow([column.id for column in asked.columns])
    schema = pa.schema([(column.id, _type(column)) for column in asked.columns])
    with pq.ParquetWriter(packed, schema) as parquet:
        for chunk in _chunks(rows, asked):
            for row in chunk:
                digest.add(row)
                lines.writerow(["" if value is None else value for value in row])
            columns = list(zip(*chunk, strict=True))
            arrays = [
                pa.array(values, each.type) for values, each in zip(columns, schema, strict=True)
            ]
            parquet.write_table(pa.Table.from_arrays(arrays, schema=schema))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("data.csv", text.getvalue().encode("utf-8-sig"))
        folder.writestr("data.parquet", packed.getvalue())
        folder.writestr("dictionary.csv", _dictionary(asked, said).encode("utf-8-sig"))
    return digest.summary()


def _type(column: Column) -> pa.DataType:
    return _TYPES.get(column.kind, pa.string())


def _dictionary(asked: State, said: str) -> str:
    """Of each column what it is called, its type, unit and how nothing is told; who took it out."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(["id", _("名称"), _("类型"), _("单位"), _("含义")])
    for column in asked.columns:
        unit = _("元") if column.kind is Kind.MONEY else str(column.unit)
        kind = _NAMES.get(column.kind, "text")
        lines.writerow([column.id, str(column.title), kind, unit, _meaning(column)])
    lines.writerow([])
    lines.writerow([plain_text(said)])
    return text.getvalue()


def _meaning(column: Column) -> str:
    if column.kind is Kind.YES_NO:
        return _("true 为是，false 为否，空为未掌握")
    if column.kind is Kind.LIGHT:
        return "、".join(f"{light} {word}" for light, word in lights.WORDS.items())
    if column.kind is Kind.LEVEL:
        levels = "、".join(f"{level} {words.level(level)}" for level in words.LEVELS)
        return _("预警级别：%(levels)s；空为无") % {"levels": levels}
    return _("空为未掌握")


def _chunks(rows: Rows, asked: State) -> Iterator[list[list[Any]]]:
    source = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(source, _CHUNK)):
        if asked.register.prepare is not None:
            asked.register.prepare(chunk, asked.ask)
        yield [[_value(column, row) for column in asked.columns] for row in chunk]


def _value(column: Column, row: Any) -> Any:
    """A value in the type of its column."""
    value = column.value(row)
    if value is None or (value == "" and column.kind in _TYPES):
        return None
    if column.kind is Kind.MONEY:
        return (Decimal(value) / 100).quantize(Decimal("0.01"))
    if column.kind is Kind.YES_NO:
        return bool(value)
    if column.kind is Kind.NUMBER:
        return int(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, date) and column.kind is Kind.DATE:
        return value
    return plain_text(str(value))
