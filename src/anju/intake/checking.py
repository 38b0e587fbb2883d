"""Text of a sheet → typed rows; what cannot be read is refused with the first decisive message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import polars as pl

from anju.intake import cells, identities
from anju.intake.cells import Stages
from anju.intake.columns import Column, Kind
from anju.intake.headings import Heading, normal
from anju.intake.months import flag, is_alone
from anju.intake.outcomes import Outcomes
from anju.intake.workbook import SheetText

_NOTE = r"^\s*(注|备注|说明|填表|制表|审核|负责人|填报|联系电话|联系人|打印|单位|合\s*计|总\s*计|小\s*计|本页)"
_TOTAL = r"^\s*(合\s*计|总\s*计|小\s*计|本页小\s*计)\s*[:：]?\s*$"
_TOTAL_OR_COUNT = _TOTAL + r"|^\s*(共\s*)?[0-9.,]{1,9}\s*(户|人|人次|条|元)?\s*$"
_LONG = (Kind.IDENTITY, Kind.ACCOUNT, Kind.CODE)  # longer than the digits Excel keeps
_IN_TEN_THOUSANDS = r"单位\s*[:：]?\s*(人民币)?\s*万元"


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows whose cells are all in order, typed, with `number`; and the end of the others."""

    rows: pl.DataFrame
    outcomes: Outcomes


class NumberCells(Protocol):
    """Says of the cells of a column which are numbers and not text."""

    def number_cells(self, name: str, column: str) -> pl.Series:
        """For each row of a sheet."""
        ...


def check(workbook: NumberCells, sheet: SheetText, heading: Heading, known_on: date) -> Checked:
    """Read the rows below a header."""
    raw = _data_rows(sheet, heading)
    raw = _with_number_cells(workbook, sheet, heading, raw)
    factor = unit_above(sheet, heading)
    typed = cells.run(
        raw, [_read(column, heading, known_on, factor) for column in heading.layout.columns]
    )
    typed = typed.with_columns(
        _required(column).alias(f"p:{column.field}")
        for column in heading.layout.columns
        if column.filled
    )
    typed = typed.with_columns(_spans(heading)).with_columns(_against_identity(heading))
    return _parted(typed, heading)


def _data_rows(sheet: SheetText, heading: Heading) -> pl.DataFrame:
    """The rows that are data: no blank ones, notes, totals or repeated headers.

    Few rows may be one of these: only they are looked at closely.
    """
    columns = sheet.cells.columns
    rows = sheet.cells.with_row_index("number", offset=1).slice(heading.end)
    used = [f"c{place}" for place in heading.places.values()]
    rows = rows.with_columns(
        pl.col("number").cast(pl.Int64),
        *(
            (pl.col(name).str.strip_chars() != "").fill_null(False).alias(f"f:{name}")
            for name in columns
        ),
    ).filter(pl.any_horizontal(f"f:{name}" for name in used))
    filled = pl.sum_horizontal(f"f:{name}" for name in columns)
    says_total = pl.any_horizontal(
        pl.col(name).str.contains("计", literal=True).fill_null(False) for name in columns
    )
    repeated = pl.sum_horizontal(
        (pl.col(f"c{place}").str.strip_chars() == heading.labels[name]).fill_null(False)
        for name, place in heading.places.items()
    )
    is_header = repeated * 2 > len(heading.places)
    rows = rows.with_columns(_close=(filled <= 2) | says_total, _header=is_header)
    rows = rows.filter(~pl.col("_header"))
    close = rows.filter("_close")
    if close.height:
        first = pl.coalesce(pl.when(f"f:{name}").then(pl.col(name)) for name in columns)
        is_note = (filled <= 2) & first.str.contains(_NOTE)
        foot = close.filter(is_note.fill_null(False) | _is_total(heading, columns))
        rows = rows.join(foot, on="number", how="anti", maintain_order="left")
    return rows.select("number", *columns)


def _is_total(heading: Heading, columns: list[str]) -> pl.Expr:
    """A row that says 合计 and names nobody: its needed cells are empty, or counts.

    The word may stand anywhere: below a number, below the names.
    """
    says = pl.any_horizontal(pl.col(name).str.contains(_TOTAL) for name in columns)
    keys = [
        pl.col(f"c{heading.places[column.field]}")
        for column in heading.layout.columns
        if column.filled and column.field in heading.places
    ]
    nobody = pl.all_horizontal(
        key.is_null() | (key.str.strip_chars() == "") | key.str.contains(_TOTAL_OR_COUNT)
        for key in keys
    )
    return says.fill_null(False) & nobody


