"""Numbers of a table of the snapshot as Arrow columns with the types other programs expect."""

from __future__ import annotations

import pyarrow as pa

from anju.synth.columns import NO_DATE, NO_WORD, NULL, TABLES, Array, Column, Table

_TYPES = {
    "int": pa.int64(),
    "digits": pa.string(),
    "date": pa.date32(),
    "word": pa.string(),
    "bool": pa.bool_(),
}


def schema(name: str) -> pa.Schema:
    """Names and types of a table of the snapshot."""
    return pa.schema([(c, _TYPES[column.kind]) for c, column in TABLES[name].items()])


def to_arrow(name: str, table: Table) -> pa.Table:
    """The columns of the snapshot; what the table carries beyond them is left out."""
    arrays = [_array(column, table[c]) for c, column in TABLES[name].items()]
    return pa.Table.from_arrays(arrays, schema=schema(name))


def _array(column: Column, values: Array) -> pa.Array:
    if column.kind == "int":
        return pa.array(values, mask=values == NULL)
    if column.kind == "digits":
        return pa.array(values).cast(pa.string())
    if column.kind == "date":
        return pa.array(values, mask=values == NO_DATE).cast(pa.date32())
    if column.kind == "bool":
        return pa.array(values)
    words = pa.array(list(column.words), pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(values, mask=values == NO_WORD), words).cast(
        pa.string()
    )