def _with_number_cells(
    workbook: NumberCells, sheet: SheetText, heading: Heading, raw: pl.DataFrame
) -> pl.DataFrame:
    """For columns of identity numbers, accounts and codes, `n:<field>`: the cell is a number, not text."""
    for column in heading.layout.columns:
        if column.kind in _LONG and column.field in heading.places:
            place = f"c{heading.places[column.field]}"
            flags = workbook.number_cells(sheet.name, place)
            chosen = flags.gather(raw["number"] - 1)
            raw = raw.with_columns(chosen.alias(f"n:{column.field}"))
    return raw


def _read(column: Column, heading: Heading, known_on: date, factor: int) -> Stages:
    """How a column is read; one that does not stand in the file is empty.

    `factor`: what the title says amounts are multiplied by.
    """
    field = column.field
    if field not in heading.places:
        return cells.absent(field, _empty_type(column))
    cell = pl.col(f"c{heading.places[field]}")
    match column.kind:
        case Kind.NAME:
            return cells.person_name(field, cell, column.limit)
        case Kind.CODE:
            return cells.code(field, cell, pl.col(f"n:{field}"), column.limit)
        case Kind.IDENTITY:
            return identities.read(field, cell, pl.col(f"n:{field}"))
        case Kind.DATE:
            latest = None if column.future else known_on
            return cells.day(field, cell, latest=latest, whole_day=column.day)
        case Kind.MONEY:
            return cells.money(
                field, cell, factor=factor_of(heading.names[heading.places[field]], factor)
            )
        case Kind.WHOLE:
            return cells.whole(field, cell)
        case Kind.CHOICE:
            return cells.choice(field, cell, column.choices or {})
        case Kind.PHONE:
            return cells.phone(field, cell)
        case Kind.ACCOUNT:
            return cells.account(field, cell, pl.col(f"n:{field}"))
        case Kind.QUARTER:
            return cells.quarter(field, cell)
        case _:
            return cells.free_text(field, cell, column.limit)


def factor_of(label: str, above: int) -> int:
    """Money columns whose heading says 万元 are multiplied; failing a unit there, the title's."""
    text = normal(label)
    return 10_000 if "万元" in text else 1 if "元" in text else above


def unit_above(sheet: SheetText, heading: Heading) -> int:
    """`单位：万元` above the header holds for all amounts that do not say otherwise."""
    above = sheet.cells.head(heading.first)
    said = any(
        bool(cell) and re.search(_IN_TEN_THOUSANDS, cell) for row in above.rows() for cell in row
    )
    return 10_000 if said else 1


def _empty_type(column: Column) -> type[pl.DataType]:
    match column.kind:
        case Kind.DATE:
            return pl.Date
        case Kind.MONEY | Kind.WHOLE | Kind.QUARTER:
            return pl.Int64
        case _:
            return pl.String


def _required(column: Column) -> pl.Expr:
    """The problem of a column, or `required` where a value must stand and none does."""
    value, problem = pl.col(f"v:{column.field}"), pl.col(f"p:{column.field}")
    if column.kind is Kind.IDENTITY:
        missing = problem.is_null() & value.is_null()
        return pl.when(missing).then(pl.lit("identity_missing")).otherwise(problem)
    return pl.when(problem.is_null() & value.is_null()).then(pl.lit("required")).otherwise(problem)


def _spans(heading: Heading) -> list[pl.Expr]:
    """An end before its start."""
    found = []
    for start, end in heading.layout.spans:
        wrong = pl.col(f"v:{end}") < pl.col(f"v:{start}")
        problem = pl.col(f"p:{end}")
        found.append(
            pl.when(problem.is_null() & wrong)
            .then(pl.lit("date_order"))
            .otherwise(problem)
            .alias(f"p:{end}")
        )
    return found


def _against_identity(heading: Heading) -> list[pl.Expr]:
    """Birth date and sex that disagree with the identity number beside them."""
    fields = {column.field for column in heading.layout.columns}
    if "identity" not in fields:
        return []
    number = pl.col("v:identity")
    found = []
    for name, derived in (("born_on", identities.born_on(number)), ("sex", identities.sex(number))):
        if name in fields:
            differs = pl.col(f"v:{name}") != derived
            problem = f"identity_{'birth' if name == 'born_on' else 'sex'}"
            found.append(
                pl.when(pl.col(f"p:{name}").is_null() & differs)
                .then(pl.lit(problem))
                .otherwise(pl.col(f"p:{name}"))
                .alias(f"p:{name}")
            )
    return found


def _parted(typed: pl.DataFrame, heading: Heading) -> Checked:
    """Good rows with plain names; bad ones with the first problem in the order of the columns."""
    fields = [column.field for column in heading.layout.columns]
    typed = _without_number(typed, heading)
    typed = typed.with_columns(_made_up_for(column) for column in heading.layout.columns)
    which = pl.coalesce(
        pl.when(pl.col(f"p:{name}").is_not_null()).then(pl.lit(name)) for name in fields
    )
    typed = typed.with_columns(_field=which)
    outcomes = Outcomes(heading.layout)
    bad = typed.filter(pl.col("_field").is_not_null())
    for (name,), part in bad.group_by(["_field"], maintain_order=True):
        _reject(part, str(name), heading, outcomes)
    good = typed.filter(pl.col("_field").is_null())
    # Of a disability card, the digits after the identity number: category and grade.
    tails = [
        pl.col(f"t:{column.field}").str.slice(18, 2).alias(f"{column.field}_tail")
        for column in heading.layout.columns
        if column.kind is Kind.IDENTITY and column.field in heading.places
    ]
    values = (pl.col(f"v:{name}").alias(name) for name in fields)
    alone = [
        is_alone(pl.col(f"t:{column.field}")).alias(flag(column.field))
        for column in heading.layout.columns
        if column.keeps_day and column.field in heading.places
    ]
    return Checked(good.select("number", *values, *tails, *alone), outcomes)


_OPEN_TO_QUESTION = (
    "identity_missing", "identity_length", "identity_format", "identity_date", "identity_check",
)  # fmt: skip
"""Problems of a number that something else in the row may make up for. Not among them: a number
that was destroyed, which is refused with its remedy."""
_TELLING = ("born_on", "village", "head_name", "phone", "household_code", "head_identity")


def _without_number(typed: pl.DataFrame, heading: Heading) -> pl.DataFrame:
    """Rows with no number, or a wrong one, go on where something else tells who it may be.

    What cannot be read in columns that only help there is passed over.
    """
    witnesses = [column.field for column in heading.layout.columns if column.witness]
    typed = typed.with_columns(pl.lit(None, pl.String).alias(f"p:{name}") for name in witnesses)
    telling = [name for name in _TELLING if name in witnesses and name in heading.places]
    telling += ["household_code"] if heading.layout.at_home else []
    if not telling or "p:identity" not in typed.columns:
        return typed
    told = pl.any_horizontal(pl.col(f"v:{name}").is_not_null() for name in telling)
    problem = pl.col("p:identity")
    asked = told & pl.col("v:name").is_not_null() & problem.is_in(_OPEN_TO_QUESTION)
    return typed.with_columns(pl.when(~asked.fill_null(False)).then(problem).alias("p:identity"))


def _made_up_for(column: Column) -> pl.Expr:
    """The problem of a column, but not that it is empty where other fields stand for it."""
    problem = pl.col(f"p:{column.field}")
    if not column.instead:
        return problem
    told = pl.all_horizontal(pl.col(f"v:{each}").is_not_null() for each in column.instead)
    empty = (problem == "required").fill_null(False)
    return pl.when(~(empty & told)).then(problem).alias(f"p:{column.field}")


def _reject(part: pl.DataFrame, name: str, heading: Heading, outcomes: Outcomes) -> None:
    """Reject the rows whose first problem is in one column."""
    place = heading.places.get(name)
    raw = pl.col(f"c{place}") if place is not None else pl.lit(None, pl.String)
    start_of = {end: start for start, end in heading.layout.spans}
    for (problem,), rows in part.group_by([f"p:{name}"], maintain_order=True):
        more = None
        shown = rows.select("number", _value=raw)
        if problem == "date_order":
            label = heading.layout.column(start_of[name]).label
            shown = shown.with_columns(_more=pl.lit(label))
            more = "_more"
        outcomes.reject(shown, str(problem), field=name, value="_value", more=more)
